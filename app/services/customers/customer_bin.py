"""Customers go to the recycle bin, and come back, with what hangs on them."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.core import leaving
from app.core.ctx import Ctx
from app.core.errors import Conflict
from app.core.owners import alive
from app.core.scope import get_binned
from app.models.access.rbac import Permission as P
from app.models.care.services import OPEN as OPEN_SERVICES
from app.models.care.services import Service
from app.models.customers.customers import Customer
from app.models.orders.orders import Order
from app.models.sales.chances import OPEN, Chance
from app.services.customers import customer_actions, customers


async def delete(ctx: Ctx, customer_id: int, version: int) -> None:
    """Move a customer to the recycle bin with what hangs on it: contacts, activities, churn, closed chances and services.

    Raises `Conflict` (409, `open_chances`, `open_services`) while chances or services are open, `orders` when it has any.
    """
    customer = await customer_actions.locked(ctx, customer_id, "delete", version)
    chances = await _open_work(ctx, Chance, customer_id, OPEN)
    services = await _open_work(ctx, Service, customer_id, OPEN_SERVICES)
    if chances or services:
        words = " and ".join(word for word, count in (("chances", chances), ("services", services)) if count)
        counts: dict[str, Any] = {"open_chances": chances, "open_services": services}
        raise Conflict(
            f"This customer has open {words}; close them first.",
            **{name: count for name, count in counts.items() if count},
        )
    orders = await ctx.session.scalar(
        select(func.count())
        .where(Order.customer_id == customer_id, Order.deleted_at.is_(None))
        .execution_options(scoped="any order, whoever holds it, keeps the customer")
    )
    if orders:
        raise Conflict("This customer has orders and cannot be deleted.", orders=orders)
    customer.deleted_at, customer.deleted_by = ctx.now, ctx.actor.id
    await _dependents(ctx, customer_id, None, ctx.now)
    await ctx.session.flush()


async def _open_work(ctx: Ctx, model: Any, customer_id: int, states: tuple[str, ...]) -> int:
    statement = select(func.count()).where(model.customer_id == customer_id, alive(model), model.status.in_(states))
    found = statement.execution_options(scoped="open work of any colleague blocks the deletion")
    return await ctx.session.scalar(found) or 0


async def restore(ctx: Ctx, customer_id: int) -> dict[str, Any]:
    """Bring a customer back with what went with it; raise `NotFound` when it is not in the bin for the caller."""
    customer = await get_binned(ctx, Customer, customer_id, right=P.customers_restore)
    went = customer.deleted_at
    customer.deleted_at = customer.deleted_by = None
    await _dependents(ctx, customer_id, went, None)
    await ctx.session.flush()
    return await customers.get_detail(ctx, customer_id)


async def _dependents(ctx: Ctx, customer_id: int, before: datetime | None, after: datetime | None) -> None:
    """Hide (or bring back) what hangs on the customer and has this moment of deletion."""
    for model, names in leaving.hanging(Customer):
        same = model.deleted_at.is_(None) if before is None else model.deleted_at == before
        statement = select(model).where(getattr(model, names) == customer_id, same)
        for row in await ctx.session.scalars(statement.execution_options(scoped="goes with its customer")):
            row.deleted_at, row.deleted_by = after, ctx.actor.id if after else None
