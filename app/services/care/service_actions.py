"""The life cycle of a service as a table: from where to where, by whom, and the bar that shows how far it is."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, and_, bindparam, exists, select

from app.core.ctx import Ctx
from app.core.prepared import ROW_ID
from app.core.scope import get, unscoped
from app.core.steps import Block, Step, Steps
from app.core.ways import By, oneself, reach
from app.models.access.rbac import Permission as P
from app.models.care.services import OPEN, Service, ServiceRound

COMPLAINT, INQUIRY = "complaint", "inquiry"
SATISFIED = 3
"""Stars: from here on a service is archived, below it comes back."""
_OPEN, _CREATED, _ASSIGNED, _DEALT = map(frozenset[str], (OPEN, {"created"}, {"assigned"}, {"dealt"}))
_PRESENT = and_(ServiceRound.service_id == Service.id, ServiceRound.n == Service.reopen_count + 1)
VISITED = and_(Service.status == "dealt", exists().where(_PRESENT, ServiceRound.visit_at.is_not(None))).label("visited")
"""Whether the customer was called on in the present round: what lists and details read of the rounds for their steps."""
ROUND = select(ServiceRound).where(
    ServiceRound.service_id == ROW_ID, ServiceRound.n == bindparam("n", type_=BigInteger)
)
ROUND = unscoped(ROUND, "of a service that was checked")


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


def of_row(row: Mapping[str, Any]) -> Holding:
    """Return what decides over a row of the list, or a detail."""
    return Holding(
        row["status"],
        row["type"],
        row["creator"]["id"],
        (row["assignee"] or {}).get("id"),
        row["manager_id"],
        row["chance_id"],
        row["visited"],
    )


def _creates(ctx: Ctx, service: Holding, right: str) -> bool:
    """Until somebody deals with it, its facts are those of who wrote it down, and of who manages the customer."""
    if service.assignee_id is not None:
        return False
    return service.creator_id == ctx.actor.id or reach("manager_id")(ctx, service, right)


MINE = "Only the assignee of a service may do this."
VISITED_ALREADY = Block(
    lambda _, service: service.visited, "The customer was visited in this round.", lambda _: {"code": "visited"}
)
NO_COMPLAINT = Block(
    lambda _, service: service.type != COMPLAINT, "Only a complaint is visited.", lambda _: {"code": "not_a_complaint"}
)
CHANCE_MADE = Block(
    lambda _, service: service.chance_id is not None, "This inquiry has become a chance already.",
    lambda service: {"chance_id": service.chance_id},
)  # fmt: skip
NO_INQUIRY = Block(
    lambda _, service: service.type != INQUIRY,
    "Only an inquiry becomes a chance.",
    lambda _: {"code": "not_an_inquiry"},
)
ASSIGNS, DEALS = (By(P.services_assign, reach("owner_id")),), (By(P.services_deal, oneself("assignee_id")),)
HEARS = (By(P.services_feedback, oneself("assignee_id")),)
EDITS = (By(P.services_deal, oneself("assignee_id")), By(P.services_create, _creates), *ASSIGNS)
STEPS = Steps(
    {
        "update": Step(_OPEN, None, EDITS, "This service is not yours to change."),
        "note": Step(_OPEN, None, (By(P.activities_write),)),
        "chance": Step(_OPEN, None, (By(P.chances_create),), blocks=(CHANCE_MADE, NO_INQUIRY)),
        "assign": Step(_CREATED, "assigned", ASSIGNS),
        "reassign": Step(_ASSIGNED, "assigned", ASSIGNS),
        "take_back": Step(_ASSIGNED, "created", ASSIGNS),
        "return": Step(_ASSIGNED, "created", DEALS, MINE),
        "deal": Step(_ASSIGNED, "dealt", DEALS, MINE),
        "visit": Step(_DEALT, None, HEARS, MINE, (NO_COMPLAINT, VISITED_ALREADY)),
        "feedback": Step(_DEALT, "archived", HEARS, MINE),
        "reopen": Step(_DEALT, "assigned"),
        "void": Step(_CREATED | _ASSIGNED, "void", (By(P.services_void, reach("owner_id")),)),
        "follow_up": Step(frozenset({"archived"}), None, (By(P.services_create, reach("manager_id")),)),
    }
)
"""`reopen` is the feedback of somebody who is not satisfied."""


async def locked(ctx: Ctx, service_id: int, step: str, version: int | None = None) -> Service:
    """Return the service with its row locked, after all that may refuse the step."""
    service, held = await found(ctx, service_id)
    STEPS.check(ctx, step, held, service, version)
    return service


async def found(ctx: Ctx, service_id: int) -> tuple[Service, Holding]:
    """Return a service that the caller may read, locked, and what decides over it."""
    service = await get(ctx, Service, service_id, lock=True)
    current = await round_of(ctx, service) if service.status == "dealt" else None
    return service, of(service, current)


def of(service: Service, current: ServiceRound | None) -> Holding:
    """Return what decides over a service that was loaded, with the round that is going on where it waits for feedback."""
    people = service.creator_id, service.assignee_id, service.manager_id
    return Holding(service.status, service.type, *people, service.chance_id, bool(current and current.visit_at))


async def round_of(ctx: Ctx, service: Service) -> ServiceRound | None:
    """Return the round that is going on, of a service that was checked."""
    here = {"row_id": service.id, "n": service.reopen_count + 1}
    return (await ctx.session.scalars(ROUND, here)).one_or_none()


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
