"""What lines of confirmed orders hold that came before their stock: as soon as all that is left of a line is there, it is held (decision 52).

A line holds all that is left of it or nothing, as everywhere; the order that was confirmed first comes first.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select

from app.core.ctx import Ctx
from app.models.goods.storage import Reservation, Storage, Taken
from app.models.orders.orders import Order, OrderLine
from app.models.orders.shipments import ShipmentLine
from app.services.goods import reservations
from app.services.goods.reservations import Places
from app.services.imports.keys import ACROSS

MOST = 5000
"""Lines that one batch catches up; the next one goes on."""


async def lock(ctx: Ctx, product_ids: Iterable[int]) -> None:
    """Lock the orders whose lines wait for these products and then the places of these: in the order of all who need both."""
    products = set(product_ids)
    await _waiting(ctx, OrderLine.product_id.in_(products))
    if products:
        await reservations.lock(ctx, products)


async def catch_up(ctx: Ctx, where: ColumnElement[bool]) -> None:
    """Let the lines of confirmed orders hold what is left of them, of those that hold nothing yet and find it all."""
    waiting = await _waiting(ctx, where)
    if not waiting:
        return
    places = await reservations.lock(ctx, {row.OrderLine.product_id for row in waiting})
    taken = await _brought(ctx, [row.OrderLine.id for row in waiting])
    for row in waiting:
        _hold(ctx, places, row.OrderLine, row.left, taken.get(row.OrderLine.id, ()))
    await ctx.session.flush()


async def _waiting(ctx: Ctx, where: ColumnElement[bool]) -> Sequence[Any]:
    """Return lines of confirmed orders, which are locked, that hold and took nothing, with what is left of each."""
    of_line = select(func.sum(ShipmentLine.count)).where(ShipmentLine.line_id == OrderLine.id).scalar_subquery()
    left = OrderLine.count - func.coalesce(of_line, 0)
    took = exists().where(Taken.shipment_line_id == ShipmentLine.id, ShipmentLine.line_id == OrderLine.id)
    stocked = exists().where(Storage.product_id == OrderLine.product_id)
    orders = select(Order.id).join(OrderLine, OrderLine.order_id == Order.id).where(where, Order.status == "confirmed")
    held = select(Order.id).where(Order.id.in_(orders)).order_by(Order.id).limit(MOST).with_for_update(key_share=True)
    ids = (await ctx.session.scalars(held, execution_options=ACROSS)).all()
    statement = (
        select(OrderLine, left.label("left"))
        .join(Order, Order.id == OrderLine.order_id)
        .where(OrderLine.order_id.in_(ids), where, left > 0, stocked, ~took)
        .where(~exists().where(Reservation.line_id == OrderLine.id))
        .order_by(Order.confirmed_at, OrderLine.id)
    )
    return (await ctx.session.execute(statement, execution_options=ACROSS)).all() if ids else ()


async def _brought(ctx: Ctx, line_ids: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    """Return line -> (line of a shipment, pieces) of what left of it."""
    statement = select(ShipmentLine.line_id, ShipmentLine.id, ShipmentLine.count)
    rows = await ctx.session.execute(statement.where(ShipmentLine.line_id.in_(line_ids)), execution_options=ACROSS)
    found: dict[int, list[tuple[int, int]]] = {}
    for line_id, shipment_line, count in rows:
        found.setdefault(line_id, []).append((shipment_line, count))
    return found


def _hold(ctx: Ctx, places: Places, line: OrderLine, left: int, brought: Sequence[tuple[int, int]]) -> None:
    """Hold what is left of a line, the oldest place first; what left of it before the count is remembered with that place."""
    there = places.get(line.product_id, [])
    if sum(place.count - place.reserved for place in there) < left:
        return
    for place in there:
        piece = min(left, place.count - place.reserved)
        if piece > 0:
            place.reserved += piece
            left -= piece
            ctx.session.add(Reservation(line_id=line.id, storage_id=place.id, count=piece))
    ctx.session.add_all(Taken(shipment_line_id=one, storage_id=there[0].id, count=count) for one, count in brought)
