"""Transactions of a customer."""

from typing import Annotated, Any

from fastapi import Query

from app.core.ctx import Ctx
from app.models.access.rbac import Permission as P
from app.routers.deps import Allow, Id
from app.routers.route import NounRouter
from app.schemas.orders.transactions import TransactionPage, TransactionQuery
from app.services.orders import transactions as service

router = NounRouter("/customers/{customer_id}/transactions", "transactions", "From the chance to the payment")


@router.get("", response_model=TransactionPage)
async def list_transactions(
    ctx: Annotated[Ctx, Allow(P.customers_read)], customer_id: Id, query: Annotated[TransactionQuery, Query()]
) -> dict[str, Any]:
    """List what is being sold to a customer from the chance to the payment, a line each, as far as you see it."""
    return await service.page(ctx, customer_id, query)
