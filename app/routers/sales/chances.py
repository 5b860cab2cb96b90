"""Sales chances."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Query

from app.core.ctx import Ctx
from app.core.paging import Page, Paged
from app.core.rows import Row
from app.models.access.rbac import Permission as P
from app.routers.base import feeds
from app.routers.deps import Allow, Id
from app.routers.etags import IfMatch
from app.routers.route import NounRouter
from app.schemas.base.audit import HistoryQuery, LogRow
from app.schemas.sales.chance_summary import BoardRead, StageStay, SummaryQuery, SummaryRead, TimelineRead
from app.schemas.sales.chances import ChancePatch, ChanceQuery, ChanceRead, ChanceRow, ChanceWrite
from app.services.base import audit
from app.services.sales import chance_board, chance_timeline
from app.services.sales import chance_summary as sums
from app.services.sales import chances as service

router = NounRouter("/chances", "chances", "Sales chances", busy=True)
Reader = Annotated[Ctx, Allow(P.chances_read)]


@router.get("", response_model=Page[ChanceRow])
async def list_chances(ctx: Reader, query: Annotated[ChanceQuery, Query()]) -> Paged:
    """List the chances in your data scope, a page at a time."""
    return await service.page(ctx, query)


feeds.offer(router, P.chances_read, service.listing)


@router.post("", response_model=ChanceRead, status_code=201)
async def create_chance(ctx: Annotated[Ctx, Allow(P.chances_create)], body: ChanceWrite) -> dict[str, Any]:
    """Record a chance; it starts unassigned in the first stage of the default process."""
    return await service.create(ctx, body)


@router.get("/summary", response_model=SummaryRead)
async def summarise_chances(ctx: Reader, query: Annotated[SummaryQuery, Query()]) -> dict[str, Any]:
    """Add up the chances in your scope by stage, status, assignee or department."""
    return await sums.summary(ctx, query)


@router.get("/board", response_model=BoardRead)
async def get_chance_board(ctx: Reader, query: Annotated[ChanceQuery, Query()]) -> dict[str, Any]:
    """Return the board: the unassigned and each stage, with count, sum and the first cards."""
    return await chance_board.board(ctx, query)


@router.get("/timeline", response_model=TimelineRead)
async def get_chance_timeline(ctx: Reader, query: Annotated[ChanceQuery, Query()]) -> dict[str, Any]:
    """Return the open chances by the month of their expected close, with count, sums and the first cards."""
    return await chance_timeline.timeline(ctx, query)


@router.get("/{chance_id}", response_model=ChanceRead)
async def get_chance(ctx: Reader, chance_id: Id) -> dict[str, Any]:
    """Return one chance and what you may do with it."""
    return await service.get_detail(ctx, chance_id)


@router.patch("/{chance_id}", response_model=ChanceRead)
async def update_chance(
    ctx: Annotated[Ctx, Allow(P.chances_update)], chance_id: Id, version: IfMatch, body: ChancePatch
) -> dict[str, Any]:
    """Change facts of an open chance."""
    return await service.update(ctx, chance_id, version, body)


@router.delete("/{chance_id}", status_code=204)
async def delete_chance(ctx: Annotated[Ctx, Allow(P.chances_delete)], chance_id: Id, version: IfMatch) -> None:
    """Move an unassigned chance of your own creation to the recycle bin."""
    await service.delete(ctx, chance_id, version)


@router.post("/{chance_id}/restore", response_model=ChanceRead)
async def restore_chance(ctx: Annotated[Ctx, Allow(P.chances_delete)], chance_id: Id) -> dict[str, Any]:
    """Bring a chance back from the recycle bin."""
    return await service.restore(ctx, chance_id)


@router.get("/{chance_id}/stages", response_model=list[StageStay])
async def list_chance_stages(ctx: Reader, chance_id: Id) -> Sequence[Row]:
    """Return the way of a chance through the stages."""
    return await sums.stages(ctx, chance_id)


@router.get("/{chance_id}/history", response_model=Page[LogRow])
async def list_chance_history(ctx: Reader, chance_id: Id, query: Annotated[HistoryQuery, Query()]) -> Paged:
    """Return who changed what of a chance, newest first."""
    await service.get_detail(ctx, chance_id)
    return await audit.history(ctx, "chances", chance_id, query)
