"""How the totals of orders follow when two regions become one."""

from typing import Any

from sqlalchemy import delete, literal, select

from app.core.ctx import Ctx
from app.core.items import on_merge
from app.models.orders.totals import OrderTotal, named
from app.models.orders.totals_kept import adding

T = OrderTotal
MEASURED: tuple[Any, ...] = (T.customers, T.orders, T.total, T.paid)


@on_merge("region")
async def merge_region(ctx: Ctx, old: str, new: str) -> None:
    """Add the totals of a region to another's and remove them; its customers were changed, and so locked, before."""
    rows = select(*named(T.months, T.first, T.owner_id, literal(new), T.part, *MEASURED)).where(T.region == old)
    await ctx.session.execute(adding(rows))
    await ctx.session.execute(delete(T).where(T.region == old))
