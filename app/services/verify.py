"""`crm verify`: counts again what is kept, and tells where the two differ."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, case, func, inspect, or_, select

from app.core.ctx import Ctx
from app.core.db import Base
from app.core.scope import unscoped
from app.core.sums import KeptSum
from app.models.arrivals import Arrival
from app.models.customer_followers import FOLLOWERS
from app.models.customers import Customer
from app.models.order_shipments import ShipmentLine
from app.models.order_sums import COUNTED, EVERYBODY, SPANS, span_start
from app.models.order_totals import OrderTotal, region_of
from app.models.orders import Order, OrderLine, OrderPayment
from app.models.storage import Reservation, Storage, StorageChange, Taken

AT_A_TIME = 5_000


async def sums(ctx: Ctx) -> list[str]:
    """Recount every kept sum; return a line for each that is wrong."""
    wrong: list[str] = []
    for mapper in sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__name__):
        kept: KeptSum | None = getattr(mapper.class_, "__sums__", None)
        if kept:
            counted, stored = await _count(ctx, mapper.class_, kept), await _stored(ctx, kept)
            wrong += [
                f"{kept.table().name} {dict(key)}: kept {stored[key]}, counted {counted[key]}"
                for key in sorted(counted.keys() | stored.keys(), key=str)
                if counted[key] != stored[key]
            ]
    wrong += await _totals(ctx) + await _orders(ctx) + await _deliveries(ctx) + await _stock(ctx)
    return wrong + await _held(ctx) + await _arrivals(ctx) + await _managers(ctx)


async def _totals(ctx: Ctx) -> list[str]:
    """Add up what each region ordered again, from the orders."""
    key = (OrderTotal.months, OrderTotal.first, OrderTotal.owner_id, OrderTotal.region)
    summed = [func.sum(one) for one in (OrderTotal.customers, OrderTotal.orders, OrderTotal.total, OrderTotal.paid)]
    rows = await ctx.session.execute(select(*key, *summed).group_by(*key))
    kept = {row[:4]: tuple(map(Decimal, row[4:])) for row in rows if any(row[4:])}
    columns = (Order.date, Order.owner_id, region_of(Customer), Order.customer_id, Order.total, Order.paid)
    orders = select(*columns).join(Customer, Customer.id == Order.customer_id)
    orders = orders.where(Order.status.in_(COUNTED), Order.deleted_at.is_(None))
    bought: defaultdict[tuple[Any, ...], list[Any]] = defaultdict(lambda: [0, Decimal(0), Decimal(0)])
    found = await ctx.session.stream(unscoped(orders, "kept of every row").execution_options(yield_per=AT_A_TIME))
    async for day, owner, region, customer, total, paid in found:
        for months in SPANS:
            for whose in (owner, EVERYBODY):
                one = bought[months, span_start(day, months), whose, region, customer]
                one[0], one[1], one[2] = one[0] + 1, one[1] + total, one[2] + paid
    counted: defaultdict[tuple[Any, ...], tuple[Decimal, ...]] = defaultdict(lambda: (Decimal(0),) * 4)
    for (*place, _), sums in bought.items():
        added = (int(sums[1] > 0), *sums)
        counted[tuple(place)] = tuple(a + b for a, b in zip(counted[tuple(place)], added, strict=True))
    return [
        f"orders_total {place}: kept {kept.get(place)}, counted {counted.get(place)}"
        for place in sorted(kept.keys() | counted.keys(), key=str)
        if kept.get(place) != counted.get(place)
    ]


async def _orders(ctx: Ctx) -> list[str]:
    """Add up the lines and payments of every order again."""
    wrong = []
    for part, column in ((OrderLine, Order.total), (OrderPayment, Order.paid)):
        summed = select(part.order_id, func.sum(part.amount).label("sum")).group_by(part.order_id).subquery()
        added = func.coalesce(summed.c.sum, 0)
        rows = (
            select(Order.number, column.label("kept"), added.label("added"))
            .outerjoin(summed, summed.c.order_id == Order.id)
            .where(column != added)
            .order_by(Order.id)
        )
        found = await ctx.session.execute(unscoped(rows, "sums are kept of every row"))
        wrong += [f"orders {number} {column.key}: kept {kept}, added up {added}" for number, kept, added in found]
    return wrong


async def _deliveries(ctx: Ctx) -> list[str]:
    """Say again how far each order is delivered: completed is shipped, confirmed goes by what left of its lines."""
    left = (
        select(OrderLine.order_id, func.sum(ShipmentLine.count).label("left"))
        .join(ShipmentLine, ShipmentLine.line_id == OrderLine.id)
        .group_by(OrderLine.order_id)
        .subquery()
    )
    lines = select(func.sum(OrderLine.count)).where(OrderLine.order_id == Order.id).scalar_subquery()
    state = case(
        (Order.status == "completed", "shipped"),
        (or_(Order.status != "confirmed", left.c.left.is_(None)), "none"),
        (left.c.left < lines, "partial"),
        else_="shipped",
    )
    rows = select(Order.number, Order.delivery_state, state).outerjoin(left, left.c.order_id == Order.id)
    rows = rows.where(or_(Order.delivery_state != state, left.c.left > lines)).order_by(Order.id)
    found = await ctx.session.execute(unscoped(rows, "kept of every row"))
    return [f"orders {number} delivery_state: kept {kept}, counted {counted}" for number, kept, counted in found]


async def _stock(ctx: Ctx) -> list[str]:
    """Compare what places promise with what the lines of confirmed orders hold."""
    held = select(Reservation.storage_id, func.sum(Reservation.count).label("sum")).group_by(Reservation.storage_id)
    held = held.join(OrderLine, OrderLine.id == Reservation.line_id).join(Order, Order.id == OrderLine.order_id)
    promised = held.where(Order.status == "confirmed").subquery()
    sum_ = func.coalesce(promised.c.sum, 0)
    rows = select(Storage.id, Storage.reserved, sum_).outerjoin(promised, promised.c.storage_id == Storage.id)
    found = await ctx.session.execute(unscoped(rows.where(Storage.reserved != sum_), "stock is everybody's"))
    return [f"storage {place} reserved: kept {kept}, held {held}" for place, kept, held in found]


async def _held(ctx: Ctx) -> list[str]:
    """Compare what confirmed lines hold and took with what was ordered and left; nobody ships more than was ordered."""
    of_taken = select(ShipmentLine.line_id, func.sum(Taken.count).label("sum"))
    taken = of_taken.join(Taken, Taken.shipment_line_id == ShipmentLine.id).group_by(ShipmentLine.line_id).subquery()
    held, left = (
        select(model.line_id, func.sum(model.count).label("sum")).group_by(model.line_id).subquery()
        for model in (Reservation, ShipmentLine)
    )
    sums = [func.coalesce(one.c.sum, 0) for one in (held, taken, left)]
    now, gone, shipped = sums
    stocked = and_(now + gone > 0, Order.status == "confirmed")
    wrong = or_(shipped > OrderLine.count, and_(stocked, or_(now + gone != OrderLine.count, gone != shipped)))
    rows = select(OrderLine.id, OrderLine.count, *sums).join(Order, Order.id == OrderLine.order_id)
    for one in (held, taken, left):
        rows = rows.outerjoin(one, one.c.line_id == OrderLine.id)
    found = await ctx.session.execute(unscoped(rows.where(wrong).order_by(OrderLine.id), "stock is everybody's"))
    return [
        f"orders_line {line} of {count}: holds {now}, took {gone}, shipped {shipped}"
        for line, count, now, gone, shipped in found
    ]


async def _arrivals(ctx: Ctx) -> list[str]:
    """Add up what came of each arrival again, from the ledger."""
    changes = select(StorageChange.arrival_id, func.sum(StorageChange.change).label("sum"))
    came = changes.group_by(StorageChange.arrival_id).subquery()
    added = func.coalesce(came.c.sum, 0)
    rows = select(Arrival.number, Arrival.received, added).outerjoin(came, came.c.arrival_id == Arrival.id)
    found = await ctx.session.execute(rows.where(Arrival.received != added).order_by(Arrival.id))
    return [f"storage_arrival {number} received: kept {kept}, came {sum_}" for number, kept, sum_ in found]


async def _managers(ctx: Ctx) -> list[str]:
    """Compare the columns that repeat a customer's manager with the customer's own."""
    wrong = []
    for follower in FOLLOWERS:
        table = Base.metadata.tables[follower.table]
        number, repeated = table.primary_key.columns[0], table.c[follower.manager]
        rows = select(number, repeated, Customer.manager_id).join(Customer, Customer.id == table.c[follower.customer])
        rows = rows.where(repeated.is_distinct_from(Customer.manager_id)).order_by(number)
        if follower.unless:
            rows = rows.where(table.c[follower.unless].is_(None))
        found = await ctx.session.execute(unscoped(rows, "repeated for every row"))
        wrong += [f"{table.name} {row} {repeated.name}: kept {kept}, customer {own}" for row, kept, own in found]
    return wrong


Sums = defaultdict[tuple[tuple[str, Any], ...], dict[str, Decimal]]


async def _count(ctx: Ctx, model: type[Base], kept: KeptSum) -> Sums:
    counted = _empty()
    columns = [inspect(model).attrs[name].class_attribute for name in kept.reads]
    everything = unscoped(select(*columns), "sums are kept of every row")
    rows = await ctx.session.stream(everything.execution_options(yield_per=AT_A_TIME))
    async for row in rows:
        for keys, measures in kept.parts(dict(zip(kept.reads, row, strict=True))):
            sums = counted[tuple(sorted(keys.items()))]
            for measure, value in measures.items():
                sums[measure] = sums.get(measure, Decimal(0)) + Decimal(value)
    return _without_zeros(counted)


async def _stored(ctx: Ctx, kept: KeptSum) -> Sums:
    table = kept.table()
    keys = {column.name for column in table.primary_key}
    stored = _empty()
    for row in (await ctx.session.execute(select(table))).mappings():
        key = tuple(sorted((name, value) for name, value in row.items() if name in keys))
        stored[key] = {name: Decimal(value) for name, value in row.items() if name not in keys}
    return _without_zeros(stored)


def _empty() -> Sums:
    return defaultdict(dict)


def _without_zeros(sums: Sums) -> Sums:
    """Drop what is zero: a key that was emptied and one that never was say the same."""
    kept = _empty()
    for key, measures in sums.items():
        if filled := {name: value for name, value in measures.items() if value}:
            kept[key] = filled
    return kept
