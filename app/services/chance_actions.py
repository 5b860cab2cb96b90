"""The life cycle of a chance as a table, and which of its steps the caller may take."""

from datetime import datetime, timedelta
from typing import NamedTuple

from app.core.ctx import Ctx
from app.core.states import States
from app.models.chances import Chance
from app.models.rbac import Permission as P

OPEN = frozenset({"unassigned", "assigned"})
STATES = States(
    {
        "update": (OPEN, None),
        "move": (OPEN, None),
        "delete": (frozenset({"unassigned"}), None),
        "propose": (frozenset({"unassigned"}), None),
        "assign": (frozenset({"unassigned"}), "assigned"),
        "reassign": (frozenset({"assigned"}), "assigned"),
        "take_back": (frozenset({"assigned"}), "unassigned"),
        "succeed": (frozenset({"assigned"}), "succeeded"),
        "fail": (frozenset({"assigned"}), "failed"),
        "reopen": (frozenset({"succeeded", "failed"}), "assigned"),
    }
)


class Holding(NamedTuple):
    """What decides who may do what with a chance."""

    status: str
    creator_id: int
    assignee_id: int | None
    closed_at: datetime | None


def allowed(ctx: Ctx, chance: Holding) -> list[str]:
    """Return the steps that state, rights and ownership open to the caller."""
    me = ctx.actor.id

    def reaches(right: P) -> bool:
        return covers(ctx, chance, right)

    mine = chance.assignee_id == me
    late = chance.status == "succeeded" and (chance.closed_at or ctx.now) < ctx.now - timedelta(days=30)
    may = {
        "update": reaches(P.chances_update),
        "move": reaches(P.chances_update),
        "delete": P.chances_delete in ctx.actor.rights and chance.creator_id == me,
        "propose": chance.creator_id == me and P.chances_create in ctx.actor.rights,
        "assign": reaches(P.chances_assign),
        "reassign": reaches(P.chances_assign),
        "take_back": reaches(P.chances_assign),
        "succeed": mine and P.chances_close in ctx.actor.rights,
        "fail": mine and P.chances_close in ctx.actor.rights,
        "reopen": reaches(P.chances_reopen) and not late,
    }
    steps = [step for step in STATES.open(chance.status) if may[step]]
    if chance.status == "assigned":
        steps += ["plan"] if reaches(P.plans_write) else []
        steps += ["execute"] if mine and P.plans_execute in ctx.actor.rights else []
    return steps


def covers(ctx: Ctx, chance: Chance | Holding, right: str) -> bool:
    """Tell whether a right reaches the chance's owner: its assignee, else its creator."""
    reach = ctx.actor.rights.get(right)
    owner = chance.assignee_id or chance.creator_id
    if reach is None or reach == "all":
        return reach is not None
    return owner == ctx.actor.id if reach == "own" else owner in ctx.actor.members[reach]
