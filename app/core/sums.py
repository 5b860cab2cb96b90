"""Kept sums: rows of counts and amounts by key, written once before commit with what they count.

Keys are written in sorted order, so two transactions cannot deadlock on them. `crm verify` recounts.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Table, inspect
from sqlalchemy.dialects.postgresql import Insert
from sqlalchemy.orm import Session

from app.core.arrays import insert_arrays

Measures = dict[str, int | Decimal]
Part = tuple[dict[str, Any], Measures]
"""The key columns of one row of sums, and what is added to it."""


@dataclass(frozen=True)
class KeptSum:
    """What a model contributes: `parts(values)` returns one part for each row of sums that it counts in."""

    table: Callable[[], Table]
    reads: tuple[str, ...]
    parts: Callable[[dict[str, Any]], Sequence[Part]]


def before(row: Any, name: str) -> Any:
    """Return what an attribute was before the flush; raise `RuntimeError` where nobody has read it."""
    history = inspect(row).attrs[name].history
    if history.added and not history.deleted:
        message = f"{name} was set without its old value having been read: the sums cannot follow"
        raise RuntimeError(message)
    return history.deleted[0] if history.deleted else getattr(row, name)


Pending = dict[Any, dict[str, Decimal]]
"""Table and key -> measure -> what the coming commit adds."""


def _pending(session: Session) -> Pending:
    found: Pending = session.info.setdefault("sums", defaultdict(lambda: defaultdict(lambda: Decimal(0))))
    return found


def note(session: Session, kept: KeptSum, sign: int, parts: Sequence[Part]) -> None:
    """Remember what the coming commit adds to the sums, or takes away."""
    pending = _pending(session)
    for keys, measures in parts:
        key = (kept.table(), tuple(sorted(keys.items(), key=lambda item: item[0])))
        for measure, amount in measures.items():
            pending[key][measure] += sign * Decimal(amount)


def set_apart(session: Session) -> Pending:
    """Return what is to be added so far; what follows is noted apart from it, until one of the next two."""
    found = _pending(session)
    del session.info["sums"]
    return found


def put_together(session: Session, before: Pending) -> None:
    """Add what was noted since to what was set apart."""
    since, session.info["sums"] = _pending(session), before
    for key, measures in since.items():
        for measure, amount in measures.items():
            before[key][measure] += amount


def back_to(session: Session, before: Pending) -> None:
    """Forget what was noted since, for what was set apart."""
    session.info["sums"] = before


def add(session: Session, model: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Count rows in that were written past the flush (demo data); the commit adds their sums at once."""
    kept: KeptSum = model.__sums__
    for row in rows:
        note(session, kept, 1, kept.parts({name: row.get(name) for name in kept.reads}))


def taken(session: Session) -> dict[Table, list[dict[str, Any]]]:
    """Return what the transaction still has to add to its sums, by table in the order of the keys; nothing after that."""
    pending = session.info.pop("sums", None) or {}
    by_table: dict[Table, list[dict[str, Any]]] = defaultdict(list)
    for (table, key), measures in sorted(pending.items(), key=lambda item: (item[0][0].name, str(item[0][1]))):
        if any(measures.values()):
            by_table[table].append({**dict(key), **measures})
    return by_table


@cache
def adding(table: Table) -> Insert:
    """Return the statement that adds to sums, given as one array a column: others wait while the rows are written.

    A table may name in its `info` what is `following`: it makes a statement that uses what the sums came to.
    """
    statement = insert_arrays(list(table.columns))
    keys = [column.name for column in table.primary_key]
    measures = [column.name for column in table.columns if column.name not in keys]
    added = {name: table.c[name] + statement.excluded[name] for name in measures}
    statement = statement.on_conflict_do_update(index_elements=keys, set_=added)
    following: Callable[[Insert], Insert] | None = table.info.get("following")
    return following(statement) if following else statement
