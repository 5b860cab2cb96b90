"""What a customer ordered: numbers, sums, rhythm and favourite products."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import func, select

from app.core.ctx import Ctx
from app.core.guarded import sees
from app.core.money import rounded
from app.core.reference import Reference
from app.core.scope import scoped, seen, visible
from app.models.customers.customers import Customer
from app.models.goods.products import Product
from app.models.orders.orders import COUNTED, Order, OrderLine
from app.services.orders.amounts import NOTHING

TOP = 10
TENTH = Decimal("0.1")


async def summary(ctx: Ctx, customer_id: int) -> dict[str, Any]:
    """Sum up the confirmed and completed orders of a customer that the caller sees; raise `NotFound`.

    The average interval (days) is that between one order and the next, rounded half up to tenths.
    """
    await seen(ctx, Customer, customer_id)
    counted = (Order.customer_id == customer_id, Order.status.in_(COUNTED))
    sums = select(
        func.count().label("count"),
        func.coalesce(func.sum(Order.total), Decimal(0)).label("total"),
        func.coalesce(func.sum(Order.paid), Decimal(0)).label("paid"),
        func.coalesce(func.sum(Order.total - Order.paid).filter(Order.due_date < ctx.today), NOTHING).label("overdue"),
        func.min(Order.date).label("first_date"),
        func.max(Order.date).label("last_date"),
    ).select_from(Order)
    row = (await ctx.session.execute(scoped(ctx, sums.where(*counted), Order))).one()
    amount = func.sum(OrderLine.amount).label("amount")
    best = (
        select(Reference("product", Product.id, Product.name), func.sum(OrderLine.count).label("count"), amount)
        .select_from(Order)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Product, Product.id == OrderLine.product_id)
        .where(*counted, visible(ctx, Order))
        .group_by(Product.id, Product.name)
        .order_by(amount.desc(), Product.id)
        .limit(TOP)
    )
    products = (await ctx.session.execute(best.execution_options(scoped="visible"))).all()
    finance = await sees(ctx, Customer, customer_id)
    owed = {"paid": row.paid, "unpaid": row.total - row.paid, "overdue": row.overdue}
    shown = owed if finance else dict.fromkeys(owed)
    return {**row._asdict(), "finance": finance, **shown, **_averages(row), "products": products}


def _averages(row: Any) -> dict[str, Decimal | None]:
    interval = average = None
    if row.count:
        average = rounded(row.total / row.count)
    if row.count > 1:
        days = Decimal((row.last_date - row.first_date).days)
        interval = (days / (row.count - 1)).quantize(TENTH, ROUND_HALF_UP)
    return {"average_total": average, "average_interval_days": interval}
