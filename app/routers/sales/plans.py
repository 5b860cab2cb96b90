"""Development plans."""

from typing import Annotated, Any

from fastapi import Query

from app.core.ctx import Ctx
from app.core.paging import Page, Paged
from app.core.rows import Row
from app.models.access.rbac import Permission as P
from app.routers.base import feeds
from app.routers.deps import Allow, Id
from app.routers.etags import IfMatch, MayMatch
from app.routers.route import NounRouter
from app.schemas.sales.plans import BucketCounts, ExecuteBody, PlanPatch, PlanQuery, PlanRead, PlanRow, PlanWrite
from app.services.sales import plans as service

router = NounRouter("/plans", "plans", "Development plans", busy=True)

chance_plans = NounRouter("/chances/{chance_id}/plans", "plans")
Reader = Annotated[Ctx, Allow(P.plans_read)]
Writer = Annotated[Ctx, Allow(P.plans_write)]


@chance_plans.post("", response_model=PlanRead, status_code=201)
async def create_plan(ctx: Writer, chance_id: Id, body: PlanWrite) -> dict[str, Any]:
    """Add a plan item to an assigned chance."""
    return await service.create(ctx, chance_id, body)


@router.get("", response_model=Page[PlanRow])
async def list_plans(ctx: Reader, query: Annotated[PlanQuery, Query()]) -> Paged:
    """List plan items across the chances in your data scope."""
    return await service.page(ctx, query)


feeds.offer(router, P.plans_read, service.listing)


@router.get("/counts", response_model=BucketCounts)
async def count_plans(ctx: Reader, query: Annotated[PlanQuery, Query()]) -> Row:
    """Count the open items: overdue, today, this week, later."""
    return await service.counts(ctx, query)


@router.get("/{plan_id}", response_model=PlanRead)
async def get_plan(ctx: Reader, plan_id: Id) -> dict[str, Any]:
    """Return one plan item and what you may do with it."""
    return await service.get_detail(ctx, plan_id)


@router.patch("/{plan_id}", response_model=PlanRead)
async def update_plan(ctx: Writer, plan_id: Id, version: IfMatch, body: PlanPatch) -> dict[str, Any]:
    """Change an open item, or correct its result on the same day."""
    return await service.update(ctx, plan_id, version, body)


@router.delete("/{plan_id}", status_code=204)
async def delete_plan(ctx: Writer, plan_id: Id, version: IfMatch) -> None:
    """Delete an open item."""
    await service.delete(ctx, plan_id, version)


@router.post("/{plan_id}/execute", response_model=PlanRead)
async def execute_plan(
    ctx: Annotated[Ctx, Allow(P.plans_execute)], plan_id: Id, body: ExecuteBody, version: MayMatch
) -> dict[str, Any]:
    """Write what came of an item."""
    return await service.execute(ctx, plan_id, version, body)
