"""Importing orders with their lines and payments, up to `completed` (domain section 5).

The rules of the life cycle hold. A confirmed order reserves stock; what is short was confirmed elsewhere all the same: such
a line holds nothing until stock or shipments that come later let it (decision 52). One that comes in completed is history: its pieces left long ago, so the stock of today is not touched; one that was
confirmed here before gives what it still holds, with the ledger. Completed is shipped, with or without a shipment
that says so. Lines are fixed from confirmation on. Lines
that a row names are all that the order has, payments are added to those that it has (decision 46); a row without them leaves both as they are.
"""

from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app.core.ctx import Ctx
from app.core.numbers import numbers as draw_numbers
from app.models.access.users import User
from app.models.customers.customers import Customer
from app.models.orders.orders import COUNTED, Order, OrderLine, numbers
from app.models.orders.payments import OrderPayment
from app.models.sales.chances import Chance
from app.schemas.imports.imports import ImportBody
from app.schemas.imports.rows import OrderImport
from app.services.goods import reservations
from app.services.imports import imports
from app.services.imports.imports import Batch
from app.services.imports.keys import ACROSS
from app.services.imports.lines import Line, moment
from app.services.imports.order_parts import LINE, Parts, same
from app.services.orders import amounts as order_amounts
from app.services.orders import steps as order_steps

REFERENCES: dict[str, tuple[str, Any]] = {
    "customer_external_id": ("customer_id", Customer),
    "owner_external_id": ("owner_id", User),
    "chance_external_id": ("chance_id", Chance),
}
STEPS = {"draft": 0, "confirmed": 1, "completed": 2}
FROZEN = {"customer_id": "customer_external_id", "date": "date", "owner_id": "owner_external_id"}

FACTS = set(OrderImport.model_fields) - {"lines", "payments"}


async def orders(ctx: Ctx, body: ImportBody[Any]) -> Batch:
    """Import orders; customers, products and chances come before."""
    batch = await imports.start(ctx, Order, body, REFERENCES, _together)
    parts = Parts(batch, keeps=body.on_conflict == "keep")
    await parts.look_up()
    for line in batch.sound:
        _read(parts, line)
        if not line.errors:
            _state(parts, line)
            _sums(parts, line)
    holding = await _stock(parts)
    fresh = [line for line in batch.sound if line.row is None]
    for line, number in zip(fresh, await draw_numbers(ctx, "DD", numbers, len(fresh)), strict=True):
        line.facts["number"] = number
    before = {line.place: line.row.status for line in batch.sound if line.row}
    await imports.write(batch)
    await _write_parts(parts)
    await _move_stock(ctx, batch, parts, before, holding)
    await _confirmed(ctx, batch, before)
    return batch


def _together(order: Order, held: set[str]) -> set[str]:
    """Leave what confirmation fixes to who confirmed here, and all of an order that was cancelled here."""
    if "status" not in held:
        return held
    return held | (FACTS if order.status == "cancelled" else set(FROZEN.values()))


def _read(parts: Parts, line: Line) -> None:
    """Collect what a row says: facts of the order apart from its lines and payments."""
    parts.batch.read(line)
    facts = line.facts
    for name in ("lines", "payments"):
        facts.pop(name, None)
    if line.has("chance_external_id"):
        _chance(parts, line)
    if line.given.lines is not None:
        parts.items(line)
    if line.given.payments is not None:
        parts.paying(line)
    if line.now("customer_id") is None and not line.errors:
        line.refuse("customer_external_id", "required", "Name the customer.")
    elif facts.get("customer_id") and facts["customer_id"] not in parts.managers:
        line.refuse("customer_external_id", "not_found", "This customer was deleted meanwhile.")
    if facts.get("status") is None:
        facts["status"] = line.row.status if line.row else "draft"
    _dates(parts, line)


def _dates(parts: Parts, line: Line) -> None:
    """Date the order today where nothing is said; it lies in the past, and payment is due after it."""
    facts = line.facts
    if line.now("date") is None:
        facts["date"] = line.row.date if line.row else parts.ctx.today
    elif line.now("date") > parts.ctx.today:
        line.refuse("date", "in_future", "This lies in the future.")
    if facts.get("confirmed_at"):
        facts["confirmed_at"] = moment(parts.ctx, facts["confirmed_at"])
        if facts["confirmed_at"] > parts.ctx.now:
            line.refuse("confirmed_at", "in_future", "This lies in the future.")
    if line.now("due_date") and line.now("due_date") < line.now("date"):
        line.refuse("due_date", "due_before_order", "Payment cannot be due before the order's date.")


def _chance(parts: Parts, line: Line) -> None:
    if line.facts.get("chance_id") is None:
        return
    chance = parts.batch.find(line, "chance_external_id", Chance)
    if chance and chance.above != line.now("customer_id"):
        line.refuse("chance_external_id", "other_customer", "This chance is of another customer.")


def _state(parts: Parts, line: Line) -> None:
    """Check that what is said fits the state, and fill in what a state brings: owner and moments."""
    facts, status, was = line.facts, line.now("status"), line.row.status if line.row else "draft"
    if was == "cancelled" and not line.says:
        return
    if was == "cancelled" or STEPS[status] < STEPS[was]:
        line.refuse("status", "not_in_state", f"An order that is {was} does not become {status}.")
        return
    if line.row and was != "draft":
        for name, field in FROZEN.items():
            if name in facts and facts[name] != getattr(line.row, name):
                line.refuse(field, "fixed", "This is fixed since confirmation.")
        if not same(parts.now(line, OrderLine), parts.lines.get(line.place, []), LINE) and line.place in parts.lines:
            line.refuse("lines", "fixed", "Lines are fixed since confirmation.")
    if status in COUNTED:
        _counts(parts, line)
    elif facts.get("confirmed_at"):
        line.refuse("confirmed_at", "not_in_state", "A draft is not confirmed.")
    elif parts.payments.get(line.place):
        line.refuse("payments", "not_in_state", "A draft has no payments.")
    facts["holder_id"] = line.now("owner_id") or _manager(parts, line)


