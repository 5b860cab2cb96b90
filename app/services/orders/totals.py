"""Totals of orders by region, all of them counted anew."""

from typing import Any

from sqlalchemy import Select, delete, func, select

from app.core.ctx import Ctx
from app.core.scope import unscoped
from app.models.customers.customers import Customer
from app.models.orders.sums import OrderSum
from app.models.orders.totals import KEYS, OrderTotal, named, part_of, region_of
from app.models.orders.totals_kept import adding

T = OrderTotal


async def write(ctx: Ctx) -> None:
    """Write `orders_total` anew from `orders_sum`, where that was filled past the flush."""
    await ctx.session.execute(delete(T))
    await ctx.session.execute(unscoped(adding(from_sums()), "totals are kept of every row"))


def from_sums() -> Select[Any]:
    """Return the totals, row by row, as the sums of customers give them."""
    s = OrderSum
    keys: tuple[Any, ...] = (s.months, s.first, s.owner_id, region_of(Customer), part_of(s.owner_id, s.customer_id))
    measures = (func.count().filter(s.total > 0), func.sum(s.orders), func.sum(s.total), func.sum(s.paid))
    rows = select(*named(*keys, *measures)).join(Customer, Customer.id == s.customer_id)
    return rows.where(s.orders > 0).group_by(*KEYS)
