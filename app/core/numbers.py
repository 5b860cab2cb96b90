"""Human numbers: a prefix, the company's date and seven digits of a sequence. Gaps are allowed.

The date is the one on which the number is given, also to what is told of the past.
"""

from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, FetchedValue, Sequence, Text, cast, func, literal, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core.ctx import Ctx
from app.core.db import Base

DIGITS = 7


def sequence(name: str) -> Sequence:
    """Declare a sequence that starts over after seven digits; the date keeps numbers apart."""
    return Sequence(name, metadata=Base.metadata, maxvalue=10**DIGITS - 1, cycle=True)


def numbered(name: str) -> Mapped[str]:
    """Map the column of a human number: what is drawn comes back with the row's INSERT."""
    return mapped_column(name, unique=True, server_default=FetchedValue())


def number(ctx: Ctx, prefix: str, source: Sequence) -> ColumnElement[Any]:
    """Return the next number as an SQL expression, so that it costs no statement of its own."""
    return _next(_start(ctx, prefix), source)


def _start(ctx: Ctx, prefix: str) -> str:
    return f"{prefix}{(ctx.teller or ctx).today:%Y%m%d}"


@lru_cache(maxsize=64)
def _next(start: str, source: Sequence) -> ColumnElement[Any]:
    """Build the expression once a day: building it costs as much as inserting the row."""
    digits = func.lpad(cast(source.next_value(), Text), DIGITS, "0")
    return literal(start, Text).concat(digits)


async def numbers(ctx: Ctx, prefix: str, source: Sequence, count: int) -> list[str]:
    """Return `count` numbers at once, for batches."""
    drawn = await ctx.session.scalars(select(source.next_value()).select_from(func.generate_series(1, count)))
    return [f"{_start(ctx, prefix)}{value:0{DIGITS}d}" for value in drawn]
