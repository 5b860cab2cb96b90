"""The installation's one currency: amounts are kept in it, so that it cannot change once there are any."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Numeric, select

from app.core.ctx import Ctx
from app.core.db import Base
from app.core.errors import Conflict
from app.core.scope import unscoped

SETTING = "company.currency"


async def check_change(ctx: Ctx, before: str, after: str) -> None:
    """Raise `Conflict` (409) when the currency would change under amounts that are stored."""
    if before == after:
        return
    for column in amounts():
        stored = select(column).where(column.is_not(None)).limit(1)
        if await ctx.session.scalar(unscoped(stored, "whether there is any amount")) is not None:
            raise Conflict("Amounts are stored already: the currency cannot be changed.", code="amounts_stored")


def amounts() -> Iterator[Any]:
    """Yield the columns of records that hold money (sums kept of them say no more)."""
    for mapper in sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__name__):
        if "id" in mapper.column_attrs:
            for prop in mapper.column_attrs:
                kind = prop.columns[0].type
                if (
                    isinstance(kind, Numeric)
                    and (kind.precision, kind.scale) == (18, 2)
                    and not prop.columns[0].computed
                ):
                    yield prop.class_attribute
