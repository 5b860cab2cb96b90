"""Substring search that Chinese needs: two-character words through an index of neighbouring characters."""

import unicodedata
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal_column, or_, text

from app.core import phones

TAIL_OPS = {"tail": "text_pattern_ops"}
NFKC: ColumnElement[str] = literal_column("NFKC")
SHORTEST = 2
"""Characters: what a pair of neighbours needs."""


def escape(text: str) -> str:
    """Escape LIKE's wildcards."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def folded(text: str) -> str:
    """Return a text as `crm_bigrams` reads it: without differences of width and composition."""
    return unicodedata.normalize("NFKC", text)


def tail(column: str) -> ColumnElement[str]:
    """Return a number backwards, for an index: people are found by the last digits of their phone."""
    return func.reverse(text(column)).label("tail")


def within(column: Any, text: str) -> ColumnElement[bool]:
    """Match rows whose column has the text anywhere, whatever its width and case; for few rows, or behind an index."""
    clause: ColumnElement[bool] = func.normalize(column, NFKC).ilike(f"%{escape(folded(text))}%", escape="\\")
    return clause


def contains(column: Any, text: str) -> ColumnElement[bool]:
    """Match rows whose column contains the text; the GIN index on `crm_bigrams(column)` finds them.

    Bigrams do not prove adjacency, hence the second condition. One character matches as a prefix. Both sides are
    folded (NFKC): full and half width, composed and decomposed letters are the same.
    """
    if len(text) < SHORTEST:
        return starts(func.lower(func.normalize(column, NFKC)), folded(text).lower())
    return and_(
        func.crm_bigrams(column).op("@>", is_comparison=True)(func.crm_bigrams(text)),
        within(column, text),
    )


def ends(number: Any, text: str) -> ColumnElement[bool]:
    """Match rows whose telephone (`core.phones`) ends with the digits of a text, by the index on `tail`."""
    return or_(*(starts(func.reverse(number), one[::-1]) for one in phones.tails(text)))


def starts(column: Any, text: str) -> ColumnElement[bool]:
    """Match rows whose column starts with the text."""
    clause: ColumnElement[bool] = column.like(f"{escape(text)}%", escape="\\")
    return clause
