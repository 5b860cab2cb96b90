"""Ids drawn before their rows exist, for batches whose rows name each other."""

from typing import Any

from sqlalchemy import func, select

from app.core.ctx import Ctx


async def draw(ctx: Ctx, model: Any, count: int) -> list[int]:
    """Return `count` new ids of a table from its identity sequence, in one statement."""
    if not count:
        return []
    column = model.__table__.primary_key.columns[0]
    sequence = func.pg_get_serial_sequence(model.__table__.name, column.name)
    drawn = await ctx.session.scalars(select(func.nextval(sequence)).select_from(func.generate_series(1, count)))
    return [int(value) for value in drawn]
