"""How customers are served (domain section 6, report 3), over the services created in the period."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Numeric, Select, case, cast, extract, func, select, tuple_

from app.core.arrays import one_of
from app.core.scope import unscoped
from app.models.care.services import Service
from app.models.goods.products import Product
from app.schemas.reports.reports import Dimension, Kind
from app.schemas.reports.rows import DrillQuery
from app.services.reports.behind import Analysis, Behind, Drill, at, month_of
from app.services.reports.figures import figure, ratio
from app.services.reports.frame import WHY, Frame
from app.services.reports.groups import WHOLE, Rows, each_way
from app.services.reports.names import customers, people
from app.services.reports.period import Period
from app.services.reports.served import STATES, month, once, overdue, pairs, rated, where
from app.services.reports.tables import Layout, key_of

HOUR_S = Decimal(3600)
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
CATEGORIES = Layout("categories", Dimension.SERVICE_CATEGORY, MEASURES)
PRODUCTS = Layout("products", Dimension.PRODUCT, MEASURES)
MONTHS = Layout("months", Dimension.MONTH, MEASURES, chart="line")
KEYS = ("type", "category", "product", "month", "assignee")


async def service(frame: Frame) -> dict[str, Any]:
    """Services by type and status, by category, product and month, how often the same, how fast, how well."""
    periods = frame.period, frame.before
    now, before = [await _measured(frame, period) for period in periods]
    whole, earlier = now[WHOLE][None], before[WHOLE][None]
    repeats, repeats_before = [await _pairs(frame, period) for period in periods]
    states, states_before = [await _states(frame, period) for period in periods]
    total = [sum(row[place] for row in states.values()) for place in range(1 + len(STATES))]
    figures = [
        figure(key, kind, whole[place], earlier[place], _base(key, whole))
        for place, (key, kind) in enumerate(MEASURES)
        if key not in {"rated", "once"}
    ]
    sums, names = whole[: len(MEASURES)], await people(frame.ctx, list(now["assignee"]))
    return {
        "kept": False,
        "figures": [*figures, figure("repeats", Kind.COUNT, repeats[0], repeats_before[0])],
        "tables": [
            TYPES.table(states, states_before, {}, total),
            QUALITY.table(_shown(now["type"]), _shown(before["type"]), {}, sums),
            CATEGORIES.table(_shown(now["category"]), _shown(before["category"]), {}, sums),
            await _products(frame, _shown(now["product"]), _shown(before["product"]), sums),
            _months(frame, _shown(now["month"]), _shown(before["month"]), sums),
            ASSIGNEES.table(_shown(now["assignee"]), _shown(before["assignee"]), names, sums),
            await _repeats(frame, repeats[1]),
        ],
    }


def _shown(rows: Rows) -> Rows:
    return {key: row[: len(MEASURES)] for key, row in rows.items()}


def _base(key: str, whole: list[Any]) -> int | None:
    bases = {"satisfaction": whole[4], "once_rate": whole[8], "deal_hours": whole[9], "assign_hours": whole[10]}
    return bases.get(key)


def _facts(frame: Frame, period: Period) -> Select[Any]:
    """Select of each service what it is grouped by and what is measured of it."""
    return select(
        Service.type.label("type"),
        Service.category.label("category"),
        Service.product_id.label("product"),
        month(frame).label("month"),
        Service.assignee_id.label("assignee"),
        _hours(Service.first_assigned_at).label("assigning"),
        _hours(Service.first_dealt_at).label("dealing"),
        case((rated(), Service.satisfaction)).label("stars"),
        once().label("once"),
        (Service.status == "archived").label("archived"),
        overdue(frame).label("late"),
    ).where(*where(frame, period))


def _aggregates(each: Any) -> list[Any]:
    return [
        func.count(),
        func.avg(each.assigning),
        func.avg(each.dealing),
        func.avg(each.stars),
        func.count(each.stars),
        func.count().filter(each.once),
        func.count().filter(each.archived),
        func.count().filter(each.late),
        func.count(each.dealing),
        func.count(each.assigning),
    ]


async def _measured(frame: Frame, period: Period) -> dict[str, Rows]:
    """Return by each key the measures, and after them what they rest on: archived, dealt and assigned ones."""
    found = await each_way(frame, _facts(frame, period), KEYS, _aggregates)
    return {name: {key: _with_rate(*values) for key, values in rows.items()} for name, rows in found.items()}


def _with_rate(*values: Any) -> list[Any]:
    first, archived, *rest = values[5:]
    return [*values[:6], ratio(Decimal(first), Decimal(archived)), rest[0], archived, *rest[1:]]


def _hours(moment: Any) -> ColumnElement[Any]:
    return cast(extract("epoch", moment - Service.opened_at), Numeric) / HOUR_S


async def _products(frame: Frame, now: Rows, before: Rows, total: list[Any]) -> dict[str, Any]:
    """Lay out the products that were served most; those of a large range do not all fit a screen."""
    ranking = sorted(now, key=lambda product: (-now[product][0], product is None, product))
    most = frame.most
    shown = ranking[:most]
    known = one_of(Product.id, (one for one in shown if one is not None))
    rows = await frame.ctx.session.execute(select(Product.id, Product.name).where(known))
    names = {row.id: row.name for row in rows}
    return PRODUCTS.table(now, before, names, total, order=shown, cut=len(ranking) > most)


def _months(frame: Frame, now: Rows, before: Rows, total: list[Any]) -> dict[str, Any]:
    """Lay out the months in their order, each beside the one as many months before as the period is long.

    Days that are no whole months have no such month: nothing stands beside them.
    """
    length = frame.period.months
    earlier = {_later(key, length): row for key, row in before.items()} if length else None
    return MONTHS.table(now, earlier, {key: key for key in now}, total, order=sorted(now))


def _later(key: str, months: int) -> str:
    place = int(key[:4]) * 12 + int(key[5:]) - 1 + months
    return f"{place // 12:04}-{place % 12 + 1:02}"


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
    most = frame.most
    shown = ranking[:most]
    columns = (("count", Kind.COUNT), *((key_of(kind), Kind.COUNT) for kind in kinds))
    layout = Layout("repeats", Dimension.CUSTOMER, columns, series=Dimension.SERVICE_TYPE)
    names = await customers(frame, shown)
    total = [sum(row[place] for row in rows.values()) for place in range(len(columns))]
    table = layout.table(rows, None, names, total, order=shown, cut=len(ranking) > most)
    for row in table["rows"]:
        row["id"] = row["id"] if row["name"] else None
    return table


def _served(column: Any) -> Drill:
    async def drill(frame: Frame, query: DrillQuery) -> Behind:
        narrowed: dict[str, Any] = {
            "assign_hours": Service.first_assigned_at.is_not(None),
            "deal_hours": Service.first_dealt_at.is_not(None),
            "satisfaction": rated(),
            "rated": rated(),
            "once": once(),
            "once_rate": Service.status == "archived",
            "overdue": overdue(frame),
        } | {state: Service.status == state for state in STATES}
        also = [narrowed[query.column]] if query.column in narrowed else []
        return Behind("services", [*where(frame, frame.period), *also, *at(column, query.key)])

    return drill


async def _served_in_month(frame: Frame, query: DrillQuery) -> Behind:
    asked = query.model_copy(update={"key": None})
    found = await _served(Service.type)(frame, asked)
    month = [] if query.key is None else month_of(query.key).instants(frame.ctx, Service.opened_at)
    return Behind(found.noun, [*found.clauses, *month])


async def _served_again(frame: Frame, query: DrillQuery) -> Behind:
    again = pairs(frame, frame.period).subquery()
    repeated = tuple_(Service.customer_id, Service.type).in_(select(again.c[0], again.c[1]))
    kind = [] if query.column in {None, "count"} else at(Service.type, query.column)
    clauses = [*where(frame, frame.period), repeated, *kind, *at(Service.customer_id, query.key)]
    return Behind("services", clauses)


SERVICE = Analysis(
    service,
    {
        "types": _served(Service.type),
        "quality": _served(Service.type),
        "assignees": _served(Service.assignee_id),
        "categories": _served(Service.category),
        "products": _served(Service.product_id),
        "months": _served_in_month,
        "repeats": _served_again,
    },
)
