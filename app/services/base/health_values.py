"""What older versions took and a person should look at: log-in names that look alike, days that a number became."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, func, inspect, or_, select

from app.core.ctx import Ctx
from app.core.db import Base
from app.core.lookalikes import skeleton
from app.core.scope import unscoped
from app.models.access.users import User
from app.services.base import settings

WHY = "whoever keeps the system running is told of every row"
AT_MOST = 100
DAYS = "verify.days_of_1970"
YEAR = dt.date(1970, 1, 1), dt.date(1971, 1, 1)
SPANS = ((dt.date(1970, 1, 1), dt.date(1970, 1, 2)), (dt.date(1970, 8, 8), dt.date(1970, 8, 31)))
"""Where numbers went that were taken for seconds since 1970: days of spreadsheets, and dates such as 20240305."""
OF_PEOPLE = {"birthday", "anniversary"}
"""Days that may well lie in 1970: of these only what falls into the spans is told."""


async def doubts(ctx: Ctx) -> list[str]:
    """Return a line for each value to look at, at most a hundred of a kind; none of them is changed."""
    return await _names(ctx) + [line for one in _columns() for line in await _days(ctx, *one)]


async def counts(ctx: Ctx) -> dict[str, int]:
    """Return how many log-in names look like an earlier one, and how many days came from numbers when last counted."""
    names = await ctx.session.scalar(select(func.count()).select_from(User).where(User.skeleton.is_(None)))
    return {"alike_names": names or 0, "days_of_1970": (await settings.values(ctx.session))[DAYS]}


async def note(ctx: Ctx) -> None:
    """Count the days that came from numbers, which reads every row: once a night, not for each look at the health page."""
    days = 0
    for model, column in _columns():
        counted = select(func.count()).select_from(model).where(_doubtful(column))
        days += await ctx.session.scalar(unscoped(counted, WHY)) or 0
    await settings.put(ctx.session, DAYS, days)


async def _names(ctx: Ctx) -> list[str]:
    later = await ctx.session.scalars(select(User.user_name).where(User.skeleton.is_(None)).limit(AT_MOST))
    names = {name: skeleton(name) for name in later}
    earlier = select(User.skeleton, User.user_name).where(User.skeleton.in_(set(names.values())))
    known = {row.skeleton: row.user_name for row in await ctx.session.execute(earlier)}
    return [f"sys_user {name}: looks like {known.get(look, look)}" for name, look in sorted(names.items())]


def _columns() -> Iterator[tuple[Any, Any]]:
    """Yield every business day of every record."""
    for mapper in sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__name__):
        attributes = inspect(mapper.class_).column_attrs
        if "id" in attributes:
            for prop in attributes:
                if isinstance(prop.columns[0].type, Date):
                    yield mapper.class_, prop.class_attribute


def _doubtful(column: Any) -> ColumnElement[bool]:
    if column.key in OF_PEOPLE:
        return or_(*(column.between(first, last) for first, last in SPANS))
    return and_(column >= YEAR[0], column < YEAR[1])


async def _days(ctx: Ctx, model: Any, column: Any) -> list[str]:
    rows = select(model.id, column).where(_doubtful(column)).order_by(model.id).limit(AT_MOST)
    found = await ctx.session.execute(unscoped(rows, WHY))
    return [f"{model.__tablename__} {row_id} {column.key}: {day}" for row_id, day in found]
