"""Work that goes to another person along with the customer it is for: each noun says for itself how.

Who moves customers knows the nouns by their tables alone; what such a move is to a chance or a service, its own steps know.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from app.core.audit import go_along
from app.core.ctx import Ctx
from app.core.told import Reason

HandOver = TypeVar("HandOver", bound=Callable[..., None])
_STEPS: dict[Any, Callable[[Ctx, Any, int, Reason | None], None]] = {}


def hands_over(model: Any) -> Callable[[HandOver], HandOver]:
    """Say how a locked record of a model is given to another person, who is known to be assignable."""

    def register(step: HandOver) -> HandOver:
        _STEPS[model] = step
        return step

    return register


def hand_over(ctx: Ctx, record: Any, person: int, reason: Reason | None) -> None:
    """Give a locked record to a person, as its noun does it."""
    _STEPS[type(record)](ctx, record, person, reason)
    go_along(record)


def nouns() -> set[Any]:
    """Return the models whose work can go along."""
    return set(_STEPS)
