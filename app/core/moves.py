"""What follows when a column of a record says something else: said beside the tables, called around the flush (`flush.moves`)."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

Follow = Callable[[Session, list[Any]], None]
Moves = dict[tuple[Any, str], Follow]
BEFORE: Moves = {}
AFTER: Moves = {}


def before(model: Any, attribute: str) -> Callable[[Follow], Follow]:
    """Call the function with the rows, new ones too, in which an attribute changes, before they are written."""
    return _into(BEFORE, (model, attribute))


def after(model: Any, attribute: str) -> Callable[[Follow], Follow]:
    """Call the function with the rows in which an attribute changed, once they are written; not with new ones."""
    return _into(AFTER, (model, attribute))


def _into(moves: Moves, move: tuple[Any, str]) -> Callable[[Follow], Follow]:
    def register(follow: Follow) -> Follow:
        moves[move] = follow
        return follow

    return register
