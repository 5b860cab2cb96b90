"""The life cycle of a service (domain section 5): assign, return, deal, visit, feedback, void.

Every step locks the row; a step that the state does not allow is 409 with the steps that the caller may take.
Each deal opens a round and each feedback completes it: nothing that was said is overwritten.
"""

from datetime import timedelta
from typing import Any

from app.core.audit import mark
from app.core.ctx import Ctx
from app.core.errors import Conflict, Invalid
from app.core.handover import hands_over
from app.core.told import Reason
from app.models.access.rbac import Permission as P
from app.models.care.services import Service, ServiceRound
from app.schemas.care.service_steps import (
    DealBody,
    FeedbackBody,
    ReturnBody,
    ServiceAssignBody,
    ServiceReturned,
    VisitBody,
    VoidBody,
)  # fmt: skip
from app.services.access import people
from app.services.care import service_actions as actions
from app.services.care import services
from app.services.care.service_actions import COMPLAINT, SATISFIED

CLOCKS_DIFFER = timedelta(minutes=5)


async def assign(ctx: Ctx, service_id: int, version: int | None, body: ServiceAssignBody) -> dict[str, Any]:
    """Assign, or reassign: who, when and by whom are kept, and both people are told."""
    service, held = await actions.found(ctx, service_id)
    step = "reassign" if service.status == "assigned" else "assign"
    actions.STEPS.check(ctx, step, held, service, version)
    await give(ctx, service, step, body)
    return await services.get_detail(ctx, service_id)


async def give(ctx: Ctx, service: Service, step: str, body: ServiceAssignBody) -> None:
    """Assign, or reassign, a service that was checked; raise `Invalid` for who cannot have it, or has it."""
    await people.assignable(ctx, body.assignee_id, "/assignee_id", within=P.services_assign, holding=P.services_deal)
    if service.assignee_id == body.assignee_id:
        raise Invalid("/assignee_id", "same", "The service is this person's already.")
    actions.STEPS.fire(service, step)
    hand_over(ctx, service, body.assignee_id, body.reason, step)
    await ctx.session.flush()


@hands_over(Service)
def hand_over(ctx: Ctx, service: Service, person: int, reason: Reason | None, step: str = "reassign") -> None:
    """Give a locked service to a person; who gave it is kept. One that waits for feedback stays where it is."""
    mark(service, step, **({"reason": reason} if reason else {}))
    service.assignee_id, service.assigned_at, service.assigned_by = person, ctx.now, ctx.actor.id
    service.first_assigned_at = service.first_assigned_at or ctx.now


async def give_back(ctx: Ctx, service_id: int, version: int | None, body: ReturnBody) -> ServiceReturned:
    """Give a service back unassigned; who assigned it and who created it are told.

    The answer is short: the service may be out of the former assignee's sight now.
    """
    service = await actions.locked(ctx, service_id, "return", version)
    return await _unassign(ctx, service, "return", body.reason)


async def take_back(ctx: Ctx, service_id: int, version: int | None, body: ReturnBody) -> ServiceReturned:
    """Let an assigned service wait again, by who assigns services; who had it is told."""
    service = await actions.locked(ctx, service_id, "take_back", version)
    return await _unassign(ctx, service, "take_back", body.reason)


async def _unassign(ctx: Ctx, service: Service, step: str, reason: Reason) -> ServiceReturned:
    actions.STEPS.fire(service, step)
    mark(service, step, reason=reason)
    service.assignee_id = service.assigned_at = service.assigned_by = None
    await ctx.session.flush()
    return ServiceReturned(id=service.id, version=service.version, number=service.number, status=service.status)


async def deal(ctx: Ctx, service_id: int, version: int | None, body: DealBody) -> dict[str, Any]:
    """Write what was done: a new round."""
    await begin_round(ctx, await actions.locked(ctx, service_id, "deal", version), body)
    return await services.get_detail(ctx, service_id)


async def begin_round(ctx: Ctx, service: Service, body: DealBody) -> ServiceRound:
    """Write what was done about a service that was checked."""
    actions.STEPS.fire(service, "deal")
    service.first_dealt_at = service.first_dealt_at or ctx.now
    begun = ServiceRound(
        service_id=service.id,
        n=service.reopen_count + 1,
        deal=body.deal,
        dealt_by=ctx.actor.id,
        dealt_at=ctx.now,
    )
    ctx.session.add(begun)
    await ctx.session.flush()
    return begun


async def visit(ctx: Ctx, service_id: int, version: int | None, body: VisitBody) -> dict[str, Any]:
    """Write who called on the customer of a complaint when, once in each round.

    Raises `Invalid` for a visit in the future, or before what was done.
    """
    service = await actions.locked(ctx, service_id, "visit", version)
    await call_on(ctx, service, await actions.round_of(ctx, service), body)
    return await services.get_detail(ctx, service_id)


async def call_on(ctx: Ctx, service: Service, current: ServiceRound | None, body: VisitBody) -> None:
    """Write the visit of the present round of a complaint that was checked."""
    at = body.at or ctx.now
    if at > ctx.now + CLOCKS_DIFFER:
        raise Invalid("/at", "in_future", "A visit has happened; write it down afterwards.")
    if current is None or at < current.dealt_at:
        raise Invalid("/at", "before_deal", "The visit follows what was done.")
    visitor = await people.known(ctx, body.visitor_id, "/visitor_id") if body.visitor_id else ctx.actor.id
    actions.STEPS.fire(service, "visit")
    service.visit_by, service.visit_at = visitor, at
    current.visit_by, current.visit_at, current.visit_note = visitor, at, body.note
    mark(current, "visit")
    await ctx.session.flush()


async def feedback(ctx: Ctx, service_id: int, version: int | None, body: FeedbackBody) -> dict[str, Any]:
    """Write what the customer says: from three stars on it is archived, below it comes back to the assignee.

    Raises `Conflict` (409, `code` visit_first) for a complaint that was not visited in this round.
    """
    service = await actions.locked(ctx, service_id, "feedback", version)
    await hear(ctx, service, await actions.round_of(ctx, service), body)
    return await services.get_detail(ctx, service_id)


async def hear(ctx: Ctx, service: Service, current: ServiceRound | None, body: FeedbackBody) -> None:
    """Write the feedback of the present round of a service that was checked."""
    satisfied = body.satisfaction >= SATISFIED
    if current is None:
        raise Conflict("This service has no round to give feedback on.")
    if satisfied and service.type == COMPLAINT and not current.visit_at:
        raise Conflict("A complaint is archived only after a visit to the customer (回访).", code="visit_first")
    actions.STEPS.fire(service, "feedback" if satisfied else "reopen")
    current.result, current.satisfaction = body.result, body.satisfaction
    current.feedback_by, current.feedback_at = ctx.actor.id, ctx.now
    mark(current, "feedback")
    service.satisfaction = body.satisfaction
    if satisfied:
        service.closed_at, service.closed_by = ctx.now, ctx.actor.id
    else:
        service.reopen_count += 1
    await ctx.session.flush()


async def void(ctx: Ctx, service_id: int, version: int | None, body: VoidBody) -> dict[str, Any]:
    """End a service that needs no dealing with; its assignee is told."""
    await end(ctx, await actions.locked(ctx, service_id, "void", version), body)
    return await services.get_detail(ctx, service_id)


async def end(ctx: Ctx, service: Service, body: VoidBody) -> None:
    """End a service that was checked, and that needs no dealing with."""
    actions.STEPS.fire(service, "void")
    service.void_reason, service.closed_at, service.closed_by = body.reason, ctx.now, ctx.actor.id
    await ctx.session.flush()
