"""Which customers were lost (domain section 6, report 4).

An entry belongs to whom its customer is with now; the table of managers names who had the customer when it was warned of.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Date, ScalarSelect, and_, cast, func, literal, or_, select

from app.core.scope import unscoped
from app.models.care.losses import OPEN, Loss
from app.models.customers.customers import Customer
from app.models.orders.orders import COUNTED, Order
from app.schemas.reports.reports import Dimension, Kind
from app.schemas.reports.rows import DrillQuery
from app.services.reports.behind import Analysis, Behind, Drill, at, unknown_row
from app.services.reports.figures import figure, ratio
from app.services.reports.frame import WHY, Frame
from app.services.reports.names import people
from app.services.reports.period import Period
from app.services.reports.tables import Layout

YEAR = 365
"""Days up to the last order whose orders are what was lost."""
COLUMNS = (("count", Kind.COUNT), ("share", Kind.PERCENT), ("value", Kind.MONEY))
MONTH = func.to_char(Loss.lost_date, "YYYY-MM")
TABLES: tuple[tuple[str, Dimension, Any, str], ...] = (
    ("loss_reasons", Dimension.LOSS_REASON, Loss.reason, "pie"),
    ("managers", Dimension.PERSON, Loss.manager_id, "bar"),
    ("months", Dimension.MONTH, MONTH, "line"),
    ("level", Dimension.LEVEL, Customer.level, "pie"),
    ("region", Dimension.REGION, Customer.region, "pie"),
)
"""Each table, over entries joined with their customer."""
STATES = Layout("states", Dimension.STATE, (("count", Kind.COUNT),), chart="none")


def ours(frame: Frame) -> list[ColumnElement[bool]]:
    """Return the clauses of the customers whose entries count."""
    region = [] if frame.query.region is None else [Customer.region == frame.query.region]
    return [Customer.deleted_at.is_(None), *frame.owned(Customer.manager_id), *region]


def entries(frame: Frame) -> list[ColumnElement[bool]]:
    """Return the same clauses over entries alone, which repeat the customer's manager: an index has all they ask."""
    return [Loss.deleted_at.is_(None), *frame.owned(Loss.owner_id), *frame.in_region(Loss.customer_id)]


def where(frame: Frame, period: Period) -> list[ColumnElement[bool]]:
    """Return the clauses of the losses of a period, over entries joined with their customer."""
    return [Loss.status == "lost", *period.days(Loss.lost_date), *ours(frame)]


OF_PERIOD = {"recovered", "returned"}
"""Of `states`: what happened in the period; the others tell of now."""


def states(frame: Frame) -> dict[str, list[ColumnElement[bool]]]:
    """Return what else is counted of entries: how it stands now, and what ended or came back in the period."""
    closed = frame.period.instants(frame.ctx, Loss.closed_at)
    return {
        "warned": [Loss.status == "warning"],
        "delayed": [Loss.status == "delayed"],
        "review_overdue": [Loss.status.in_(OPEN), Loss.review_date < frame.ctx.today],
        "recovered": [Loss.status == "recovered", *closed],
        "returned": frame.period.instants(frame.ctx, Loss.returned_at),
    }


def _value() -> ScalarSelect[Decimal]:
    """Return what the customer of an entry ordered in the 365 days up to its last order."""
    since = Loss.last_order_date - literal(YEAR)
    return (
        select(func.coalesce(func.sum(Order.total), 0))
        .where(Order.customer_id == Loss.customer_id, Order.status.in_(COUNTED), Order.deleted_at.is_(None))
        .where(Order.date > cast(since, Date), Order.date <= Loss.last_order_date)
        .correlate(Loss)
        .scalar_subquery()
    )


async def loss(frame: Frame) -> dict[str, Any]:
    """Losses of the period by reason, manager, month, level and region; how many were kept; what is open now."""
    periods = frame.period, frame.before
    now, before = [await _lost(frame, period) for period in periods]
    existing = [await _existing(frame, period.first) for period in periods]
    ended = [await _ended(frame, period) for period in periods]
    counts = {key: await _count(frame, clauses) for key, clauses in states(frame).items()}
    numbers, values = [len(rows) for rows in (now, before)], [_sum(rows) for rows in (now, before)]
    rates = [ratio(Decimal(n), Decimal(there)) for n, there in zip(numbers, existing, strict=True)]
    recovery = [ratio(Decimal(saved), Decimal(saved + gone)) for saved, gone in ended]
    tables = [await _table(frame, place, now, before) for place in range(len(TABLES))]
    counted = {key: [count] for key, count in counts.items()}
    return {
        "kept": False,
        "figures": [
            figure("lost_customers", Kind.COUNT, numbers[0], numbers[1]),
            figure("loss_rate", Kind.PERCENT, rates[0], rates[1], existing[0]),
            figure("recovery_rate", Kind.PERCENT, recovery[0], recovery[1], sum(ended[0])),
            figure("value_lost", Kind.MONEY, values[0], values[1], numbers[0]),
            *(figure(key, Kind.COUNT, count, now=key not in OF_PERIOD) for key, count in counts.items()),
        ],
        "tables": [*tables, STATES.table(counted, order=list(counts), of_now=set(counts) - OF_PERIOD)],
    }


