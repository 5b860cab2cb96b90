"""The life cycle of an order (domain section 5): confirm, complete, cancel. Shipments stand in `orders/shipments`.

Locks are taken in one order everywhere: the order, then places of stock by id, then the customer.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Date, bindparam, func, select, update

from app.core.ctx import Ctx
from app.core.errors import Conflict
from app.core.scope import unscoped
from app.core.touch import move, touching
from app.models.customers.customers import Customer
from app.models.orders.orders import COUNTED, Order
from app.schemas.orders.orders import CancelBody
from app.services.care import loss_steps
from app.services.goods import reservations
from app.services.orders import actions, orders
from app.services.orders import shipments as order_shipments

DAY = bindparam("day", type_=Date)
ORDERED = touching(Customer, last_order_date=func.greatest(func.coalesce(Customer.last_order_date, DAY), DAY))


async def confirm(ctx: Ctx, order_id: int, version: int | None) -> dict[str, Any]:
    """Reserve the stock of all lines at once and fix the owner: the given one, else the customer's manager.

    An order without a due date gets the one that the customer's payment days make, whether or not the caller sees these.
    Raises `Conflict` (`no_lines`, `no_owner`) and `OutOfStock`; then nothing is reserved.
    """
    order, lines = await actions.lined(ctx, order_id, "confirm", version)
    customer = await orders.buyer(ctx, order)
    order.owner_id = order.holder_id = order.owner_id or customer.manager_id
    if order.owner_id is None:
        raise Conflict("Say whom the order is credited to: its customer has no manager.", code="no_owner")
    actions.STEPS.fire(order, "confirm")
    order.confirmed_at, order.due_date = ctx.now, order.due_date or due(order.date, customer.payment_days)
    await reservations.reserve(ctx, lines)
    await order_confirmed(ctx, customer, order)
    return await orders.get_detail(ctx, order_id)


def due(date: dt.date, payment_days: int | None) -> dt.date | None:
    """Return the day by which an order is to be paid, None where nothing was agreed."""
    return None if payment_days is None else date + dt.timedelta(days=payment_days)


async def order_confirmed(ctx: Ctx, customer: Any, order: Order) -> None:
    """Do what an order that counts from now on means for its customer: the last order date moves on, churn ends.

    Confirming and importing call it. The greatest of both, because two orders of a customer may be confirmed at once.
    """
    await move(ctx, ORDERED, customer.id, day=order.date)
    await loss_steps.ordered(ctx, customer.id, order)


async def complete(ctx: Ctx, order_id: int, version: int | None) -> dict[str, Any]:
    """Complete an order; what has not been shipped leaves as one last shipment."""
    order = await actions.locked(ctx, order_id, "complete", version)
    actions.STEPS.fire(order, "complete")
    order.completed_at = ctx.now
    await order_shipments.add_rest(ctx, order)
    await ctx.session.flush()
    return await orders.get_detail(ctx, order_id)


async def cancel(ctx: Ctx, order_id: int, version: int | None, body: CancelBody) -> dict[str, Any]:
    """Cancel with a reason; what was reserved is free again. Raises `Conflict` while payments or shipments are recorded."""
    order = await actions.locked(ctx, order_id, "cancel", version)
    counted = order.status in COUNTED
    actions.STEPS.fire(order, "cancel")
    order.cancelled_at, order.cancel_reason = ctx.now, body.reason
    if counted:
        await reservations.release(ctx, order)
        await refresh_last_order(ctx, [order.customer_id])
    await ctx.session.flush()
    return await orders.get_detail(ctx, order_id)


async def refresh_last_order(ctx: Ctx, customer_ids: Iterable[int]) -> None:
    """Recompute the last order date of customers from their orders.

    The customers are locked first, by id: an order that is confirmed meanwhile is either seen or comes after.
    """
    ids = sorted(set(customer_ids))
    if not ids:
        return
    await ctx.session.flush()
    # Not FOR UPDATE: that one waits for the key shares of every new order of the customer, and they for it.
    lock = select(Customer.id).where(Customer.id.in_(ids)).order_by(Customer.id).with_for_update(key_share=True)
    await ctx.session.execute(unscoped(lock, "customers of orders that were checked"))
    newest = (
        select(func.max(Order.date))
        .where(Order.customer_id == Customer.id, Order.status.in_(COUNTED), Order.deleted_at.is_(None))
        .scalar_subquery()
    )
    statement = update(Customer).where(Customer.id.in_(ids)).values(last_order_date=newest)
    await ctx.session.execute(statement.execution_options(synchronize_session=False))
