"""What is on its way into stock."""

from typing import Annotated, Any

from fastapi import Query

from app.core.ctx import Ctx
from app.core.paging import Page, Paged
from app.models.access.rbac import Permission as P
from app.routers.base import feeds
from app.routers.deps import Allow, Id
from app.routers.etags import IfMatch, MayMatch
from app.routers.route import NounRouter
from app.schemas.goods.arrivals import (
    ArrivalPatch,
    ArrivalQuery,
    ArrivalRead,
    ArrivalRow,
    ArrivalWrite,
    CallOffBody,
    ReceiveBody,
)  # fmt: skip
from app.services.goods import arrivals as service

router = NounRouter("/arrivals", "arrivals", "Goods that are expected")

Reader = Annotated[Ctx, Allow(P.storage_read)]
Keeper = Annotated[Ctx, Allow(P.storage_write)]


@router.get("", response_model=Page[ArrivalRow])
async def list_arrivals(ctx: Reader, query: Annotated[ArrivalQuery, Query()]) -> Paged:
    """List what is, or was, on its way into stock."""
    return await service.page(ctx, query)


feeds.offer(router, P.storage_read, service.listing)


@router.post("", response_model=ArrivalRead, status_code=201)
async def create_arrival(ctx: Keeper, body: ArrivalWrite) -> dict[str, Any]:
    """Write down what is to come, where and when."""
    return await service.create(ctx, body)


@router.get("/{arrival_id}", response_model=ArrivalRead)
async def get_arrival(ctx: Reader, arrival_id: Id) -> dict[str, Any]:
    """Return an arrival and what you may do with it."""
    return await service.get_detail(ctx, arrival_id)


@router.patch("/{arrival_id}", response_model=ArrivalRead)
async def update_arrival(ctx: Keeper, arrival_id: Id, version: IfMatch, body: ArrivalPatch) -> dict[str, Any]:
    """Change what is expected, while it is."""
    return await service.update(ctx, arrival_id, version, body)


@router.post("/{arrival_id}/receive", response_model=ArrivalRead)
async def receive_arrival(ctx: Keeper, arrival_id: Id, body: ReceiveBody, version: MayMatch) -> dict[str, Any]:
    """Receive all that is left, or a part, into its place; never more than is left."""
    return await service.receive(ctx, arrival_id, version, body)


@router.post("/{arrival_id}/cancel", response_model=ArrivalRead)
async def cancel_arrival(ctx: Keeper, arrival_id: Id, body: CallOffBody, version: MayMatch) -> dict[str, Any]:
    """Call off what is still to come, with a reason."""
    return await service.cancel(ctx, arrival_id, version, body)
