"""Derived columns follow as soon as the attribute that they come from is set."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Mapper

from app.core.derived import Derived, derived


def follow(_mapper: Mapper[Any], model: type) -> None:
    """Let the derived columns of a class that was just mapped follow their sources."""
    for name, one in derived(model).items():
        event.listen(getattr(model, one.source), "set", _setter(name, one))


def _setter(name: str, one: Derived) -> Callable[..., None]:
    def follow(row: object, value: str | None, _before: object, _initiator: object) -> None:
        setattr(row, name, one.of(value))

    return follow
