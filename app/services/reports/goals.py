"""Goals (domain section 6, report 7): what was reached of what was aimed at, by person, department and month."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Date, DateTime, and_, cast, func, or_, select

from app.core.arrays import one_of
from app.core.ctx import Ctx
from app.core.scope import unscoped
from app.models.access.departments import Department
from app.models.access.rbac import Permission as P
from app.models.customers.customers import Customer
from app.models.orders.orders import COUNTED, Order
from app.models.orders.payments import OrderPayment
from app.models.sales.chances import Chance
from app.models.sales.goals import Goal
from app.schemas.reports.reports import Dimension, Kind
from app.schemas.reports.rows import DrillQuery
from app.schemas.sales.goals import Metric
from app.services.access.departments_below import below, covered
from app.services.reports import sales as report_sales
from app.services.reports.behind import Analysis, Behind, Drill, at, month_of, number
from app.services.reports.figures import figure, ratio
from app.services.reports.frame import WHY, Frame, members
from app.services.reports.names import people
from app.services.reports.period import Period
from app.services.reports.tables import Layout

ATTAINMENT = (("actual", Kind.MONEY), ("goal", Kind.MONEY), ("attainment", Kind.PERCENT))
NUMBERS = (("actual", Kind.COUNT), ("goal", Kind.COUNT), ("attainment", Kind.PERCENT))
Reached = dict[tuple[int, date], Decimal]
"""What each person reached in each month (its first day); of goals: what each one aims at in it."""


@dataclass(frozen=True)
class Aims:
    """The goals of people and of departments, by month. A goal of 0 aims at nothing and is none."""

    people: Reached
    departments: Reached


async def attainment(frame: Frame) -> dict[str, Any]:
    """Actual over goal by person, department and month for each metric; the period is one of whole months.

    Attainment holds each goal against what was reached by the same person, or department, in the same month: a month
    without a goal counts on neither side.
    """
    months = frame.period
    tables, figures = [], []
    for metric, actual in ACTUALS.items():
        aims, reached = await _aims(frame, months, metric), await actual(frame, months)
        columns = NUMBERS if metric is Metric.NEW_CUSTOMERS else ATTAINMENT
        total = _attained(reached, aims.people)
        tables += [
            await _people(frame, Layout(f"{metric}_people", Dimension.PERSON, columns), reached, aims, total),
            await _units(frame, Layout(f"{metric}_departments", Dimension.DEPARTMENT, columns), reached, aims),
            _months(Layout(f"{metric}_months", Dimension.MONTH, columns), months, reached, aims, total),
        ]
        figures.append(figure(metric, columns[0][1], total[0]))
        figures.append(figure(f"{metric}_attainment", Kind.PERCENT, total[2]))
    return {"kept": False, "figures": figures, "tables": tables}


def _attained(reached: Reached, aims: Reached) -> list[Any]:
    """Return all that was reached, all that was aimed at, and how much of the aims was reached where there were any."""
    goal = sum(aims.values(), Decimal(0)) or None
    towards = sum((value for place, value in reached.items() if place in aims), Decimal(0))
    return [sum(reached.values(), Decimal(0)), goal, ratio(towards, goal)]


def _split(found: Reached, place: int) -> dict[Any, Reached]:
    """Take values apart by person (place 0) or month (1)."""
    parts: dict[Any, Reached] = defaultdict(dict)
    for key, value in found.items():
        parts[key[place]][key] = value
    return parts


async def _people(frame: Frame, layout: Layout, reached: Reached, aims: Aims, total: list[Any]) -> dict[str, Any]:
    done, aimed = _split(reached, 0), _split(aims.people, 0)
    rows = {one: _attained(done[one], aimed[one]) for one in {*done, *aimed}}
    return layout.table(rows, None, await people(frame.ctx, list(rows)), total)


async def _units(frame: Frame, layout: Layout, reached: Reached, aims: Aims) -> dict[str, Any]:
    """Hold each department's own goal against what the people in it and below it reached."""
    rows = {}
    for unit, aimed in _split(aims.departments, 0).items():
        inside = await members(frame.ctx, unit)
        together: Reached = defaultdict(Decimal)
        for (person, month), value in reached.items():
            if person in inside:
                together[unit, month] += value
        rows[unit] = _attained(together, aimed)
    return layout.table(rows, None, await _department_names(frame.ctx, rows))


def _months(layout: Layout, period: Period, reached: Reached, aims: Aims, total: list[Any]) -> dict[str, Any]:
    """Hold what each reached against the goals of the same people, month by month; none is left out."""
    done, aimed = _split(reached, 1), _split(aims.people, 1)
    rows = {f"{month:%Y-%m}": _attained(done[month], aimed[month]) for month in period.each_month()}
    return layout.table(rows, None, {month: month for month in rows}, total, order=list(rows))


async def _aims(frame: Frame, months: Period, metric: Metric) -> Aims:
    """Sum the goals inside the scope and the filters; a region has none of its own and narrows none."""
    ours = await covered(frame.ctx, P.reports_read)
    if frame.query.department_id is not None:
        inside = set(await frame.ctx.session.scalars(below(frame.query.department_id)))
        ours = inside if ours is None else ours & inside
    if frame.query.manager_id is not None:
        ours = set()
    person = [Goal.user_id.is_not(None), *frame.owned(Goal.user_id)]
    unit = [Goal.department_id.is_not(None), *([] if ours is None else [Goal.department_id.in_(ours)])]
    rows = await frame.ctx.session.execute(
        select(Goal.user_id, Goal.department_id, Goal.month, Goal.value)
        .where(Goal.metric == metric, Goal.value > 0, *months.days(Goal.month))
        .where(or_(and_(*person), and_(*unit)))
    )
    aims = Aims({}, {})
    for user_id, department_id, month, value in rows:
        if department_id is not None:
            aims.departments[department_id, month] = value
        elif user_id is not None:
            aims.people[user_id, month] = value
    return aims


