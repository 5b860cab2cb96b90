"""The life cycle of a chance as a table: from where to where, by whom."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from app.core.ctx import Ctx
from app.core.errors import IllegalTransition
from app.core.scope import get
from app.core.steps import Block, Step, Steps
from app.core.ways import By, oneself, reach
from app.models.access.rbac import Permission as P
from app.models.sales.chances import OPEN as OPEN_STATES
from app.models.sales.chances import Chance

REOPEN_WINDOW = timedelta(days=30)
OPEN = frozenset(OPEN_STATES)
UNASSIGNED, ASSIGNED = frozenset({"unassigned"}), frozenset({"assigned"})


class Holding(NamedTuple):
    """What decides who may do what with a chance."""

    status: str
    creator_id: int
    assignee_id: int | None
    closed_at: datetime | None

    @property
    def owner_id(self) -> int:
        """Return the assignee, else the creator."""
        return self.assignee_id or self.creator_id


def of(chance: Chance) -> Holding:
    """Return what decides over a chance that was loaded."""
    return Holding(chance.status, chance.creator_id, chance.assignee_id, chance.closed_at)


def status_then(ctx: Ctx, chance: Chance) -> str:
    """Return the state of a chance; in what is told of the past somebody worked on it to the day on which it ended."""
    worked = ctx.teller and chance.assignee_id and chance.closed_on and ctx.today <= chance.closed_on
    return "assigned" if worked else chance.status


def of_row(row: Mapping[str, Any]) -> Holding:
    """Return what decides over a row of the list, or a detail."""
    return Holding(row["status"], row["creator"]["id"], (row["assignee"] or {}).get("id"), row["closed_at"])


def _late(ctx: Ctx, chance: Holding) -> bool:
    return chance.status == "succeeded" and (chance.closed_at or ctx.now) < ctx.now - REOPEN_WINDOW


EDITS = (By(P.chances_update, reach("owner_id")),)
ASSIGNS = (By(P.chances_assign, reach("owner_id")),)
CLOSES = (By(P.chances_close, oneself("assignee_id")),)
CLOSER = "Only the assignee may close a chance."
STEPS = Steps(
    {
        "update": Step(OPEN, None, EDITS),
        "move": Step(OPEN, None, EDITS),
        "delete": Step(
            UNASSIGNED, None, (By(P.chances_delete, oneself("creator_id")),),
            "Only who created a chance may delete it.",
        ),
        "propose": Step(
            UNASSIGNED, None, (By(P.chances_create, oneself("creator_id")),),
            "Only who created a chance may propose an assignee.",
        ),
        "assign": Step(UNASSIGNED, "assigned", ASSIGNS),
        "reassign": Step(ASSIGNED, "assigned", ASSIGNS),
        "take_back": Step(ASSIGNED, "unassigned", ASSIGNS),
        "succeed": Step(ASSIGNED, "succeeded", CLOSES, CLOSER),
        "fail": Step(ASSIGNED, "failed", CLOSES, CLOSER),
        "reopen": Step(
            frozenset({"succeeded", "failed"}), "assigned", (By(P.chances_reopen, reach("owner_id")),),
            blocks=(
                Block(
                    _late, "A won chance can be reopened for 30 days only.",
                    lambda _: {"window_days": REOPEN_WINDOW.days}, IllegalTransition,
                ),
            ),
        ),
        "plan": Step(ASSIGNED, None, (By(P.plans_write, reach("owner_id")),)),
        "execute": Step(ASSIGNED, None, (By(P.plans_execute, oneself("assignee_id")),)),
    }
)  # fmt: skip
"""`plan` adds an item to its development plan, `execute` is open where its items can be done: their own steps stand in `plans`."""


async def locked(ctx: Ctx, chance_id: int, step: str, version: int | None = None) -> Chance:
    """Return the chance with its row locked, after all that may refuse the step."""
    chance = await get(ctx, Chance, chance_id, lock=True)
    STEPS.check(ctx, step, of(chance)._replace(status=status_then(ctx, chance)), chance, version)
    return chance
