"""Which customers contribute how much (domain section 6, report 1).

Paid is what came in until now, the moment of the report, for the orders of the period.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import func, literal, select

from app.core import guarded
from app.core.arrays import one_of
from app.core.scope import unscoped
from app.models.customers.customers import Customer
from app.models.orders.orders import Order
from app.models.sales.chances import OPEN, Chance
from app.schemas.reports.reports import Dimension, Kind
from app.schemas.reports.rows import DrillQuery
from app.services.reports.behind import Analysis, Behind, at, month_of
from app.services.reports.figures import figure, ratio
from app.services.reports.frame import WHY, Frame
from app.services.reports.names import customers
from app.services.reports.orders import Totals, by_customer, counted, cover, ranked, totals, trend
from app.services.reports.tables import Layout, Now

CUSTOMERS = Layout(
    "customers",
    Dimension.CUSTOMER,
    (
        ("total", Kind.MONEY), ("share", Kind.PERCENT), ("cumulative", Kind.PERCENT), ("orders", Kind.COUNT),
        ("average", Kind.MONEY), ("paid", Kind.MONEY), ("unpaid", Kind.MONEY), Now("potential", Kind.MONEY),
    ),
)  # fmt: skip
OWED = [place for place, (key, _) in enumerate(CUSTOMERS.columns) if key in {"paid", "unpaid"}]
MONTHS = Layout(
    "months",
    Dimension.MONTH,
    (("total", Kind.MONEY), ("orders", Kind.COUNT), ("paid", Kind.MONEY), ("unpaid", Kind.MONEY)),
    chart="line",
)


async def contribution(frame: Frame) -> dict[str, Any]:
    """Customers ranked by what they ordered, with their share of the whole filtered set."""
    most = frame.most
    rows, now = await ranked(frame, frame.period, most + 1)
    cut, rows = len(rows) > most, rows[:most]
    before = frame.before
    earlier = await totals(frame, before)
    found = _shares([(row.customer_id, row.total, row.orders, row.paid) for row in rows], now[1])
    if frame.query.with_zeros and not cut:
        zeros = await _zeros(frame, most + 1 - len(rows))
        cut = len(rows) + len(zeros) > most
        found |= {one: [Decimal(0), ratio(Decimal(0), now[1]), ratio(now[1], now[1]), 0, None, Decimal(0), Decimal(0)]
                  for one in zeros[: most - len(rows)]}  # fmt: skip
    names, potential = await customers(frame, list(found)), await _potential(frame, list(found))
    for customer_id, values in found.items():
        values.append(potential.get(customer_id, Decimal(0)))
    statement, _ = by_customer(frame, before, list(found))
    past = [tuple(row) for row in await frame.ctx.session.execute(unscoped(statement, WHY))]
    # A customer's place among those before is not asked for: the cumulative share and the potential are of now.
    none = [(one, Decimal(0), 0, Decimal(0)) for one in found]
    then = {row[0]: [*_one(row, earlier[1], None), None] for row in (*none, *past)}
    whole = [now[1], ratio(now[1], now[1]), None, now[2], _average(now), now[3], now[1] - now[3], None]
    table = CUSTOMERS.table(found, then, names, whole, order=list(found), cut=cut)
    for row in table["rows"]:
        row["id"] = row["id"] if row["name"] else None
        if not guarded.whole(frame.ctx, Customer):
            _mask(row)
    spans = cover(frame.period, frame.ctx.today), cover(before, frame.ctx.today)
    return {
        "kept": not any(one.rest for one in spans),
        "figures": _figures(now, earlier),
        "tables": [table, await _trend(frame, now)],
    }


def _mask(row: dict[str, Any]) -> None:
    """Take what a customer paid and owes out of its row: financial facts, which this reader does not see of everybody."""
    for name in ("values", "previous"):
        row[name] = [None if place in OWED else value for place, value in enumerate(row[name])]


def _average(sums: Totals) -> Decimal | None:
    return sums[1] / sums[2] if sums[2] else None


def _figures(now: Totals, before: Totals) -> list[dict[str, Any]]:
    return [
        figure("total", Kind.MONEY, now[1], before[1], now[2]),
        figure("customers", Kind.COUNT, now[0], before[0]),
        figure("orders", Kind.COUNT, now[2], before[2]),
        figure("average", Kind.MONEY, _average(now), _average(before), now[2]),
        figure("paid", Kind.MONEY, now[3], before[3]),
        figure("unpaid", Kind.MONEY, now[1] - now[3], before[1] - before[3]),
    ]


def _one(row: Sequence[Any], whole: Decimal, reached: Decimal | None) -> list[Any]:
    _, total, orders, paid = row
    cumulative = None if reached is None else ratio(reached, whole)
    return [total, ratio(total, whole), cumulative, orders, total / orders if orders else None, paid, total - paid]


def _shares(rows: Sequence[Sequence[Any]], whole: Decimal) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    reached = Decimal(0)
    for row in rows:
        reached += row[1]
        found[row[0]] = _one(row, whole, reached)
    return found


async def _zeros(frame: Frame, most: int) -> list[int]:
    """Return customers with a total of 0 in the period, by number; they belong to whom they are with now."""
    statement, _ = by_customer(frame, frame.period)
    buying = statement.subquery()
    region = [] if frame.query.region is None else [Customer.region == frame.query.region]
    rows = (
        select(Customer.id)
        .where(Customer.deleted_at.is_(None), *frame.owned(Customer.manager_id), *region)
        .where(Customer.id.not_in(select(buying.c.customer_id).where(buying.c.total > 0)))
        .order_by(Customer.number)
        .limit(most)
    )
    return list(await frame.ctx.session.scalars(unscoped(rows, WHY)))


async def _potential(frame: Frame, ids: list[int]) -> dict[int, Decimal]:
    """Sum the weighted open chances of customers, now, whoever of those that the reader sees works on them."""
    weighted = func.sum(func.coalesce(Chance.amount, 0) * Chance.rate / literal(Decimal(100)))
    rows = await frame.ctx.session.execute(
        unscoped(
            select(Chance.customer_id, weighted)
            .where(one_of(Chance.customer_id, ids), Chance.status.in_(OPEN))
            .where(Chance.deleted_at.is_(None), *frame.seen(Chance.owner_id))
            .group_by(Chance.customer_id),
            WHY,
        )
    )
    return {customer_id: value for customer_id, value in rows if customer_id}


async def _trend(frame: Frame, now: Totals) -> dict[str, Any]:
    months = {
        f"{month:%Y-%m}": [*sums, sums[0] - sums[2]] for month, sums in (await trend(frame, frame.period)).items()
    }
    names = {month: month for month in months}
    return MONTHS.table(months, None, names, [now[1], now[2], now[3], now[1] - now[3]], order=list(months))


def _money(column: str | None) -> list[Any]:
    return {"paid": [Order.paid > 0], "unpaid": [Order.total > Order.paid]}.get(column or "", [])


async def _buyers(frame: Frame, query: DrillQuery) -> Behind:
    if query.column == "potential":
        still = Chance.status.in_(OPEN)
        theirs = select(by_customer(frame, frame.period)[0].subquery().c.customer_id)
        whose = [Chance.customer_id.in_(theirs)] if query.key is None else at(Chance.customer_id, query.key)
        return Behind("chances", [Chance.deleted_at.is_(None), still, *frame.seen(Chance.owner_id), *whose])
    return Behind("orders", [*counted(frame, frame.period), *_money(query.column), *at(Order.customer_id, query.key)])


async def _in_month(frame: Frame, query: DrillQuery) -> Behind:
    month = [] if query.key is None else month_of(query.key).days(Order.date)
    return Behind("orders", [*counted(frame, frame.period), *_money(query.column), *month])


CONTRIBUTION = Analysis(contribution, {"customers": _buyers, "months": _in_month})
