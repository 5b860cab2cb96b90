"""A customer's transactions: each line goes from a chance over its order to delivery and payment.

An order stands with the chance that it came from; a chance that led to several orders has a line for each, one
that led to none stands alone. What is out of the caller's scope is left out of the line.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Subquery, and_, cast, exists, func, literal, null, select, tuple_, union_all
from sqlalchemy.orm import aliased

from app.core.arrays import one_of
from app.core.ctx import Ctx
from app.core.cursor import decode, digest, encode
from app.core.prepared import given
from app.core.scope import seen, unscoped, visible
from app.models.customers.customers import Customer
from app.models.orders.orders import COUNTED, Order
from app.models.sales.chances import Chance
from app.schemas.orders.transactions import TransactionQuery
from app.services.orders.orders import OVERDUE

SEEN = "the lines were narrowed to what is visible"
CHANCE: tuple[Any, ...] = (
    Chance.id, Chance.number, Chance.title, Chance.status,
    func.coalesce(Chance.close_value, Chance.amount).label("amount"), Chance.closed_on,
)  # fmt: skip
ORDER: tuple[Any, ...] = (
    Order.id, Order.number, Order.contract_no, Order.status, Order.date, Order.total, Order.paid, Order.payment_state,
    Order.delivery_state, Order.due_date, OVERDUE.label("overdue"),
)  # fmt: skip
OF_CHANCES = {"succeeded": "won", "failed": "failed"}


async def page(ctx: Ctx, customer_id: int, query: TransactionQuery) -> dict[str, Any]:
    """Return a page of a customer's transactions, those that began last first; raise `NotFound`."""
    await seen(ctx, Customer, customer_id)
    lines, filters = _lines(ctx, customer_id), digest({"customer": customer_id})
    statement = select(lines).order_by(lines.c.at.desc(), lines.c.key.desc()).limit(query.limit + 1)
    if query.cursor:
        at, key = decode(query.cursor, "transactions", filters, datetime)
        statement = statement.where(tuple_(lines.c.at, lines.c.key) < tuple_(at, key))
    found = (await ctx.session.execute(unscoped(statement, SEEN))).all()
    shown = found[: query.limit]
    chances = await _by_id(ctx, CHANCE, (line.chance_id for line in shown))
    sold = await _by_id(ctx, ORDER, (line.order_id for line in shown))
    items = [(line.at, chances.get(line.chance_id), sold.get(line.order_id)) for line in shown]
    more = len(found) > query.limit
    return {
        "items": [
            {"at": at, "stage": stage(chance, order), "chance": chance, "order": order} for at, chance, order in items
        ],
        "next_cursor": encode("transactions", filters, shown[-1].at, shown[-1].key) if more else None,
    }


def _lines(ctx: Ctx, customer_id: int) -> Subquery:
    """Return the lines as (at, key, order, chance); the key tells chances (odd) from orders of the same moment."""
    ordered = aliased(Order)
    orders = (
        select(Order.created_at.label("at"), (Order.id * 2).label("key"), Order.id.label("order_id"),
               Chance.id.label("chance_id"))
        .outerjoin(Chance, and_(Chance.id == Order.chance_id, visible(ctx, Chance)))
        .where(Order.customer_id == customer_id, visible(ctx, Order))
    )  # fmt: skip
    has_order = exists(select(literal(1)).where(ordered.chance_id == Chance.id, visible(ctx, ordered)))
    chances = select(Chance.created_at, Chance.id * 2 + 1, cast(null(), BigInteger), Chance.id).where(
        Chance.customer_id == customer_id, visible(ctx, Chance), ~has_order
    )
    return union_all(orders, chances).subquery()


async def _by_id(ctx: Ctx, columns: tuple[Any, ...], ids: Iterable[int | None]) -> dict[int | None, Any]:
    """Return the rows of these ids by their first column."""
    statement = unscoped(select(*columns).where(one_of(columns[0], [one for one in ids if one])), SEEN)
    return {row.id: row for row in await ctx.session.execute(statement, given(ctx))}


def stage(chance: Any, order: Any) -> str:
    """Return how far a transaction came, which has a chance or an order: of what is paid before it is delivered, the delivery is still to come."""
    if order is None:
        return OF_CHANCES.get(chance.status, "chance")
    if order.status not in COUNTED:
        return str(order.status)
    if order.delivery_state != "shipped":
        return "confirmed"
    return "settled" if order.payment_state == "paid" else "delivered"
