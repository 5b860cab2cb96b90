"""Importing chances: in whatever state they are, with their owners, dates and stage history.

The rules of the life cycle hold (domain section 5): an assigned chance has an assignee, a won one its
customer, value and date, a failed one its reason; facts of a closed chance are frozen.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.core.ctx import Ctx
from app.core.numbers import numbers as draw_numbers
from app.models.access.users import User
from app.models.customers.customers import Customer
from app.models.goods.products import Product
from app.models.sales.chance_stages import ChanceStage
from app.models.sales.chances import Chance, numbers
from app.models.sales.plans import Plan
from app.models.sales.processes import Stage
from app.schemas.imports.imports import ImportBody
from app.schemas.imports.rows import ChanceImport
from app.services.imports import imports
from app.services.imports.imports import Batch
from app.services.imports.keys import ACROSS
from app.services.imports.lines import Line, moment
from app.services.sales import plan_actions, processes
from app.services.sales.chance_actions import OPEN

REFERENCES: dict[str, tuple[str, Any]] = {
    "customer_external_id": ("customer_id", Customer),
    "product_external_id": ("product_id", Product),
    "creator_external_id": ("creator_id", User),
    "assignee_external_id": ("assignee_id", User),
}
ENDING = ("closed_on", "close_value", "close_reason", "competitor", "close_note")
NEEDED = {
    "unassigned": (),
    "assigned": ("assignee_id",),
    "succeeded": ("assignee_id", "customer_id", "closed_on", "close_value"),
    "failed": ("assignee_id", "closed_on", "close_reason"),
}
WORK = ("assignee_id", "assigned_at")
ALLOWED = {
    "unassigned": (),
    "assigned": WORK,
    "succeeded": (*WORK, *ENDING),
    "failed": (*WORK, "closed_on", "close_reason", "competitor", "close_note"),
}
WHO_AND_WHEN = {
    "status",
    "creator_id",
    "opened_at",
    "assignee_id",
    "assigned_at",
    "first_assigned_on",
    "closed_at",
    *ENDING,
}
STATE = {"status", "assignee_external_id", "assigned_at", *ENDING}
FIELDS = {attribute: name for name, (attribute, _) in REFERENCES.items()}
"""How a refusal names an attribute: by the field that was sent."""


async def chances(ctx: Ctx, body: ImportBody[Any]) -> Batch:
    """Import chances with the history that follows from their dates."""
    batch = await imports.start(ctx, Chance, body, REFERENCES, _together)
    first = await processes.first(ctx)
    stages = {stage.id: stage for stage in await ctx.session.scalars(select(Stage))}
    for line in batch.sound:
        batch.read(line)
        if not line.errors:
            _dates(ctx, line)
            _who(batch, line)
            _stage(line, first.id, stages)
            _order(ctx, line)
            _state(line)
    await imports.check_items(batch, {"source": "source", "competitor": "competitor"})
    await _reasons(batch)
    fresh = [line for line in batch.sound if line.row is None]
    for line, number in zip(fresh, await draw_numbers(ctx, "JH", numbers, len(fresh)), strict=True):
        line.facts["number"] = number
    before = {line.place: (line.row.status, line.row.stage_id) for line in batch.sound if line.row}
    await imports.write(batch)
    await _history(ctx, batch, before)
    return batch


def _together(chance: Chance, held: set[str]) -> set[str]:
    """Leave the whole state to who changed a part of it here, and all of a chance that was closed here."""
    if held.isdisjoint(STATE):
        return held
    return held | STATE if chance.status in OPEN else set(ChanceImport.model_fields)


def _day(ctx: Ctx, moment: datetime) -> date:
    return moment.astimezone(ctx.timezone).date()


def _dates(ctx: Ctx, line: Line) -> None:
    """Fill in the dates that follow: from opening to assignment to the end, none of them in the future."""
    facts = line.facts
    for name in ("opened_at", "assigned_at"):
        if facts.get(name):
            facts[name] = moment(ctx, facts[name])
    if line.now("opened_at") is None:
        facts["opened_at"] = line.row.opened_at if line.row else ctx.now
    if facts.get("status") is None:
        facts["status"] = _status(line)
    if line.now("status") == "unassigned":
        facts |= {name: None for name in WORK if not line.has(FIELDS.get(name, name))}
    elif line.now("assigned_at") is None:
        facts["assigned_at"] = line.now("opened_at")
    assigned_at = facts.get("assigned_at")
    if line.row is None:
        facts["first_assigned_on"] = _day(ctx, assigned_at) if assigned_at else None
    elif assigned_at and (line.has("assigned_at") or line.row.first_assigned_on is None):
        facts["first_assigned_on"] = _day(ctx, assigned_at)


def _status(line: Line) -> str:
    """Return the state that follows where a row tells of none: what has ended stays so, else as there is an assignee."""
    if line.row and line.row.status not in OPEN:
        return str(line.row.status)
    return "assigned" if line.now("assignee_id") else "unassigned"


def _who(batch: Batch, line: Line) -> None:
    """Take the customer's name over, and the caller as creator of what names none."""
    customer = batch.find(line, "customer_external_id", Customer)
    if customer:
        line.facts["customer_name"] = customer.name
    if not line.now("customer_name"):
        line.refuse("customer_name", "required", "Name the customer, or refer to an imported one.")
    if line.now("creator_id") is None:
        line.facts["creator_id"] = batch.ctx.actor.id


