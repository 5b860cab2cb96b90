"""Development plans: items of assigned chances, executed by the assignee (domain section 5)."""

import datetime as dt
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, select
from sqlalchemy.orm import aliased

from app.core import external
from app.core.audit import mark
from app.core.ctx import Ctx
from app.core.errors import Forbidden, Invalid, NotFound
from app.core.listing import Listing, Sort
from app.core.nouns import Noun
from app.core.orm import changes
from app.core.paging import Paged
from app.core.prepared import ROW_ID, TODAY, run
from app.core.reference import Reference
from app.core.rows import Row
from app.core.scope import scoped, visible
from app.core.search import asked
from app.models.access.rbac import Permission as P
from app.models.access.users import User
from app.models.customers.customers import Customer
from app.models.sales.chances import WORKED_ON, Chance
from app.models.sales.plans import Plan
from app.schemas.customers.activities import ActivityWrite
from app.schemas.sales.plans import ExecuteBody, PlanPatch, PlanQuery, PlanWrite
from app.services.base import dict as dictionary
from app.services.customers import activities
from app.services.sales import chance_actions, chances
from app.services.sales import plan_actions as actions

Assignee, Doer = aliased(User), aliased(User)


ROW: tuple[Any, ...] = (
    Plan.id, Plan.version, Reference("chance", Chance.id, Chance.title.label("name")), Chance.customer_name,
    Reference("customer", Customer.id, Customer.name), Reference("assignee", Assignee.id, Assignee.name), Plan.date,
    Plan.todo, Plan.kind, Plan.status, and_(Plan.status == "open", Plan.date < TODAY).label("overdue"), Plan.result,
    Plan.done_at, Reference("done_by", Doer.id, Doer.name), Plan.created_at, Plan.external_id,
    Chance.status.label("chance_status"), Chance.owner_id.label("chance_owner_id"),
)  # fmt: skip


def _joins(ctx: Ctx, statement: Select[Any]) -> Select[Any]:
    return (
        statement.join(Chance, Chance.id == Plan.chance_id)
        .outerjoin(Customer, and_(Customer.id == Chance.customer_id, visible(ctx, Customer)))
        .outerjoin(Assignee, Assignee.id == Chance.assignee_id)
        .outerjoin(Doer, Doer.id == Plan.done_by)
    )


def _of(person: int) -> ColumnElement[bool]:
    return Plan.chance_id.in_(
        select(Chance.id).where(Chance.assignee_id == person, Chance.status.in_(WORKED_ON), Chance.deleted_at.is_(None))
    )


listing = Listing(
    model=Plan,
    query=PlanQuery,
    columns=ROW,
    joins=_joins,
    sorts={
        "date": Sort(Plan.date, dt.date),
        "done_at": Sort(func.coalesce(Plan.done_at, literal(chances.LONG_AGO)), dt.datetime),
    },
    filters={
        "chance_id": Plan.chance_id.__eq__,
        "assignee_id": _of,
        "status": Plan.status.in_,
        "external_id": Plan.external_id.__eq__,
    },
    search=lambda _ctx, sought: (asked(Plan.todo, sought),),
    default="date",
    steps=actions.STEPS,
    holding=actions.of_row,
)
noun = Noun(listing, counted=True)


def bucket(ctx: Ctx, name: str) -> ColumnElement[bool]:
    """Return the clause of a bucket: overdue, today, the rest of this week (to Sunday), later; or done."""
    week_end = ctx.today + timedelta(days=6 - ctx.today.weekday())
    still = Plan.status == "open"
    return {
        "overdue": and_(still, Plan.date < ctx.today),
        "today": and_(still, Plan.date == ctx.today),
        "week": and_(still, Plan.date > ctx.today, Plan.date <= week_end),
        "later": and_(still, Plan.date > week_end),
        "done": Plan.status == "done",
    }[name]


async def page(ctx: Ctx, query: PlanQuery) -> Paged:
    """List plan items of the chances in scope."""
    return await listing.page(ctx, query, *([bucket(ctx, query.bucket)] if query.bucket else []))


