"""The rounds of an imported service: dealt with, visited, heard, by their place; what is there already stays as it was written."""

from datetime import datetime
from typing import Any

from app.core.ctx import Ctx
from app.models.access.users import User
from app.models.care.services import Service, ServiceRound
from app.schemas.care.service_steps import DealBody, FeedbackBody, VisitBody
from app.schemas.imports.past import RoundImport
from app.services.care import service_actions as actions
from app.services.care import service_steps as steps
from app.services.imports import steps as import_steps
from app.services.imports.imports import Batch
from app.services.imports.lines import Line, moment
from app.services.imports.steps import then

PEOPLE = ("dealt_by_external_id", "visit_by_external_id", "feedback_by_external_id")
MOMENTS = ("dealt_at", "visit_at", "feedback_at")
STAYS = "What was written of a round stays."


def moments(ctx: Ctx, line: Line) -> None:
    """Read the moments of the rounds; none lies in the future, and each follows the one before it."""
    latest: datetime | None = line.facts.get("assigned_at") or line.facts.get("opened_at")
    for n, given in enumerate(line.given.rounds or ()):
        for name in MOMENTS:
            at = moment(ctx, getattr(given, name))
            if at is None:
                continue
            if at > ctx.now:
                line.refuse(f"rounds/{n}/{name}", "in_future", "This lies in the future.")
            elif latest and at < latest:
                line.refuse(f"rounds/{n}/{name}", "out_of_turn", "This is before what came before it.")
            latest = at


async def tell(batch: Batch, line: Line, service: Service, there: list[ServiceRound]) -> None:
    """Tell the rounds of a row: what is not there yet is done, round by round."""
    for n, given in enumerate(line.given.rounds or ()):
        who = {name: found.id for name in PEOPLE if (found := batch.find(line, f"rounds/{n}/{name}", User))}
        import_steps.unless_refused(line)
        line.about(f"rounds/{n}", at="visit_at", visitor_id="visit_by_external_id")
        current = there[n] if n < len(there) else None
        if current is None:
            current = await _dealt(batch.ctx, service, given, who.get(PEOPLE[0]))
        elif not _same(line, f"rounds/{n}/deal", current.deal, given.deal):
            return
        if given.visit_at and not current.visit_at:
            await _visited(batch.ctx, service, current, given, who.get(PEOPLE[1]))
        if given.satisfaction is not None and current.satisfaction is None:
            await _heard(batch.ctx, line, service, current, who.get(PEOPLE[2]))
        elif given.satisfaction is not None and not _same(
            line, f"rounds/{n}/satisfaction", current.satisfaction, given.satisfaction
        ):
            return


def _same(line: Line, name: str, written: Any, given: Any) -> bool:
    """Tell whether a row says what is written; what says otherwise is left and told."""
    if written != given:
        line.keep(name, STAYS)
    return bool(written == given)


async def _dealt(ctx: Ctx, service: Service, given: RoundImport, who: int | None) -> ServiceRound:
    with then(ctx, who or service.assignee_id, moment(ctx, given.dealt_at)) as past:
        actions.STEPS.check(past, "deal", actions.of(service, None), service)
        return await steps.begin_round(past, service, DealBody(deal=given.deal))


async def _visited(ctx: Ctx, service: Service, current: ServiceRound, given: RoundImport, who: int | None) -> None:
    with then(ctx, who or service.assignee_id, moment(ctx, given.visit_at)) as past:
        actions.STEPS.check(past, "visit", actions.of(service, current), service)
        await steps.call_on(past, service, current, VisitBody(note=given.visit_note))


async def _heard(ctx: Ctx, line: Line, service: Service, current: ServiceRound, who: int | None) -> None:
    given = line.given.rounds[current.n - 1]
    if not given.result:
        line.refuse(f"{line.part}/result", "required", "Feedback says what the customer said.")
        import_steps.unless_refused(line)
    at = moment(ctx, given.feedback_at) or current.visit_at or current.dealt_at
    with then(ctx, who or service.assignee_id, at) as past:
        actions.STEPS.check(past, "feedback", actions.of(service, current), service)
        await steps.hear(past, service, current, FeedbackBody(result=given.result, satisfaction=given.satisfaction))
