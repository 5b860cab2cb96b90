"""Importing churn entries: warned of, delayed, lost, recovered and returned when and by whom it was.

The customer's state is that of its newest entry.
"""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select

from app.core.ctx import Ctx
from app.models.access.users import User
from app.models.care.losses import OPEN, Loss, LossMeasure
from app.models.customers.customers import Customer
from app.schemas.care.losses import ConfirmBody, DelayBody
from app.schemas.imports.imports import ImportBody
from app.services.care import loss_actions as actions
from app.services.care import loss_detection, loss_rules
from app.services.care import loss_steps as steps
from app.services.imports import imports
from app.services.imports import steps as import_steps
from app.services.imports.imports import Batch
from app.services.imports.keys import ACROSS
from app.services.imports.lines import Line, moment
from app.services.imports.steps import then

BY = "by_external_id"
REFERENCES: dict[str, tuple[str, Any]] = {
    "customer_external_id": ("customer_id", Customer),
    "manager_external_id": ("manager_id", User),
    BY: ("by", User),
}
FIXED = ("customer_external_id", "manager_external_id", "found_at", "last_order_date")
LOST = ("reason", "note", "lost_date")
OVER = {"recovered": ("recovered_at", "closed_at"), "lost": ("returned_at", "returned_at")}
"""State -> what a row calls the moment at which nothing more can come, and what an entry does."""
END = {*LOST, "confirmed_at", "recovered_at", "returned_at"}


async def losses(ctx: Ctx, body: ImportBody[Any]) -> Batch:
    """Import churn entries, those of a customer in the order in which they were; customers come before."""
    batch = await imports.start(ctx, Loss, body, REFERENCES, _together)
    await import_steps.hold(batch, Customer)
    limit = await loss_rules.limits(ctx)

    async def tell(line: Line) -> Loss:
        _check(batch, line)
        import_steps.unless_refused(line)
        customer = await steps.customer_of(ctx, line.now("customer_id"))
        before = customer.status
        loss: Loss = line.row or await _found(ctx, line, customer, limit)
        customer = await steps.customer_of(ctx, customer.id)
        await _measures(batch, line, loss)
        await _ended(ctx, line, loss, customer)
        newer = select(Loss.id).where(Loss.customer_id == customer.id, Loss.found_at > loss.found_at).limit(1)
        if await ctx.session.scalar(newer, execution_options=ACROSS):
            customer.status = before
        return loss

    await import_steps.each(batch, tell)
    return batch


def _together(_loss: Loss, held: set[str]) -> set[str]:
    """Leave the whole end to who changed a part of it here."""
    return held | END if held & END else held


def _check(batch: Batch, line: Line) -> None:
    """Check what is said of the entry against what is there and against each other."""
    ctx, facts = batch.ctx, line.facts
    facts.pop("measures", None)
    if facts.get("lost_date") and not facts.get("confirmed_at"):
        facts["confirmed_at"] = facts["lost_date"]
    import_steps.moments(ctx, line, "found_at", "confirmed_at", "returned_at")
    import_steps.moments(ctx, line, "found_at", "recovered_at")
    import_steps.fixed(batch, line, *FIXED)
    if getattr(line.row, "status", "") == "lost":
        import_steps.fixed(batch, line, *LOST)
    _over(line)
    if line.now("customer_id") is None:
        line.refuse("customer_external_id", "required", "Name the customer.")
    if facts.get("reason") and getattr(line.row, "status", "") == "recovered":
        line.refuse("reason", "not_in_state", "What was recovered is not lost: tell the loss as an entry of its own.")
    lost = facts.get("reason") or getattr(line.row, "lost_date", None)
    for name in ("lost_date", "confirmed_at", "returned_at"):
        if facts.get(name) and not lost:
            line.refuse("reason", "required", "A loss has its reason.")
            break
    if facts.get("recovered_at") and lost:
        line.refuse("recovered_at", "not_in_state", "What was lost is not recovered: say when the customer returned.")


