"""The kept sums of benchmark orders, added up once, in the terms of `Order.__sums__` (a test compares the two)."""

from typing import Any

from sqlalchemy import DDL, Date, Integer, cast, func, insert, literal, select

from app.core.ctx import Ctx
from app.core.scope import unscoped
from app.models.orders.orders import Order
from app.models.orders.sums import COUNTED, EVERYBODY, SPANS, OrderSum
from app.models.orders.totals import OrderTotal
from app.services.orders import totals as order_totals

UNITS = {12: "year", 3: "quarter", 1: "month"}


async def write(ctx: Ctx) -> None:
    """Write `orders_sum`, and from it `orders_total`, anew from all orders that count."""
    table: Any = OrderSum.__table__
    await ctx.session.execute(table.delete())
    for months in SPANS:
        first = cast(func.date_trunc(UNITS[months], Order.date), Date).label("first")
        for owner in (Order.owner_id, None):
            statement = (
                select(
                    cast(literal(months), Integer),
                    first,
                    Order.customer_id,
                    cast(literal(EVERYBODY), Integer) if owner is None else owner,
                    func.count(),
                    func.sum(Order.total),
                    func.sum(Order.paid),
                )
                .where(Order.status.in_(COUNTED), Order.deleted_at.is_(None))
                .group_by("first", Order.customer_id, *([] if owner is None else [owner]))
            )
            sums = insert(table).from_select([column.name for column in table.columns], statement)
            await ctx.session.execute(unscoped(sums, "sums are kept of every row"))
    await order_totals.write(ctx)
    for name in (table.name, OrderTotal.__tablename__):
        await ctx.session.execute(DDL(f"analyze {name}"))  # type: ignore[no-untyped-call]