async def _lost(frame: Frame, period: Period) -> Sequence[Any]:
    """Return each loss of a period as (value, key of each table): there are few, and five tables want them."""
    keys = (column.label(f"key_{place}") for place, (_, _, column, _) in enumerate(TABLES))
    statement = select(_value().label("value"), *keys).select_from(Loss).join(Customer, Customer.id == Loss.customer_id)
    return (await frame.ctx.session.execute(unscoped(statement.where(*where(frame, period)), WHY))).all()


def _sum(rows: Sequence[Any]) -> Decimal:
    return sum((row.value for row in rows), Decimal(0))


async def _table(frame: Frame, place: int, now: Sequence[Any], before: Sequence[Any]) -> dict[str, Any]:
    key, dimension, _, chart = TABLES[place]
    found, earlier = _grouped(now, place), _grouped(before, place)
    named: Mapping[Any, str] = await people(frame.ctx, list(found)) if dimension is Dimension.PERSON else {}
    months = dimension is Dimension.MONTH
    if months:
        named = {month: month for month in found}
    total = [len(now), ratio(Decimal(len(now)), Decimal(len(now))), _sum(now)]
    layout = Layout(key, dimension, COLUMNS, chart=chart)
    return layout.table(found, None if months else earlier, named, total, order=sorted(found) if months else None)


def _grouped(rows: Sequence[Any], place: int) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for row in rows:
        part = found.setdefault(row[place + 1], [0, None, Decimal(0)])
        part[0], part[2] = part[0] + 1, part[2] + row.value
    for part in found.values():
        part[1] = ratio(Decimal(part[0]), Decimal(len(rows)))
    return found


async def _existing(frame: Frame, first: date) -> int:
    """Count the customers that existed and were not lost at the start of a day: all that existed, less the lost."""
    moment = frame.start(first)
    existed = [Customer.opened_on < first, *ours(frame)]
    back = or_(Loss.returned_at.is_(None), Loss.returned_at >= moment)
    lost = select(func.count(Loss.customer_id.distinct())).join(Customer, Customer.id == Loss.customer_id)
    lost = lost.where(Loss.status == "lost", Loss.lost_date < first, back, *existed)
    statement = select(func.count() - lost.scalar_subquery()).select_from(Customer).where(*existed)
    return int(await frame.ctx.session.scalar(unscoped(statement, WHY)) or 0)


async def _ended(frame: Frame, period: Period) -> tuple[int, int]:
    """Return how many entries were closed in a period as recovered, and how many as lost."""
    recovered, lost = (func.count().filter(Loss.status == status) for status in ("recovered", "lost"))
    statement = select(recovered, lost).where(*period.instants(frame.ctx, Loss.closed_at), *entries(frame))
    saved, gone = (await frame.ctx.session.execute(unscoped(statement, WHY))).one()
    return saved, gone


async def _count(frame: Frame, clauses: Sequence[ColumnElement[bool]]) -> int:
    statement = select(func.count()).select_from(Loss).where(*clauses, *entries(frame))
    return int(await frame.ctx.session.scalar(unscoped(statement, WHY)) or 0)


def _lost_by(column: Any) -> Drill:
    async def drill(frame: Frame, query: DrillQuery) -> Behind:
        return Behind("losses", [*where(frame, frame.period), *at(column, query.key)])

    return drill


async def _entered(frame: Frame, query: DrillQuery) -> Behind:
    known = {key: and_(*clauses) for key, clauses in states(frame).items()}
    if query.key is not None and query.key not in known:
        raise unknown_row()
    wanted = or_(*known.values()) if query.key is None else known[query.key]
    return Behind("losses", [wanted, *ours(frame)])


LOSS = Analysis(loss, {key: _lost_by(column) for key, _, column, _ in TABLES} | {"states": _entered})
