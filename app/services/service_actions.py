"""The life cycle of a service as a table, and which of its steps the caller may take."""

from typing import Any, NamedTuple

from app.core.ctx import Ctx
from app.core.errors import IllegalTransition
from app.core.states import States
from app.models.rbac import Permission as P
from app.models.services import OPEN, Service
from app.services.customers import covers

COMPLAINT, INQUIRY = "complaint", "inquiry"
SATISFIED = 3
"""Stars: from here on a service is archived, below it comes back."""
_OPEN = frozenset(OPEN)
STATES = States(
    {
        "update": (_OPEN, None),
        "note": (_OPEN, None),
        "chance": (_OPEN, None),
        "assign": (frozenset({"created"}), "assigned"),
        "reassign": (frozenset({"assigned"}), "assigned"),
        "return": (frozenset({"assigned"}), "created"),
        "deal": (frozenset({"assigned"}), "dealt"),
        "visit": (frozenset({"dealt"}), None),
        "feedback": (frozenset({"dealt"}), "archived"),
        "reopen": (frozenset({"dealt"}), "assigned"),
        "void": (frozenset({"created", "assigned"}), "void"),
        "follow_up": (frozenset({"archived"}), None),
    }
)
"""`reopen` is the feedback of somebody who is not satisfied."""


class Holding(NamedTuple):
    """What decides who may do what with a service; `visited`: in the present round."""

    status: str
    type: str
    creator_id: int
    assignee_id: int | None
    manager_id: int | None
    chance_id: int | None
    visited: bool

    @property
    def owner_id(self) -> int | None:
        """Return the assignee, else the customer's manager."""
        return self.assignee_id or self.manager_id


def holding(service: Service, *, visited: bool) -> Holding:
    """Return what decides over a service that was loaded."""
    return Holding(
        service.status,
        service.type,
        service.creator_id,
        service.assignee_id,
        service.manager_id,
        service.chance_id,
        visited,
    )


def allowed(ctx: Ctx, service: Holding) -> list[str]:
    """Return the steps that state, rights and ownership open to the caller."""
    return [step for step in STATES.open(service.status) if may(ctx, service, step)]


def may(ctx: Ctx, service: Holding, step: str) -> bool:
    """Tell whether rights, ownership and kind (not the state) let the caller take a step."""
    mine = service.assignee_id == ctx.actor.id
    can = ctx.actor.can
    assigns = covers(ctx, service.owner_id, P.services_assign)
    return {
        "update": assigns or edits(ctx, service),
        "note": can(P.activities_write),
        "chance": service.type == INQUIRY and service.chance_id is None and can(P.chances_create),
        "assign": assigns,
        "reassign": assigns,
        "return": mine and can(P.services_deal),
        "deal": mine and can(P.services_deal),
        "visit": service.type == COMPLAINT and not service.visited and mine and can(P.services_feedback),
        "feedback": mine and can(P.services_feedback),
        "reopen": False,
        "void": covers(ctx, service.owner_id, P.services_void),
        "follow_up": covers(ctx, service.manager_id, P.services_create),
    }[step]


def edits(ctx: Ctx, service: Holding) -> bool:
    """Tell whether the facts are the caller's to change: the assignee's, before that the creator's or the manager's."""
    if service.assignee_id is not None:
        return service.assignee_id == ctx.actor.id and ctx.actor.can(P.services_deal)
    created = service.creator_id == ctx.actor.id and ctx.actor.rights.get(P.services_create) is not None
    return created or covers(ctx, service.manager_id, P.services_create)


def require(ctx: Ctx, service: Holding, step: str) -> None:
    """Raise `IllegalTransition` (409) with the steps that are open to the caller, unless this one is.

    Rights are checked before; what is left to refuse is the state, or a visit of what is no complaint.
    """
    if step in allowed(ctx, service):
        return
    raise IllegalTransition(
        f"{step} is not possible while {service.status}", state=service.status, allowed=allowed(ctx, service)
    )


def way(service: Any, rounds: list[Any]) -> list[dict[str, Any]]:
    """Return the five steps of the bar: created, assigned, dealt, feedback, archived; who and when where known.

    A service that came back shows its last round; after a void the rest is skipped.
    """
    last = rounds[-1] if rounds else None
    again = service.status in {"created", "assigned"} and last is not None
    known: list[tuple[str, Any, Any]] = [
        ("created", service.creator, service.opened_at),
        ("assigned", service.assignee or None, service.assigned_at),
        ("dealt", None, None) if again or not last else ("dealt", last.dealt_by, last.dealt_at),
        ("feedback", None, None) if again or not last else ("feedback", last.feedback_by, last.feedback_at),
        ("archived", None, None)
        if service.status != "archived"
        else ("archived", service.closed_by, service.closed_at),
    ]
    reached = {"created": 1, "assigned": 2, "dealt": 3, "archived": 5}.get(service.status, 0)
    reached = reached or 1 + bool(service.assigned_at)
    ahead = "skipped" if service.status == "void" else "todo"

    def state(place: int) -> str:
        if place < reached:
            return "done"
        return "current" if place == reached and ahead == "todo" else ahead

    return [{"step": step, "state": state(n), "who": who, "at": at} for n, (step, who, at) in enumerate(known)]


def next_step(service: Holding) -> str | None:
    """Return what has to happen next."""
    if service.status == "dealt":
        return "visit" if service.type == COMPLAINT and not service.visited else "feedback"
    return {"created": "assign", "assigned": "deal"}.get(service.status)
