"""Recounts of what is kept, declared beside the noun that keeps it and run by `crm verify`.

Each is cut into pieces: one statement a piece, which compares in the database and returns only what differs.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, Select, and_, func, or_, select

from app.core import nouns
from app.core.ctx import Ctx
from app.core.scope import unscoped

AT_A_TIME = 50_000
"""Rows of a piece: a fraction of a second each, and little enough to be sorted in memory."""
MOST_TOLD = 100
"""Lines of one piece: whoever meets more knows enough."""


@dataclass(frozen=True)
class Piece:
    """A statement whose rows are wrong, and what to say of each."""

    statement: Select[Any]
    line: Callable[[Row[Any]], str]

    async def wrong(self, ctx: Ctx) -> list[str]:
        """Return a line for each row that differs, of the first hundred."""
        found = await ctx.session.execute(unscoped(self.statement.limit(MOST_TOLD), "kept of every row"))
        return [self.line(row) for row in found]


Check = Callable[[Ctx], Awaitable[list[Piece]]]
_CHECKS: list[tuple[Check, frozenset[Any]]] = []


def recount(*kept: Any) -> Callable[[Check], Check]:
    """Let `crm verify` call the function; `kept`: the models whose every row it counts again."""

    def register(check: Check) -> Check:
        _CHECKS.append((check, frozenset(kept)))
        return check

    return register


def checks() -> list[Check]:
    """Return all of them, by the names of their files; raise `RuntimeError` while some may be missing."""
    nouns.known()
    return [check for check, _ in sorted(_CHECKS, key=lambda one: one[0].__module__.split(".")[::-1])]


def counted() -> frozenset[Any]:
    """Return the models whose every row is counted again."""
    return frozenset[Any]().union(*(kept for _, kept in _CHECKS))


async def ranges(ctx: Ctx, column: Any, size: int = AT_A_TIME) -> list[ColumnElement[bool]]:
    """Cut a table by its ids into ranges of so many rows; one half-open range each, the last without an end."""
    bounds: list[int] = []
    first = await ctx.session.scalar(_why(select(func.min(column))))
    while first is not None:
        bounds.append(first)
        following = select(column).where(column > first).order_by(column).offset(size - 1).limit(1)
        first = await ctx.session.scalar(_why(following))
    ends = [column < end for end in bounds[1:]]
    return [and_(column >= start, *ends[place : place + 1]) for place, start in enumerate(bounds)]


def _why(statement: Select[Any]) -> Select[Any]:
    return unscoped(statement, "cut into pieces")


def compared(table: str, keys: Sequence[str], measures: Sequence[str], kept: FromClause, counted: FromClause) -> Piece:
    """Compare rows of sums by their keys, which both sides have; a row that is not there says 0."""
    key = [func.coalesce(kept.c[name], counted.c[name]).label(name) for name in keys]
    pairs = [(func.coalesce(kept.c[name], 0), func.coalesce(counted.c[name], 0)) for name in measures]
    both = [side.label(f"{name}_{word}") for name, pair in zip(measures, pairs, strict=True)
            for side, word in zip(pair, ("kept", "counted"), strict=True)]  # fmt: skip
    same = and_(*(kept.c[name] == counted.c[name] for name in keys))
    rows = select(*key, *both).select_from(kept.join(counted, same, full=True))
    rows = rows.where(or_(*(a != b for a, b in pairs))).order_by(*(one.name for one in key))

    def line(row: Row[Any]) -> str:
        place = ", ".join(f"{name} {value}" for name, value in zip(keys, row, strict=False))
        values = list(row)[len(keys) :]
        differ = zip(measures, values[::2], values[1::2], strict=True)
        told = "; ".join(f"{name} kept {was}, counted {now}" for name, was, now in differ if was != now)
        return f"{table} ({place}): {told}"

    return Piece(rows, line)
