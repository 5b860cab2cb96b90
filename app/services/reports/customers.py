"""What the customer base is made of (domain section 6, report 2)."""

from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from app.core.scope import unscoped
from app.models.customers.customers import Customer
from app.schemas.reports.reports import Dimension, Kind
from app.schemas.reports.rows import DrillQuery
from app.services.base import dict as dictionary
from app.services.reports.behind import Analysis, Behind, Drill, at
from app.services.reports.figures import figure, ratio
from app.services.reports.frame import WHY, Frame
from app.services.reports.period import Period
from app.services.reports.tables import Layout, Now

COLUMNS = (("count", Kind.COUNT), ("share", Kind.PERCENT))
PARTS: tuple[tuple[str, Dimension, Any], ...] = (
    ("level", Dimension.LEVEL, Customer.level),
    ("region", Dimension.REGION, Customer.region),
    ("industry", Dimension.INDUSTRY, Customer.industry),
    ("size", Dimension.SIZE, Customer.size),
    ("credit", Dimension.CREDIT, Customer.credit),
    ("satisfaction", Dimension.SATISFACTION, Customer.satisfaction),
)
RATING = (5, 4, 3, 2, 1)


def dated(frame: Frame) -> bool:
    """Tell whether a period was asked for: then those opened in it count, else all that exist now."""
    return bool(frame.query.date_from or frame.query.date_to)


def where(frame: Frame, period: Period | None) -> list[Any]:
    """Return the clauses of the customers that the report counts."""
    states = ("normal", "warning", "lost") if frame.query.with_lost else ("normal", "warning")
    region = [] if frame.query.region is None else [Customer.region == frame.query.region]
    made = [] if period is None else period.days(Customer.opened_on)
    clauses = [Customer.deleted_at.is_(None), Customer.status.in_(states)]
    return [*clauses, *frame.owned(Customer.manager_id), *region, *made]


async def composition(frame: Frame) -> dict[str, Any]:
    """Customers by level, region, industry, size, credit and satisfaction, in dictionary order."""
    now = await _parts(frame, frame.period if dated(frame) else None)
    before = await _parts(frame, frame.before) if dated(frame) else None
    total = sum((row[0] for row in now["level"].values()), 0)
    earlier = None if before is None else sum((row[0] for row in before["level"].values()), 0)
    words = {kind["type"]: [one.item for one in kind["items"]] for kind in await dictionary.types(frame.ctx)}
    columns = COLUMNS if dated(frame) else tuple(Now(*column) for column in COLUMNS)
    tables = []
    for key, dimension, _ in PARTS:
        order = [*(words.get(key) or RATING), None]
        rows = now[key]
        order += [one for one in rows if one not in order]
        tables.append(
            Layout(key, dimension, columns, chart="pie").table(
                rows,
                None if before is None else before[key],
                {},
                [total, ratio(Decimal(total), Decimal(total))],
                order=order,
            )
        )
    return {
        "kept": False,
        "figures": [figure("customers", Kind.COUNT, total, earlier, now=not dated(frame))],
        "tables": tables,
    }


async def _parts(frame: Frame, period: Period | None) -> dict[str, dict[Any, list[Any]]]:
    """Count by each attribute in one walk over the customers."""
    columns = [column for _, _, column in PARTS]
    grouped = func.grouping(*columns)
    rows = await frame.ctx.session.execute(
        unscoped(
            select(grouped, *columns, func.count()).where(*where(frame, period)).group_by(func.grouping_sets(*columns)),
            WHY,
        )
    )
    found: dict[str, dict[Any, list[Any]]] = {key: {} for key, _, _ in PARTS}
    last = len(PARTS) - 1
    for mask, *values, count in rows:
        # GROUPING() has a zero bit, from the left, for the column that this row is grouped by.
        place = next(place for place in range(len(PARTS)) if not mask >> (last - place) & 1)
        found[PARTS[place][0]][values[place]] = [count]
    for part in found.values():
        whole = Decimal(sum(row[0] for row in part.values()))
        for row in part.values():
            row.append(ratio(Decimal(row[0]), whole))
    return found


def _of_part(column: Any) -> Drill:
    async def drill(frame: Frame, query: DrillQuery) -> Behind:
        period = frame.period if dated(frame) else None
        return Behind("customers", [*where(frame, period), *at(column, query.key)])

    return drill


COMPOSITION = Analysis(composition, {key: _of_part(column) for key, _, column in PARTS})
