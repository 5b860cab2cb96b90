"""Importing chances: recorded, assigned, moved and ended when and by whom they were, and opened again where a row says so.

A row is told as the steps of a chance. What stands here is what the row itself has to say: which steps lead to the state that it
tells of, and that its dates and facts are those of them.
"""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.core.ctx import Ctx
from app.core.numbers import numbers as draw_numbers
from app.models.customers.customers import Customer
from app.models.sales.chances import Chance, numbers
from app.models.sales.processes import Stage
from app.schemas.imports.imports import ImportBody
from app.services.imports import chance_rows, imports
from app.services.imports import steps as import_steps
from app.services.imports.chance_rows import End
from app.services.imports.imports import Batch
from app.services.imports.lines import Line
from app.services.imports.steps import then
from app.services.sales import chance_actions as actions
from app.services.sales import chance_facts, processes
from app.services.sales import chance_steps as steps
from app.services.sales.chance_actions import OPEN

TOLD: dict[str, Callable[[Ctx, Chance, Any], Awaitable[None]]] = {"succeed": steps.win, "fail": steps.lose}


async def chances(ctx: Ctx, body: ImportBody[Any]) -> Batch:
    """Import chances with the history that follows from their dates."""
    batch = await imports.start(ctx, Chance, body, chance_rows.REFERENCES, chance_rows.together)
    stages = (await ctx.session.scalars(select(Stage))).all()
    first = processes.pick(stages, (await processes.first(ctx)).id)

    async def tell(line: Line) -> Chance:
        chance_rows.read(ctx, line)
        chance_rows.check_state(line)
        chance_rows.check_dates(ctx, line)
        import_steps.unless_refused(line)
        if line.row:
            return await _again(batch, line)
        stage_id = line.facts.get("stage_id")
        return await _new(batch, line, processes.pick(stages, stage_id) if stage_id else first)

    def says(line: Line) -> bool:
        chance_rows.read(ctx, line)
        return "rate" in chance_rows.changed(line) or bool(line.changes())

    await import_steps.each(batch, tell, import_steps.unwritten(says))
    made = [line for line in batch.sound if line.outcome == "created"]
    for line, number in zip(made, await draw_numbers(ctx, "JH", numbers, len(made)), strict=True):
        line.row.number = number
    await import_steps.write(ctx, made)
    for line in made:
        chance: Chance = line.row
        with then(ctx, chance.creator_id, chance.opened_at) as past:
            processes.start(past, chance.id, chance.stage_id, left_at=chance.closed_at)
    return batch


async def _new(batch: Batch, line: Line, stage: Stage) -> Chance:
    """Record a chance when and by whom it was; the session does not know it yet."""
    ctx, facts, end = batch.ctx, line.facts, chance_rows.end_of(line)
    said = {name: facts[name] for name in facts.keys() & (chance_rows.FACTS - {"stage_id"} | {"external_id"})}
    customer = batch.find(line, "customer_external_id", Customer)
    with then(ctx, facts.get("creator_id"), facts.get("opened_at", ctx.now)) as past:
        chance = await chance_facts.build(past, stage, said, customer)
    chance.id = line.id or 0
    _assigned(ctx, line, chance)
    await _ended(ctx, line, chance, end)
    return chance


async def _again(batch: Batch, line: Line) -> Chance:
    """Go on from where a chance stands: open it again, change its facts, give it to somebody, end it."""
    chance: Chance = line.row
    ctx, end, was_open = batch.ctx, chance_rows.end_of(line), chance.status in OPEN
    changed = chance_rows.changed(line)
    for name in chance_rows.MADE:
        setattr(chance, name, line.now(name))
    await _opened(ctx, line, chance, end)
    if changed:
        await _changed(batch, line, chance, end, changed)
    _assigned(ctx, line, chance)
    await _ended(ctx, line, chance, end)
    if was_open and end:
        with then(ctx, chance.assignee_id, chance.closed_at or ctx.now) as past:
            await steps.end(past, chance)
    return chance


async def _opened(ctx: Ctx, line: Line, chance: Chance, end: End | None) -> None:
    """Open a chance again that has not ended, or not so; only what goes on stands in its stage again."""
    status = line.facts["status"]
    if chance.status in OPEN or (status not in OPEN and end is None):
        return
    with then(ctx, None, chance.closed_at or ctx.now) as past:
        actions.STEPS.check(past, "reopen", actions.of(chance), chance)
    if status == chance.status:
        actions.STEPS.fire(chance, "reopen")  # its end is told anew, and what stays of it need not be offered any more
        return
    steps.open_again(chance)
    if status in OPEN and line.now("stage_id") == chance.stage_id:
        with then(ctx, None, ctx.now) as past:
            await processes.enter(past, chance, chance.stage_id)


async def _changed(batch: Batch, line: Line, chance: Chance, end: End | None, facts: dict[str, Any]) -> None:
    """Change facts of an open chance, at the latest when it ended."""
    ctx, customer = batch.ctx, batch.find(line, "customer_external_id", Customer)
    with then(ctx, chance.creator_id, _ended_at(ctx, chance, end) if end else ctx.now) as past:
        actions.STEPS.check(past, "update", actions.of(chance), chance)
        await chance_facts.change(past, chance, facts, customer)


def _assigned(ctx: Ctx, line: Line, chance: Chance) -> None:
    """Give an open chance to whom the row says when it says so, or take it from whoever has it."""
    status, person, at = line.facts["status"], line.now("assignee_id"), line.facts.get("assigned_at")
    if status == "unassigned" and chance.status == "assigned":
        with then(ctx, chance.creator_id, ctx.now) as past:
            actions.STEPS.check(past, "take_back", actions.of(chance), chance)
            steps.free(chance)
    if status == "unassigned" or chance.status not in OPEN or _has(chance, person, at):
        return
    step = "reassign" if chance.status == "assigned" else "assign"
    if chance.assignee_id == person and chance.first_assigned_on == _day(ctx, chance.assigned_at):
        chance.first_assigned_on = None  # when it was given to them first is told anew
    else_at = ctx.now if step == "reassign" and status == "assigned" else chance.assigned_at or chance.opened_at
    with then(ctx, chance.creator_id, at or else_at) as past:
        actions.STEPS.check(past, step, actions.of(chance), chance)
        actions.STEPS.fire(chance, step)
        steps.hand_over(past, chance, person, None, step)


def _has(chance: Chance, person: int | None, at: datetime | None) -> bool:
    """Tell whether a chance is somebody's already, since when a row says so."""
    return chance.assignee_id == person and at in {None, chance.assigned_at}


def _day(ctx: Ctx, at: datetime | None) -> date | None:
    return chance_rows.day(ctx, at) if at else None


async def _ended(ctx: Ctx, line: Line, chance: Chance, end: End | None) -> None:
    """Win or lose a chance on its day."""
    if end is None:
        return
    line.about(**chance_rows.CALLED)
    with then(ctx, chance.assignee_id, _ended_at(ctx, chance, end)) as past:
        actions.STEPS.check(past, end.step, actions.of(chance), chance)
        await TOLD[end.step](past, chance, end.body)


def _ended_at(ctx: Ctx, chance: Chance, end: End) -> datetime:
    """Return the beginning of the day on which a chance ended, or when it was given to somebody on that day."""
    return max(ctx.start_of(end.day), chance.assigned_at or chance.opened_at)
