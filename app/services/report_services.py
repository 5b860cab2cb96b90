"""How customers are served (domain section 6, report 3), over the services created in the period."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Numeric, and_, case, cast, extract, func, literal, or_, select

from app.core.scope import unscoped
from app.models.services import Service
from app.schemas.reports import Dimension, Kind
from app.services.report_frame import Frame, Layout, Period, customers, figure, people, ratio

WHY = "owners narrowed by the report"
HOUR_S = Decimal(3600)
ON_SCREEN = 200
STATES = ("created", "assigned", "dealt", "archived")
TYPES = Layout(
    "types",
    Dimension.SERVICE_TYPE,
    (("count", Kind.COUNT), *((state, Kind.COUNT) for state in STATES)),
    series=Dimension.STATE,
)
MEASURES = (
    ("count", Kind.COUNT), ("assign_hours", Kind.HOURS), ("deal_hours", Kind.HOURS), ("satisfaction", Kind.RATING),
    ("rated", Kind.COUNT), ("once", Kind.COUNT), ("once_rate", Kind.PERCENT), ("overdue", Kind.COUNT),
)  # fmt: skip
QUALITY = Layout("quality", Dimension.SERVICE_TYPE, MEASURES)
ASSIGNEES = Layout("assignees", Dimension.PERSON, MEASURES)


def where(frame: Frame, period: Period) -> list[ColumnElement[bool]]:
    """Return the clauses of the services that the report counts."""
    clauses = [Service.deleted_at.is_(None), Service.status != "void", *period.instants(frame.ctx, Service.opened_at)]
    return [*clauses, *frame.owned(Service.owner_id), *frame.in_region(Service.customer_id)]


def overdue(frame: Frame) -> ColumnElement[bool]:
    """Return the clause of what is past its deadline and not dealt with, or was dealt with after it."""
    waiting = and_(Service.status.in_(("created", "assigned")), Service.deadline < frame.ctx.now)
    return or_(waiting, Service.first_dealt_at > Service.deadline)


def rated() -> ColumnElement[bool]:
    """Return the clause of services whose last round has a value: what is dealt with awaits one, old values do not count."""
    return and_(Service.satisfaction.is_not(None), Service.status != "dealt")


def once() -> ColumnElement[bool]:
    """Return the clause of what was archived without being opened again."""
    return and_(Service.status == "archived", Service.reopen_count == 0)


def pairs(frame: Frame, period: Period) -> Any:
    """Return a select of (customer_id, type, n): how often a customer had the same service, twice at least."""
    n = func.count().label("n")
    statement = select(Service.customer_id, Service.type, n).where(*where(frame, period))
    return statement.group_by(Service.customer_id, Service.type).having(func.count() > 1)


async def service(frame: Frame) -> dict[str, Any]:
    """Services by type and status, how often the same, how fast, how well."""
    periods = frame.period, frame.period.before()
    whole, earlier = [(await _measured(frame, period, literal("all")))["all"] for period in periods]
    repeats, repeats_before = [await _pairs(frame, period) for period in periods]
    by_type, by_type_before = [await _measured(frame, period, Service.type) for period in periods]
    by_person, by_person_before = [await _measured(frame, period, Service.assignee_id) for period in periods]
    states, states_before = [await _states(frame, period) for period in periods]
    names = await people(frame.ctx, list(by_person))
    total = [sum(row[place] for row in states.values()) for place in range(1 + len(STATES))]
    figures = [
        figure(key, kind, whole[place], earlier[place], _base(key, whole))
        for place, (key, kind) in enumerate(MEASURES)
        if key not in {"rated", "once"}
    ]
    return {
        "kept": False,
        "figures": [*figures, figure("repeats", Kind.COUNT, repeats[0], repeats_before[0])],
        "tables": [
            TYPES.table(states, states_before, {}, total),
            QUALITY.table(_shown(by_type), _shown(by_type_before), {}, whole[: len(MEASURES)]),
            ASSIGNEES.table(_shown(by_person), _shown(by_person_before), names, whole[: len(MEASURES)]),
            await _repeats(frame, repeats[1]),
        ],
    }


def _shown(rows: dict[Any, list[Any]]) -> dict[Any, list[Any]]:
    return {key: row[: len(MEASURES)] for key, row in rows.items()}


def _base(key: str, whole: list[Any]) -> int | None:
    bases = {"satisfaction": whole[4], "once_rate": whole[8], "deal_hours": whole[9], "assign_hours": whole[10]}
    return bases.get(key)


async def _measured(frame: Frame, period: Period, column: Any) -> dict[Any, list[Any]]:
    """Return by a column the measures, and after them what they rest on: archived, dealt and assigned ones."""
    rows = await frame.ctx.session.execute(
        unscoped(
            select(
                column.label("key"),
                func.count(),
                func.avg(_hours(Service.first_assigned_at)),
                func.avg(_hours(Service.first_dealt_at)),
                func.avg(case((rated(), Service.satisfaction))),
                func.count().filter(rated()),
                func.count().filter(once()),
                func.count().filter(Service.status == "archived"),
                func.count().filter(overdue(frame)),
                func.count(Service.first_dealt_at),
                func.count(Service.first_assigned_at),
            )
            .where(*where(frame, period))
            .group_by("key"),
            WHY,
        )
    )
    found: dict[Any, list[Any]] = {}
    for key, count, assign, deal, stars, n, first, archived, late, dealt, assigned in rows:
        rate = ratio(Decimal(first), Decimal(archived))
        found[key] = [count, assign, deal, stars, n, first, rate, late, archived, dealt, assigned]
    return found or {"all": [0, None, None, None, 0, 0, None, 0, 0, 0, 0]} if _is_whole(column) else found


def _is_whole(column: Any) -> bool:
    return getattr(column, "value", None) == "all"


def _hours(moment: Any) -> ColumnElement[Any]:
    return cast(extract("epoch", moment - Service.opened_at), Numeric) / HOUR_S


async def _states(frame: Frame, period: Period) -> dict[str, list[int]]:
    rows = await frame.ctx.session.execute(
        unscoped(
            select(Service.type, func.count(), *(func.count().filter(Service.status == state) for state in STATES))
            .where(*where(frame, period))
            .group_by(Service.type),
            WHY,
        )
    )
    return {kind: list(counts) for kind, *counts in rows}


async def _pairs(frame: Frame, period: Period) -> tuple[int, Mapping[int, dict[str, int]]]:
    """Return how many pairs of customer and type there are twice at least, and n by customer and type."""
    found: dict[int, dict[str, int]] = {}
    rows = (await frame.ctx.session.execute(unscoped(pairs(frame, period), WHY))).all()
    for customer_id, kind, n in rows:
        found.setdefault(customer_id, {})[kind] = n
    return len(rows), found


async def _repeats(frame: Frame, found: Mapping[int, dict[str, int]]) -> dict[str, Any]:
    """Lay out customers by type of service; only what they had twice at least counts."""
    kinds = sorted({kind for counts in found.values() for kind in counts})
    rows = {
        customer: [sum(counts.values()), *(counts.get(kind, 0) for kind in kinds)] for customer, counts in found.items()
    }
    ranking = sorted(rows, key=lambda customer: (-rows[customer][0], customer))
    most = ON_SCREEN if frame.most is None else frame.most
    shown = ranking[:most]
    columns = (("count", Kind.COUNT), *((kind, Kind.COUNT) for kind in kinds))
    layout = Layout("repeats", Dimension.CUSTOMER, columns, series=Dimension.SERVICE_TYPE)
    names = await customers(frame, shown)
    total = [sum(row[place] for row in rows.values()) for place in range(len(columns))]
    table = layout.table(rows, None, names, total, order=shown, cut=len(ranking) > most)
    for row in table["rows"]:
        row["id"] = row["id"] if row["name"] else None
    return table
