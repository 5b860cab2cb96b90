"""Team activity and goals (domain section 6, report 7)."""

from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import func, or_, select

from app.core.ctx import Ctx
from app.core.scope import unscoped
from app.models.activities import Activity
from app.models.chances import Chance
from app.models.customers import Customer
from app.models.departments import Department
from app.models.goals import Goal
from app.models.orders import COUNTED, Order, OrderPayment
from app.models.plans import Plan
from app.models.rbac import Permission as P
from app.schemas.goals import Metric
from app.schemas.reports import Dimension, Kind
from app.services import departments as tree
from app.services import goals
from app.services.report_frame import Frame, Layout, Period, figure, members, people, ratio

WHY = "owners narrowed by the report"
PLANS = Layout("plans", Dimension.PERSON, (("due", Kind.COUNT), ("done", Kind.COUNT), ("rate", Kind.PERCENT)))
ATTAINMENT = (("actual", Kind.MONEY), ("goal", Kind.MONEY), ("attainment", Kind.PERCENT))
NUMBERS = (("actual", Kind.COUNT), ("goal", Kind.COUNT), ("attainment", Kind.PERCENT))


async def activity(frame: Frame) -> dict[str, Any]:
    """Activities by kind per writer; plan items executed of those due in the period."""
    now, before = [await _written(frame, period) for period in (frame.period, frame.period.before())]
    kinds = sorted({kind for counts in now.values() for kind in counts})
    rows = {person: [sum(counts.values()), *(counts.get(kind, 0) for kind in kinds)] for person, counts in now.items()}
    earlier = {
        person: [sum(counts.values()), *(counts.get(kind, 0) for kind in kinds)] for person, counts in before.items()
    }
    columns = (("count", Kind.COUNT), *((kind, Kind.COUNT) for kind in kinds))
    total = [sum(row[place] for row in rows.values()) for place in range(len(columns))]
    items, items_before = [await _due(frame, period) for period in (frame.period, frame.period.before())]
    all_due, all_before = _whole(items), _whole(items_before)
    names = await people(frame.ctx, [*now, *items])
    writers = Layout("writers", Dimension.PERSON, columns, series=Dimension.ACTIVITY_KIND)
    return {
        "kept": False,
        "figures": [
            figure("activities", Kind.COUNT, total[0] if rows else 0, sum(row[0] for row in earlier.values())),
            figure("due", Kind.COUNT, all_due[0], all_before[0]),
            figure("done", Kind.COUNT, all_due[1], all_before[1]),
            figure("rate", Kind.PERCENT, all_due[2], all_before[2], all_due[0]),
        ],
        "tables": [writers.table(rows, earlier, names, total), PLANS.table(items, items_before, names, all_due)],
    }


def written(frame: Frame, period: Period) -> list[Any]:
    """Return the clauses of the activities that count: by their writer."""
    clauses = [
        Activity.deleted_at.is_(None),
        Activity.created_by.is_not(None),
        *period.instants(frame.ctx, Activity.at),
    ]
    return [*clauses, *frame.owned(Activity.created_by), *frame.in_region(Activity.customer_id)]


def due(frame: Frame, period: Period) -> list[Any]:
    """Return the clauses of the plan items that were to be done, over plans joined with their chance."""
    clauses = [Chance.deleted_at.is_(None), Plan.status != "cancelled", *period.days(Plan.date)]
    return [*clauses, *frame.owned(Chance.owner_id), *frame.in_region(Chance.customer_id)]


def created(frame: Frame, period: Period) -> list[Any]:
    """Return the clauses of the customers that a manager won in a period."""
    region = [] if frame.query.region is None else [Customer.region == frame.query.region]
    clauses = [Customer.deleted_at.is_(None), Customer.manager_id.is_not(None), *region]
    return [*clauses, *period.instants(frame.ctx, Customer.created_at), *frame.owned(Customer.manager_id)]


async def _written(frame: Frame, period: Period) -> dict[int, dict[str, int]]:
    rows = await frame.ctx.session.execute(
        unscoped(
            select(Activity.created_by, Activity.kind, func.count())
            .where(*written(frame, period))
            .group_by(Activity.created_by, Activity.kind),
            WHY,
        )
    )
    found: dict[int, dict[str, int]] = {}
    for person, kind, count in rows:
        if person is not None:
            found.setdefault(person, {})[kind] = count
    return found


async def _due(frame: Frame, period: Period) -> dict[int, list[Any]]:
    """Return by assignee: items whose day lies in the period (cancelled ones aside), and how many are done."""
    rows = await frame.ctx.session.execute(
        unscoped(
            select(Chance.owner_id, func.count(), func.count().filter(Plan.status == "done"))
            .join(Chance, Chance.id == Plan.chance_id)
            .where(*due(frame, period))
            .group_by(Chance.owner_id),
            WHY,
        )
    )
    return {person: [count, done, ratio(Decimal(done), Decimal(count))] for person, count, done in rows}


def _whole(rows: dict[int, list[Any]]) -> list[Any]:
    due, done = (sum(row[place] for row in rows.values()) for place in (0, 1))
    return [due, done, ratio(Decimal(done), Decimal(due))]


