"""People as everybody may see them: id, name, department; and who may be given work."""

from typing import Any

from sqlalchemy import Exists, Select, any_, exists, or_, select
from sqlalchemy.orm import aliased

from app.core.ctx import Ctx, Reach
from app.core.errors import Invalid
from app.core.listing import Listing, Sort
from app.core.owners import members
from app.core.paging import Paged
from app.core.prepared import ROW_ID, given, prepared
from app.core.reference import Reference
from app.core.search import asked
from app.models.access.departments import Department
from app.models.access.rbac import Permission, Role, RoleRight
from app.models.access.users import User, UserRole
from app.schemas.access.people import PersonQuery


def holds(right: str) -> Exists:
    """Return the clause of the people one of whose roles holds a right."""
    return exists(
        select(UserRole.user_id)
        .join(Role, Role.id == UserRole.role_id)
        .join(RoleRight, RoleRight.role_id == Role.id)
        .where(UserRole.user_id == User.id, RoleRight.right_code == right, Role.flag != "disabled")
    )


def outside_demo() -> Exists:
    """Return the clause that somebody here is not of the demo company."""
    other = aliased(User)
    return exists(select(other.id).where(other.is_demo.is_(False)))


listing = Listing(
    model=User,
    query=PersonQuery,
    columns=(
        User.id,
        User.name,
        Reference("department", Department.id, Department.name),
        (User.flag == "active").label("active"),
    ),
    joins=lambda _ctx, statement: statement.outerjoin(Department, Department.id == User.department_id),
    sorts={"name": Sort(User.name, str)},
    filters={
        "holding": holds,
        "id": User.id.__eq__,
        "department_id": lambda department: User.department_id == department,
    },
    search=lambda _ctx, sought: (asked(User.name, sought),),
    default="name",
)


def within_reach(ctx: Ctx, right: str) -> list[Any]:
    """Return the clause of the people whom a right of the actor reaches."""
    reach = ctx.actor.rights.get(right)
    if reach is Reach.ALL:
        return []
    own = User.id == ctx.actor.id
    return [or_(own, User.id == any_(members(ctx, reach)))] if reach and reach in ctx.actor.members else [own]


async def page(ctx: Ctx, query: PersonQuery) -> Paged:
    """List active people, with `left` all; `within` narrows to those whom that right of the caller reaches."""
    within = within_reach(ctx, query.within) if query.within else []
    here = [] if query.left else [User.flag == "active"]
    return await listing.page(ctx, query, *here, *within)


async def assignable(
    ctx: Ctx,
    user_id: int,
    pointer: str,
    *,
    within: Permission | None = None,
    holding: Permission = Permission.plans_execute,
) -> int:
    """Return the id of an active person who holds the right that the work needs; raise `Invalid` for any other.

    `within` also demands that this right of the actor reaches the person. Who was given it in the past may have left.
    """
    if ctx.teller:
        return user_id
    if await _working(ctx, user_id, holding, within) is None:
        raise Invalid(pointer, "not_assignable", "This person cannot be given the work, or is outside your data scope.")
    return user_id


async def works(ctx: Ctx, user_id: int | None, holding: Permission = Permission.plans_execute) -> bool:
    """Tell whether a person can still be given the work: who has left, or lost the right, cannot."""
    if user_id is None:
        return False
    return await _working(ctx, user_id, holding) is not None


async def _working(ctx: Ctx, user_id: int, holding: Permission, within: Permission | None = None) -> int | None:
    """Return the id of an active person who holds a right, and whom another right of the actor reaches."""

    def one(asking: Ctx) -> Select[Any]:
        reached = within_reach(asking, within) if within else []
        return select(User.id).where(User.id == ROW_ID, User.flag == "active", holds(holding), *reached)

    statement = prepared(ctx, ("working", holding, within), one)
    found: int | None = await ctx.session.scalar(statement, given(ctx, row_id=user_id))
    return found


async def known(ctx: Ctx, user_id: int, pointer: str) -> int:
    """Return the id of an active person, of the past of any; raise `Invalid` at the pointer for any other."""
    if ctx.teller:
        return user_id
    if await ctx.session.scalar(select(User.id).where(User.id == user_id, User.flag == "active")) is None:
        raise Invalid(pointer, "not_found", "There is no such person, or they have left.")
    return user_id
