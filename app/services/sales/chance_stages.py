"""The way of a chance through its stages: what has to be there before it goes on, and why it goes back."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import exists, select

from app.core.ctx import Ctx
from app.core.errors import Conflict, Invalid
from app.core.scope import unscoped
from app.core.told import Reason
from app.models.sales.chances import Chance
from app.models.sales.plans import Plan
from app.models.sales.processes import Stage
from app.services.sales import processes


class StageConditions(Conflict):
    """The chance does not have yet what a stage on its way asks for."""


async def change(ctx: Ctx, chance: Chance, stage_id: int, rate: int | None, reason: Reason | None) -> None:
    """Put a chance into a stage; the stage's rate is taken over unless the person set one by hand.

    What is told of the past moved by the rules of elsewhere: it needs no reason, and meets no condition.

    Raises:
        Invalid: at /stage_id for a stage of another process, at /reason for a step back that has none.
        StageConditions: 409 with `unmet`, for each stage entered or passed over what the chance lacks.
    """
    way = await processes.way(ctx, chance.stage_id)
    stage, present = processes.pick(way, stage_id), processes.pick(way, chance.stage_id)
    if stage.sort < present.sort and not reason and not ctx.teller:
        raise Invalid("/reason", "required", "Say why the chance goes back to an earlier stage.")
    if not ctx.teller:
        await _ready(ctx, chance, [one for one in way if present.sort < one.sort <= stage.sort])
    if stage is not present:
        await processes.enter(ctx, chance, stage.id, reason)
        chance.stage_id = stage.id
        if not chance.rate_is_manual:
            chance.rate = stage.rate
    if rate is not None:
        chance.rate, chance.rate_is_manual = rate, True


async def _ready(ctx: Ctx, chance: Chance, ahead: Sequence[Stage]) -> None:
    asked = {condition for stage in ahead for condition in stage.conditions}
    lacking = {condition for condition in asked if not await _met(ctx, chance, condition)}
    unmet: list[dict[str, Any]] = [
        {"stage": {"id": stage.id, "name": stage.name}, "conditions": found}
        for stage in ahead
        if (found := [condition for condition in stage.conditions if condition in lacking])
    ]
    if unmet:
        raise StageConditions(unmet=unmet)


async def _met(ctx: Ctx, chance: Chance, condition: str) -> bool:
    if condition == "plan_done":
        done = exists(select(Plan.id).where(Plan.chance_id == chance.id, Plan.status == "done"))
        return bool(await ctx.session.scalar(unscoped(select(done), "the plan of a chance that was checked")))
    fact = {"product": "product_id"}.get(condition, condition)
    return getattr(chance, fact) is not None
