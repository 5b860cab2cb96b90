"""Rows that a statement takes as one array a column: one statement however many there are, and one to be prepared."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY, Insert, insert


def insert_arrays(columns: Sequence[Column[Any]]) -> Insert:
    """Return the statement that writes rows of these columns; `arrays` makes its parameters."""
    values = [func.unnest(bindparam(column.name, type_=ARRAY(column.type))) for column in columns]
    return insert(columns[0].table).inline().from_select([column.name for column in columns], select(*values))


def arrays(rows: Sequence[dict[str, Any]]) -> dict[str, list[Any]]:
    """Turn rows into one array a column."""
    return {name: [row[name] for row in rows] for name in rows[0]} if rows else {}
