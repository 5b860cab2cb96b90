"""A chance as it must be: the rights and the life cycle of the domain in plain Python."""

from dataclasses import dataclass, field
from decimal import Decimal

PEOPLE = ("supervisor", "manager", "colleague")
WATCHERS = (*PEOPLE, "executive", "stranger")
STEPS = {
    "update": {"unassigned", "assigned"},
    "move": {"unassigned", "assigned"},
    "delete": {"unassigned"},
    "propose": {"unassigned"},
    "assign": {"unassigned"},
    "reassign": {"assigned"},
    "take_back": {"assigned"},
    "succeed": {"assigned"},
    "fail": {"assigned"},
    "reopen": {"succeeded", "failed"},
    "plan": {"assigned"},
    "execute": {"assigned"},
}
"""In which states a step is possible."""
FOR_SUPERVISORS = {"assign", "reassign", "take_back", "reopen"}


@dataclass
class Card:
    """A chance as it must be; people are named by their part in the team."""

    creator: str
    amount: Decimal | None
    rate: int
    by_hand: bool
    id: int = 0
    stage: int = 0
    status: str = "unassigned"
    assignee: str | None = None
    proposed: str | None = None
    value: Decimal | None = None
    customer: int | None = None
    deleted_by: str | None = None
    plan: dict[int, str] = field(default_factory=dict)

    @property
    def owner(self) -> str:
        return self.assignee or self.creator

    def seen_by(self, who: str) -> bool:
        return not self.deleted_by and who in {"supervisor", "executive", self.owner, self.creator}

    def changed_by(self, who: str) -> bool:
        return who in {"supervisor", self.owner}

    def may(self, who: str, step: str) -> bool:
        """Tell whether a step is for this person: the table of rights, section 2 of the domain."""
        if step in {"delete", "propose"}:
            return who == self.creator
        if step in {"succeed", "fail", "execute"}:
            return who == self.assignee
        return self.changed_by(who) if step in {"update", "move", "plan"} else who == "supervisor"

    def actions(self, who: str) -> set[str]:
        """Return the steps open to a person."""
        return {step for step in STEPS if self.status in STEPS[step] and self.may(who, step)}

    def refusals(self, who: str, step: str) -> set[int]:
        """Return what a step answers instead of being done, in this order: unseen 404, not theirs 403, not in this state 409."""
        lacks = {403} if who == "executive" or (step in FOR_SUPERVISORS and who != "supervisor") else set()
        if not self.seen_by(who):
            return {404} | lacks
        if lacks:
            return lacks
        if not self.may(who, step):
            return {403}
        return set() if self.status in STEPS[step] else {409}
