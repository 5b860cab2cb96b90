"""Goals (domain section 6, report 7): what was reached of what was aimed at, by person, department and month."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Date, DateTime, and_, cast, func, or_, select

from app.core.ctx import Ctx
from app.core.scope import unscoped
from app.models.chances import Chance
from app.models.customers import Customer
from app.models.departments import Department
from app.models.goals import Goal
from app.models.orders import COUNTED, Order, OrderPayment
from app.models.rbac import Permission as P
from app.schemas.goals import Metric
from app.schemas.reports import Dimension, Kind
from app.services import departments as tree
from app.services import goals
from app.services.report_frame import Frame, Layout, Period, figure, members, people, ratio

WHY = "owners narrowed by the report"
ATTAINMENT = (("actual", Kind.MONEY), ("goal", Kind.MONEY), ("attainment", Kind.PERCENT))
NUMBERS = (("actual", Kind.COUNT), ("goal", Kind.COUNT), ("attainment", Kind.PERCENT))
Reached = dict[tuple[int, date], Decimal]
"""What each person reached in each month (its first day)."""


@dataclass(frozen=True)
class Aims:
    """Summed goals: of people, of departments, and of the people together by month; None where nobody has any."""

    people: dict[int, Decimal]
    departments: dict[int, Decimal]
    months: dict[date, Decimal]

    @property
    def whole(self) -> Decimal | None:
        """Return the goals of all people together; goals that are 0 aim at nothing."""
        return sum(self.people.values(), Decimal(0)) or None


async def attainment(frame: Frame) -> dict[str, Any]:
    """Actual over goal in the months that the period touches, by person, department and month for each metric."""
    months = touched(frame.period)
    tables, figures = [], []
    for metric, actual in ACTUALS.items():
        aims, reached = await _aims(frame, months, metric), await actual(frame, months)
        columns = NUMBERS if metric is Metric.NEW_CUSTOMERS else ATTAINMENT
        by_person = _added(reached, lambda person, _month: person)
        total = _attained(sum(by_person.values(), Decimal(0)), aims.whole)
        tables += [
            await _people(frame, Layout(f"{metric}_people", Dimension.PERSON, columns), by_person, aims, total),
            await _units(frame, Layout(f"{metric}_departments", Dimension.DEPARTMENT, columns), by_person, aims),
            _months(Layout(f"{metric}_months", Dimension.MONTH, columns), months, reached, aims, total),
        ]
        figures.append(figure(metric, columns[0][1], total[0]))
        figures.append(figure(f"{metric}_attainment", Kind.PERCENT, total[2]))
    return {"kept": False, "figures": figures, "tables": tables}


def touched(period: Period) -> Period:
    """Return the days that count for goals, which are set by month: from the first one of the first month on."""
    return Period(period.first.replace(day=1), period.last)


def _attained(actual: Decimal, goal: Decimal | None) -> list[Any]:
    return [actual, goal, ratio(actual, goal)]


def _added(reached: Reached, key: Callable[[int, date], Any]) -> dict[Any, Decimal]:
    found: dict[Any, Decimal] = defaultdict(Decimal)
    for (person, month), value in reached.items():
        found[key(person, month)] += value
    return found


async def _people(
    frame: Frame, layout: Layout, by_person: dict[int, Decimal], aims: Aims, total: list[Any]
) -> dict[str, Any]:
    rows = {one: _attained(by_person.get(one, Decimal(0)), aims.people.get(one)) for one in {*aims.people, *by_person}}
    return layout.table(rows, None, await people(frame.ctx, list(rows)), total)


async def _units(frame: Frame, layout: Layout, by_person: dict[int, Decimal], aims: Aims) -> dict[str, Any]:
    """Hold each department's own goal against what the people in it and below it reached."""
    rows = {}
    for unit, aim in aims.departments.items():
        inside = await members(frame.ctx, unit)
        rows[unit] = _attained(sum((v for k, v in by_person.items() if k in inside), Decimal(0)), aim)
    return layout.table(rows, None, await _department_names(frame.ctx, rows))


def _months(layout: Layout, period: Period, reached: Reached, aims: Aims, total: list[Any]) -> dict[str, Any]:
    """Hold what all reached together against the goals of all people, month by month; none is left out."""
    by_month = _added(reached, lambda _person, month: month)
    rows = {
        f"{month:%Y-%m}": _attained(by_month.get(month, Decimal(0)), aims.months.get(month))
        for month in period.each_month()
    }
    return layout.table(rows, None, {month: month for month in rows}, total, order=list(rows))


async def _aims(frame: Frame, months: Period, metric: Metric) -> Aims:
    """Sum the goals inside the scope and the filters; a region has none of its own and narrows none."""
    ours = await goals.departments(frame.ctx, P.reports_read)
    if frame.query.department_id is not None:
        inside = set(await frame.ctx.session.scalars(tree.below(frame.query.department_id)))
        ours = inside if ours is None else ours & inside
    if frame.query.manager_id is not None:
        ours = set()
    person = [Goal.user_id.is_not(None), *frame.owned(Goal.user_id)]
    unit = [Goal.department_id.is_not(None), *([] if ours is None else [Goal.department_id.in_(ours)])]
    rows = await frame.ctx.session.execute(
        select(Goal.user_id, Goal.department_id, Goal.month, Goal.value)
        .where(Goal.metric == metric, *months.days(Goal.month))
        .where(or_(and_(*person), and_(*unit)))
    )
    by_person: dict[int, Decimal] = defaultdict(Decimal)
    by_unit: dict[int, Decimal] = defaultdict(Decimal)
    by_month: dict[date, Decimal] = defaultdict(Decimal)
    for user_id, department_id, month, value in rows:
        if department_id is not None:
            by_unit[department_id] += value
        elif user_id is not None:
            by_person[user_id] += value
            by_month[month] += value
    return Aims(dict(by_person), dict(by_unit), dict(by_month))


async def _department_names(ctx: Ctx, ids: Iterable[int]) -> dict[Any, str]:
    rows = await ctx.session.execute(select(Department.id, Department.name).where(Department.id.in_(list(ids))))
    return {row.id: row.name for row in rows}


def created(frame: Frame, period: Period) -> list[Any]:
    """Return the clauses of the customers that a manager won in a period."""
    region = [] if frame.query.region is None else [Customer.region == frame.query.region]
    clauses = [Customer.deleted_at.is_(None), Customer.manager_id.is_not(None), *region]
    return [*clauses, *period.instants(frame.ctx, Customer.created_at), *frame.owned(Customer.manager_id)]


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
    """Count the customers by the local day they were created and their manager."""
    month = _month_of(func.timezone(frame.ctx.timezone.key, Customer.created_at))
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
