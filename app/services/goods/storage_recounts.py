"""Counts again what is kept of stock: what places promise, what lines hold and took, what came of arrivals."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.core.ctx import Ctx
from app.core.recounts import Piece, ranges, recount
from app.models.goods.arrivals import Arrival
from app.models.goods.storage import Reservation, Storage, StorageChange, Taken
from app.models.orders.orders import Order, OrderLine
from app.models.orders.shipments import ShipmentLine


@recount()
async def promises(ctx: Ctx) -> list[Piece]:
    """Compare what places promise with what the lines of confirmed orders hold."""
    return [_promised(places) for places in await ranges(ctx, Storage.id)]


def _promised(places: ColumnElement[bool]) -> Piece:
    held = select(func.sum(Reservation.count)).join(OrderLine, OrderLine.id == Reservation.line_id)
    held = held.join(Order, Order.id == OrderLine.order_id).where(Order.status == "confirmed")
    sum_ = held.where(Reservation.storage_id == Storage.id).scalar_subquery()
    each = select(Storage.id.label("id"), Storage.reserved.label("kept"), func.coalesce(sum_, 0).label("held"))
    one = each.where(places).subquery("one").c
    rows = select(*one).where(one.kept != one.held).order_by(one.id)
    return Piece(rows, lambda row: f"storage {row.id} reserved: kept {row.kept}, held {row.held}")


@recount()
async def holdings(ctx: Ctx) -> list[Piece]:
    """Compare what confirmed lines hold and took with what was ordered and left; nobody ships more than was ordered."""
    return [_held(lines) for lines in await ranges(ctx, OrderLine.id)]


def _held(lines: ColumnElement[bool]) -> Piece:
    def summed(column: Any, line: Any, *joins: Any) -> ColumnElement[Any]:
        one = select(func.sum(column)).where(line == OrderLine.id)
        return func.coalesce((one.join(*joins) if joins else one).scalar_subquery(), 0)

    taken = (ShipmentLine, ShipmentLine.id == Taken.shipment_line_id)
    each = select(
        OrderLine.id.label("id"),
        OrderLine.count.label("ordered"),
        Order.status.label("status"),
        summed(Reservation.count, Reservation.line_id).label("now"),
        summed(Taken.count, ShipmentLine.line_id, *taken).label("gone"),
        summed(ShipmentLine.count, ShipmentLine.line_id).label("shipped"),
    )
    one = each.join(Order, Order.id == OrderLine.order_id).where(lines).subquery("one").c
    stocked = and_(one.now + one.gone > 0, one.status == "confirmed")
    wrong = or_(
        one.shipped > one.ordered, and_(stocked, or_(one.now + one.gone != one.ordered, one.gone != one.shipped))
    )
    rows = select(*one).where(wrong).order_by(one.id)
    return Piece(
        rows,
        lambda row: f"orders_line {row.id} of {row.ordered}: holds {row.now}, took {row.gone}, shipped {row.shipped}",
    )


@recount()
async def arrivals(ctx: Ctx) -> list[Piece]:
    """Add up what came of each arrival again, from the ledger."""
    return [_came(some) for some in await ranges(ctx, Arrival.id)]


def _came(some: ColumnElement[bool]) -> Piece:
    sum_ = select(func.sum(StorageChange.change)).where(StorageChange.arrival_id == Arrival.id).scalar_subquery()
    each = select(
        Arrival.id.label("id"), Arrival.number.label("number"), Arrival.received.label("kept"),
        func.coalesce(sum_, 0).label("came"),
    ).where(some)  # fmt: skip
    one = each.subquery("one").c
    rows = select(*one).where(one.kept != one.came).order_by(one.id)
    return Piece(rows, lambda row: f"storage_arrival {row.number} received: kept {row.kept}, came {row.came}")