def _over(line: Line) -> None:
    """Say nothing again of an end that is there; it stays where the row tells another."""
    name, attribute = OVER.get(getattr(line.row, "status", ""), ("", ""))
    value, there = line.facts.get(name), getattr(line.row, attribute, None)
    if value and there:
        if value != there:
            line.keep(name, "When it ended stays.")
        del line.facts[name]


async def _found(ctx: Ctx, line: Line, customer: Customer, limit: loss_rules.Limits) -> Loss:
    """Warn of a customer when it was warned of, with what was known of it then."""
    facts = line.facts
    at = [moment(ctx, one.at) for one in line.given.measures or ()]
    happened = [one for one in (*at, facts.get("confirmed_at"), facts.get("recovered_at")) if one]
    found_at, last = facts.get("found_at") or min(happened, default=ctx.now), facts.get("last_order_date")
    manager = facts.get("manager_id") or customer.manager_id
    hits = {f"{rule}_hits": rule == "order" for rule in loss_rules.RULES}
    with then(ctx, None, found_at) as past:
        if last is None and customer.last_order_date and customer.last_order_date <= past.today:
            last = customer.last_order_date
        since = last or min(customer.opened_on, past.today)
        if since > past.today:
            line.refuse("last_order_date", "out_of_turn", "This is after the warning.")
            import_steps.unless_refused(line)
        row = SimpleNamespace(
            id=customer.id, name=customer.name, manager_id=manager, owner_id=customer.manager_id, last_order_date=last,
            since=since, level=customer.level, satisfaction=None, last_contact=None, **hits,
        )  # fmt: skip
        made = await loss_detection.warn(past, [row], limit)
    loss: Loss = await ctx.session.get_one(Loss, made[customer.id], execution_options=ACROSS)
    loss.external_id = line.external_id
    return loss


async def _measures(batch: Batch, line: Line, loss: Loss) -> None:
    """Tell the measures that are not there yet, by their place."""
    there = await _written(batch.ctx, loss) if line.row else []
    for n, given in enumerate(line.given.measures or ()):
        line.about(f"measures/{n}")
        who = batch.find(line, f"measures/{n}/{BY}", User)
        import_steps.unless_refused(line)
        if n < len(there):
            if there[n] != given.text:
                line.keep(f"measures/{n}/text", "What was written of a measure stays.")
            continue
        at = moment(batch.ctx, given.at) or loss.found_at
        with then(batch.ctx, who.id if who else loss.manager_id, at) as past:
            actions.STEPS.check(past, "delay", _held(loss), loss)
            await steps.put_off(past, loss, DelayBody(text=given.text, review_date=given.review_date))
    if loss.status == "delayed" and loss.review_date and loss.review_date < batch.ctx.today:
        actions.STEPS.fire(loss, "expire")  # as the search would tonight


async def _written(ctx: Ctx, loss: Loss) -> Sequence[str]:
    statement = select(LossMeasure.text).where(LossMeasure.loss_id == loss.id).order_by(LossMeasure.id)
    return (await ctx.session.scalars(statement, execution_options=ACROSS)).all()


def _held(loss: Loss) -> actions.Holding:
    return actions.Holding(loss.status, loss.manager_id, returned=loss.returned_at is not None)


async def _ended(ctx: Ctx, line: Line, loss: Loss, customer: Customer) -> None:
    """Confirm the loss, recover what is open, or let a lost customer have returned."""
    facts = line.facts
    if facts.get("reason") and loss.status in OPEN:
        line.about("reason")
        with then(ctx, loss.manager_id, facts.get("confirmed_at") or ctx.now) as past:
            actions.STEPS.check(past, "confirm", _held(loss), loss)
            body = ConfirmBody(reason=facts["reason"], note=facts.get("note"), lost_date=facts.get("lost_date"))
            await steps.lose(past, loss, customer, body)
    back = "returned_at" if loss.status == "lost" else "recovered_at"
    if facts.get(back):
        line.about(back)
        with then(ctx, None, facts[back]) as past:
            await steps.win_back(past, loss, customer)
    last = customer.last_order_date
    if loss.lost_date and loss.returned_at is None and last and last > loss.lost_date:
        line.refuse("returned_at", "required", "The customer has ordered since: say when it returned.")
