"""A customer's transactions: each line goes from a chance over its order to delivery and payment.

An order stands with the chance that it came from; a chance that led to several orders has a line for each, one
that led to none stands alone. What is out of the caller's scope is left out of the line.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, and_, cast, exists, literal, null, select, tuple_, union_all
from sqlalchemy.orm import aliased

from app.core.arrays import one_of
from app.core.ctx import Ctx
from app.core.cursor import decode, digest, encode
from app.core.scope import get, unscoped, visible
from app.models.chances import Chance
from app.models.customers import Customer
from app.models.orders import COUNTED, Order
from app.schemas.transactions import TransactionQuery

SEEN = "the lines were narrowed to what is visible"
CHANCE: tuple[Any, ...] = (
    Chance.id, Chance.number, Chance.title, Chance.status, Chance.amount, Chance.close_value, Chance.closed_on,
)  # fmt: skip
ORDER: tuple[Any, ...] = (
    Order.id, Order.number, Order.contract_no, Order.status, Order.date, Order.total, Order.paid, Order.payment_state,
    Order.delivery_state, Order.due_date,
)  # fmt: skip
OF_CHANCES = {"succeeded": "won", "failed": "failed"}


async def page(ctx: Ctx, customer_id: int, query: TransactionQuery) -> Any:
    """Return a page of a customer's transactions, those that began last first; raise `NotFound`."""
    await get(ctx, Customer, customer_id)
    lines, filters = _lines(ctx, customer_id), digest({"customer": customer_id})
    statement = select(lines).order_by(lines.c.at.desc(), lines.c.key.desc()).limit(query.limit + 1)
    if query.cursor:
        at, key = decode(query.cursor, "transactions", filters, datetime)
        statement = statement.where(tuple_(lines.c.at, lines.c.key) < tuple_(at, key))
    found = (await ctx.session.execute(unscoped(statement, SEEN))).all()
    shown = found[: query.limit]
    chances = await _chances(ctx, [line.chance_id for line in shown])
    orders = await _orders(ctx, [line.order_id for line in shown])
    items = [_row(line.at, chances.get(line.chance_id), orders.get(line.order_id)) for line in shown]
    more = len(found) > query.limit
    return {
        "items": items,
        "next_cursor": encode("transactions", filters, shown[-1].at, shown[-1].key) if more else None,
    }


def _lines(ctx: Ctx, customer_id: int) -> Any:
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


async def _chances(ctx: Ctx, ids: list[int | None]) -> dict[int, dict[str, Any]]:
    rows = await ctx.session.execute(
        unscoped(select(*CHANCE).where(one_of(Chance.id, [one for one in ids if one])), SEEN)
    )
    found = {}
    for row in rows:
        worth = row.amount if row.close_value is None else row.close_value
        found[row.id] = {**row._asdict(), "amount": worth}
    return found


async def _orders(ctx: Ctx, ids: list[int | None]) -> dict[int, dict[str, Any]]:
    rows = await ctx.session.execute(
        unscoped(select(*ORDER).where(one_of(Order.id, [one for one in ids if one])), SEEN)
    )
    found = {}
    for row in rows:
        late = row.due_date is not None and row.due_date < ctx.today
        owed = row.status in COUNTED and row.paid < row.total
        found[row.id] = {**row._asdict(), "overdue": late and owed}
    return found


def _row(at: datetime, chance: dict[str, Any] | None, order: dict[str, Any] | None) -> dict[str, Any]:
    return {"at": at, "stage": stage(chance, order), "chance": chance, "order": order}


def stage(chance: dict[str, Any] | None, order: dict[str, Any] | None) -> str:
    """Return how far a transaction came: of what is paid before it is delivered, the delivery is still to come."""
    if order is None:
        return OF_CHANCES.get(str(chance and chance["status"]), "chance")
    if order["status"] not in COUNTED:
        return str(order["status"])
    if order["delivery_state"] != "shipped":
        return "confirmed"
    return "settled" if order["payment_state"] == "paid" else "delivered"