async def counts(ctx: Ctx, query: PlanQuery) -> Row:
    """Count the open items by bucket."""
    parts = [func.count().filter(bucket(ctx, name)).label(name) for name in ("overdue", "today", "week", "later")]
    where = [*listing.where(ctx, query.model_copy(update={"bucket": None}))]
    return (await ctx.session.execute(scoped(ctx, select(*parts).select_from(Plan).where(*where), Plan))).one()


def _detail(ctx: Ctx) -> Select[Any]:
    return scoped(ctx, _joins(ctx, select(*ROW).select_from(Plan)).where(Plan.id == ROW_ID), Plan)


async def get_detail(ctx: Ctx, plan_id: int) -> dict[str, Any]:
    """Return one plan item with what the caller may do."""
    row = (await run(ctx, _detail, row_id=plan_id)).one_or_none()
    if row is None:
        raise NotFound
    return row._asdict() | {"allowed_actions": listing.allowed(ctx, row._asdict())}


async def create(ctx: Ctx, chance_id: int, body: PlanWrite) -> dict[str, Any]:
    """Add an item while the chance is assigned."""
    chance = await chance_actions.locked(ctx, chance_id, "plan")
    return await get_detail(ctx, (await add(ctx, chance, body)).id)


async def add(ctx: Ctx, chance: Chance, body: PlanWrite) -> Plan:
    """Add an item to a chance that was checked."""
    await dictionary.check_facts(ctx, Plan, {"kind": body.kind})
    plan = Plan(**body.model_dump(), chance_id=chance.id, status="open")
    ctx.session.add(plan)
    await ctx.session.flush()
    return plan


async def update(ctx: Ctx, plan_id: int, version: int, body: PlanPatch) -> dict[str, Any]:
    """Change an open item; or correct a result on the day it was written, by its writer. Any takes its external id alone."""
    plan, _ = await actions.locked(ctx, plan_id, step_of(body), version)
    await change(ctx, plan, body)
    return await get_detail(ctx, plan_id)


def step_of(body: PlanPatch) -> str:
    """Return the step that a change is."""
    return "correct" if body.model_fields_set == {"result"} else external.step(body.model_fields_set)


async def change(ctx: Ctx, plan: Plan, body: PlanPatch) -> None:
    """Change an item that was checked, or correct its result."""
    facts, correcting = body.model_dump(exclude_unset=True), step_of(body) == "correct"
    if "result" in facts and not correcting:
        raise Invalid("/result", "not_executed", "Execute the item to write its result.")
    for name in ("date", "todo", "result"):
        if name in facts and facts[name] is None:
            raise Invalid(f"/{name}", "required", "This cannot be empty.")
    await dictionary.check_facts(ctx, Plan, changes(plan, facts))
    for name, value in facts.items():
        setattr(plan, name, value)
    if correcting:
        mark(plan, "correct")
    await ctx.session.flush()


async def delete(ctx: Ctx, plan_id: int, version: int) -> None:
    """Delete an open item of an assigned chance."""
    plan, _ = await actions.locked(ctx, plan_id, "delete", version)
    await ctx.session.delete(plan)
    await ctx.session.flush()


async def done(ctx: Ctx, plan: Plan, result: str) -> None:
    """Execute an item that was checked."""
    actions.STEPS.fire(plan, "execute")
    plan.result, plan.done_at, plan.done_by = result, ctx.now, ctx.actor.id
    await ctx.session.flush()


async def execute(ctx: Ctx, plan_id: int, version: int | None, body: ExecuteBody) -> dict[str, Any]:
    """Write result, time and person; optionally log it as an activity of the chance's customer."""
    plan, chance = await actions.locked(ctx, plan_id, "execute", version)
    await done(ctx, plan, body.result)
    if body.log_activity:
        if P.activities_write not in ctx.actor.rights:
            raise Forbidden(right=P.activities_write)
        note = ActivityWrite(
            chance_id=chance.id,
            kind=plan.kind or "phone",
            purpose="follow_up",
            title=plan.todo[:200],
            description=body.result,
        )
        await activities.create(ctx, note)
    return await get_detail(ctx, plan_id)
