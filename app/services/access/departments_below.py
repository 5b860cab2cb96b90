"""What hangs below a department, and which departments a right covers."""

from sqlalchemy import Select, select

from app.core.ctx import Ctx, Reach
from app.models.access.departments import Department


def below(department_id: int) -> Select[int]:
    """Select the ids of a department and of all below it."""
    top = select(Department.id.label("id")).where(Department.id == department_id).cte("below", recursive=True)
    return select(top.union(select(Department.id).where(Department.parent_id == top.c.id)).c.id)


async def covered(ctx: Ctx, right: str) -> set[int] | None:
    """Return the departments whose people a right reaches in whole; None: all of them."""
    reach = ctx.actor.rights[right]
    if reach is Reach.ALL:
        return None
    if reach is Reach.OWN or ctx.actor.department_id is None:
        return set()
    own = ctx.actor.department_id
    if reach is Reach.DEPARTMENT:
        return {own}
    return set(await ctx.session.scalars(below(own)))
