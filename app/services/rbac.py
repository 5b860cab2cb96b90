"""Who may do what: a person's rights with their reach, resolved from roles, and the role list."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import Text

from app.core.cache import Cache
from app.core.ctx import Actor, Ctx, Reach
from app.models.rbac import Role, RoleRight
from app.models.users import User, UserRole
from app.services import departments


@dataclass(frozen=True, slots=True)
class Standing:
    """A person as the rights see them now: may they come in, and with which token version."""

    actor: Actor
    active: bool
    token_version: int


Standings = Cache[Standing | None]


async def standing(session: AsyncSession, user_id: int) -> Standing | None:
    """Load a person's rights, each with the widest reach among the roles that hold it, and who is in reach."""
    user = (
        await session.execute(
            select(User.name, User.flag, User.token_version, User.department_id).where(User.id == user_id)
        )
    ).one_or_none()
    if user is None:
        return None
    rows = await session.execute(
        select(Role.code, Role.data_scope, RoleRight.right_code)
        .join(UserRole, UserRole.role_id == Role.id)
        .outerjoin(RoleRight, RoleRight.role_id == Role.id)
        .where(UserRole.user_id == user_id, Role.flag != "disabled")
    )
    rights: dict[str, Reach] = {}
    roles: set[str] = set()
    for code, data_scope, right in rows:
        roles.add(code)
        reach = Reach(data_scope)
        if right and (right not in rights or rights[right].width < reach.width):
            rights[right] = reach
    members: dict[Reach, tuple[int, ...]] = {}
    for reach in {Reach.DEPARTMENT, Reach.DEPARTMENT_TREE} & set(rights.values()):
        members[reach] = await _members(session, user_id, user.department_id, tree=reach is Reach.DEPARTMENT_TREE)
    actor = Actor(user_id, user.name, tuple(sorted(roles)), rights, user.department_id, members)
    return Standing(actor, user.flag == "active", user.token_version)


async def _members(session: AsyncSession, user_id: int, department_id: int | None, *, tree: bool) -> tuple[int, ...]:
    """Return the people of a department (with `tree`, of all below it too), disabled ones included."""
    if department_id is None:
        return (user_id,)
    inside = departments.below(department_id) if tree else [department_id]
    people = await session.scalars(select(User.id).where(User.department_id.in_(inside)).order_by(User.id))
    return tuple({*people, user_id})


async def roles(ctx: Ctx) -> list[Any]:
    """Return the roles with their rights and the number of people in each."""
    held = (
        select(func.array_agg(RoleRight.right_code, type_=ARRAY(Text)))
        .where(RoleRight.role_id == Role.id)
        .correlate(Role)
        .scalar_subquery()
    )
    people = select(func.count()).where(UserRole.role_id == Role.id).correlate(Role).scalar_subquery()
    statement = select(
        Role.id, Role.version, Role.code, Role.name, Role.description, Role.flag, Role.data_scope,
        func.coalesce(held, []).label("rights"), people.label("people_count"),
    ).order_by(Role.id)  # fmt: skip
    return list((await ctx.session.execute(statement)).all())
