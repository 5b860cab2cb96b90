"""What the rows of a table are called: people, customers and competitors by their ids."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import case, select

from app.core.arrays import one_of
from app.core.ctx import Ctx
from app.core.log_fields import label
from app.core.scope import unscoped, visible
from app.models.access.users import User
from app.models.customers.customers import Customer
from app.models.sales.competitors import Competitor
from app.services.reports.frame import Frame


async def people(ctx: Ctx, ids: Sequence[Any]) -> dict[Any, str]:
    """Return names by id; a colleague's name is no secret."""
    rows = await ctx.session.execute(select(User.id, User.name).where(User.id.in_([one for one in ids if one])))
    return {row.id: row.name for row in rows}


async def customers(frame: Frame, ids: Sequence[int]) -> dict[Any, str]:
    """Return the names of the customers that the reader may see: one may have gone to another team since."""
    shown = case((visible(frame.ctx, Customer), Customer.name)).label("name")
    among = one_of(Customer.id, ids)
    rows = await frame.ctx.session.execute(unscoped(select(Customer.id, shown).where(among), "hidden names are empty"))
    return {row.id: row.name for row in rows if row.name}


async def competitors(ctx: Ctx, ids: Sequence[Any]) -> dict[Any, tuple[str, str]]:
    """Return (code, name) by id; who may read how chances ended may know against whom."""
    asked = one_of(Competitor.id, [one for one in ids if one])
    rows = await ctx.session.execute(
        select(Competitor.id, Competitor.code, label(Competitor, ctx.language)).where(asked)
    )
    return {row_id: (code, name) for row_id, code, name in rows}
