"""Shipments of confirmed orders: recorded and removed under the order's lock, with the stock in the same transaction.

A shipment takes the pieces that its lines hold, first from the oldest place; `storage_taken` remembers which, so
that removing it puts them back there, held again. Locks are taken as in `orders/steps`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm.attributes import flag_modified

from app.core.audit import mark
from app.core.ctx import Ctx
from app.core.errors import Conflict, Invalid, NotFound
from app.core.numbers import numbers as draw_numbers
from app.core.scope import unscoped
from app.core.told import telling
from app.models.goods.storage import Taken
from app.models.orders.orders import Order, OrderLine
from app.models.orders.shipments import OrderShipment, ShipmentLine, numbers
from app.schemas.orders.shipments import ShipmentLineWrite, ShipmentWrite
from app.services.care import asset_deliveries
from app.services.goods import reservations
from app.services.orders import actions, orders
from app.services.orders import amounts as order_amounts

NONE, PARTIAL, SHIPPED = "none", "partial", "shipped"
Left = dict[int, tuple[OrderLine, int]]
"""Lines by id, each with the pieces that have not left yet."""


async def add(ctx: Ctx, order_id: int, version: int | None, body: ShipmentWrite) -> dict[str, Any]:
    """Record what left of a confirmed order; without lines, all that is left.

    Raises `Invalid` at the line for more than is left of it, and for a date in the future or before the order's;
    `Conflict` (`all_shipped`) when nothing is left.
    """
    await record(ctx, await actions.locked(ctx, order_id, "ship", version), body)
    return await orders.get_detail(ctx, order_id)


async def record(ctx: Ctx, order: Order, body: ShipmentWrite) -> OrderShipment:
    """Record what left of an order that was checked; raise as `add`."""
    date = body.date or ctx.today
    if date > ctx.today:
        raise Invalid("/date", "in_future", "A shipment cannot be dated in the future.")
    if date < order.date:
        raise Invalid("/date", "before_order", "A shipment cannot be dated before its order.")
    left = await _left(ctx, order)
    counts = _everything(left) if body.lines is None else _asked(body.lines, left)
    if not counts:
        raise Conflict("Everything has been shipped.", code="all_shipped")
    return await _ship(ctx, order, left, counts, date=date, **body.model_dump(exclude={"date", "lines"}))


async def add_rest(ctx: Ctx, order: Order) -> None:
    """Ship what is left of a locked order as its last shipment, dated today."""
    left = await _left(ctx, order)
    counts = _everything(left)
    if counts:
        await _ship(ctx, order, left, counts, date=ctx.today)


async def remove(ctx: Ctx, order_id: int, shipment_id: int, version: int) -> dict[str, Any]:
    """Remove a shipment that never left, or came back whole: its pieces lie where they were, held by the order.

    The assets that it brought go with it; raises `Conflict` (`assets_changed`) where somebody worked on one of them.
    """
    order, held = await actions.found(ctx, order_id)
    statement = select(OrderShipment).where(OrderShipment.id == shipment_id, OrderShipment.order_id == order_id)
    shipment = (await ctx.session.scalars(unscoped(statement, order_amounts.CHECKED))).one_or_none()
    if shipment is None:
        raise NotFound
    actions.STEPS.check(ctx, "remove_shipment", held, shipment, version)
    columns = (ShipmentLine.id, ShipmentLine.line_id, ShipmentLine.count, OrderLine.product_id)
    brought = select(*columns).join(OrderLine, OrderLine.id == ShipmentLine.line_id)
    brought = brought.where(ShipmentLine.shipment_id == shipment_id).order_by(ShipmentLine.id)
    lines = (await ctx.session.execute(unscoped(brought, order_amounts.CHECKED))).all()
    await asset_deliveries.take_back(ctx, shipment_id)
    await _put_back(ctx, order, shipment, {line.id: line.line_id for line in lines})
    gone = delete(ShipmentLine).where(ShipmentLine.shipment_id == shipment_id)
    await ctx.session.execute(gone.execution_options(synchronize_session=False))
    mark(shipment, "remove_shipment", goods=[{"product_id": line.product_id, "count": line.count} for line in lines])
    await ctx.session.delete(shipment)
    await ctx.session.flush()
    _state(order, PARTIAL if await _shipped(ctx, order.id) else NONE)
    await ctx.session.flush()
    return await orders.get_detail(ctx, order_id)


async def _put_back(ctx: Ctx, order: Order, shipment: OrderShipment, lines: Mapping[int, int]) -> None:
    """Give the stock back what the lines of a shipment took; `lines` leads from its lines to the order's."""
    rows = select(Taken).where(Taken.shipment_line_id.in_(lines)).order_by(Taken.storage_id)
    taken = [(lines[one.shipment_line_id], one.storage_id, one.count) for one in await ctx.session.scalars(rows)]
    await reservations.put_back(ctx, order.id, _why("shipment_removed", shipment.number, order), taken)
    gone = delete(Taken).where(Taken.shipment_line_id.in_(lines))
    await ctx.session.execute(gone.execution_options(synchronize_session=False))


