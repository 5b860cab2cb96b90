"""Rows that nothing else in their transaction waits for: noted as they come up, written by `closing` at its end.

Each statement costs a request more than the rows in it, so they share one.
"""

from typing import Any

from sqlalchemy.orm import Session

from app.core import touched

Rows = list[dict[str, Any]]


def note(session: Session, table: str, *rows: dict[str, Any]) -> None:
    """Keep rows, given by column names, until the transaction ends or reads their table."""
    touched.note_table(session, table)
    noted: dict[str, Rows] = session.info.setdefault("late", {})
    noted.setdefault(table, []).extend(rows)


def waiting(session: Session, table: str) -> bool:
    """Tell whether rows of a table still have to be written."""
    return table in session.info.get("late", ())


def taken(session: Session) -> dict[str, Rows]:
    """Return what the transaction still has to write, by table; it has nothing after that."""
    found: dict[str, Rows] = session.info.pop("late", {})
    return found


def so_far(session: Session) -> dict[str, tuple[Rows, int]]:
    """Return what is noted, each list with its length now: `back_to` forgets what comes after, even if it was written."""
    return {table: (rows, len(rows)) for table, rows in session.info.get("late", {}).items()}


def back_to(session: Session, before: dict[str, tuple[Rows, int]]) -> None:
    """Note what was noted before, and nothing else."""
    session.info["late"] = {table: rows[:count] for table, (rows, count) in before.items()}


def noted(session: Session, table: str) -> int:
    """Return how many rows of a table still have to be written."""
    return len(session.info.get("late", {}).get(table, ()))
