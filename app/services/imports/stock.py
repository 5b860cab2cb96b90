"""What an import did to the stock on its way back: pieces of shipments are held again, places go unless people's orders hold them.

A shipment that ended a hold and left the count alone (decision 52) took nothing out: it can go. An imported order is never
refused for want of stock, so it waits again where the stock that it caught up with goes.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import delete, select

from app.core.arrays import one_of
from app.core.ctx import Ctx
from app.models.base.acts import Act
from app.models.base.audit import LogEntry
from app.models.goods.storage import Reservation, Storage, StorageChange, Taken
from app.models.orders.orders import OrderLine
from app.models.orders.shipments import OrderShipment, ShipmentLine
from app.services.goods import reservations
from app.services.imports import holds as import_holds
from app.services.imports.keys import ACROSS
from app.services.imports.traces import Trace

Why = dict[tuple[str, int], str]
"""Record -> why it stays."""


async def promised(ctx: Ctx, orders: Collection[Trace]) -> Why:
    """Return the orders whose shipments cannot be taken back, because what these left free is promised to others by now."""
    taken = await _taken(ctx, _shipments(orders))
    wanted = Counter[int]()
    for one in taken:
        wanted[one.storage_id] += one.count
    places = await _places(ctx, wanted)
    short = {row_id for row_id, count in wanted.items() if places[row_id].count - places[row_id].reserved < count}
    found = {one.order_id for one in taken if one.storage_id in short}
    return {trace.key: "built_upon" for trace in orders if trace.id in found}


async def hold_again(ctx: Ctx, orders: Collection[Trace]) -> None:
    """Let the lines of orders hold again what the shipments of the run ended the hold of; the counts stay."""
    await _give_back(ctx, _shipments(orders), again=True)


async def forget(ctx: Ctx, orders: Collection[Trace]) -> None:
    """Forget where pieces of orders came from that go with all their shipments."""
    shipments = select(OrderShipment.id).where(one_of(OrderShipment.order_id, {trace.id for trace in orders}))
    if orders:
        ids = set(await ctx.session.scalars(shipments, execution_options=ACROSS))
        await _give_back(ctx, ids, again=False)


def _shipments(orders: Iterable[Trace]) -> set[int]:
    return {part.facts["id"] for trace in orders for part in trace.added if part.model is OrderShipment}


async def _taken(ctx: Ctx, shipments: Collection[int]) -> list[Any]:
    """Return what lines of shipments took: order, line of the order and of the shipment, place, pieces."""
    columns = (OrderLine.order_id, ShipmentLine.line_id, Taken.shipment_line_id, Taken.storage_id, Taken.count)
    rows = select(*columns).join(ShipmentLine, ShipmentLine.id == Taken.shipment_line_id)
    rows = rows.join(OrderLine, OrderLine.id == ShipmentLine.line_id).order_by(Taken.shipment_line_id, Taken.storage_id)
    rows = rows.where(one_of(ShipmentLine.shipment_id, shipments))
    return list(await ctx.session.execute(rows, execution_options=ACROSS)) if shipments else []


async def _give_back(ctx: Ctx, shipments: Collection[int], *, again: bool) -> None:
    taken = await _taken(ctx, shipments)
    if not taken:
        return
    if again:
        await reservations.hold_again(ctx, [(one.line_id, one.storage_id, one.count) for one in taken])
    gone = delete(Taken).where(one_of(Taken.shipment_line_id, {one.shipment_line_id for one in taken}))
    await ctx.session.execute(gone.execution_options(synchronize_session=False))


async def _places(ctx: Ctx, ids: Iterable[int]) -> dict[int, Storage]:
    wanted = set(ids)
    rows = select(Storage).where(one_of(Storage.id, wanted)).order_by(Storage.id).with_for_update()
    found = await ctx.session.scalars(rows.execution_options(populate_existing=True)) if wanted else ()
    return {place.id: place for place in found}


async def stays(ctx: Ctx, places: dict[int, Trace]) -> Why:
    """Return the places that the run made and that stay: pieces left them for orders, or orders of people hold some."""
    if not places:
        return {}
    left = select(StorageChange.storage_id).where(
        one_of(StorageChange.storage_id, places), StorageChange.order_id.is_not(None)
    )
    found = {places[row_id].key: "shipped" for row_id in await ctx.session.scalars(left.distinct())}
    held = await _holders(ctx, places)
    caught_up = await _imported(ctx, {one.order_id for one in held})
    theirs = {one.storage_id for one in held if one.order_id not in caught_up}
    return found | {places[row_id].key: "built_upon" for row_id in theirs}


async def _holders(ctx: Ctx, places: Collection[int]) -> list[Any]:
    """Return who holds pieces of places: place, line, order, pieces."""
    columns = (Reservation.storage_id, Reservation.line_id, OrderLine.order_id, Reservation.count)
    rows = select(*columns).join(OrderLine, OrderLine.id == Reservation.line_id)
    rows = rows.where(one_of(Reservation.storage_id, places))
    return list(await ctx.session.execute(rows, execution_options=ACROSS)) if places else []


async def _imported(ctx: Ctx, orders: Collection[int]) -> set[int]:
    """Return which orders an import confirmed."""
    confirmed = LogEntry.changes["status"][1].as_string() == "confirmed"
    rows = select(LogEntry.entity_id).join(Act, Act.id == LogEntry.act_id)
    rows = rows.where(LogEntry.entity == "orders", one_of(LogEntry.entity_id, orders), Act.kind == "import", confirmed)
    return set(await ctx.session.scalars(rows.distinct())) if orders else set()


async def least(ctx: Ctx, place: Storage) -> int:
    """Return how many pieces of a place people's orders hold: what imported ones hold can be let go."""
    held = await _holders(ctx, [place.id])
    caught_up = await _imported(ctx, {one.order_id for one in held})
    return sum(one.count for one in held if one.order_id not in caught_up)


async def let_go(ctx: Ctx, places: Collection[int]) -> set[int]:
    """End what imported orders hold of places, line by line, and forget what left these; return the lines, which wait again."""
    held = await _holders(ctx, places)
    caught_up = await _imported(ctx, {one.order_id for one in held})
    lines = {one.line_id for one in held if one.order_id in caught_up}
    await reservations.let_go(ctx, lines)
    return lines


async def forget_places(ctx: Ctx, places: Collection[int]) -> set[int]:
    """Let places go that the run made: what holds their pieces waits again, for others; return the lines that do."""
    lines = await let_go(ctx, places)
    gone = delete(Taken).where(one_of(Taken.storage_id, places))
    if places:
        await ctx.session.execute(gone.execution_options(synchronize_session=False))
    return lines


async def catch_up(ctx: Ctx, lines: Collection[int]) -> None:
    """Let lines that wait again hold what lies elsewhere."""
    if lines:
        await import_holds.catch_up(ctx, one_of(OrderLine.id, lines))
