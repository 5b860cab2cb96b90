"""A life cycle in one place: a step leads from states to a state, needs a right, and is some people's to take.

One order of refusals for all nouns: 404 (`scope.get`), 403 (right, holder), 412 (version), 409 (state, what blocks).
`allowed_actions` is the same table asked of a row, so that what is offered is what would be done.
"""

from collections.abc import Callable, Container, Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from app.core.audit import mark
from app.core.ctx import Ctx
from app.core.errors import Conflict, Forbidden, IllegalTransition
from app.core.scope import check_version
from app.core.ways import By, Facts

MOST_KNOWN = 1000
"""Of states and sets of rights; roles make a few dozen, and so do the scopes of programs."""
IDENTIFY = "identify"
"""A step of every noun that no table names: who may update a record may say what another system calls it, closed or not."""


class Status(NamedTuple):
    """The facts of a noun whose steps go by state and right alone."""

    status: str | None = None


def by_status(row: Mapping[str, Any]) -> Status:
    """Return what decides where it is the state alone, if the row has one."""
    return Status(row.get("status"))


@dataclass(frozen=True)
class Block:
    """What stands in a step's way although the state allows it: 409 in its own words, with the values of `more`."""

    stands: Callable[[Ctx, Facts], bool]
    words: str
    more: Callable[[Facts], dict[str, Any]] = lambda _facts: {}
    error: type[Conflict] = Conflict


@dataclass(frozen=True)
class Step:
    """From these states (None: from any) to that one (None: it stays), by whom (nobody: by the system's own work).

    One of `by` is enough, and each of `also` is needed.
    """

    sources: frozenset[str] | None
    target: str | None = None
    by: tuple[By, ...] = ()
    words: str = "This record is not yours to change."
    blocks: tuple[Block, ...] = ()
    also: tuple[By, ...] = ()

    def lets(self, ctx: Ctx, facts: Facts) -> bool:
        """Tell whether the caller may take it at all, whatever the state."""
        return self.lacking(ctx, facts) is None

    def lacking(self, ctx: Ctx, facts: Facts) -> str | None:
        """Return the right that the caller lacks here, empty where several would do; None: they may, or did elsewhere."""
        if ctx.teller:
            return None
        for way in self.by:
            if way.lets(ctx, facts):
                break
        else:
            return self.by[0].right if len(self.by) == 1 else ""
        for way in self.also:
            if not way.lets(ctx, facts):
                return way.right
        return None

    def leaves(self, state: str | None) -> bool:
        """Tell whether it may be taken from a state."""
        return self.sources is None or state in self.sources

    def within(self, rights: Container[str]) -> bool:
        """Tell whether who holds these rights could take it of some record."""
        return any(way.right in rights for way in self.by) and all(way.right in rights for way in self.also)

    def blocked(self, ctx: Ctx, facts: Facts) -> Block | None:
        """Return what stands in its way."""
        for block in self.blocks:
            if block.stands(ctx, facts):
                return block
        return None


class Steps:
    """The table of a noun: step -> `Step`, in the order in which `allowed_actions` names them."""

    def __init__(self, steps: Mapping[str, Step]) -> None:
        self.steps = steps
        named: set[str | None] = {state for step in steps.values() for state in step.sources or ()}
        self._open = {state: [(name, step) for name, step in steps.items() if step.leaves(state)] for state in named}
        self._anywhere = [(name, step) for name, step in steps.items() if step.sources is None]
        self._within: dict[tuple[str | None, Hashable], list[tuple[str, Step]]] = {}

    def _leaving(self, state: str | None) -> list[tuple[str, Step]]:
        return self._open.get(state, self._anywhere)

    def _could(self, ctx: Ctx, state: str | None) -> list[tuple[str, Step]]:
        """Return the steps from a state that the caller's rights let them take of some record.

        Each row of a list asks: of twenty customers seven steps each, for who may take none of them anywhere.
        """
        if ctx.teller:
            return self._leaving(state)
        known = state, ctx.actor.shape
        found = self._within.get(known)
        if found is None:
            if len(self._within) >= MOST_KNOWN:
                self._within.clear()
            found = [(name, step) for name, step in self._leaving(state) if step.within(ctx.actor.rights)]
            self._within[known] = found
        return found

    @property
    def states(self) -> set[str]:
        """The states that steps lead from and to, none where a noun's records have none."""
        return {state for step in self.steps.values() for state in (*(step.sources or ()), step.target) if state}

    def named(self, step: str) -> Step:
        """Return a step by its name; `IDENTIFY` is `update` from any state."""
        return replace(self.steps["update"], sources=None, blocks=()) if step == IDENTIFY else self.steps[step]

    def open(self, state: str | None) -> list[str]:
        """Return the steps that the state allows, whoever asks."""
        return [name for name, _ in self._leaving(state)]

    def allowed(self, ctx: Ctx, facts: Facts) -> list[str]:
        """Return the steps that the caller could take now: `allowed_actions`."""
        found = self._could(ctx, getattr(facts, "status", None))
        return [name for name, step in found if step.lets(ctx, facts) and not step.blocked(ctx, facts)]

    def check(self, ctx: Ctx, step: str, facts: Facts, row: Any = None, version: int | None = None) -> None:
        """Raise unless the caller may take the step on a row that they may read, and that is locked.

        Raises:
            Forbidden: the right or the record is not theirs.
            StaleVersion: `row` is not of the `version` that was named.
            IllegalTransition: the state does not allow it; with `state` and the steps `allowed` to the caller.
            Conflict: something else is in its way; with the same two.
        """
        wanted, state = self.named(step), getattr(facts, "status", None)
        if (lacking := wanted.lacking(ctx, facts)) is not None:
            more: dict[str, Any] = {"right": lacking} if lacking else {}
            raise Forbidden(wanted.words, **more)
        check_version(row, version)
        told: dict[str, Any] = {"state": state, "allowed": self.allowed(ctx, facts)}
        if not wanted.leaves(state):
            raise IllegalTransition(f"{step} is not possible while {state}", **told)
        if block := wanted.blocked(ctx, facts):
            more = block.more(facts)
            raise block.error(block.words.format(**more), **{**told, **more})

    def fire(self, row: Any, step: str) -> None:
        """Take a step that was checked, on a locked row; name it in the audit log."""
        taken = self.steps[step]
        state = getattr(row, "status", None)
        if not taken.leaves(state):
            raise IllegalTransition(f"{step} is not possible while {state}", state=state, allowed=[])
        if taken.target:
            row.status = taken.target
        mark(row, step)

    def diagram(self) -> str:
        """Draw the life cycle as a Mermaid state diagram for the documentation."""
        lines = [
            f"    {source} --> {step.target or source}: {name}"
            for name, step in self.steps.items()
            for source in sorted(step.sources or ())
        ]
        return "\n".join(["stateDiagram-v2", *lines])
