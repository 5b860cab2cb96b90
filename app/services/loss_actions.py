"""What may be done with a churn entry (domain section 5: Churn)."""

from typing import NamedTuple

from app.core.ctx import Ctx
from app.core.errors import IllegalTransition
from app.core.states import States
from app.models.rbac import Permission as P
from app.services import customers

STATES = States(
    {
        "delay": (frozenset({"warning", "delayed"}), "delayed"),
        "confirm": (frozenset({"warning", "delayed"}), "lost"),
        "revoke": (frozenset({"lost"}), "warning"),
        "recover": (frozenset({"warning", "delayed"}), "recovered"),
        "expire": (frozenset({"delayed"}), "warning"),
    }
)
BY_PEOPLE = {"delay": P.losses_delay, "confirm": P.losses_confirm, "revoke": P.losses_revoke}


class Holding(NamedTuple):
    """What decides who may do what."""

    status: str
    manager_id: int | None
    returned: bool


def allowed(ctx: Ctx, holding: Holding) -> list[str]:
    """Return the steps that state, rights and ownership open; the job's own steps are nobody's."""
    return [step for step in STATES.open(holding.status) if step in BY_PEOPLE and may(ctx, step, holding)]


def require(ctx: Ctx, step: str, holding: Holding) -> None:
    """Raise `IllegalTransition` (409) with the steps that are open to the caller, unless the state allows this one."""
    if step not in STATES.open(holding.status):
        words = f"{step} is not possible while {holding.status}"
        raise IllegalTransition(words, state=holding.status, allowed=allowed(ctx, holding))


def may(ctx: Ctx, step: str, holding: Holding) -> bool:
    """Tell whether a person may take a step: who manages the customer acts, whom losses:revoke reaches revokes."""
    if step == "revoke":
        return not holding.returned and customers.covers(ctx, holding.manager_id, P.losses_revoke)
    return holding.manager_id == ctx.actor.id and BY_PEOPLE[step] in ctx.actor.rights
