"""How much service work waits: the counts of the queues, and who has how much of it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, literal, select

from app.core.ctx import Ctx
from app.core.prepared import given
from app.core.reference import Reference
from app.core.rows import Row
from app.core.scope import scoped, unscoped
from app.core.walks import COUNT_CAP
from app.models.access.departments import Department
from app.models.access.rbac import Permission as P
from app.models.access.users import User
from app.models.care.services import WORKED_ON, Service
from app.services.access import people
from app.services.care.services import OVERDUE, queue

NAMES = ("mine", "unassigned", "overdue")


async def counts(ctx: Ctx) -> Row:
    """Count what is in each queue of the caller, up to 10,000, in one statement."""
    parts = []
    for name in NAMES:
        waiting = select(literal(1)).select_from(Service).where(queue(ctx, name))
        inner = scoped(ctx, waiting, Service).limit(COUNT_CAP).subquery()
        parts.append(select(func.count()).select_from(inner).scalar_subquery().label(name))
    return (await ctx.session.execute(select(*parts), given(ctx))).one()


async def loads(ctx: Ctx) -> Sequence[Row]:
    """Return who can be assigned to, with what they have open; who has least comes first.

    Open counts everything that is theirs, also what is outside the caller's scope: it is their work all the same.
    """
    load = (
        select(
            Service.assignee_id.label("person"),
            func.count().label("open"),
            func.count().filter(OVERDUE).label("overdue"),
        )
        .where(Service.status.in_(WORKED_ON), Service.deleted_at.is_(None))
        .group_by(Service.assignee_id)
        .subquery()
    )
    has, late = func.coalesce(load.c.open, 0), func.coalesce(load.c.overdue, 0)
    statement: Any = (
        select(
            User.id, User.name, Reference("department", Department.id, Department.name), has.label("open"),
            late.label("overdue"),
        )
        .outerjoin(load, load.c.person == User.id)
        .outerjoin(Department, Department.id == User.department_id)
        .where(User.flag == "active", people.holds(P.services_deal), *people.within_reach(ctx, P.services_assign))
        .order_by(has, late, User.name, User.id)
    )  # fmt: skip
    return (await ctx.session.execute(unscoped(statement, "numbers of people in scope"), given(ctx))).all()
