"""The life cycle of a chance (domain section 5): assign, take back, move, succeed, fail, reopen.

Every step locks the row; a step that the state does not allow is 409 with the steps that are.
"""

from typing import Any

from sqlalchemy import select

from app.core import touched
from app.core.audit import mark
from app.core.ctx import Ctx
from app.core.errors import AppError, Invalid
from app.core.handover import hands_over
from app.core.scope import get
from app.core.told import Reason
from app.models.access.rbac import Permission as P
from app.models.sales.chances import Chance
from app.models.sales.plans import Plan
from app.schemas.base.bulk import BulkRead, BulkResult, done, refused
from app.schemas.sales.chance_steps import (
    AssignBody,
    BulkAssignBody,
    FailBody,
    MoveBody,
    ProposeBody,
    ReasonBody,
    ReopenBody,
    SucceedBody,
)  # fmt: skip
from app.services.access import people
from app.services.base import dict as dictionary
from app.services.customers import activities
from app.services.sales import chance_actions as actions
from app.services.sales import chance_stages, chances, competitor_actions, conversions, plan_actions, processes

CLOSING = ("closed_on", "closed_at", "close_reason", "competitor_id", "close_note", "close_value")
"""What is said of a chance when it is closed, and no longer when it is open again."""


async def propose(ctx: Ctx, chance_id: int, version: int | None, body: ProposeBody) -> dict[str, Any]:
    """Note whom the creator proposes as assignee; supervisors see it under 待指派."""
    chance = await actions.locked(ctx, chance_id, "propose", version)
    if body.assignee_id:
        await people.assignable(ctx, body.assignee_id, "/assignee_id")
    chance.proposed_id = body.assignee_id
    actions.STEPS.fire(chance, "propose")
    await ctx.session.flush()
    return await chances.get_detail(ctx, chance_id)


async def assign(ctx: Ctx, chance_id: int, version: int | None, body: AssignBody) -> dict[str, Any]:
    """Assign, or reassign with a reason; who and when are kept. Open plan items follow the chance."""
    chance, step = await _to_assign(ctx, chance_id, version)
    await people.assignable(ctx, body.assignee_id, "/assignee_id", within=P.chances_assign)
    await _assign(ctx, chance, step, body)
    return await chances.get_detail(ctx, chance_id)


async def _to_assign(ctx: Ctx, chance_id: int, version: int | None) -> tuple[Chance, str]:
    chance = await get(ctx, Chance, chance_id, lock=True)
    step = "reassign" if chance.status == "assigned" else "assign"
    actions.STEPS.check(ctx, step, actions.of(chance), chance, version)
    return chance, step


async def _assign(ctx: Ctx, chance: Chance, step: str, body: AssignBody) -> Chance:
    if step == "reassign":
        if chance.assignee_id == body.assignee_id:
            raise Invalid("/assignee_id", "same", "The chance is this person's already.")
        if not body.reason:
            raise Invalid("/reason", "required", "Say why the chance is reassigned.")
    actions.STEPS.fire(chance, step)
    hand_over(ctx, chance, body.assignee_id, body.reason, step)
    await ctx.session.flush()
    return chance


@hands_over(Chance)
def hand_over(ctx: Ctx, chance: Chance, person: int, reason: Reason | None, step: str = "reassign") -> None:
    """Give a locked chance to a person; its open plan items are theirs by that."""
    mark(chance, step, **({"reason": reason} if reason else {}))
    chance.assignee_id, chance.assigned_at, chance.proposed_id = person, ctx.now, None
    chance.first_assigned_on = chance.first_assigned_on or ctx.today


async def bulk_assign(ctx: Ctx, body: BulkAssignBody) -> BulkRead:
    """Assign many; rows are taken in the order of their ids, so that two bulk steps cannot deadlock.

    A row that is named twice is assigned once.
    """
    await people.assignable(ctx, body.assignee_id, "/assignee_id", within=P.chances_assign)
    one = AssignBody(assignee_id=body.assignee_id, reason=body.reason)
    results: dict[int, BulkResult] = {}
    once = {item.id: item for item in body.items}
    for item in sorted(once.values(), key=lambda item: item.id):
        try:
            results[item.id] = done(await _assign(ctx, *await _to_assign(ctx, item.id, item.version), one))
        except AppError as error:
            touched.note(ctx.session.sync_session, "chances")  # the caller sees an old one
            results[item.id] = refused(item.id, error)
    return BulkRead(results=[results[item.id] for item in body.items])


async def take_back(ctx: Ctx, chance_id: int, version: int | None, body: ReasonBody) -> dict[str, Any]:
    """Take a chance back from its assignee, with a reason."""
    chance = await actions.locked(ctx, chance_id, "take_back", version)
    free(chance)
    mark(chance, "take_back", reason=body.reason)
    await ctx.session.flush()
    return await chances.get_detail(ctx, chance_id)


def free(chance: Chance) -> None:
    """Take a chance that was checked from whoever has it."""
    actions.STEPS.fire(chance, "take_back")
    chance.assignee_id = chance.assigned_at = None


