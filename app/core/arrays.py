"""Rows that a statement takes as one array a column: one statement however many there are, and one to be prepared."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Column, ColumnElement, any_, bindparam, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY, Insert, insert


def insert_arrays(columns: Sequence[Column[Any]]) -> Insert:
    """Return the statement that writes rows of these columns; `arrays` makes its parameters."""
    return _insert({column.name: column for column in columns})


@cache
def insert_rows(model: type[Any], *attributes: str) -> Insert:
    """Return the statement that writes rows given by these attributes of a model, past the session's flush.

    A thousand rows take a quarter of the time that one execution for each would.
    """
    return _insert({name: model.__mapper__.columns[name] for name in attributes})


def one_of(column: Any, ids: Iterable[int]) -> ColumnElement[bool]:
    """Return the predicate that an id is among these, one bound array: `in_` binds a thousand ids one by one."""
    found: ColumnElement[bool] = column == any_(literal(list(ids), ARRAY(BigInteger)))
    return found


def among(column: Any, name: str = "ids") -> ColumnElement[bool]:
    """Return `one_of` for a statement that is built once: the ids are its parameter."""
    found: ColumnElement[bool] = column == any_(bindparam(name, type_=ARRAY(BigInteger)))
    return found


def arrays(rows: Sequence[dict[str, Any]]) -> dict[str, list[Any]]:
    """Turn rows into one array a column."""
    return {name: [row[name] for row in rows] for name in rows[0]} if rows else {}


def _insert(columns: Mapping[str, Column[Any]]) -> Insert:
    values = [func.unnest(bindparam(name, type_=ARRAY(column.type))) for name, column in columns.items()]
    table = next(iter(columns.values())).table
    return insert(table).inline().from_select([column.name for column in columns.values()], select(*values))