async def attainment(frame: Frame) -> dict[str, Any]:
    """Actual over goal in the months that the period touches, by person and by department for each metric."""
    months = Period(frame.period.first.replace(day=1), frame.period.last)
    tables, figures = [], []
    for metric, actual in ACTUALS.items():
        aims = await _aims(frame, months, metric)
        by_owner = await actual(frame, months)
        layout = NUMBERS if metric is Metric.NEW_CUSTOMERS else ATTAINMENT
        persons = {
            person: _attained(by_owner.get(person, Decimal(0)), aims[0].get(person)) for person in {*aims[0], *by_owner}
        }
        names = await people(frame.ctx, list(persons))
        total = _attained(sum(by_owner.values(), Decimal(0)), sum(aims[0].values(), Decimal(0)) or None)
        tables.append(Layout(f"{metric}_people", Dimension.PERSON, layout).table(persons, None, names, total))
        units = {}
        for unit, aim in aims[1].items():
            inside = await members(frame.ctx, unit)
            units[unit] = _attained(sum((v for k, v in by_owner.items() if k in inside), Decimal(0)), aim)
        tables.append(
            Layout(f"{metric}_departments", Dimension.DEPARTMENT, layout).table(
                units, None, await _department_names(frame.ctx, list(units))
            )
        )
        figures.append(figure(metric, layout[0][1], total[0]))
        figures.append(figure(f"{metric}_attainment", Kind.PERCENT, total[2]))
    return {"kept": False, "figures": figures, "tables": tables}


def _attained(actual: Decimal, goal: Decimal | None) -> list[Any]:
    return [actual, goal, ratio(actual, goal)]


async def _aims(frame: Frame, months: Period, metric: Metric) -> tuple[dict[int, Decimal], dict[int, Decimal]]:
    """Return the summed goals by person and by department, inside the scope and the filters."""
    ours = await goals.departments(frame.ctx, P.reports_read)
    if frame.query.department_id is not None:
        inside = set(await frame.ctx.session.scalars(tree.below(frame.query.department_id)))
        ours = inside if ours is None else ours & inside
    if frame.query.manager_id is not None:
        ours = set()
    person = [Goal.user_id.is_not(None), *frame.owned(Goal.user_id)]
    unit = [Goal.department_id.is_not(None), *([] if ours is None else [Goal.department_id.in_(ours)])]
    rows = await frame.ctx.session.execute(
        select(Goal.user_id, Goal.department_id, func.sum(Goal.value))
        .where(Goal.metric == metric, *months.days(Goal.month))
        .where(or_(_all(person), _all(unit)))
        .group_by(Goal.user_id, Goal.department_id)
    )
    found: tuple[dict[int, Decimal], dict[int, Decimal]] = ({}, {})
    for user_id, department_id, value in rows:
        whose = user_id or department_id or 0
        found[user_id is None][whose] = value
    return found


def _all(clauses: list[Any]) -> Any:
    first, *rest = clauses
    for one in rest:
        first = first & one
    return first


async def _department_names(ctx: Ctx, ids: list[int]) -> dict[Any, str]:
    rows = await ctx.session.execute(select(Department.id, Department.name).where(Department.id.in_(ids)))
    return {row.id: row.name for row in rows}


async def _won(frame: Frame, period: Period) -> dict[int, Decimal]:
    """Sum the won value by closed on and assignee."""
    statement = (
        select(Chance.owner_id, func.coalesce(func.sum(Chance.close_value), 0))
        .where(Chance.status == "succeeded", Chance.deleted_at.is_(None), *period.days(Chance.closed_on))
        .where(*frame.owned(Chance.owner_id), *frame.in_region(Chance.customer_id))
    )
    return await _by_person(frame, statement.group_by(Chance.owner_id))


async def _created(frame: Frame, period: Period) -> dict[int, Decimal]:
    """Count the customers by the day they were created and their manager."""
    statement = select(Customer.manager_id, func.count()).where(*created(frame, period))
    return await _by_person(frame, statement.group_by(Customer.manager_id))


async def _by_person(frame: Frame, statement: Any) -> dict[int, Decimal]:
    return {person: Decimal(value) for person, value in await frame.ctx.session.execute(unscoped(statement, WHY))}


async def _paid(frame: Frame, period: Period) -> dict[int, Decimal]:
    """Sum the payments by their date and the owner of their order."""
    statement = (
        select(Order.owner_id, func.coalesce(func.sum(OrderPayment.amount), 0))
        .join(Order, Order.id == OrderPayment.order_id)
        .where(*paid_orders(frame), *period.days(OrderPayment.date))
    )
    return await _by_person(frame, statement.group_by(Order.owner_id))


def paid_orders(frame: Frame) -> list[Any]:
    """Return the clauses of the orders whose payments count."""
    clauses = [Order.status.in_(COUNTED), Order.deleted_at.is_(None)]
    return [*clauses, *frame.owned(Order.owner_id), *frame.in_region(Order.customer_id)]


Actual = Callable[[Frame, Period], Awaitable[dict[int, Decimal]]]
ACTUALS: dict[Metric, Actual] = {
    Metric.WON_AMOUNT: _won,
    Metric.PAID_AMOUNT: _paid,
    Metric.NEW_CUSTOMERS: _created,
}
