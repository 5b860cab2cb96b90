"""The life cycle of churn (domain section 5): delay, confirm, revoke, and what a new order ends."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.core.audit import mark
from app.core.ctx import Ctx
from app.core.errors import Conflict, Invalid
from app.core.prepared import ROW_ID
from app.core.scope import get, unscoped
from app.models.care.losses import OPEN, Loss, LossMeasure
from app.models.customers.customers import Customer
from app.models.orders.orders import Order
from app.schemas.care.losses import ConfirmBody, DelayBody, RevokeBody
from app.services.base import dict as dictionary
from app.services.care import loss_actions as actions
from app.services.care import loss_rules as rules
from app.services.care import losses

WHY = "the customer of an entry that was checked"
LATEST = select(Loss).where(Loss.customer_id == ROW_ID).order_by(Loss.id.desc()).limit(1).with_for_update()
LATEST = unscoped(LATEST, WHY)


async def _locked(ctx: Ctx, loss_id: int, step: str, version: int | None) -> tuple[Loss, Customer]:
    """Return the entry and its customer, locked, after all that may refuse the step."""
    loss = await get(ctx, Loss, loss_id, lock=True)
    customer = await customer_of(ctx, loss.customer_id)
    holding = actions.Holding(loss.status, customer.manager_id, returned=loss.returned_at is not None)
    actions.STEPS.check(ctx, step, holding, loss, version)
    return loss, customer


async def customer_of(ctx: Ctx, customer_id: int) -> Customer:
    """Return the customer of an entry, locked."""
    statement = select(Customer).where(Customer.id == customer_id).with_for_update(key_share=True)
    found = await ctx.session.scalars(unscoped(statement, WHY).execution_options(populate_existing=True))
    return found.one()


async def delay(ctx: Ctx, loss_id: int, version: int | None, body: DelayBody) -> dict[str, Any]:
    """Write down a measure and the day to look again; any number of times while the entry is open."""
    loss, _ = await _locked(ctx, loss_id, "delay", version)
    await put_off(ctx, loss, body)
    return await losses.get_detail(ctx, loss_id)


async def put_off(ctx: Ctx, loss: Loss, body: DelayBody) -> None:
    """Write a measure of an entry that was checked; raise `Invalid` for a review that is not after today."""
    if body.review_date <= ctx.today:
        raise Invalid("/review_date", "not_after_today", "Choose a day after today.")
    actions.STEPS.fire(loss, "delay")
    loss.review_date = body.review_date
    measure = LossMeasure(loss_id=loss.id, date=ctx.today, by=ctx.actor.id, **body.model_dump())
    ctx.session.add(measure)
    await ctx.session.flush()


async def confirm(ctx: Ctx, loss_id: int, version: int | None, body: ConfirmBody) -> dict[str, Any]:
    """Record that the customer is lost, why and since when; its status follows."""
    loss, customer = await _locked(ctx, loss_id, "confirm", version)
    await lose(ctx, loss, customer, body)
    return await losses.get_detail(ctx, loss_id)


async def lose(ctx: Ctx, loss: Loss, customer: Customer, body: ConfirmBody) -> None:
    """Confirm an entry that was checked; raise `Invalid` for a day in the future, or before the last order."""
    await dictionary.check(ctx, {"reason": ("loss_reason", body.reason)})
    lost_date = body.lost_date or ctx.today
    if lost_date > ctx.today:
        raise Invalid("/lost_date", "in_the_future", "The day cannot be in the future.")
    if loss.last_order_date and lost_date < loss.last_order_date:
        raise Invalid("/lost_date", "too_early", "The customer still ordered after this day.")
    actions.STEPS.fire(loss, "confirm")
    loss.reason, loss.note, loss.lost_date, loss.closed_at = body.reason, body.note, lost_date, ctx.now
    customer.status = "lost"
    await ctx.session.flush()


async def revoke(ctx: Ctx, loss_id: int, version: int | None, body: RevokeBody) -> dict[str, Any]:
    """Take a confirmed loss back: the entry is a warning again, its manager is told."""
    loss, customer = await _locked(ctx, loss_id, "revoke", version)
    others = select(Loss.id).where(Loss.customer_id == customer.id, Loss.status.in_(OPEN))
    if await ctx.session.scalar(unscoped(others, WHY)):
        raise Conflict("The customer has another open entry.", code="open_entry")
    actions.STEPS.fire(loss, "revoke")
    mark(loss, "revoke", reason=body.reason)
    loss.lost_date = loss.closed_at = loss.review_date = None
    customer.status = "warning"
    await ctx.session.flush()
    return await losses.get_detail(ctx, loss_id)


async def ordered(ctx: Ctx, customer_id: int, order: Order) -> None:
    """Let a new order end what churn it finds: an open entry is recovered, a lost customer has returned.

    An order older than the days of the customer's level is late paperwork: by that rule the customer would be
    warned of again tonight. Nor does one end anything that is older than the last order known at the warning.
    """
    loss = (await ctx.session.scalars(LATEST, {"row_id": customer_id})).one_or_none()
    if loss is None or (loss.status not in OPEN and (loss.status != "lost" or loss.returned_at)):
        return
    customer = await customer_of(ctx, customer_id)
    oldest = ctx.today - timedelta(days=(await rules.limits(ctx)).of(customer.level))
    if order.date <= oldest or (loss.last_order_date and order.date < loss.last_order_date):
        return
    await win_back(ctx, loss, customer)


async def win_back(ctx: Ctx, loss: Loss, customer: Customer) -> None:
    """Recover an open entry, or note that a lost customer has returned; its manager is told."""
    customer.status = "normal"
    if loss.status in OPEN:
        actions.STEPS.fire(loss, "recover")
        loss.closed_at = ctx.now
    else:
        mark(loss, "return")
        loss.returned_at = ctx.now
    await ctx.session.flush()
