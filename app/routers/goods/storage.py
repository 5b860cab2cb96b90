"""Stock by place."""

from typing import Annotated, Any

from fastapi import Query

from app.core.ctx import Ctx
from app.core.paging import Page, Paged
from app.models.access.rbac import Permission as P
from app.routers.base import feeds
from app.routers.deps import Allow, Id
from app.routers.route import NounRouter
from app.schemas.goods.storage import (
    ChangeWrite,
    LedgerQuery,
    LedgerRow,
    StorageQuery,
    StorageRead,
    StorageRow,
    StorageWrite,
)  # fmt: skip
from app.services.goods import storage as service

router = NounRouter("/storage", "storage", "Stock by place, and its ledger")

Reader = Annotated[Ctx, Allow(P.storage_read)]
Keeper = Annotated[Ctx, Allow(P.storage_write)]


@router.get("", response_model=Page[StorageRow])
async def list_storage(ctx: Reader, query: Annotated[StorageQuery, Query()]) -> Paged:
    """List what lies where."""
    return await service.page(ctx, query)


feeds.offer(router, P.storage_read, service.listing)


@router.post("", response_model=StorageRead, status_code=201)
async def create_storage(ctx: Keeper, body: StorageWrite) -> dict[str, Any]:
    """Make a place (warehouse and bin) for a product; it is empty until a change fills it."""
    return await service.create(ctx, body)


@router.get("/{storage_id}", response_model=StorageRead)
async def get_storage(ctx: Reader, storage_id: Id) -> dict[str, Any]:
    """Return a place and what you may do with it."""
    return await service.get_detail(ctx, storage_id)


@router.post("/{storage_id}/changes", response_model=StorageRead, status_code=201)
async def change_storage(ctx: Keeper, storage_id: Id, body: ChangeWrite) -> dict[str, Any]:
    """Change the count of a place, with a reason; never below what is reserved."""
    return await service.change(ctx, storage_id, body)


@router.get("/{storage_id}/ledger", response_model=Page[LedgerRow])
async def list_storage_changes(ctx: Reader, storage_id: Id, query: Annotated[LedgerQuery, Query()]) -> Paged:
    """Return every change of a count: who, when, why, and what was there then."""
    return await service.changes(ctx, storage_id, query)
