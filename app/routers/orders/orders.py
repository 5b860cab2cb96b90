"""Orders."""

from typing import Annotated, Any

from fastapi import Query

from app.core.ctx import Ctx
from app.core.paging import Page, Paged
from app.models.access.rbac import Permission as P
from app.routers.base import feeds
from app.routers.deps import Allow, Id
from app.routers.etags import IfMatch, MayMatch
from app.routers.route import NounRouter
from app.schemas.base.audit import HistoryQuery, LogRow
from app.schemas.orders.lines import LinePatch, LinesBody, LineWrite
from app.schemas.orders.orders import (
    CancelBody,
    OrderPatch,
    OrderQuery,
    OrderRead,
    OrderRow,
    OrderWrite,
)  # fmt: skip
from app.schemas.orders.payments import PaymentWrite
from app.schemas.orders.shipments import ShipmentWrite
from app.schemas.orders.summary import OrderSummaryRead
from app.services.base import audit
from app.services.orders import lines as order_lines
from app.services.orders import orders as service
from app.services.orders import payments as order_payments
from app.services.orders import shipments as order_shipments
from app.services.orders import steps as order_steps
from app.services.orders import summary as order_summary

router = NounRouter("/orders", "orders", "Orders, shipments and payments", busy=True)
customer_orders = NounRouter("/customers/{customer_id}/orders", "orders")
Reader = Annotated[Ctx, Allow(P.orders_read)]
Writer = Annotated[Ctx, Allow(P.orders_write)]


@customer_orders.get("/summary", response_model=OrderSummaryRead)
async def summarise_customer_orders(ctx: Reader, customer_id: Id) -> dict[str, Any]:
    """Sum up what a customer ordered."""
    return await order_summary.summary(ctx, customer_id)


@router.get("", response_model=Page[OrderRow])
async def list_orders(ctx: Reader, query: Annotated[OrderQuery, Query()]) -> Paged:
    """List the orders in your data scope, a page at a time."""
    return await service.page(ctx, query)


feeds.offer(router, P.orders_read, service.listing)


@router.post("", response_model=OrderRead, status_code=201)
async def create_order(ctx: Writer, body: OrderWrite) -> dict[str, Any]:
    """Create a draft with its lines."""
    return await service.create(ctx, body)


@router.get("/{order_id}", response_model=OrderRead)
async def get_order(ctx: Reader, order_id: Id) -> dict[str, Any]:
    """Return an order with lines, payments, shipments, the stock for its lines, and what you may do with it."""
    return await service.get_detail(ctx, order_id)


@router.patch("/{order_id}", response_model=OrderRead)
async def update_order(ctx: Writer, order_id: Id, version: IfMatch, body: OrderPatch) -> dict[str, Any]:
    """Change facts of a draft; of a confirmed order what confirmation does not fix."""
    return await service.update(ctx, order_id, version, body)


@router.delete("/{order_id}", status_code=204)
async def delete_order(ctx: Writer, order_id: Id, version: IfMatch) -> None:
    """Move a draft to the recycle bin."""
    await service.delete(ctx, order_id, version)


@router.post("/{order_id}/restore", response_model=OrderRead)
async def restore_order(ctx: Writer, order_id: Id) -> dict[str, Any]:
    """Bring a draft back from the recycle bin."""
    return await service.restore(ctx, order_id)


@router.post("/{order_id}/lines", response_model=OrderRead, status_code=201)
async def add_order_line(ctx: Writer, order_id: Id, body: LineWrite) -> dict[str, Any]:
    """Add a line to a draft; returns the whole order."""
    return await order_lines.add(ctx, order_id, body)


@router.put("/{order_id}/lines", response_model=OrderRead)
async def replace_order_lines(ctx: Writer, order_id: Id, version: IfMatch, body: LinesBody) -> dict[str, Any]:
    """Replace all lines of a draft under the order's version."""
    return await order_lines.replace(ctx, order_id, version, body)


@router.patch("/{order_id}/lines/{line_id}", response_model=OrderRead)
async def update_order_line(
    ctx: Writer, order_id: Id, line_id: Id, version: IfMatch, body: LinePatch
) -> dict[str, Any]:
    """Change a line of a draft; If-Match is the line's version. Returns the whole order."""
    return await order_lines.change(ctx, order_id, line_id, version, body)


@router.delete("/{order_id}/lines/{line_id}", response_model=OrderRead)
async def remove_order_line(ctx: Writer, order_id: Id, line_id: Id, version: IfMatch) -> dict[str, Any]:
    """Remove a line of a draft; If-Match is the line's version. Returns the whole order."""
    return await order_lines.remove(ctx, order_id, line_id, version)


@router.post("/{order_id}/confirm", response_model=OrderRead)
async def confirm_order(ctx: Writer, order_id: Id, version: MayMatch) -> dict[str, Any]:
    """Confirm: the stock of all lines is reserved, the owner fixed."""
    return await order_steps.confirm(ctx, order_id, version)


@router.post("/{order_id}/complete", response_model=OrderRead)
async def complete_order(ctx: Writer, order_id: Id, version: MayMatch) -> dict[str, Any]:
    """Complete: what has not been shipped leaves as a last shipment."""
    return await order_steps.complete(ctx, order_id, version)


@router.post("/{order_id}/cancel", response_model=OrderRead)
async def cancel_order(ctx: Writer, order_id: Id, body: CancelBody, version: MayMatch) -> dict[str, Any]:
    """Cancel, with a reason; not while payments or shipments are recorded."""
    return await order_steps.cancel(ctx, order_id, version, body)


@router.post("/{order_id}/payments", response_model=OrderRead, status_code=201)
async def add_order_payment(ctx: Writer, order_id: Id, body: PaymentWrite, version: MayMatch) -> dict[str, Any]:
    """Record a payment; returns the whole order."""
    return await order_payments.add(ctx, order_id, version, body)


@router.delete("/{order_id}/payments/{payment_id}", response_model=OrderRead)
async def remove_order_payment(ctx: Writer, order_id: Id, payment_id: Id, version: IfMatch) -> dict[str, Any]:
    """Remove a payment; If-Match is the payment's version. Returns the whole order."""
    return await order_payments.remove(ctx, order_id, payment_id, version)


@router.post("/{order_id}/shipments", response_model=OrderRead, status_code=201)
async def add_order_shipment(ctx: Writer, order_id: Id, body: ShipmentWrite, version: MayMatch) -> dict[str, Any]:
    """Record what left of a confirmed order; its pieces leave the stock. Returns the whole order."""
    return await order_shipments.add(ctx, order_id, version, body)


@router.delete("/{order_id}/shipments/{shipment_id}", response_model=OrderRead)
async def remove_order_shipment(ctx: Writer, order_id: Id, shipment_id: Id, version: IfMatch) -> dict[str, Any]:
    """Remove a shipment; If-Match is the shipment's version. Its pieces are back in stock, held by the order."""
    return await order_shipments.remove(ctx, order_id, shipment_id, version)


@router.get("/{order_id}/history", response_model=Page[LogRow])
async def list_order_history(ctx: Reader, order_id: Id, query: Annotated[HistoryQuery, Query()]) -> Paged:
    """Return who changed what of an order and its lines, payments and shipments, newest first."""
    await service.get_detail(ctx, order_id)
    return await audit.history(ctx, "orders", order_id, query)
