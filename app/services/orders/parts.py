"""What an order shows beside its own facts: lines with their tax and stock, payments, shipments."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.core.arrays import one_of
from app.core.ctx import Ctx
from app.core.prepared import ROW_ID
from app.core.reference import Reference
from app.core.scope import unscoped
from app.models.access.users import User
from app.models.goods.products import Product
from app.models.goods.storage import Storage
from app.models.orders.orders import OrderLine
from app.models.orders.payments import OrderPayment
from app.models.orders.shipments import OrderShipment, ShipmentLine
from app.services.goods import incoming
from app.services.orders import amounts as order_amounts
from app.services.orders.amounts import CHECKED

Payer, Shipper = aliased(User), aliased(User)
FREE = (
    select(func.sum(Storage.count - Storage.reserved))
    .where(Storage.product_id == OrderLine.product_id)
    .scalar_subquery()
)
FACTS: tuple[Any, ...] = (
    OrderLine.id, OrderLine.version, Reference("product", Product.id, Product.name), Product.code.label("product_code"),
    OrderLine.count, OrderLine.unit, OrderLine.price, OrderLine.discount, OrderLine.amount, OrderLine.tax_rate,
)  # fmt: skip
LINE: tuple[Any, ...] = (
    *FACTS, FREE.label("available"), *incoming.of(OrderLine.product_id),
    func.sum(OrderLine.count).over(partition_by=OrderLine.product_id).label("wanted"),
)  # fmt: skip
PAYMENT: tuple[Any, ...] = (
    OrderPayment.id, OrderPayment.version, OrderPayment.date, OrderPayment.amount, OrderPayment.method,
    OrderPayment.memo, Reference("created_by", Payer.id, Payer.name), OrderPayment.created_at,
)  # fmt: skip
SHIPMENT: tuple[Any, ...] = (
    OrderShipment.id, OrderShipment.version, OrderShipment.number, OrderShipment.date, OrderShipment.carrier,
    OrderShipment.tracking_no, OrderShipment.memo, OrderShipment.external_id, Reference("created_by", Shipper.id, Shipper.name),
    OrderShipment.created_at, ShipmentLine.line_id, ShipmentLine.count,
)  # fmt: skip

LINES = unscoped(
    select(*LINE)
    .join(Product, Product.id == OrderLine.product_id)
    .where(OrderLine.order_id == ROW_ID)
    .order_by(OrderLine.id),
    CHECKED,
)
"""The lines with what is free of their products."""
PAYMENTS = unscoped(
    select(*PAYMENT)
    .outerjoin(Payer, Payer.id == OrderPayment.created_by)
    .where(OrderPayment.order_id == ROW_ID)
    .order_by(OrderPayment.date, OrderPayment.id),
    CHECKED,
)
SHIPMENTS = unscoped(
    select(*SHIPMENT)
    .join(ShipmentLine, ShipmentLine.shipment_id == OrderShipment.id)
    .outerjoin(Shipper, Shipper.id == OrderShipment.created_by)
    .where(OrderShipment.order_id == ROW_ID)
    .order_by(OrderShipment.date, OrderShipment.id, ShipmentLine.line_id),
    CHECKED,
)


async def of(ctx: Ctx, order: Any) -> dict[str, Any]:
    """Return lines, payments, shipments and the tax in all of the row of an order; nothing shipped, or paid: no question."""
    shipments = await _shipments(ctx, order.id) if order.delivery_state != "none" else []
    left: Counter[int] = Counter()
    for brought in (line for shipment in shipments for line in shipment["lines"]):
        left[brought["line_id"]] += brought["count"]
    lines = []
    for row in await ctx.session.execute(LINES, {"row_id": order.id}):
        # What is completed was delivered, also where no shipment was ever recorded (imports, older orders).
        shipped = row.count if order.status == "completed" else left[row.id]
        short = order.status == "draft" and row.available is not None and row.wanted > row.available
        lines.append({**_taxed(row), "shipped": shipped, "short": short})
    payments = (await ctx.session.execute(PAYMENTS, {"row_id": order.id})).all() if order.paid else []
    whole = sum((line["tax"] for line in lines if line["tax"] is not None), order_amounts.NOTHING)
    return {"lines": lines, "tax": whole, "payments": payments, "shipments": shipments}


def _taxed(row: Any) -> dict[str, Any]:
    return {**row._asdict(), "tax": order_amounts.tax(row.amount, row.tax_rate)}


async def lines_of(ctx: Ctx, order_ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """Return the lines of orders that were checked, by order and in their order: one statement for a page of them."""
    statement = select(OrderLine.order_id, *FACTS).join(Product, Product.id == OrderLine.product_id)
    statement = statement.where(one_of(OrderLine.order_id, order_ids)).order_by(OrderLine.order_id, OrderLine.id)
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in await ctx.session.execute(unscoped(statement, CHECKED)):
        found[row.order_id].append(_taxed(row))
    return found


async def _shipments(ctx: Ctx, order_id: int) -> list[dict[str, Any]]:
    """Return the shipments, oldest first, each with what it brought: one statement."""
    found: dict[int, dict[str, Any]] = {}
    brought: defaultdict[int, list[dict[str, int]]] = defaultdict(list)
    for row in await ctx.session.execute(SHIPMENTS, {"row_id": order_id}):
        facts = row._asdict()
        brought[row.id].append({"line_id": facts.pop("line_id"), "count": facts.pop("count")})
        found[row.id] = facts
    return [facts | {"lines": brought[shipment_id]} for shipment_id, facts in found.items()]
