"""Calls what follows from columns that changed, as the tables say it (`core.moves`)."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import inspect

from app.core import moves
from app.core.db import KithSession


def begin(session: KithSession, *_: object) -> None:
    """Call what comes before the rows are written."""
    _tell(session, moves.BEFORE, (*session.new, *session.dirty))


def follow(session: KithSession, *_: object) -> None:
    """Call what comes after they are."""
    _tell(session, moves.AFTER, session.dirty)


def _tell(session: KithSession, told: moves.Moves, rows: Iterable[Any]) -> None:
    written = list(rows)
    for (model, attribute), call in told.items():
        moved = [row for row in written if isinstance(row, model) and _has_moved(row, attribute)]
        if moved:
            call(session, moved)


def _has_moved(row: Any, attribute: str) -> bool:
    return bool(inspect(row).attrs[attribute].history.has_changes())
