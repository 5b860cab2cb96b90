"""Which records stand behind a number of a report: the report's own clauses, narrowed to a row and a column."""

import calendar
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from sqlalchemy import Integer, and_, or_, select, tuple_

from app.core.arrays import one_of
from app.core.errors import Invalid
from app.core.types import MAX_ID
from app.models.care.services import Service
from app.models.customers.activities import Activity
from app.models.customers.customers import Customer
from app.models.orders.orders import Order, OrderPayment
from app.models.sales.chance_stages import ChanceStage
from app.models.sales.chances import OPEN, Chance
from app.models.sales.plans import Plan
from app.schemas.reports.reports import ReportCode
from app.schemas.reports.rows import DrillQuery
from app.schemas.sales.goals import Metric
from app.services.reports import customers as report_customers
from app.services.reports import goals as report_goals
from app.services.reports import losses as report_losses
from app.services.reports import sales as report_sales
from app.services.reports import services as report_services
from app.services.reports import team as report_team
from app.services.reports.frame import Frame, members
from app.services.reports.orders import by_customer, counted
from app.services.reports.period import Period
from app.services.reports.rows import Behind, page
from app.services.reports.tables import value_of

Drill = Callable[[Frame, DrillQuery], Awaitable[Behind]]
C = ReportCode


async def rows(frame: Frame, code: ReportCode, query: DrillQuery) -> dict[str, Any]:
    """Return the records behind a row of a table; raise `Invalid` for a table or row that the report cannot have."""
    drill = DRILLS.get((code, query.table))
    if drill is None:
        raise Invalid("/table", "unknown", "This report has no such table.")
    return await page(frame, await drill(frame, query), query.limit, query.after_id)


def number(key: str) -> int:
    """Return the key of a row as an id; raise `Invalid`."""
    if not key.isascii() or not key.isdigit() or int(key) > MAX_ID:
        raise Invalid("/key", "unknown", "The table has no such row.")
    return int(key)


def at(column: Any, key: str | None) -> list[Any]:
    """Return the clause of a row's key over the column that the table is grouped by."""
    if key is None:
        return []
    value = value_of(key)
    if value is None:
        return [column.is_(None)]
    return [column == (number(value) if isinstance(column.type, Integer) else value)]


def _chances(clauses: Callable[[Frame, DrillQuery], list[Any]], column: Any) -> Drill:
    async def drill(frame: Frame, query: DrillQuery) -> Behind:
        return Behind("chances", [*report_sales.where(frame), *clauses(frame, query), *at(column, query.key)])

    return drill


def _closed(frame: Frame, query: DrillQuery) -> list[Any]:
    states = {"won": ("succeeded",), "won_value": ("succeeded",), "lost": ("failed",), "lost_amount": ("failed",)}
    found = states.get(query.column or "", ("succeeded", "failed"))
    return [Chance.status.in_(found), *frame.period.days(Chance.closed_on)]


def _timed(frame: Frame, _query: DrillQuery) -> list[Any]:
    timed = Chance.first_assigned_on.is_not(None)
    return [Chance.status == "succeeded", timed, *frame.period.days(Chance.closed_on)]


def _ended(status: str) -> Callable[[Frame, DrillQuery], list[Any]]:
    return lambda frame, _query: [Chance.status == status, *frame.period.days(Chance.closed_on)]


def _lost(column: Any) -> Drill:
    async def drill(frame: Frame, query: DrillQuery) -> Behind:
        return Behind("losses", [*report_losses.where(frame, frame.period), *at(column, query.key)])

    return drill


async def _entries(frame: Frame, query: DrillQuery) -> Behind:
    known = {key: and_(*clauses) for key, clauses in report_losses.states(frame).items()}
    if query.key is not None and query.key not in known:
        raise Invalid("/key", "unknown", "The table has no such row.")
    wanted = or_(*known.values()) if query.key is None else known[query.key]
    return Behind("losses", [wanted, *report_losses.ours(frame)])


async def _stages(frame: Frame, query: DrillQuery) -> Behind:
    moments = {"entered": ChanceStage.entered_at, "conversion": ChanceStage.entered_at, "days": ChanceStage.left_at}
    moment = moments.get(query.column or "")
    if moment is None:
        unpriced = [Chance.amount.is_(None)] if query.column == "unpriced" else []
        clauses = [Chance.status == "assigned", *unpriced, *at(Chance.stage_id, query.key)]
    else:
        stays = select(ChanceStage.chance_id).where(*frame.period.instants(frame.ctx, moment))
        clauses = [Chance.id.in_(stays.where(*at(ChanceStage.stage_id, query.key)))]
    return Behind("chances", [*report_sales.where(frame), *clauses])


def _part(column: Any) -> Drill:
    async def drill(frame: Frame, query: DrillQuery) -> Behind:
        period = frame.period if report_customers.dated(frame) else None
        return Behind("customers", [*report_customers.where(frame, period), *at(column, query.key)])

    return drill


async def _writers(frame: Frame, query: DrillQuery) -> Behind:
    kind = [] if query.column in {None, "count"} else at(Activity.kind, query.column)
    return Behind("activities", [*report_team.written(frame, frame.period), *kind, *at(Activity.created_by, query.key)])


async def _plans(frame: Frame, query: DrillQuery) -> Behind:
    done = [Plan.status == "done"] if query.column == "done" else []
    return Behind("plans", [*report_team.due(frame, frame.period), *done, *at(Chance.owner_id, query.key)])


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
        return _achieved(frame, days if query.key is None else _month(query.key).within(days), metric, [])

    return drill