async def _shipped(ctx: Ctx, order_id: int) -> dict[int, int]:
    """Return line -> pieces that left."""
    statement = select(ShipmentLine.line_id, func.sum(ShipmentLine.count))
    statement = statement.join(OrderShipment, OrderShipment.id == ShipmentLine.shipment_id)
    statement = statement.where(OrderShipment.order_id == order_id).group_by(ShipmentLine.line_id)
    return {
        line_id: int(sum_) for line_id, sum_ in await ctx.session.execute(unscoped(statement, order_amounts.CHECKED))
    }


async def _left(ctx: Ctx, order: Order) -> Left:
    lines = await order_amounts.lines_of(ctx, order.id)
    shipped = await _shipped(ctx, order.id) if order.delivery_state != NONE else {}
    return {line.id: (line, line.count - shipped.get(line.id, 0)) for line in lines}


def _everything(left: Left) -> dict[int, int]:
    return {line_id: count for line_id, (_, count) in left.items() if count}


def _asked(lines: Sequence[ShipmentLineWrite], left: Left) -> dict[int, int]:
    """Return line -> pieces of a body; raise `Invalid` for a line that is not there, comes twice or has fewer left."""
    found: dict[int, int] = {}
    for place, (line_id, count) in enumerate((one.line_id, one.count) for one in lines):
        if line_id not in left:
            raise Invalid(f"/lines/{place}/line_id", "not_found", "The order has no such line.")
        if line_id in found:
            raise Invalid(f"/lines/{place}/line_id", "repeated", "This line is named twice.")
        line, there = left[line_id]
        if count > there:
            message = f"Only {there} of {line.count} pieces are left to ship."
            raise Invalid(f"/lines/{place}/count", "above_left", message, left=there)
        found[line_id] = count
    return found


async def _ship(ctx: Ctx, order: Order, left: Left, counts: Mapping[int, int], **facts: Any) -> OrderShipment:
    """Write a shipment with its lines, take its pieces, and say how far the order is delivered now."""
    (number,) = await draw_numbers(ctx, "FH", numbers, 1)
    shipment = OrderShipment(order_id=order.id, number=number, **facts)
    goods = [{"product_id": left[line_id][0].product_id, "count": count} for line_id, count in counts.items()]
    mark(shipment, "add_shipment", goods=goods)
    ctx.session.add(shipment)
    await ctx.session.flush()
    lines = {
        line_id: ShipmentLine(shipment_id=shipment.id, line_id=line_id, count=count)
        for line_id, count in counts.items()
    }
    ctx.session.add_all(lines.values())
    await ctx.session.flush()
    taken = await reservations.ship(ctx, order.id, _why("shipment", number, order), counts)
    ctx.session.add_all(
        Taken(shipment_line_id=lines[line_id].id, storage_id=place, count=count) for line_id, place, count in taken
    )
    goods_by_product: Counter[int] = Counter()
    for line_id, count in counts.items():
        goods_by_product[left[line_id][0].product_id] += count
    await asset_deliveries.bring(ctx, shipment, order.customer_id, goods_by_product)
    rest = sum(count for _, count in left.values()) - sum(counts.values())
    _state(order, PARTIAL if rest and order.status != "completed" else SHIPPED)
    await ctx.session.flush()
    return shipment


def _why(code: str, number: str, order: Order) -> reservations.Why:
    return reservations.Why(number, telling(code, number=number, order=order.number))


def _state(order: Order, state: str) -> None:
    """Keep how far an order is delivered; it gets a new version even where that stays, as with every other part of it."""
    order.delivery_state = state
    flag_modified(order, "updated_at")
