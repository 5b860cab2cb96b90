"""Totals of orders by region: what a merged region leaves behind, and all of them counted anew."""

from typing import Any

from sqlalchemy import Select, delete, func, literal, select

from app.core.ctx import Ctx
from app.core.scope import unscoped
from app.models.customers import Customer
from app.models.order_sums import OrderSum
from app.models.order_totals import KEYS, MEASURES, OrderTotal, part_of, region_of
from app.models.order_totals_kept import adding

T = OrderTotal
MEASURED: tuple[Any, ...] = (T.customers, T.orders, T.total, T.paid)


async def merge_region(ctx: Ctx, old: str, new: str) -> None:
    """Add the totals of a region to another's and remove them; its customers were changed, and so locked, before."""
    named = (
        one.label(name)
        for one, name in zip(
            (T.months, T.first, T.owner_id, literal(new), T.part, *MEASURED), (*KEYS, *MEASURES), strict=True
        )
    )
    await ctx.session.execute(adding(select(*named).where(T.region == old)))
    await ctx.session.execute(delete(T).where(T.region == old))


async def write(ctx: Ctx) -> None:
    """Write `orders_total` anew from `orders_sum`, where that was filled past the flush."""
    await ctx.session.execute(delete(T))
    await ctx.session.execute(unscoped(adding(from_sums()), "totals are kept of every row"))


def from_sums() -> Select[Any]:
    """Return the totals, row by row, as the sums of customers give them."""
    s = OrderSum
    keys: tuple[Any, ...] = (s.months, s.first, s.owner_id, region_of(Customer), part_of(s.owner_id, s.customer_id))
    above = func.count().filter(s.total > 0)
    measures: tuple[Any, ...] = (above, func.sum(s.orders), func.sum(s.total), func.sum(s.paid))
    named: list[Any] = [one.label(name) for one, name in zip((*keys, *measures), (*KEYS, *MEASURES), strict=True)]
    return select(*named).join(Customer, Customer.id == s.customer_id).where(s.orders > 0).group_by(*KEYS)
