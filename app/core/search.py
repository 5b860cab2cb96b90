"""Substring search that Chinese needs: two-character words through an index of neighbouring characters."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func

SHORTEST = 2
"""Characters: what a pair of neighbours needs."""


def escape(text: str) -> str:
    """Escape LIKE's wildcards."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def contains(column: Any, text: str) -> ColumnElement[bool]:
    """Match rows whose column contains the text; the GIN index on `crm_bigrams(column)` finds them.

    Bigrams do not prove adjacency, hence the second condition. One character matches as a prefix.
    """
    if len(text) < SHORTEST:
        return starts(func.lower(column), text.lower())
    return and_(
        func.crm_bigrams(column).op("@>", is_comparison=True)(func.crm_bigrams(text)),
        column.ilike(f"%{escape(text)}%", escape="\\"),
    )


def starts(column: Any, text: str) -> ColumnElement[bool]:
    """Match rows whose column starts with the text."""
    clause: ColumnElement[bool] = column.like(f"{escape(text)}%", escape="\\")
    return clause
