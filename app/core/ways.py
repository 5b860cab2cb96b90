"""By what people are let to take a step: a right, and whose record it is."""

from collections.abc import Callable
from typing import Any

from app.core.ctx import Ctx
from app.core.owners import covers

Facts = Any
"""What decides over a record: a small tuple of its columns, the same from a locked row, a detail and a row of a list."""
Holder = Callable[[Ctx, Facts, str], bool]


def anybody(_ctx: Ctx, _facts: Facts, _right: str) -> bool:
    """Whoever holds the right may, whosever record it is."""
    return True


def reach(name: str) -> Holder:
    """Whoever's right reaches the person whom this fact names."""
    return lambda ctx, facts, right: covers(ctx, getattr(facts, name), right)


def oneself(name: str) -> Holder:
    """Whom this fact names, and nobody else."""
    return lambda ctx, facts, _right: getattr(facts, name) == ctx.actor.id


class By:
    """One way to be let: a right that is held, by a holder."""

    def __init__(self, right: str, holder: Holder = anybody) -> None:
        # A plain string: members of an enum are hashed by slow code, and every row of a list asks several times.
        self.right = str(right)
        self.holder = holder

    def lets(self, ctx: Ctx, facts: Facts) -> bool:
        """Tell whether the caller is one of them."""
        return self.right in ctx.actor.rights and self.holder(ctx, facts, self.right)
