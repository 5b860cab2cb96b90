"""Columns that follow from another one of their row (normal forms, skeletons), declared where they are mapped.

Whoever sets the source sets the derived column with it (`flush.derived`); rows that are written past the mapper go through `complete`.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import inspect


class Derived(NamedTuple):
    """Which attribute a column follows, and how."""

    source: str
    read: Callable[[str], str | None]

    def of(self, value: str | None) -> str | None:
        """Return what the column says beside a value of its source."""
        return None if value is None else self.read(value)


def derives(source: str, read: Callable[[str], str | None]) -> dict[str, Any]:
    """Return the `info` of a column that follows `source`; the log, which has the source, does not repeat it."""
    return {"secret": True, "derived": Derived(source, read)}


@cache
def derived(model: Any) -> dict[str, Derived]:
    """Return the derived attributes of a model."""
    columns = {prop.key: prop.columns[0] for prop in inspect(model).column_attrs}
    return {key: column.info["derived"] for key, column in columns.items() if "derived" in column.info}


def complete(model: Any, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with the columns that follow from what it says."""
    return row | {name: one.of(row[one.source]) for name, one in derived(model).items() if one.source in row}
