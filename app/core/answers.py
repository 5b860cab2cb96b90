"""The answer to who made a record, from what the write knows: the row as it was flushed, and the names of what it refers to.

It is what reading the record again would answer, by the same columns; where a name is not known, it is read again.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC
from typing import Any

from sqlalchemy import DateTime, inspect

from app.core.ctx import Ctx
from app.core.owners import Owned, covers, declared
from app.core.reference import Reference

Named = Mapping[str, dict[str, Any] | None]
"""Reference -> `{id, name}`, None where the record refers to nothing."""


def ref(row_id: int | None, name: str | None) -> dict[str, Any] | None:
    """Return what `Reference` makes of a row."""
    return None if row_id is None else {"id": row_id, "name": name}


class Made:
    """How a record is told of that was just made, by the columns that its detail reads: facts of its own and references."""

    def __init__(self, columns: Sequence[Any]) -> None:
        self._references = [one.name for one in columns if isinstance(one, Reference)]
        self._facts = [(one.key, _reader(one.type)) for one in columns if not isinstance(one, Reference)]

    def of(self, row: Any, named: Named) -> dict[str, Any]:
        """Return the row's facts as the database gives them back, and its references."""
        state = inspect(row)
        unread = state.expired_attributes.intersection(name for name, _ in self._facts)
        if unread:
            message = f"only the database knows {', '.join(sorted(unread))}"
            raise RuntimeError(message)
        facts = {
            name: read(value) if (value := state.dict.get(name)) is not None else None for name, read in self._facts
        }
        return facts | {name: named[name] for name in self._references}


def _reader(kind: Any) -> Callable[[Any], Any]:
    """Return what a column makes of a value that was written to it."""
    if isinstance(kind, DateTime):
        return lambda value: value.astimezone(UTC)
    return lambda value: value


def surely(ctx: Ctx, row: Any) -> bool:
    """Tell of a loaded row whether the caller may read it for what stands in it; False: the database has to be asked."""
    scope = declared(type(row))
    if not isinstance(scope, Owned) or row.deleted_at:
        return False
    right = f"{scope.resource}:read"
    named = ctx.actor.can(right) and any(getattr(row, name) == ctx.actor.id for name in scope.also)
    return named or covers(ctx, getattr(row, scope.owner), right)
