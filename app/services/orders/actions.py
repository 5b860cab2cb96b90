"""The life cycle of an order as a table: from where to where, by whom, and what blocks a step (domain section 5)."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import and_, exists, select

from app.core.ctx import Ctx
from app.core.prepared import ROW_ID
from app.core.scope import get, unscoped
from app.core.steps import Block, Step, Steps
from app.core.ways import By, reach
from app.models.access.rbac import Permission as P
from app.models.orders.orders import Order, OrderLine
from app.services.orders import amounts as order_amounts

DRAFT, CONFIRMED = frozenset({"draft"}), frozenset({"confirmed"})
UNLINED = and_(Order.status == "draft", ~exists().where(OrderLine.order_id == Order.id)).label("unlined")
"""A draft without lines: what lists and details read of the lines for their steps."""
LINED = unscoped(select(OrderLine.id).where(OrderLine.order_id == ROW_ID).limit(1), order_amounts.CHECKED)


class Holding(NamedTuple):
    """What decides who may do what with an order: `holder_id` is its owner, else the customer's manager."""

    status: str
    holder_id: int | None
    total: Decimal
    paid: Decimal
    delivery_state: str
    unlined: bool


def of_row(row: Mapping[str, Any]) -> Holding:
    """Return what decides over a row of the list, or a detail."""
    holder = (row["owner"] or {}).get("id")
    return Holding(row["status"], holder, row["total"], row["paid"], row["delivery_state"], row["unlined"])


def _code(code: str) -> Callable[[Any], dict[str, Any]]:
    return lambda _order: {"code": code}


WRITES = (By(P.orders_write, reach("holder_id")),)
LINES = Block(lambda _, order: order.unlined, "An order without lines cannot be confirmed.", _code("no_lines"))
PAYMENTS = Block(
    lambda _, order: order.paid != 0, "Payments are recorded: remove them first.",
    lambda order: {"code": "payments_recorded", "paid": str(order.paid)},
)  # fmt: skip
SHIPMENTS = Block(
    lambda _, order: order.delivery_state != "none", "Shipments are recorded: remove them first.", _code("shipped")
)
SHIPPED = Block(
    lambda _, order: order.delivery_state == "shipped", "Everything has been shipped.", _code("all_shipped")
)
UNSHIPPED = Block(
    lambda _, order: order.delivery_state == "none", "No shipment is recorded.", _code("no_shipments")
)  # fmt: skip
SETTLED = Block(lambda _, order: order.paid >= order.total, "Nothing is left to be paid.", _code("nothing_unpaid"))
UNPAID = Block(lambda _, order: order.paid == 0, "No payment is recorded.", _code("no_payments"))
STEPS = Steps(
    {
        "update": Step(DRAFT | CONFIRMED, None, WRITES),
        "edit_lines": Step(DRAFT, None, WRITES),
        "delete": Step(DRAFT, None, WRITES),
        "confirm": Step(DRAFT, "confirmed", WRITES, blocks=(LINES,)),
        "ship": Step(CONFIRMED, None, WRITES, blocks=(SHIPPED,)),
        "remove_shipment": Step(CONFIRMED, None, WRITES, blocks=(UNSHIPPED,)),
        "complete": Step(CONFIRMED, "completed", WRITES),
        "cancel": Step(DRAFT | CONFIRMED, "cancelled", WRITES, blocks=(PAYMENTS, SHIPMENTS)),
        "pay": Step(CONFIRMED | {"completed"}, None, WRITES, blocks=(SETTLED,)),
        "remove_payment": Step(CONFIRMED | {"completed"}, None, WRITES, blocks=(UNPAID,)),
    }
)


async def locked(ctx: Ctx, order_id: int, step: str, version: int | None = None) -> Order:
    """Return the order with its row locked, after all that may refuse the step."""
    order, held = await found(ctx, order_id)
    STEPS.check(ctx, step, held, order, version)
    return order


async def found(ctx: Ctx, order_id: int) -> tuple[Order, Holding]:
    """Return an order that the caller may read, locked, and what decides over it: for a step about one of its parts."""
    order = await get(ctx, Order, order_id, lock=True)
    unlined = order.status == "draft" and not await ctx.session.scalar(LINED, {"row_id": order_id})
    return order, _of(ctx, order, unlined=unlined)


async def lined(ctx: Ctx, order_id: int, step: str, version: int | None = None) -> tuple[Order, list[OrderLine]]:
    """Return the order, locked, with its lines, after all that may refuse a step about these."""
    order = await get(ctx, Order, order_id, lock=True)
    lines = await order_amounts.lines_of(ctx, order_id)
    STEPS.check(ctx, step, _of(ctx, order, unlined=order.status == "draft" and not lines), order, version)
    return order, lines


def _of(ctx: Ctx, order: Order, *, unlined: bool) -> Holding:
    return Holding(_status_then(ctx, order), order.holder_id, order.total, order.paid, _delivered(ctx, order), unlined)


def _status_then(ctx: Ctx, order: Order) -> str:
    """Return the state of an order; what is told of the past of a completed one was while it was confirmed."""
    return "confirmed" if ctx.teller and order.status == "completed" else order.status


def _delivered(ctx: Ctx, order: Order) -> str:
    """Return how far an order is delivered; in the past its shipments alone say so."""
    return "partial" if ctx.teller else order.delivery_state
