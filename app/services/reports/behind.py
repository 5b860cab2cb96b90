"""The records behind a number of a report: what an analysis declares beside its tables, and the blocks to say it with.

A drill is the report's own clauses, narrowed to a row and a column of one of its tables.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Integer

from app.core.errors import Invalid
from app.core.types import MAX_ID
from app.schemas.reports.rows import DrillQuery
from app.services.reports.frame import Frame
from app.services.reports.period import Period, month_length
from app.services.reports.tables import value_of


class Behind(NamedTuple):
    """The records behind a number: which noun, and the clauses that they meet."""

    noun: str
    clauses: list[Any]


Drill = Callable[[Frame, DrillQuery], Awaitable[Behind]]


class Analysis(NamedTuple):
    """An analysis: what computes its answer (figures and tables), and the drill of each table by its key."""

    compute: Callable[[Frame], Awaitable[dict[str, Any]]]
    drills: Mapping[str, Drill]


def unknown_row() -> Invalid:
    """Return what is said of a row that a table cannot have."""
    return Invalid("/key", "unknown", "The table has no such row.")


def number(key: str) -> int:
    """Return the key of a row as an id; raise `Invalid`."""
    if not key.isascii() or not key.isdigit() or int(key) > MAX_ID:
        raise unknown_row()
    return int(key)


def month_of(key: str) -> Period:
    """Return the days of a row's month (`2026-03`); raise `Invalid`."""
    try:
        first = date.fromisoformat(f"{key}-01")
    except ValueError:
        raise unknown_row() from None
    return Period(first, first.replace(day=month_length(first)))


def at(column: Any, key: str | None) -> list[Any]:
    """Return the clause of a row's key over the column that the table is grouped by."""
    if key is None:
        return []
    value = value_of(key)
    if value is None:
        return [column.is_(None)]
    return [column == (number(value) if isinstance(column.type, Integer) else value)]
