"""Payments of orders: recorded and removed under the order's lock, with its `paid` in the same transaction."""

from typing import Any

from sqlalchemy import select

from app.core.ctx import Ctx
from app.core.errors import Invalid, NotFound
from app.core.scope import unscoped
from app.models.customers.customers import Customer
from app.models.orders.orders import Order
from app.models.orders.payments import OrderPayment
from app.schemas.orders.payments import PaymentWrite
from app.services.base import dict as dictionary
from app.services.orders import actions, orders
from app.services.orders import amounts as order_amounts


async def add(ctx: Ctx, order_id: int, version: int | None, body: PaymentWrite) -> dict[str, Any]:
    """Record money for a confirmed or completed order.

    Raises `Invalid` for more than is unpaid, a date in the future or an unknown method.
    """
    order = await actions.locked(ctx, order_id, "pay", version)
    await dictionary.check(ctx, {"method": ("payment_method", body.method)})
    date = body.date or ctx.today
    if date > ctx.today:
        raise Invalid("/date", "in_future", "A payment cannot be dated in the future.")
    unpaid = order.total - order.paid
    if body.amount > unpaid:
        raise Invalid("/amount", "above_unpaid", f"Only {unpaid} is unpaid.", unpaid=str(unpaid))
    facts = body.model_dump(exclude={"date"})
    ctx.session.add(OrderPayment(order_id=order_id, date=date, **facts))
    await _recount(ctx, order)
    return await orders.get_detail(ctx, order_id)


async def remove(ctx: Ctx, order_id: int, payment_id: int, version: int) -> dict[str, Any]:
    """Remove a payment that was recorded by mistake; the log keeps it."""
    order, held = await actions.found(ctx, order_id)
    statement = select(OrderPayment).where(OrderPayment.id == payment_id, OrderPayment.order_id == order_id)
    payment = (await ctx.session.scalars(unscoped(statement, order_amounts.CHECKED))).one_or_none()
    if payment is None:
        raise NotFound
    actions.STEPS.check(ctx, "remove_payment", held, payment, version)
    await ctx.session.delete(payment)
    await _recount(ctx, order)
    return await orders.get_detail(ctx, order_id)


async def _recount(ctx: Ctx, order: Order) -> None:
    """Add up what is paid, with the customer's region held: what is kept of regions follows."""
    held = select(Customer.id).where(Customer.id == order.customer_id).with_for_update(read=True)
    await ctx.session.execute(unscoped(held, "of an order that was found"))
    await order_amounts.recount(ctx, order)
