"""Pieces that confirmed orders hold: reserved, shipped, put back or released, place by place.

Places are locked in the order of their ids, so that two orders cannot deadlock; under the locks no
piece is promised twice. A product without any place is not kept in stock (a service): nothing is reserved.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, delete, select

from app.core import acts
from app.core.arrays import among, one_of
from app.core.ctx import Ctx
from app.core.errors import Conflict
from app.core.scope import unscoped
from app.core.told import Telling, telling
from app.models.goods.products import Product
from app.models.goods.storage import Reservation, Storage, StorageChange
from app.models.orders.orders import Order, OrderLine

Places = dict[int, list[Storage]]
"""Locked places by product."""


class Why(NamedTuple):
    """Why a count changes: a person's words or a number, and what Kith itself tells."""

    words: str
    told: Telling | None = None


class OutOfStock(Conflict):
    """There are not enough pieces in stock."""


async def lock(ctx: Ctx, product_ids: Iterable[int]) -> Places:
    """Lock every place of the products and return them as they are now."""
    places: Places = defaultdict(list)
    for place in await ctx.session.scalars(PLACES, {"ids": sorted(set(product_ids))}):
        places[place.product_id].append(place)
    return places


def _locked(statement: Select[Storage]) -> Select[Storage]:
    return statement.with_for_update().execution_options(populate_existing=True)


PLACES = _locked(select(Storage).where(among(Storage.product_id)).order_by(Storage.id))


def short(places: Places, lines: Sequence[OrderLine]) -> dict[int, tuple[int, int]]:
    """Return product -> (wanted, available) of what the lines together ask for and is not there."""
    wanted: Counter[int] = Counter()
    for line in lines:
        wanted[line.product_id] += line.count
    free = {product: sum(place.count - place.reserved for place in places[product]) for product in places}
    return {p: (count, free[p]) for p, count in wanted.items() if p in free and count > free[p]}


def hold(ctx: Ctx, places: Places, lines: Sequence[OrderLine]) -> None:
    """Reserve for lines that are not short; the oldest place gives first."""
    for line in lines:
        missing = line.count
        for place in places.get(line.product_id, ()):
            piece = min(missing, place.count - place.reserved)
            if piece > 0:
                place.reserved += piece
                missing -= piece
                ctx.session.add(Reservation(line_id=line.id, storage_id=place.id, count=piece))


async def reserve(ctx: Ctx, lines: Sequence[OrderLine]) -> None:
    """Reserve all that the lines ask for, or nothing.

    Raises `OutOfStock` (409, `short`: product, wanted and available of each product that is missing).
    """
    places = await lock(ctx, {line.product_id for line in lines})
    missing = short(places, lines)
    if missing:
        raise OutOfStock(**await _told(ctx, missing))
    hold(ctx, places, lines)
    await ctx.session.flush()


async def _told(ctx: Ctx, missing: dict[int, tuple[int, int]]) -> dict[str, Any]:
    """Say in words and as data what is missing."""
    rows = await ctx.session.execute(select(Product.id, Product.name).where(Product.id.in_(missing)))
    names: dict[int, str] = {row.id: row.name for row in rows}
    words = [f"{names[p]}: {wanted} wanted, {free} available" for p, (wanted, free) in missing.items()]
    told = [
        {"product": {"id": p, "name": names[p]}, "wanted": wanted, "available": free}
        for p, (wanted, free) in missing.items()
    ]
    return {"detail": f"There are not enough pieces in stock. {'; '.join(words)}.", "short": told}


async def release(ctx: Ctx, order: Order) -> None:
    """Give back what an order holds."""
    for place, count in await _held(ctx, [order.id]):
        place.reserved -= count
    await _forget(ctx, [order.id])


async def ship(ctx: Ctx, order_id: int, why: Why, counts: Mapping[int, int]) -> list[tuple[int, int, int]]:
    """Take so many pieces of what lines hold out of stock, with a row in the ledger for each place.

    Returns (line, place, pieces) of what was taken. A line that holds nothing (a service) gives nothing.
    """
    statement = select(Reservation).where(Reservation.line_id.in_(counts))
    ordered = statement.order_by(Reservation.line_id, Reservation.storage_id)
    left, taken = dict(counts), []
    for held in await ctx.session.scalars(ordered.execution_options(populate_existing=True)):
        piece = min(left[held.line_id], held.count)
        if not piece:
            continue
        left[held.line_id] -= piece
        taken.append((held.line_id, held.storage_id, piece))
        if piece == held.count:
            await ctx.session.delete(held)
        else:
            held.count -= piece
    places = await _by_place(ctx, taken)
    known = await _counted_since(ctx, [place.id for place, _ in places])
    for place, pieces in places:
        place.reserved -= pieces
        if place.id not in known:
            move(ctx, place, -pieces, why, order_id)
    await ctx.session.flush()
    return taken


async def _counted_since(ctx: Ctx, place_ids: Sequence[int]) -> set[int]:
    """Return the places whose pieces were counted on the day of what is told of the past, or later: the count knows of it."""
    if not (ctx.teller and place_ids):
        return set()
    by_hand = StorageChange.order_id.is_(None), StorageChange.arrival_id.is_(None)
    since = StorageChange.at >= ctx.start_of(ctx.today)
    found = select(StorageChange.storage_id).where(StorageChange.storage_id.in_(place_ids), since, *by_hand)
    return {*await ctx.session.scalars(found)}