async def _department_names(ctx: Ctx, ids: Iterable[int]) -> dict[Any, str]:
    rows = await ctx.session.execute(select(Department.id, Department.name).where(Department.id.in_(list(ids))))
    return {row.id: row.name for row in rows}


def created(frame: Frame, period: Period) -> list[Any]:
    """Return the clauses of the customers that a manager won in a period."""
    region = [] if frame.query.region is None else [Customer.region == frame.query.region]
    clauses = [Customer.deleted_at.is_(None), Customer.manager_id.is_not(None), *region]
    return [*clauses, *period.days(Customer.opened_on), *frame.owned(Customer.manager_id)]


def paid_orders(frame: Frame) -> list[Any]:
    """Return the clauses of the orders whose payments count."""
    clauses = [Order.status.in_(COUNTED), Order.deleted_at.is_(None)]
    return [*clauses, *frame.owned(Order.owner_id), *frame.in_region(Order.customer_id)]


async def _won(frame: Frame, period: Period) -> Reached:
    """Sum the won value by closed on and assignee."""
    clauses = [Chance.status == "succeeded", Chance.deleted_at.is_(None), *period.days(Chance.closed_on)]
    month = _month_of(Chance.closed_on)
    statement = (
        select(Chance.owner_id, month, func.coalesce(func.sum(Chance.close_value), 0))
        .where(*clauses, *frame.owned(Chance.owner_id), *frame.in_region(Chance.customer_id))
        .group_by(Chance.owner_id, "month")
    )
    return await _reached(frame, statement)


async def _paid(frame: Frame, period: Period) -> Reached:
    """Sum the payments by their date and the owner of their order."""
    month = _month_of(OrderPayment.date)
    statement = (
        select(Order.owner_id, month, func.coalesce(func.sum(OrderPayment.amount), 0))
        .join(Order, Order.id == OrderPayment.order_id)
        .where(*paid_orders(frame), *period.days(OrderPayment.date))
        .group_by(Order.owner_id, "month")
    )
    return await _reached(frame, statement)


async def _created(frame: Frame, period: Period) -> Reached:
    """Count the customers by the day that they were opened on and their manager."""
    month = _month_of(Customer.opened_on)
    statement = select(Customer.manager_id, month, func.count()).where(*created(frame, period))
    return await _reached(frame, statement.group_by(Customer.manager_id, "month"))


def _month_of(day: Any) -> ColumnElement[date]:
    """Return the first day of the month of a local date, named so that it can be grouped by."""
    # As a timestamp without a zone: of a date PostgreSQL would make one with, row by row.
    return cast(func.date_trunc("month", cast(day, DateTime(timezone=False))), Date).label("month")


async def _reached(frame: Frame, statement: Any) -> Reached:
    rows = await frame.ctx.session.execute(unscoped(statement, WHY))
    return {(person, month): Decimal(value) for person, month, value in rows}


Actual = Callable[[Frame, Period], Awaitable[Reached]]
ACTUALS: dict[Metric, Actual] = {
    Metric.WON_AMOUNT: _won,
    Metric.PAID_AMOUNT: _paid,
    Metric.NEW_CUSTOMERS: _created,
}


OWNERS = {
    Metric.WON_AMOUNT: Chance.owner_id, Metric.PAID_AMOUNT: Order.owner_id, Metric.NEW_CUSTOMERS: Customer.manager_id,
}  # fmt: skip


def _by_person(metric: Metric) -> Drill:
    async def drill(frame: Frame, query: DrillQuery) -> Behind:
        return _achieved(frame, frame.period, metric, at(OWNERS[metric], query.key))

    return drill


def _by_department(metric: Metric) -> Drill:
    async def drill(frame: Frame, query: DrillQuery) -> Behind:
        inside = None if query.key is None else sorted(await members(frame.ctx, number(query.key)))
        whose = [] if inside is None else [one_of(OWNERS[metric], inside)]
        return _achieved(frame, frame.period, metric, whose)

    return drill


def _by_month(metric: Metric) -> Drill:
    async def drill(frame: Frame, query: DrillQuery) -> Behind:
        days = frame.period
        return _achieved(frame, days if query.key is None else month_of(query.key).within(days), metric, [])

    return drill


def _achieved(frame: Frame, days: Period, metric: Metric, whose: list[Any]) -> Behind:
    if metric is Metric.WON_AMOUNT:
        won = [Chance.status == "succeeded", *days.days(Chance.closed_on)]
        return Behind("chances", [*report_sales.where(frame), *won, *whose])
    if metric is Metric.PAID_AMOUNT:
        paid = select(OrderPayment.order_id).where(*days.days(OrderPayment.date))
        return Behind("orders", [*paid_orders(frame), Order.id.in_(paid), *whose])
    return Behind("customers", [*created(frame, days), *whose])


GOALS = Analysis(
    attainment,
    {
        f"{metric}_{rows}": drill(metric)
        for metric in Metric
        for rows, drill in (("people", _by_person), ("departments", _by_department), ("months", _by_month))
    },
)
