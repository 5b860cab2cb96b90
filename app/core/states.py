"""A life cycle in one place: which step leads from where to where."""

from collections.abc import Mapping
from typing import Any

from app.core.audit import mark
from app.core.errors import IllegalTransition


class States:
    """The table `step -> (states it may leave, state it enters)`; None enters nothing, the state stays."""

    def __init__(self, steps: Mapping[str, tuple[frozenset[str], str | None]], attribute: str = "status") -> None:
        self.steps = steps
        self.attribute = attribute

    def open(self, state: str) -> list[str]:
        """Return the steps that the state allows, in the table's order."""
        return [step for step, (sources, _) in self.steps.items() if state in sources]

    def require(self, row: Any, step: str) -> None:
        """Raise `IllegalTransition` (409, with state and allowed steps) unless the step is open."""
        state = getattr(row, self.attribute)
        if state not in self.steps[step][0]:
            raise IllegalTransition(
                f"{step} is not possible while {state}",
                state=state,
                allowed=self.open(state),
            )

    def fire(self, row: Any, step: str) -> None:
        """Take the step on a row that the caller has locked; name it in the audit log."""
        self.require(row, step)
        target = self.steps[step][1]
        if target:
            setattr(row, self.attribute, target)
        mark(row, step)

    def diagram(self) -> str:
        """Draw the life cycle as a Mermaid state diagram for the documentation."""
        lines = [
            f"    {source} --> {target or source}: {step}"
            for step, (sources, target) in self.steps.items()
            for source in sorted(sources)
        ]
        return "\n".join(["stateDiagram-v2", *lines])
