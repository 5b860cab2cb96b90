"""Substring search that Chinese needs: two-character words through an index of neighbouring characters.

Each way to find a row has two sides: what an index answers, and what is asked of a row that was found otherwise.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal_column, or_, text

from app.core.sought import Sought, escape, folded

TAIL_OPS = {"tail": "text_pattern_ops"}
NFKC: ColumnElement[str] = literal_column("NFKC")


@dataclass(frozen=True)
class Match:
    """One way in which a text finds rows.

    `index` is what an index answers (None: there is none), `check` what is asked of a row at hand. `proves`: the index answers
    the whole question; else its rows are checked.
    """

    index: ColumnElement[bool] | None
    check: ColumnElement[bool]
    proves: bool = False

    @property
    def clause(self) -> ColumnElement[bool]:
        """Return the predicate of its rows."""
        if self.index is None:
            return self.check
        return self.index if self.proves else and_(self.index, self.check)


def together(*ways: Match) -> Match:
    """Return ways into one table as one: their indexes are read together, and each row once.

    An OR of whole clauses would ask of every row that one index found what the others ask: pairs of letters, 26 µs a row.
    """
    indexes = [way.index for way in ways if way.index is not None]
    index = or_(*indexes) if len(indexes) == len(ways) else None
    return Match(index, or_(*(way.check for way in ways)), all(way.proves for way in ways))


def tail(column: str) -> ColumnElement[str]:
    """Return a number backwards, for an index: people are found by the last digits of their phone."""
    return func.reverse(text(column)).label("tail")


def first(column: Any) -> ColumnElement[str]:
    """Return the first character of a column, folded and small, for an index: what one character is looked for in."""
    return func.left(func.lower(func.normalize(column, NFKC)), 1)


def within(column: Any, text: str) -> ColumnElement[bool]:
    """Match rows whose column has the text anywhere, whatever its width and case; for few rows, or behind an index."""
    return _like(column, f"%{escape(folded(text))}%")


def _like(column: Any, pattern: Any) -> ColumnElement[bool]:
    """Match a column whatever its width and case. Letters of one byte each have one form: folding them is most of the cost."""
    plain: ColumnElement[bool] = column.ilike(pattern, escape="\\")
    wide = func.octet_length(column) != func.char_length(column)
    return or_(plain, and_(wide, func.normalize(column, NFKC).ilike(pattern, escape="\\")))


def asked(column: Any, sought: Sought) -> Match:
    """Find the text anywhere in a column without an index, row by row."""
    return Match(None, _like(column, sought.value("q_part")))


def contains(column: Any, sought: Sought) -> Match:
    """Find the text anywhere in a column, by the GIN index on `crm_bigrams(column)`; one character by the index on `first`.

    Bigrams do not prove adjacency, hence the check. One character matches as a prefix. Both sides are folded (NFKC): full
    and half width, composed and decomposed letters are the same.
    """
    if sought.short:
        return Match(first(column) == func.lower(sought.value("q")), _like(column, sought.value("q_start")))
    pairs = func.crm_bigrams(column).op("@>", is_comparison=True)(func.crm_bigrams(sought.value("q")))
    return Match(pairs, _like(column, sought.value("q_part")))


def keyed(column: Any, sought: Sought) -> Match:
    """Find rows whose search key (small letters, collation C) begins with the text.

    From here to there, and not LIKE: the plan that PostgreSQL keeps goes by the index, whatever the text.
    """
    clause = and_(column >= sought.value("q_low"), column < sought.value("q_low_to"))
    return Match(clause, clause, proves=True)


def opens(column: Any, sought: Sought, name: str = "q_low") -> Match:
    """Find rows whose column begins with the text, by an index of the class `text_pattern_ops`."""
    begin = column.op("~>=~", is_comparison=True)(sought.value(name))
    clause = and_(begin, column.op("~<~", is_comparison=True)(sought.value(f"{name}_to")))
    return Match(clause, clause, proves=True)


def ends(number: Any, sought: Sought) -> Match:
    """Find rows whose telephone (`core.phones`) ends with the digits of a text, by the index on `tail`."""
    return together(*(opens(func.reverse(number), sought, f"q_tail_{place}") for place in range(sought.tails)))


def numbered(column: Any, sought: Sought) -> Match:
    """Find rows whose number begins with the text."""
    clause: ColumnElement[bool] = column.like(sought.value("q_number"), escape="\\")
    return Match(clause, clause, proves=True)
