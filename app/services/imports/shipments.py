"""Importing shipments of orders, each on its day: what left before the stock was counted is not taken from it again (decision 52)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.core.ctx import Ctx
from app.models.access.users import User
from app.models.orders.orders import Order, OrderLine
from app.models.orders.shipments import OrderShipment, ShipmentLine
from app.schemas.imports.imports import ImportBody
from app.schemas.imports.past import ShipmentLineImport
from app.schemas.orders.shipments import ShipmentLineWrite, ShipmentWrite
from app.services.imports import holds as import_holds
from app.services.imports import imports
from app.services.imports import steps as import_steps
from app.services.imports.imports import Batch
from app.services.imports.keys import ACROSS
from app.services.imports.lines import Line
from app.services.imports.steps import then
from app.services.orders import actions
from app.services.orders import amounts as order_amounts
from app.services.orders import shipments as noun

REFERENCES: dict[str, tuple[str, Any]] = {
    "order_external_id": ("order_id", Order),
    "creator_external_id": ("created_by", User),
}
FIXED = ("order_external_id", "creator_external_id", "date", "carrier", "tracking_no", "memo")


async def shipments(ctx: Ctx, body: ImportBody[Any]) -> Batch:
    """Import shipments; orders come before, stock before or after."""
    batch = await imports.start(ctx, OrderShipment, body, REFERENCES)
    await import_steps.hold(batch, Order)
    shipped = {known.id for (model, _), known in batch.known.items() if model is Order}

    async def tell(line: Line) -> OrderShipment:
        line.facts.pop("lines", None)
        import_steps.fixed(batch, line, *FIXED)
        if line.now("order_id") is None:
            line.refuse("order_external_id", "required", "Name the order.")
        elif line.row is None and line.facts["date"] > ctx.today:
            line.refuse("date", "in_future", "This lies in the future.")
        import_steps.unless_refused(line)
        return await (_again(ctx, line) if line.row else _left(ctx, line))

    await import_steps.each(batch, tell)
    await import_holds.catch_up(ctx, OrderLine.order_id.in_(shipped))
    return batch


async def _left(ctx: Ctx, line: Line) -> OrderShipment:
    """Record what left, by whom, on its day."""
    facts = line.facts
    line.about("order_external_id")
    with then(ctx, facts.pop("created_by", None), ctx.start_of(facts["date"])) as past:
        order = await actions.locked(past, facts.pop("order_id"), "ship")
        there = [one.id for one in await order_amounts.lines_of(past, order.id)]
        lines = _lines(line, there)
        import_steps.unless_refused(line)
        return await noun.record(past, order, ShipmentWrite(**facts, lines=lines))


def _lines(line: Line, there: Sequence[int]) -> list[ShipmentLineWrite] | None:
    """Return what a row says of lines, by their ids; all that is left where it says nothing."""
    given: Sequence[ShipmentLineImport] = line.given.lines or ()
    for n, one in enumerate(given):
        if one.line >= len(there):
            line.refuse(f"lines/{n}/line", "not_found", "The order has no such line.")
    known = [one for one in given if one.line < len(there)]
    return [ShipmentLineWrite(line_id=there[one.line], count=one.count) for one in known] or None


async def _again(ctx: Ctx, line: Line) -> OrderShipment:
    """Refuse other lines than those that left."""
    shipment: OrderShipment = line.row
    if line.given.lines is None:
        return shipment
    places = {one.id: n for n, one in enumerate(await order_amounts.lines_of(ctx, shipment.order_id))}
    statement = select(ShipmentLine.line_id, ShipmentLine.count).where(ShipmentLine.shipment_id == shipment.id)
    rows = await ctx.session.execute(statement, execution_options=ACROSS)
    left = {places[line_id]: count for line_id, count in rows}
    if left != {one.line: one.count for one in line.given.lines}:
        line.refuse("lines", "fixed", "This stays as it was when the record was made.")
    return shipment
