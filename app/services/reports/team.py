"""Team activity (domain section 6, report 7)."""

from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from app.core.scope import unscoped
from app.models.customers.activities import Activity
from app.models.sales.chances import Chance
from app.models.sales.plans import Plan
from app.schemas.reports.reports import Dimension, Kind
from app.schemas.reports.rows import DrillQuery
from app.services.reports.behind import Analysis, Behind, at
from app.services.reports.figures import figure, ratio
from app.services.reports.frame import WHY, Frame
from app.services.reports.names import people
from app.services.reports.period import Period
from app.services.reports.tables import Layout, key_of

PLANS = Layout("plans", Dimension.PERSON, (("due", Kind.COUNT), ("done", Kind.COUNT), ("rate", Kind.PERCENT)))


async def activity(frame: Frame) -> dict[str, Any]:
    """Activities by kind per writer; plan items executed of those due in the period."""
    now, before = [await _written(frame, period) for period in (frame.period, frame.before)]
    kinds = sorted({kind for counts in now.values() for kind in counts})
    rows = {person: [sum(counts.values()), *(counts.get(kind, 0) for kind in kinds)] for person, counts in now.items()}
    earlier = {
        person: [sum(counts.values()), *(counts.get(kind, 0) for kind in kinds)] for person, counts in before.items()
    }
    columns = (("count", Kind.COUNT), *((key_of(kind), Kind.COUNT) for kind in kinds))
    total = [sum(row[place] for row in rows.values()) for place in range(len(columns))]
    items, items_before = [await _due(frame, period) for period in (frame.period, frame.before)]
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


async def _by_writer(frame: Frame, query: DrillQuery) -> Behind:
    kind = [] if query.column in {None, "count"} else at(Activity.kind, query.column)
    return Behind("activities", [*written(frame, frame.period), *kind, *at(Activity.created_by, query.key)])


async def _by_owner(frame: Frame, query: DrillQuery) -> Behind:
    done = [Plan.status == "done"] if query.column == "done" else []
    return Behind("plans", [*due(frame, frame.period), *done, *at(Chance.owner_id, query.key)])


ACTIVITY = Analysis(activity, {"writers": _by_writer, "plans": _by_owner})