async def move(ctx: Ctx, chance_id: int, version: int | None, body: MoveBody) -> dict[str, Any]:
    """Move to another stage: stage, its rate (unless set by hand) and a row of stage history.

    Raises `StageConditions` (409, `unmet`) for a later stage, `Invalid` at /reason for an earlier one without a reason.
    """
    chance = await actions.locked(ctx, chance_id, "move", version)
    actions.STEPS.fire(chance, "move")
    if body.reason:
        mark(chance, "move", reason=body.reason)
    await chance_stages.change(ctx, chance, body.stage_id, body.rate, body.reason)
    await ctx.session.flush()
    return await chances.get_detail(ctx, chance_id)


async def succeed(ctx: Ctx, chance_id: int, version: int | None, body: SucceedBody) -> dict[str, Any]:
    """Close as won, in one transaction with the customer that it links or creates.

    Raises:
        Invalid: closed in the future or before the chance was opened; no customer chosen.
        DuplicateCustomer: likely twins exist and no choice was made (409 with candidates).
    """
    chance = await actions.locked(ctx, chance_id, "succeed", version)
    await win(ctx, chance, body)
    await end(ctx, chance)
    if chance.customer_id:
        await activities.follow_customer(ctx, chance.id, chance.customer_id)
    return await chances.get_detail(ctx, chance_id)


async def win(ctx: Ctx, chance: Chance, body: SucceedBody) -> None:
    """Win a chance that was checked, with the customer that it links or creates; raise as `succeed`."""
    closed_on = body.closed_on or ctx.today
    if closed_on > ctx.today:
        raise Invalid("/closed_on", "in_future", "A chance cannot be won in the future.")
    if closed_on < chance.opened_at.astimezone(ctx.timezone).date():
        raise Invalid("/closed_on", "before_opened", "This is before the chance was opened.")
    competitor_id = await _checked(ctx, "success_reason", chance, body)
    if body.customer_id and body.create_customer:
        raise Invalid("/create_customer", "ambiguous", "Choose a customer or create one, not both.")
    if body.customer_id:
        customer = await conversions.get_linked(ctx, body.customer_id)
        chance.customer_id, chance.customer_name = customer.id, customer.name
    elif body.create_customer and not await conversions.has_made(ctx, chance):
        chance.customer_id = await conversions.create_from_chance(ctx, chance, confirm=body.confirm_new)
    elif chance.customer_id is None:
        raise Invalid("/customer_id", "required", "Choose the customer, or create one.")
    actions.STEPS.fire(chance, "succeed")
    chance.closed_on, chance.closed_at = closed_on, ctx.now
    chance.close_value = body.close_value
    chance.close_reason, chance.competitor_id, chance.close_note = body.reason, competitor_id, body.note


async def fail(ctx: Ctx, chance_id: int, version: int | None, body: FailBody) -> dict[str, Any]:
    """Close as failed with a reason from the dictionary."""
    chance = await actions.locked(ctx, chance_id, "fail", version)
    await lose(ctx, chance, body)
    await end(ctx, chance)
    return await chances.get_detail(ctx, chance_id)


async def lose(ctx: Ctx, chance: Chance, body: FailBody) -> None:
    """Lose a chance that was checked."""
    competitor_id = await _checked(ctx, "fail_reason", chance, body)
    actions.STEPS.fire(chance, "fail")
    chance.closed_on, chance.closed_at = ctx.today, ctx.now
    chance.close_value = None
    chance.close_reason, chance.competitor_id, chance.close_note = body.reason, competitor_id, body.note


async def reopen(ctx: Ctx, chance_id: int, version: int | None, body: ReopenBody) -> dict[str, Any]:
    """Open a closed chance again: a failed one always, a won one within 30 days; its customer stays linked.

    It goes back to who had it, or to whom the caller names; when who had it has left, it is unassigned.
    """
    chance = await actions.locked(ctx, chance_id, "reopen", version)
    if body.assignee_id:
        await people.assignable(ctx, body.assignee_id, "/assignee_id", within=P.chances_reopen)
    before = chance.assignee_id
    person = body.assignee_id or (before if await people.works(ctx, before) else None)
    open_again(chance)
    mark(chance, "reopen", reason=body.reason)
    if person != before:
        chance.assignee_id, chance.assigned_at = person, ctx.now if person else None
        chance.status = "assigned" if person else "unassigned"
    await processes.enter(ctx, chance, chance.stage_id)
    await ctx.session.flush()
    return await chances.get_detail(ctx, chance_id)


def open_again(chance: Chance) -> None:
    """Let a chance that was checked go on as if it had not ended."""
    actions.STEPS.fire(chance, "reopen")
    for name in CLOSING:
        setattr(chance, name, None)


async def _checked(ctx: Ctx, kind: str, chance: Chance, body: SucceedBody | FailBody) -> int | None:
    """Check what is said of the end, where what the chance says already may stay; return the competitor that it names."""
    if body.reason != chance.close_reason:
        await dictionary.check(ctx, {"reason": (kind, body.reason)})
    return await competitor_actions.named(ctx, body.competitor, chance.competitor_id)


async def end(ctx: Ctx, chance: Chance) -> None:
    """End the stay in the stage and cancel what is still planned: closed chances have nothing overdue."""
    await processes.leave(ctx, chance)
    statement = select(Plan).where(Plan.chance_id == chance.id, Plan.status == "open")
    plan_actions.cancel(
        await ctx.session.scalars(statement.execution_options(scoped="the plan of a chance that was checked"))
    )
    await ctx.session.flush()