async def put_back(ctx: Ctx, order_id: int, why: Why, taken: Sequence[tuple[int, int, int]]) -> None:
    """Put shipped pieces back to where they came from, held again by their lines, with a row in the ledger for each place.

    `taken` is what `ship` returned: (line, place, pieces).
    """
    for place, pieces in await _by_place(ctx, taken):
        move(ctx, place, pieces, why, order_id)
    await ctx.session.flush()
    await hold_again(ctx, taken)


async def hold_again(ctx: Ctx, taken: Sequence[tuple[int, int, int]]) -> None:
    """Let lines hold again what they held, where it lies; the counts stay. `taken` as in `put_back`."""
    statement = select(Reservation).where(Reservation.line_id.in_({line_id for line_id, _, _ in taken}))
    fresh = statement.execution_options(populate_existing=True)
    present = {(held.line_id, held.storage_id): held for held in await ctx.session.scalars(fresh)}
    for place, pieces in await _by_place(ctx, taken):
        place.reserved += pieces
    for line_id, storage_id, piece in taken:
        held = present.get((line_id, storage_id))
        if held:
            held.count += piece
            continue
        present[line_id, storage_id] = Reservation(line_id=line_id, storage_id=storage_id, count=piece)
        ctx.session.add(present[line_id, storage_id])
    await ctx.session.flush()


async def let_go(ctx: Ctx, lines: Collection[int]) -> None:
    """End all that lines hold."""
    rows = select(Reservation.line_id, Reservation.storage_id, Reservation.count).where(
        one_of(Reservation.line_id, lines)
    )
    held = [(row[0], row[1], row[2]) for row in await ctx.session.execute(rows)] if lines else []
    for place, pieces in await _by_place(ctx, held):
        place.reserved -= pieces
    await ctx.session.flush()
    gone = delete(Reservation).where(one_of(Reservation.line_id, lines))
    if held:
        await ctx.session.execute(gone.execution_options(synchronize_session=False))


async def _by_place(ctx: Ctx, taken: Sequence[tuple[int, int, int]]) -> list[tuple[Storage, int]]:
    """Lock places by id and return each with the pieces that it gives, or gets back, in all."""
    pieces: Counter[int] = Counter()
    for _, storage_id, count in taken:
        pieces[storage_id] += count
    statement = select(Storage).where(Storage.id.in_(pieces)).order_by(Storage.id)
    return [(place, pieces[place.id]) for place in await ctx.session.scalars(_locked(statement))] if pieces else []


async def take(ctx: Ctx, orders: Sequence[Order]) -> None:
    """Take all that orders hold out of stock without a shipment (imports), with a row in the ledger for each."""
    numbers = {order.id: order.number for order in orders}
    for order_id, place, count in await _held_by(ctx, list(numbers)):
        place.reserved -= count
        number = numbers[order_id]
        move(ctx, place, -count, Why(number, telling("order_taken", order=number)), order_id)
    await _forget(ctx, list(numbers))


def move(
    ctx: Ctx, place: Storage, change: int, why: Why, order_id: int | None = None, arrival_id: int | None = None
) -> None:
    """Change the count of a locked place; the ledger tells who, when, why and what is there then."""
    place.count += change
    ctx.session.add(
        StorageChange(
            storage_id=place.id, change=change, reason=why.words, told=why.told, count_after=place.count, order_id=order_id,
            arrival_id=arrival_id, by=ctx.actor.id or None, at=ctx.now, act_id=acts.of(ctx.session.sync_session),
        )
    )  # fmt: skip


async def _held(ctx: Ctx, order_ids: list[int]) -> list[tuple[Storage, int]]:
    return [(place, count) for _, place, count in await _held_by(ctx, order_ids)]


async def _held_by(ctx: Ctx, order_ids: list[int]) -> list[tuple[int, Storage, int]]:
    """Return (order, locked place, pieces) of what orders hold, added up per order and place."""
    statement = (
        select(OrderLine.order_id, Reservation.storage_id, Reservation.count)
        .join(OrderLine, OrderLine.id == Reservation.line_id)
        .where(OrderLine.order_id.in_(order_ids))
    )
    held: Counter[tuple[int, int]] = Counter()
    for order_id, storage_id, count in await ctx.session.execute(unscoped(statement, "orders that were checked")):
        held[order_id, storage_id] += count
    ids = {storage_id for _, storage_id in held}
    locked = await ctx.session.scalars(_locked(select(Storage).where(Storage.id.in_(ids)).order_by(Storage.id)))
    places = {place.id: place for place in locked}
    return [(order_id, places[storage_id], count) for (order_id, storage_id), count in sorted(held.items())]


async def _forget(ctx: Ctx, order_ids: list[int]) -> None:
    await ctx.session.flush()
    lines = select(OrderLine.id).where(OrderLine.order_id.in_(order_ids))
    gone = delete(Reservation).where(Reservation.line_id.in_(lines))
    await ctx.session.execute(gone.execution_options(synchronize_session=False))
