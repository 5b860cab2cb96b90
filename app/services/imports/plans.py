"""Importing the plans of chances: written down, and done or cancelled, when they were."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.core.ctx import Ctx
from app.models.access.users import User
from app.models.sales.chances import Chance
from app.models.sales.plans import Plan
from app.schemas.imports.imports import ImportBody
from app.schemas.sales.plans import PlanPatch, PlanWrite
from app.services.imports import imports
from app.services.imports import steps as import_steps
from app.services.imports.imports import Batch
from app.services.imports.keys import ACROSS
from app.services.imports.lines import Line
from app.services.imports.steps import then
from app.services.sales import chance_actions
from app.services.sales import plan_actions as actions
from app.services.sales import plans as noun

REFERENCES: dict[str, tuple[str, Any]] = {
    "chance_external_id": ("chance_id", Chance),
    "creator_external_id": ("created_by", User),
    "done_by_external_id": ("done_by", User),
}
DONE = ("done_at", "done_by_external_id")
"""What stays once an item is done."""
CHANGES = PlanPatch.model_fields.keys() - {"result"}


async def plans(ctx: Ctx, body: ImportBody[Any]) -> Batch:
    """Import plan items; their chances come before, in whatever state they are now."""
    batch = await imports.start(ctx, Plan, body, REFERENCES)
    await import_steps.hold(batch, Chance)
    ends = await _ends(ctx, batch)

    async def tell(line: Line) -> Plan:
        import_steps.moments(ctx, line, "opened_at", "done_at")
        import_steps.fixed(batch, line, "chance_external_id", "creator_external_id")
        if getattr(line.row, "status", None) == "done":
            import_steps.fixed(batch, line, *DONE)
        if line.now("chance_id") is None:
            line.refuse("chance_external_id", "required", "Name the chance.")
        if line.facts.get("done_at") and not line.now("result"):
            line.refuse("result", "required", "What is done has a result.")
        import_steps.unless_refused(line)
        return await _told(ctx, line, ends.get(line.now("chance_id")))

    await import_steps.each(batch, tell)
    return batch


async def _ends(ctx: Ctx, batch: Batch) -> dict[int | None, date]:
    """Return chance -> the day on which it ended, of the chances that rows name."""
    ids = {known.id for (model, _), known in batch.known.items() if model is Chance}
    ended = select(Chance.id, Chance.closed_on).where(Chance.id.in_(ids), Chance.closed_on.is_not(None))
    rows = await ctx.session.execute(ended, execution_options=ACROSS) if ids else ()
    return {row.id: row.closed_on for row in rows}


async def _told(ctx: Ctx, line: Line, ended: date | None) -> Plan:
    """Write down or change an item, execute it or correct its result; what is left of a chance that has ended is cancelled."""
    facts = import_steps.said(line, "date", "todo", "result", "done_at", "done_by", "opened_at", "created_by")
    result, done_at, done_by = (facts.pop(name, None) for name in ("result", "done_at", "done_by"))
    planned = min(ctx.now, *(ctx.start_of(day) for day in (line.now("date"), ended) if day))
    if line.row is None:
        plan = await _new(ctx, line, facts, done_at or planned)
    else:
        plan = await _change(ctx, line)
    if result and plan.status == "open":
        line.about("done_at")
        await _done(ctx, plan, result, done_by, done_at or max(planned, plan.created_at))
    elif result and result != plan.result:
        with then(ctx, plan.done_by, plan.done_at or ctx.now) as past:
            await actions.locked(past, plan.id, "correct")
            await noun.change(past, plan, PlanPatch(result=result))
    if plan.status == "open" and ended:
        actions.cancel([plan])
    return plan


async def _new(ctx: Ctx, line: Line, facts: dict[str, Any], planned: datetime) -> Plan:
    creator, opened_at = facts.pop("created_by", None), facts.pop("opened_at", planned)
    line.about("chance_external_id")
    with then(ctx, creator, opened_at) as past:
        chance = await chance_actions.locked(past, facts.pop("chance_id"), "plan")
        return await noun.add(past, chance, PlanWrite(**facts))


async def _change(ctx: Ctx, line: Line) -> Plan:
    plan: Plan = line.row
    line.facts = {name: value for name, value in line.facts.items() if name in CHANGES}
    if changed := line.changes():
        body = PlanPatch(**changed)
        with then(ctx, plan.created_by, ctx.now) as past:
            await actions.locked(past, plan.id, noun.step_of(body))
            await noun.change(past, plan, body)
    return plan


async def _done(ctx: Ctx, plan: Plan, result: str, done_by: int | None, done_at: datetime) -> None:
    with then(ctx, done_by, done_at) as past:
        _, chance = await actions.locked(past, plan.id, "execute")
    with then(ctx, done_by or chance.assignee_id, done_at) as past:
        await noun.done(past, plan, result)
