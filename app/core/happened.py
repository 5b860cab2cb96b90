"""What follows elsewhere from a step: whoever has to know of it says so, and no step calls them by name.

The log's listener tells of the steps of a flush as it notes them; what was written past the flush is told by who wrote it.
Records that took the same step at once are told of together, so that of a thousand one thing can be said.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from app.core.ctx import Ctx
from app.core.told import Reason


class Happened(NamedTuple):
    """A record that took a step: attribute -> [before, after] of what the step changed, as the log has it."""

    row: Any
    changes: dict[str, list[Any]]
    along: bool = False
    """Whether it went along with another record's step, which tells of both."""

    def before(self, name: str) -> Any:
        """Return what an attribute was that the step changed, else None."""
        return self.changes[name][0] if name in self.changes else None

    def after(self, name: str) -> Any:
        """Return what an attribute became that the step changed, else None."""
        return self.changes[name][1] if name in self.changes else None

    @property
    def reason(self) -> Reason | None:
        """Why somebody took the step, where it asks for a reason."""
        found: Reason | None = self.after("reason")
        return found


Reaction = TypeVar("Reaction", bound=Callable[[Ctx, Sequence[Happened]], None])
_REACTIONS: dict[tuple[str, str], list[Callable[[Ctx, Sequence[Happened]], None]]] = defaultdict(list)


def on(noun: str, *steps: str) -> Callable[[Reaction], Reaction]:
    """Let a function be called with the records of a noun that took one of these steps; it may read, and note rows."""

    def register(reaction: Reaction) -> Reaction:
        for step in steps:
            _REACTIONS[noun, step].append(reaction)
        return reaction

    return register


def awaited(noun: str, step: str) -> bool:
    """Tell whether somebody reacts to a step."""
    return (noun, step) in _REACTIONS


def reactions() -> dict[tuple[str, str], list[str]]:
    """Return by noun and step what reacts to it."""
    return {key: [one.__qualname__ for one in found] for key, found in sorted(_REACTIONS.items())}


def tell(ctx: Ctx, noun: str, step: str, records: Iterable[Happened]) -> None:
    """Tell whoever reacts to a step of the records that took it, in the order of their ids."""
    found = sorted(records, key=lambda one: one.row.id)
    for reaction in _REACTIONS.get((noun, step), ()):
        reaction(ctx, found)


async def tell_of(ctx: Ctx, noun: str, step: str, rows: Iterable[Any]) -> None:
    """Tell of rows that were written past the flush, or that took a step which has no row of the log."""
    found = [Happened(row, {}) for row in rows]
    if found:
        await ctx.session.run_sync(lambda _: tell(ctx, noun, step, found))
