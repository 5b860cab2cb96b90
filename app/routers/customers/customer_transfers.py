"""Customers that go to another manager."""

from typing import Annotated, Any

from app.core.ctx import Ctx
from app.models.access.rbac import Permission as P
from app.routers.deps import Allow, Id
from app.routers.etags import MayMatch
from app.routers.route import NounRouter
from app.schemas.customers.customer_transfers import (
    BulkTransferBody,
    BulkTransferRead,
    TransferBody,
    TransferPick,
    TransferPreview,
    TransferRead,
)
from app.services.customers import customer_transfers as service

router = NounRouter("/customers", "customers")
Giver = Annotated[Ctx, Allow(P.customers_transfer)]


@router.post("/bulk-transfer/preview", response_model=TransferPreview)
async def preview_bulk_transfer(ctx: Giver, body: TransferPick) -> dict[str, Any]:
    """Show what a transfer of up to 1,000 customers would move; only reads."""
    return await service.preview(ctx, body)


@router.post("/bulk-transfer", response_model=BulkTransferRead)
async def bulk_transfer_customers(ctx: Giver, body: BulkTransferBody) -> BulkTransferRead:
    """Transfer up to 1,000 customers to one person; each row is done or refused by itself."""
    return await service.bulk_transfer(ctx, body)


@router.get("/{customer_id}/transfer", response_model=TransferPreview)
async def preview_transfer(ctx: Giver, customer_id: Id) -> dict[str, Any]:
    """Show what a transfer of the customer would move: the open work of its present manager."""
    return await service.preview_one(ctx, customer_id)


@router.post("/{customer_id}/transfer", response_model=TransferRead)
async def transfer_customer(ctx: Giver, customer_id: Id, body: TransferBody, version: MayMatch) -> TransferRead:
    """Give a customer to another manager, with the ticked open chances and services of the old one."""
    return await service.transfer(ctx, customer_id, version, body)