def _counts(parts: Parts, line: Line) -> None:
    """Demand of an order that counts its lines and an owner; give it its moments, and the day that it is due."""
    if not (parts.lines[line.place] if line.place in parts.lines else parts.now(line, OrderLine)):
        line.refuse("lines", "required", "An order that counts has lines.")
    if line.now("owner_id") is None:
        line.facts["owner_id"] = _manager(parts, line)
        if line.facts["owner_id"] is None:
            line.refuse("owner_external_id", "required", "Say whom the order is credited to.")
    if (line.row is None or line.row.status == "draft") and line.now("due_date") is None and not line.has("due_date"):
        line.facts["due_date"] = order_steps.due(line.now("date"), parts.payment_days.get(line.now("customer_id")))
    if line.now("status") == "completed":
        line.facts["delivery_state"] = "shipped"
    date = line.now("date")
    if line.now("confirmed_at") is None:
        line.facts["confirmed_at"] = parts.ctx.now if date == parts.ctx.today else parts.ctx.start_of(date)
    if line.now("status") == "completed" and line.now("completed_at") is None:
        known = line.row is not None and line.row.status == "confirmed"
        line.facts["completed_at"] = parts.ctx.now if known else line.now("confirmed_at")


def _manager(parts: Parts, line: Line) -> int | None:
    customer_id = line.now("customer_id")
    return parts.managers.get(customer_id, line.row.holder_id if line.row else None)


def _sums(parts: Parts, line: Line) -> None:
    """Add up lines and payments; nobody pays more than the total."""
    lines, payments = parts.lines.get(line.place), parts.payments.get(line.place)
    if lines is not None:
        line.facts["total"] = sum((facts["amount"] for facts in lines), Decimal(0))
    if payments is not None:
        there = sum((payment.amount for payment in parts.now(line, OrderPayment)), Decimal(0))
        line.facts["paid"] = sum((facts["amount"] for facts in payments), there)
    if line.row is None:
        line.facts = {"total": Decimal(0), "paid": Decimal(0)} | line.facts
    if line.now("total") >= order_amounts.LIMIT:
        line.refuse("lines", "too_large", "This total is larger than any that can be kept.")
    if line.now("paid") > line.now("total"):
        line.refuse("payments", "above_total", "This is more than the total.")


async def _stock(parts: Parts) -> reservations.Places:
    """Lock the stock of what is to be confirmed."""
    asking = [line for line in parts.batch.sound if line.now("status") == "confirmed"]
    asking = [line for line in asking if line.row is None or line.row.status == "draft"]
    products = {product for line in asking for product in _products(parts, line)}
    return await reservations.lock(parts.ctx, products) if products else {}


def _products(parts: Parts, line: Line) -> set[int]:
    given = parts.lines.get(line.place)
    return {one.product_id for one in parts.now(line, OrderLine)} if given is None else {f["product_id"] for f in given}


async def _write_parts(parts: Parts) -> None:
    """Replace the lines where they differ, and add the payments that are new."""
    for line in parts.batch.sound:
        lines, payments = parts.lines.get(line.place), parts.payments.get(line.place)
        added: list[Any] = [OrderPayment(order_id=line.row.id, **facts) for facts in payments or ()]
        present = parts.now(line, OrderLine)
        if lines is not None and not same(present, lines, LINE):
            for part in present:
                await parts.ctx.session.delete(part)
            parts.present[OrderLine][line.row.id] = [OrderLine(order_id=line.row.id, **facts) for facts in lines]
            added += parts.present[OrderLine][line.row.id]
        if added:
            parts.ctx.session.add_all(added)
            line.outcome = "updated" if line.outcome == "unchanged" else line.outcome
    await parts.ctx.session.flush()


async def _move_stock(
    ctx: Ctx, batch: Batch, parts: Parts, before: dict[int, str], places: reservations.Places
) -> None:
    """Reserve for what is confirmed now; take what a confirmed order held that is completed now."""
    moved = [line for line in batch.sound if before.get(line.place, "draft") != line.row.status]
    for line in moved:
        if line.row.status == "confirmed":
            for part in parts.now(line, OrderLine):
                if not reservations.short(places, [part]):
                    reservations.hold(ctx, places, [part])
    done = [line.row for line in moved if before.get(line.place) == "confirmed"]
    if done:
        await ctx.session.flush()  # what is held is written before its places are read anew
        await reservations.take(ctx, done)
    await ctx.session.flush()


async def _confirmed(ctx: Ctx, batch: Batch, before: dict[int, str]) -> None:
    """Tell customers of the newest of the orders that count from now on; by id, as every lock on customers is taken."""
    fresh = [line.row for line in batch.sound if before.get(line.place, "draft") == "draft"]
    counted = sorted((row for row in fresh if row.status in COUNTED), key=lambda row: row.date)
    newest = {row.customer_id: row for row in counted}
    statement = select(Customer).where(Customer.id.in_(newest)).order_by(Customer.id)
    for customer in await ctx.session.scalars(statement, execution_options=ACROSS) if newest else ():
        await order_steps.order_confirmed(ctx, customer, newest[customer.id])
