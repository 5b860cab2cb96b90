"""What customers ordered in a period: read from kept sums, the days beside whole months counted from the orders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, literal, or_, select, union_all

from app.core.arrays import one_of
from app.core.scope import unscoped
from app.models.customers.customers import Customer
from app.models.orders.orders import Order
from app.models.orders.sums import COUNTED, EVERYBODY, SPANS, OrderSum, span_start
from app.models.orders.totals import OrderTotal
from app.services.reports.frame import WHY, Frame
from app.services.reports.period import Period

S, T = OrderSum, OrderTotal
NONE = literal(0, literal_execute=True)
"""Written into the statement: the planner must see that the index of what is ordered serves."""
Totals = tuple[int, Decimal, int, Decimal]
"""Customers (with a total above 0), total, orders, paid."""


@dataclass(frozen=True)
class Cover:
    """A period as the spans that sums are kept of, (months, first day), and the days that are left over."""

    spans: tuple[tuple[int, date], ...]
    rest: tuple[Period, ...]


def _after(first: date, months: int) -> date:
    place = first.year * 12 + first.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def cover(period: Period, today: date) -> Cover:
    """Take a period apart, greatest spans first. No order is of a day to come: a period that reaches today has no end."""
    spans, rest, day = [], [], period.first
    while day <= period.last:
        for months in SPANS:
            after = _after(day.replace(day=1), months)
            if day == span_start(day, months) and (after <= period.last + timedelta(days=1) or period.last >= today):
                spans.append((months, day))
                break
        else:
            after = min(_after(day.replace(day=1), 1), period.last + timedelta(days=1))
            rest.append(Period(day, after - timedelta(days=1)))
        day = after
    return Cover(tuple(spans), tuple(rest))


def counted(frame: Frame, period: Period) -> list[ColumnElement[bool]]:
    """Return the clauses of the orders that the report counts."""
    clauses = [Order.status.in_(COUNTED), Order.deleted_at.is_(None), *period.days(Order.date)]
    return [*clauses, *frame.owned(Order.owner_id), *frame.in_region(Order.customer_id)]


def _kept(frame: Frame, spans: Sequence[tuple[int, date]]) -> list[ColumnElement[bool]]:
    """Return the clauses of the kept rows of customers, each order in them once."""
    owners = [S.owner_id == EVERYBODY] if frame.owners is None else frame.owned(S.owner_id)
    when = (and_(S.months == months, S.first == first) for months, first in spans)
    return [or_(false(), *when), S.orders > NONE, *owners, *frame.in_region(S.customer_id)]


def by_customer(frame: Frame, period: Period, only: Sequence[int] | None = None) -> tuple[Select[Any], bool]:
    """Return a select of (customer_id, total, orders, paid), a row a customer, and whether it is read as it is kept."""
    parts = cover(period, frame.ctx.today)
    columns: tuple[Any, ...] = (
        S.customer_id.label("customer_id"),
        S.total.label("total"),
        S.orders.label("orders"),
        S.paid.label("paid"),
    )
    kept: Select[Any] = select(*columns).where(*_kept(frame, parts.spans), *_among(S.customer_id, only))
    single = len(parts.spans) == 1 and not parts.rest and (frame.owners is None or len(frame.owners) == 1)
    if single:
        return kept, True
    sources = [kept] if parts.spans else []
    for days in parts.rest:
        sums: tuple[Any, ...] = (func.sum(Order.total), func.count(), func.sum(Order.paid))
        found = select(Order.customer_id, *sums).where(*counted(frame, days), *_among(Order.customer_id, only))
        sources.append(found.group_by(Order.customer_id))
    one = (sources[0] if len(sources) == 1 else union_all(*sources)).subquery()
    total, orders, paid = [func.sum(one.c[place]) for place in (1, 2, 3)]
    labels = total.label("total"), orders.label("orders"), paid.label("paid")
    return select(one.c[0].label("customer_id"), *labels).group_by(one.c[0]), False


def _among(column: Any, only: Sequence[int] | None) -> list[ColumnElement[bool]]:
    return [] if only is None else [one_of(column, only)]


async def ranked(frame: Frame, period: Period, most: int | None) -> tuple[list[Any], Totals]:
    """Return customers with a total above 0, the greatest first, then by number; at most `most`; and the totals of all."""
    statement, as_kept = by_customer(frame, period)
    # A ranking that is kept in its order is read from its beginning; one that has to be added up is so once.
    found = statement.subquery() if as_kept else statement.cte("found")
    greatest = select(found).where(found.c.total > 0).order_by(found.c.total.desc())
    top = (greatest if most is None else greatest.fetch(most, with_ties=True)).subquery()
    ranking = select(top, Customer.number).join(Customer, Customer.id == top.c.customer_id)
    ranking = ranking.order_by(top.c.total.desc(), Customer.number).limit(most)
    if as_kept:
        rows = (await frame.ctx.session.execute(unscoped(ranking, WHY))).all()
        return list(rows), await totals(frame, period)
    sums = select(
        func.count().filter(found.c.total > 0).label("customers"),
        func.coalesce(func.sum(found.c.total), 0).label("whole"),
        func.coalesce(func.sum(found.c.orders), 0).label("whole_orders"),
        func.coalesce(func.sum(found.c.paid), 0).label("whole_paid"),
    ).subquery()
    listed = ranking.subquery()
    both = select(sums, listed).select_from(sums).outerjoin(listed, literal(value=True))
    answer = (
        await frame.ctx.session.execute(unscoped(both.order_by(listed.c.total.desc(), listed.c.number), WHY))
    ).all()
    first = answer[0]
    return [row for row in answer if row.customer_id], (
        first.customers, first.whole, int(first.whole_orders), first.whole_paid,
    )  # fmt: skip


async def totals(frame: Frame, period: Period) -> Totals:
    """Return what the orders of a period add up to, read as it is kept where the period is made of whole spans."""
    parts = cover(period, frame.ctx.today)
    found = by_customer(frame, period)[0].subquery()
    if parts.rest:
        sums = select(
            func.count().filter(found.c.total > 0), *(func.coalesce(func.sum(found.c[place]), 0) for place in (1, 2, 3))
        )
        number, total, orders, paid = (await frame.ctx.session.execute(unscoped(sums, WHY))).one()
        return number, total, int(orders), paid
    spans = await by_span(frame, parts.spans)
    number, total, orders, paid = (sum((row[place] for row in spans), Decimal(0)) for place in (1, 2, 3, 4))
    if len(parts.spans) > 1 or (frame.owners is not None and len(frame.owners) > 1):
        buying = select(func.count()).select_from(found).where(found.c.total > 0)
        number = await frame.ctx.session.scalar(unscoped(buying, WHY)) or 0
    return int(number), total, int(orders), paid


async def by_span(frame: Frame, spans: Sequence[tuple[int, date]]) -> list[Any]:
    """Return (first day, customers, total, orders, paid) of spans as they are kept; customers of each owner."""
    when = or_(false(), *(and_(T.months == months, T.first == first) for months, first in spans))
    sums = [func.coalesce(func.sum(column), 0) for column in (T.customers, T.total, T.orders, T.paid)]
    owners = [T.owner_id == EVERYBODY] if frame.owners is None else frame.owned(T.owner_id)
    region = [] if frame.query.region is None else [T.region == frame.query.region]
    statement = select(T.first, *sums).where(when, *owners, *region).group_by(T.first)
    return list((await frame.ctx.session.execute(statement)).all())


async def trend(frame: Frame, period: Period) -> dict[date, list[Any]]:
    """Return total, orders and paid by the first day of each month that a period touches, none left out."""
    found: dict[date, list[Any]] = {month: [Decimal(0), 0, Decimal(0)] for month in period.each_month()}
    parts = cover(period, frame.ctx.today)
    if parts.rest:
        rows = await _counted_by_month(frame, period)
    else:
        rows = [(row[0], *row[2:]) for row in await by_span(frame, [(1, month) for month in found])]
    found |= {row[0]: list(row[1:]) for row in rows}
    return found


async def _counted_by_month(frame: Frame, period: Period) -> list[Any]:
    month = func.date_trunc("month", Order.date).cast(S.first.type).label("month")
    sums = func.coalesce(func.sum(Order.total), 0), func.count(), func.coalesce(func.sum(Order.paid), 0)
    statement = select(month, *sums).where(*counted(frame, period)).group_by("month")
    return list((await frame.ctx.session.execute(unscoped(statement, WHY))).all())
