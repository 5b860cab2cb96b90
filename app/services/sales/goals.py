"""Goals: set by whom goals:write reaches, read by whom goals:read does.

A person's goal is in the scope of who sees the person, a department's of who sees the whole of it.
"""

from typing import Any

from sqlalchemy import and_, or_, select

from app.core.arrays import one_of
from app.core.ctx import Ctx, Reach
from app.core.errors import Invalid
from app.core.reference import Reference
from app.models.access.departments import Department
from app.models.access.rbac import Permission as P
from app.models.access.users import User
from app.models.sales.goals import Goal
from app.schemas.sales.goals import GoalQuery, GoalsWrite
from app.services.access.departments_below import covered

ROW: tuple[Any, ...] = (
    Goal.id, Goal.version, Reference("user", User.id, User.name), Reference("department", Department.id, Department.name),
    Goal.month, Goal.metric, Goal.value,
)  # fmt: skip


def people(ctx: Ctx, right: str) -> set[int] | None:
    """Return the people whom a right reaches; None: all of them."""
    reach = ctx.actor.rights[right]
    if reach is Reach.ALL:
        return None
    return {ctx.actor.id} if reach is Reach.OWN else {*ctx.actor.members[reach], ctx.actor.id}


async def everything(ctx: Ctx, query: GoalQuery) -> dict[str, Any]:
    """Return the goals of some months in scope."""
    clauses = [Goal.month >= query.month_from, Goal.month <= query.month_to]
    for column, value in (
        (Goal.metric, query.metric), (Goal.user_id, query.user_id), (Goal.department_id, query.department_id),
    ):  # fmt: skip
        if value is not None:
            clauses.append(column == value)
    mine, ours = people(ctx, P.goals_read), await covered(ctx, P.goals_read)
    if mine is not None and ours is not None:
        clauses.append(or_(one_of(Goal.user_id, mine), one_of(Goal.department_id, ours)))
    statement = (
        select(*ROW)
        .select_from(Goal)
        .outerjoin(User, User.id == Goal.user_id)
        .outerjoin(Department, Department.id == Goal.department_id)
        .where(*clauses)
        .order_by(Goal.month, Goal.department_id, Goal.user_id, Goal.metric)
    )
    return {"goals": (await ctx.session.execute(statement)).all()}


async def put(ctx: Ctx, body: GoalsWrite) -> dict[str, Any]:
    """Set goals; raise `Invalid` at the row for a person or department that goals:write does not reach."""
    mine, ours = people(ctx, P.goals_write), await covered(ctx, P.goals_write)
    known = set(await ctx.session.scalars(select(User.id))), set(await ctx.session.scalars(select(Department.id)))
    for place, row in enumerate(body.goals):
        name, value = ("user_id", row.user_id) if row.user_id else ("department_id", row.department_id)
        reached, exist = (mine, known[0]) if row.user_id else (ours, known[1])
        if value not in exist or (reached is not None and value not in reached):
            raise Invalid(
                f"/goals/{place}/{name}", "not_found", "There is no such record, or it is outside your scope."
            )
    for row in body.goals:
        await _set(ctx, row.model_dump())
    await ctx.session.flush()
    months = [row.month for row in body.goals]
    return await everything(ctx, GoalQuery(month_from=min(months), month_to=max(months)))


async def _set(ctx: Ctx, facts: dict[str, Any]) -> None:
    value = facts.pop("value")
    same = and_(*(getattr(Goal, name).is_not_distinct_from(fact) for name, fact in facts.items()))
    goal = (await ctx.session.scalars(select(Goal).where(same).with_for_update())).one_or_none()
    if value is None:
        if goal:
            await ctx.session.delete(goal)
    elif goal:
        goal.value = value
    else:
        ctx.session.add(Goal(**facts, value=value))
        await ctx.session.flush()
