"""Counts again what is kept of orders: sums of customers, totals of regions, what lines, payments and shipments say."""

from datetime import date
from typing import Any

from sqlalchemy import CTE, Integer, Subquery, case, cast, func, literal, or_, select, union_all
from sqlalchemy.sql.elements import ColumnElement

from app.core.ctx import Ctx
from app.core.recounts import Piece, compared, ranges, recount
from app.core.scope import unscoped
from app.models.customers.customers import Customer
from app.models.orders.orders import Order, OrderLine
from app.models.orders.payments import OrderPayment
from app.models.orders.shipments import ShipmentLine
from app.models.orders.sums import COUNTED, EVERYBODY, SPANS, OrderSum, span_start
from app.models.orders.totals import OrderTotal, region_of

SUM_KEYS = ("ors_months", "ors_first", "ors_owner_id", "ors_cust_id")
SUMS = ("ors_orders", "ors_total", "ors_paid")
TOTAL_KEYS = ("ort_months", "ort_first", "ort_owner_id", "ort_region")
TOTALS = ("ort_customers", "ort_orders", "ort_total", "ort_paid")


@recount(OrderSum, OrderTotal)
async def sums(ctx: Ctx) -> list[Piece]:
    """Add up what customers ordered again, period by period, and from that what regions did."""
    found = [_periods(first, months) for first, months in await _spans(ctx)]
    return [piece for pair in found for piece in pair]


async def _spans(ctx: Ctx) -> list[tuple[date, int]]:
    """Return the first days and months of the periods that orders lie in or that something is kept of."""
    spans: set[tuple[date, int]] = set()
    for model in (OrderSum, OrderTotal):
        spans |= {(row[0], row[1]) for row in await ctx.session.execute(select(model.first, model.months).distinct())}
    days = unscoped(select(Order.date).where(Order.status.in_(COUNTED)).distinct(), "kept of every row")
    for day in await ctx.session.scalars(days):
        spans |= {(span_start(day, months), months) for months in SPANS}
    return sorted(spans)


def _periods(first: date, months: int) -> tuple[Piece, Piece]:
    counted = _counted(first, months)
    return (
        compared("orders_sum", SUM_KEYS, SUMS, _kept(OrderSum, first, months), counted),
        compared(
            "orders_total", TOTAL_KEYS, TOTALS, _kept_totals(first, months), _counted_totals(counted, first, months)
        ),
    )


def _counted(first: date, months: int) -> CTE:
    """Return what each customer ordered in the period from each owner, and from all of them."""
    end = date(first.year + (first.month - 1 + months) // 12, (first.month - 1 + months) % 12 + 1, 1)
    in_period = (Order.date >= first, Order.date < end, Order.status.in_(COUNTED), Order.deleted_at.is_(None))
    measures: tuple[Any, ...] = (func.count(), func.sum(Order.total), func.sum(Order.paid))
    labelled = [measure.label(name) for measure, name in zip(measures, SUMS, strict=True)]
    keys = (Order.owner_id.label("ors_owner_id"), Order.customer_id.label("ors_cust_id"))
    owners = select(*_period("ors", first, months), *keys, *labelled).where(*in_period).group_by(*keys).cte("owners")
    o = owners.c
    added = [func.sum(o[name]).label(name) for name in SUMS]
    everybody = select(o.ors_months, o.ors_first, literal(EVERYBODY, Integer), o.ors_cust_id, *added)
    everybody = everybody.group_by(o.ors_months, o.ors_first, o.ors_cust_id)
    return union_all(select(*o), everybody).cte("counted")


def _period(prefix: str, first: date, months: int) -> list[ColumnElement[Any]]:
    return [cast(literal(months), Integer).label(f"{prefix}_months"), literal(first).label(f"{prefix}_first")]


def _kept(model: Any, first: date, months: int) -> Subquery:
    return select(*model.__table__.c).where(model.months == months, model.first == first).subquery("kept")


def _kept_totals(first: date, months: int) -> Subquery:
    """Add up the parts among which the totals of everybody are shared out."""
    kept = _kept(OrderTotal, first, months).c
    keys = [kept[name] for name in TOTAL_KEYS]
    return select(*keys, *(func.sum(kept[name]).label(name) for name in TOTALS)).group_by(*keys).subquery("totals")


def _counted_totals(counted: CTE, first: date, months: int) -> Subquery:
    c, region = counted.c, region_of(Customer).label("ort_region")
    measures = (func.count().filter(c.ors_total > 0), *(func.sum(c[name]) for name in SUMS))
    named = [measure.label(name) for measure, name in zip(measures, TOTALS, strict=True)]
    rows = select(*_period("ort", first, months), c.ors_owner_id.label("ort_owner_id"), region, *named)
    rows = rows.join_from(counted, Customer, Customer.id == c.ors_cust_id)
    return rows.group_by(c.ors_owner_id, region).subquery("regions")


@recount()
async def amounts(ctx: Ctx) -> list[Piece]:
    """Add up the lines and payments of every order again."""
    cut = await ranges(ctx, Order.id)
    parts = ((OrderLine, Order.total), (OrderPayment, Order.paid))
    return [_added(part, column, orders) for part, column in parts for orders in cut]


def _added(part: Any, column: Any, orders: ColumnElement[bool]) -> Piece:
    sums = select(func.sum(part.amount)).where(part.order_id == Order.id).scalar_subquery()
    each = select(Order.number, column.label("kept"), func.coalesce(sums, 0).label("added")).where(orders)
    row = each.order_by(Order.id).subquery("each").c
    rows = select(*row).where(row.kept != row.added)
    return Piece(rows, lambda row: f"orders {row.number} {column.key}: kept {row.kept}, added up {row.added}")


@recount()
async def deliveries(ctx: Ctx) -> list[Piece]:
    """Say again how far each order is delivered: completed is shipped, confirmed goes by what left of its lines."""
    return [_delivered(orders) for orders in await ranges(ctx, Order.id)]


def _delivered(orders: ColumnElement[bool]) -> Piece:
    ordered = select(func.sum(OrderLine.count)).where(OrderLine.order_id == Order.id).scalar_subquery()
    shipped = select(func.sum(ShipmentLine.count)).join(OrderLine, OrderLine.id == ShipmentLine.line_id)
    left = shipped.where(OrderLine.order_id == Order.id).scalar_subquery()
    numbers = select(
        Order.id, Order.number, Order.status, Order.delivery_state, ordered.label("ordered"), left.label("left")
    )
    one = numbers.where(orders).subquery("one").c
    state = case(
        (one.status == "completed", "shipped"),
        (or_(one.status != "confirmed", one.left.is_(None)), "none"),
        (one.left < one.ordered, "partial"),
        else_="shipped",
    )
    rows = select(one.number, one.delivery_state, state.label("state"))
    rows = rows.where(or_(one.delivery_state != state, one.left > one.ordered)).order_by(one.id)
    return Piece(
        rows, lambda row: f"orders {row.number} delivery_state: kept {row.delivery_state}, counted {row.state}"
    )
