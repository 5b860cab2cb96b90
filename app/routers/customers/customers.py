"""Customers."""

from typing import Annotated, Any

from fastapi import Query

from app.core.ctx import Ctx
from app.core.paging import Page, Paged
from app.models.access.rbac import Permission as P
from app.routers.base import feeds
from app.routers.deps import Allow, Id
from app.routers.etags import IfMatch
from app.routers.route import NounRouter
from app.schemas.base.audit import HistoryQuery, LogRow
from app.schemas.customers.customers import CustomerPatch, CustomerQuery, CustomerRead, CustomerRow, CustomerWrite
from app.services.customers import customer_bin
from app.services.customers import customers as service

router = NounRouter("/customers", "customers", "Customers", busy=True)

Reader = Annotated[Ctx, Allow(P.customers_read)]
Creator = Annotated[Ctx, Allow(P.customers_create)]
Editor = Annotated[Ctx, Allow(P.customers_update)]
Deleter = Annotated[Ctx, Allow(P.customers_delete)]


@router.get("", response_model=Page[CustomerRow])
async def list_customers(ctx: Reader, query: Annotated[CustomerQuery, Query()]) -> Paged:
    """List the customers in your data scope, a page at a time."""
    return await service.page(ctx, query)


feeds.offer(router, P.customers_read, service.listing)


@router.post("", response_model=CustomerRead, status_code=201)
async def create_customer(ctx: Creator, body: CustomerWrite) -> dict[str, Any]:
    """Create a customer."""
    return await service.create(ctx, body)


@router.get("/{customer_id}", response_model=CustomerRead)
async def get_customer(ctx: Reader, customer_id: Id) -> dict[str, Any]:
    """Return a customer and what you may do with it."""
    return await service.get_detail(ctx, customer_id)


@router.patch("/{customer_id}", response_model=CustomerRead)
async def update_customer(ctx: Editor, customer_id: Id, version: IfMatch, body: CustomerPatch) -> dict[str, Any]:
    """Change a customer."""
    return await service.update(ctx, customer_id, version, body)


@router.delete("/{customer_id}", status_code=204)
async def delete_customer(ctx: Deleter, customer_id: Id, version: IfMatch) -> None:
    """Move a customer to the recycle bin."""
    await customer_bin.delete(ctx, customer_id, version)


@router.post("/{customer_id}/restore", response_model=CustomerRead)
async def restore_customer(ctx: Annotated[Ctx, Allow(P.customers_restore)], customer_id: Id) -> dict[str, Any]:
    """Bring a customer back from the recycle bin."""
    return await customer_bin.restore(ctx, customer_id)


@router.get("/{customer_id}/history", response_model=Page[LogRow])
async def list_customer_history(ctx: Reader, customer_id: Id, query: Annotated[HistoryQuery, Query()]) -> Paged:
    """Return who changed what, newest first."""
    return await service.history(ctx, customer_id, query)