def _achieved(frame: Frame, days: Period, metric: Metric, whose: list[Any]) -> Behind:
    if metric is Metric.WON_AMOUNT:
        won = [Chance.status == "succeeded", *days.days(Chance.closed_on)]
        return Behind("chances", [*report_sales.where(frame), *won, *whose])
    if metric is Metric.PAID_AMOUNT:
        paid = select(OrderPayment.order_id).where(*days.days(OrderPayment.date))
        return Behind("orders", [*report_goals.paid_orders(frame), Order.id.in_(paid), *whose])
    return Behind("customers", [*report_goals.created(frame, days), *whose])


def _served(column: Any) -> Drill:
    async def drill(frame: Frame, query: DrillQuery) -> Behind:
        narrowed: dict[str, Any] = {
            "assign_hours": Service.first_assigned_at.is_not(None),
            "deal_hours": Service.first_dealt_at.is_not(None),
            "satisfaction": report_services.rated(),
            "rated": report_services.rated(),
            "once": report_services.once(),
            "once_rate": Service.status == "archived",
            "overdue": report_services.overdue(frame),
        } | {state: Service.status == state for state in report_services.STATES}
        also = [narrowed[query.column]] if query.column in narrowed else []
        return Behind("services", [*report_services.where(frame, frame.period), *also, *at(column, query.key)])

    return drill


async def _served_months(frame: Frame, query: DrillQuery) -> Behind:
    asked = query.model_copy(update={"key": None})
    found = await _served(Service.type)(frame, asked)
    month = [] if query.key is None else _month(query.key).instants(frame.ctx, Service.opened_at)
    return Behind(found.noun, [*found.clauses, *month])


async def _repeats(frame: Frame, query: DrillQuery) -> Behind:
    pairs = report_services.pairs(frame, frame.period).subquery()
    repeated = tuple_(Service.customer_id, Service.type).in_(select(pairs.c[0], pairs.c[1]))
    kind = [] if query.column in {None, "count"} else at(Service.type, query.column)
    clauses = [*report_services.where(frame, frame.period), repeated, *kind, *at(Service.customer_id, query.key)]
    return Behind("services", clauses)


def _money(column: str | None) -> list[Any]:
    return {"paid": [Order.paid > 0], "unpaid": [Order.total > Order.paid]}.get(column or "", [])


async def _buyers(frame: Frame, query: DrillQuery) -> Behind:
    if query.column == "potential":
        still = Chance.status.in_(OPEN)
        theirs = select(by_customer(frame, frame.period)[0].subquery().c.customer_id)
        whose = [Chance.customer_id.in_(theirs)] if query.key is None else at(Chance.customer_id, query.key)
        return Behind("chances", [Chance.deleted_at.is_(None), still, *frame.seen(Chance.owner_id), *whose])
    return Behind("orders", [*counted(frame, frame.period), *_money(query.column), *at(Order.customer_id, query.key)])


def _month(key: str) -> Period:
    """Return the days of a row's month (`2026-03`); raise `Invalid`."""
    try:
        first = date.fromisoformat(f"{key}-01")
    except ValueError:
        raise Invalid("/key", "unknown", "The table has no such row.") from None
    return Period(first, first.replace(day=calendar.monthrange(first.year, first.month)[1]))


async def _months(frame: Frame, query: DrillQuery) -> Behind:
    month = [] if query.key is None else _month(query.key).days(Order.date)
    return Behind("orders", [*counted(frame, frame.period), *_money(query.column), *month])


DRILLS: dict[tuple[ReportCode, str], Drill] = {
    (C.ACTIVITY, "writers"): _writers,
    (C.ACTIVITY, "plans"): _plans,
    (C.CONTRIBUTION, "customers"): _buyers,
    (C.CONTRIBUTION, "months"): _months,
    (C.PIPELINE, "stages"): _stages,
    (C.REASONS, "succeeded"): _chances(_ended("succeeded"), Chance.close_reason),
    (C.REASONS, "failed"): _chances(_ended("failed"), Chance.close_reason),
    (C.REASONS, "competitors"): _chances(_closed, Chance.competitor),
    (C.REASONS, "closing_stages"): _chances(_closed, Chance.stage_id),
    (C.REASONS, "assignees"): _chances(_closed, Chance.assignee_id),
    (C.SERVICE, "types"): _served(Service.type),
    (C.SERVICE, "quality"): _served(Service.type),
    (C.SERVICE, "assignees"): _served(Service.assignee_id),
    (C.SERVICE, "categories"): _served(Service.category),
    (C.SERVICE, "products"): _served(Service.product_id),
    (C.SERVICE, "months"): _served_months,
    (C.SERVICE, "repeats"): _repeats,
    (C.TIME_TO_CLOSE, "assignees"): _chances(_timed, Chance.assignee_id),
    (C.TIME_TO_CLOSE, "sources"): _chances(_timed, Chance.source),
    (C.WIN_RATE, "assignees"): _chances(_closed, Chance.assignee_id),
    (C.WIN_RATE, "sources"): _chances(_closed, Chance.source),
}
DRILLS |= {(C.LOSS, key): _lost(column) for key, _, column, _ in report_losses.TABLES} | {(C.LOSS, "states"): _entries}
DRILLS |= {(C.COMPOSITION, key): _part(column) for key, _, column in report_customers.PARTS}
for _metric in Metric:
    DRILLS[C.GOALS, f"{_metric}_people"] = _by_person(_metric)
    DRILLS[C.GOALS, f"{_metric}_departments"] = _by_department(_metric)
    DRILLS[C.GOALS, f"{_metric}_months"] = _by_month(_metric)
