"""What becomes of a row when the record that it names goes for good: said at the column of the reference.

From the recycle bin: its row goes along (`info=goes(…)`), or keeps the record (`info=blocks(…)`); a reference that says
nothing is emptied. With the import that made it: a reference keeps the record, unless it is `given_back()` before.
"""

from typing import Any, NamedTuple

from sqlalchemy import Column, inspect

from app.core.db import Base
from app.core.orm import SoftDeleted


class Goes(NamedTuple):
    """The row goes along, `unless` another column names something to stay with; told to be so many of `word`, or silently."""

    word: str | None
    unless: str | None


class Blocks(NamedTuple):
    """The row keeps what it names, also from the bin; told to be so many of `word`."""

    word: str


def goes(word: str | None = None, *, unless: str | None = None) -> dict[str, Any]:
    """Return the `info` of a reference whose row goes with what it names."""
    return {"leaving": Goes(word, unless)}


def blocks(word: str) -> dict[str, Any]:
    """Return the `info` of a reference whose row keeps what it names."""
    return {"leaving": Blocks(word)}


def given_back() -> dict[str, Any]:
    """Return the `info` of a reference that is no use of what it names: stock that it holds, what its people were told."""
    return {"given_back": True}


def is_given_back(column: Any) -> bool:
    """Tell whether a reference is taken back before the record goes, so that it does not keep it."""
    return "given_back" in column.info


def fate(column: Any) -> Goes | Blocks | None:
    """Return what is said of a reference; None: it is emptied."""
    found: Goes | Blocks | None = column.info.get("leaving")
    return found


def told(kind: type[Goes] | type[Blocks]) -> list[str]:
    """Return the words of all that goes along, or of all that keeps something."""
    said = [fate(column) for table in Base.metadata.sorted_tables for column in table.columns]
    return sorted({one.word for one in said if isinstance(one, kind) and one.word})


def hanging(model: Any) -> list[tuple[Any, str]]:
    """Return the models whose records go along with those of a model and may lie in the bin, each with the attribute that names it."""
    found = [
        (one.class_, prop.key)
        for one in Base.registry.mappers
        for prop in one.column_attrs
        if issubclass(one.class_, SoftDeleted)
        and isinstance(fate(prop.columns[0]), Goes)
        and any(key.column.table is model.__table__ for key in prop.columns[0].foreign_keys)
    ]
    return sorted(found, key=lambda one: str(one[0].__table__))


def stays_with(column: Column[Any]) -> Column[Any] | None:
    """Return the column that may name something else to stay with."""
    said = fate(column)
    if not isinstance(said, Goes) or not said.unless:
        return None
    mapper = next(one for one in Base.registry.mappers if one.local_table is column.table)
    other: Column[Any] = inspect(mapper).columns[said.unless]
    return other