def _stage(line: Line, first: int, stages: dict[int, Stage]) -> None:
    """Set stage and probability; the stage's own is taken over unless one was set by hand."""
    facts = line.facts
    if facts.get("stage_id") is None:
        facts["stage_id"] = line.row.stage_id if line.row else first
    stage, like = stages.get(facts["stage_id"]), stages[line.row.stage_id] if line.row else None
    if stage is None or (like and like.process_id != stage.process_id):
        line.refuse("stage_id", "not_found", "The chance's process has no such stage.")
    elif facts.get("rate") is not None:
        facts["rate_is_manual"] = True
    elif line.row is None or line.has("rate") or (not line.row.rate_is_manual and stage.id != line.row.stage_id):
        facts |= {"rate": stage.rate, "rate_is_manual": False}


def _state(line: Line) -> None:
    """Check that what is said fits the state; facts of what stays closed are frozen."""
    status, facts = line.now("status"), line.facts
    if line.row and line.row.status not in {status, *OPEN}:
        facts |= {name: None for name in _of_another_end(status) if not line.has(name)}
    for name in NEEDED[status]:
        if line.now(name) is None:
            line.refuse(FIELDS.get(name, name), "required", f"A chance that is {status} has one.")
    for name in sorted({*WORK, *ENDING} - set(ALLOWED[status])):
        if line.now(name) is not None:
            line.refuse(FIELDS.get(name, name), "not_in_state", f"A chance that is {status} has none.")
    if line.row and {status, line.row.status}.isdisjoint(OPEN):
        for name in sorted(line.changes().keys() - WHO_AND_WHEN):
            line.refuse(FIELDS.get(name, name), "closed", "The facts of a closed chance are frozen.")


def _of_another_end(status: str) -> set[str]:
    """Return what a chance said of its end that says nothing of the state that it has now: each end has reasons of its own."""
    return {*ENDING} - {*ALLOWED[status]} | {"close_reason"}


def _order(ctx: Ctx, line: Line) -> None:
    """Check the dates against each other and against today; the end gets its moment."""
    opened, assigned, closed_on = line.now("opened_at"), line.now("assigned_at"), line.now("closed_on")
    moments = {"opened_at": opened, "assigned_at": assigned, "closed_on": closed_on and moment(ctx, closed_on)}
    for name, value in moments.items():
        if value and value > ctx.now:
            line.refuse(name, "in_future", "This lies in the future.")
    if assigned and _day(ctx, assigned) < _day(ctx, opened):
        line.refuse("assigned_at", "before_opened", "This is before the chance was opened.")
    if closed_on and closed_on < _day(ctx, assigned or opened):
        line.refuse("closed_on", "before_opened", "This is before the chance was opened or assigned.")
    if line.row is None or closed_on != line.row.closed_on:
        line.facts["closed_at"] = max(moments["closed_on"], assigned or opened) if closed_on else None


async def _reasons(batch: Batch) -> None:
    """Check the reasons, each against the list of its outcome."""
    for status, kind in (("succeeded", "success_reason"), ("failed", "fail_reason")):
        lines = [line for line in batch.sound if line.now("status") == status and line.facts.get("close_reason")]
        part = Batch(batch.ctx, batch.model, lines, batch.references, batch.known)
        await imports.check_items(part, {"close_reason": kind})


async def _history(ctx: Ctx, batch: Batch, before: dict[int, tuple[str, int]]) -> None:
    """Write the stays in stages; what is closed ends its stay and its open plan items."""
    moved = [
        line for line in batch.sound if line.row and before.get(line.place) != (line.row.status, line.row.stage_id)
    ]
    known = {line.id: line for line in moved if line.place in before}
    if known:
        await _leave(ctx, known, before)
    for line in moved:
        chance, was = line.row, before.get(line.place)
        if was and was[1] == chance.stage_id and (was[0] in OPEN or chance.status not in OPEN):
            continue
        ctx.session.add(
            ChanceStage(
                chance_id=chance.id,
                stage_id=chance.stage_id,
                entered_at=ctx.now if was else chance.opened_at,
                left_at=chance.closed_at if was is None or chance.status not in OPEN else None,
                entered_by=ctx.actor.id if was else chance.creator_id,
            )
        )
    await ctx.session.flush()


async def _leave(ctx: Ctx, known: dict[int | None, Line], before: dict[int, tuple[str, int]]) -> None:
    statement = select(ChanceStage).where(ChanceStage.chance_id.in_(known), ChanceStage.left_at.is_(None))
    for stay in await ctx.session.scalars(statement):
        line = known[stay.chance_id]
        closed, moved = line.row.status not in OPEN, line.row.stage_id != before[line.place][1]
        if closed or moved:
            stay.left_at = max(stay.entered_at, line.row.closed_at) if closed else ctx.now
    ended = [chance_id for chance_id, line in known.items() if line.row.status not in OPEN]
    open_items = select(Plan).where(Plan.chance_id.in_(ended), Plan.status == "open")
    plan_actions.cancel(await ctx.session.scalars(open_items, execution_options=ACROSS))
