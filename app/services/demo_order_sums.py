"""The kept sums of benchmark orders, added up once, in the terms of `Order.__sums__` (a test compares the two)."""

from typing import Any

from sqlalchemy import DDL, Date, Integer, cast, func, insert, literal, select

from app.core.ctx import Ctx
from app.core.scope import unscoped
from app.models.order_sums import COUNTED, EVERYBODY, SPANS, OrderSum
from app.models.orders import Order

UNITS = {12: "year", 3: "quarter", 1: "month"}


async def write(ctx: Ctx) -> None:
    """Write `orders_sum` anew from all orders that count."""
    table: Any = OrderSum.__table__
    await ctx.session.execute(table.delete())
    for months in SPANS:
        first = cast(func.date_trunc(UNITS[months], Order.date), Date).label("first")
        for owner, customer in ((Order.owner_id, Order.customer_id), (Order.owner_id, None), (None, Order.customer_id)):
            keys = [EVERYBODY if key is None else key for key in (customer, owner)]
            statement = (
                select(
                    cast(literal(months), Integer),
                    first,
                    *(cast(literal(key), Integer) if isinstance(key, int) else key for key in keys),
                    func.count(),
                    func.sum(Order.total),
                    func.sum(Order.paid),
                )
                .where(Order.status.in_(COUNTED), Order.deleted_at.is_(None))
                .group_by("first", *(key for key in (owner, customer) if key is not None))
            )
            sums = insert(table).from_select([column.name for column in table.columns], statement)
            await ctx.session.execute(unscoped(sums, "sums are kept of every row"))
    await ctx.session.execute(DDL(f"analyze {table.name}"))  # type: ignore[no-untyped-call]
