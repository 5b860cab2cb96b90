"""People who sign in: create, change, disable, one-time links. The last administrator stays."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text

from app.core.ctx import Ctx, Reach
from app.core.errors import Forbidden, Invalid, NotFound
from app.core.listing import Listing, Sort
from app.core.nouns import Noun
from app.core.paging import Paged
from app.core.reference import Reference
from app.core.rows import Row
from app.core.search import Match, asked
from app.core.steps import Block, Status, Step, Steps
from app.core.ways import By
from app.models.access.departments import Department
from app.models.access.rbac import Permission, Role, RoleRight
from app.models.access.users import User, UserRole
from app.schemas.access.users import UserPatch, UserQuery, UserWrite
from app.services.access import administrators, departments, links, reach, sessions

ROLES = (
    select(func.coalesce(func.array_agg(Role.code, type_=ARRAY(Text)), []))
    .join(UserRole, UserRole.role_id == Role.id)
    .where(UserRole.user_id == User.id)
    .correlate(User)
    .scalar_subquery()
)
ROW: tuple[Any, ...] = (
    User.id, User.version, User.user_name, User.name, User.email, User.mobile,
    Reference("department", Department.id, Department.name), ROLES.label("roles"), User.flag, User.last_login_at,
    User.password.is_not(None).label("has_password"), User.external_id, User.created_at,
)  # fmt: skip


def _joins(_ctx: Ctx, statement: Select[Any]) -> Select[Any]:
    return statement.outerjoin(Department, Department.id == User.department_id)


def _has_role(code: str) -> ColumnElement[bool]:
    return User.id.in_(select(UserRole.user_id).join(Role, Role.id == UserRole.role_id).where(Role.code == code))


WRITES = (By(Permission.users_write),)
DISABLED = Block(
    lambda _, user: user.status != "active",
    "This person is disabled; enable them first.",
    lambda _: {"code": "disabled"},
)
STEPS = Steps({"update": Step(None, None, WRITES), "link": Step(None, None, WRITES, blocks=(DISABLED,))})


listing = Listing(
    model=User,
    query=UserQuery,
    columns=ROW,
    joins=_joins,
    sorts={"name": Sort(User.name, str), "user_name": Sort(User.user_name, str), "id": Sort(User.id, int)},
    filters={
        "flag": User.flag.__eq__,
        "department_id": User.department_id.__eq__,
        "role": _has_role,
        "external_id": User.external_id.__eq__,
    },
    search=lambda _ctx, sought: (
        asked(User.name, sought),
        Match(None, User.user_name.ilike(sought.value("q_start"), escape="\\")),
    ),
    default="id",
    steps=STEPS,
    holding=lambda row: Status(row["flag"]),
)
noun = Noun(listing)


async def page(ctx: Ctx, query: UserQuery) -> Paged:
    """List people, disabled ones included."""
    return await listing.page(ctx, query)


async def get_detail(ctx: Ctx, user_id: int) -> dict[str, Any]:
    """Return one person; raise `NotFound`."""
    statement = _joins(ctx, select(*ROW).select_from(User)).where(User.id == user_id)
    row: Row | None = (await ctx.session.execute(statement)).one_or_none()
    if row is None:
        raise NotFound
    return row._asdict() | {"allowed_actions": listing.allowed(ctx, row._asdict())}


async def create(ctx: Ctx, body: UserWrite) -> dict[str, Any]:
    """Create a person without a password; a one-time link lets them set one. Who is of the demo company makes such people."""
    ids = await check(ctx, body)
    user = User(**body.model_dump(exclude={"roles"}), flag="active", token_version=1, is_demo=ctx.actor.is_demo)
    ctx.session.add(user)
    await ctx.session.flush()
    ctx.session.add_all(UserRole(user_id=user.id, role_id=role_id) for role_id in ids)
    await ctx.session.flush()
    await reach.require_no_farther(ctx, user.id)
    return await get_detail(ctx, user.id)


async def check(ctx: Ctx, body: UserWrite) -> list[int]:
    """Raise what refuses a new person before anything is written; return the ids of their roles."""
    await departments.exists(ctx, body.department_id, "/department_id")
    await _movable(ctx, None, body.department_id)
    return await _grantable(ctx, body.roles)


async def update(ctx: Ctx, user_id: int, version: int, body: UserPatch) -> dict[str, Any]:
    """Change a person; other roles, another department or disabling end their sessions at once.

    Raises `Conflict` (`last-administrator`) for the last administrator's role or access.
    """
    user = await _locked(ctx, user_id, "update", version)
    facts = body.model_dump(exclude_unset=True)
    for name in ("user_name", "name", "roles", "flag", "language"):
        if name in facts and facts[name] is None:
            raise Invalid(f"/{name}", "required", "This cannot be empty.")
    await departments.exists(ctx, facts.get("department_id"), "/department_id")
    roles = facts.pop("roles", None)
    if roles is not None or "flag" in facts:
        await administrators.queue(ctx)
    changed = any(name in facts and facts[name] != getattr(user, name) for name in ("flag", "department_id"))
    await _movable(ctx, user.department_id, facts.get("department_id", user.department_id))
    async with reach.kept(ctx):
        for name, value in facts.items():
            setattr(user, name, value)
        if roles is not None:
            changed = await _set_roles(ctx, user, roles) or changed
        await ctx.session.flush()
    if roles is not None or "department_id" in facts:
        await reach.require_no_farther(ctx, user_id)
    await administrators.check(ctx)
    if changed:
        await sessions.end_all(ctx, user)
        await ctx.session.flush()
    return await get_detail(ctx, user_id)


async def link(ctx: Ctx, user_id: int) -> dict[str, Any]:
    """Return a one-time link for a person to set a password and come in; earlier links die.

    Who makes it could come in as that person: so nobody makes one for rights that they lack.
    """
    await _locked(ctx, user_id, "link")
    held = select(Role.code).join(UserRole, UserRole.role_id == Role.id).where(UserRole.user_id == user_id)
    await _grantable(ctx, list(await ctx.session.scalars(held)))
    await reach.require_no_farther(ctx, user_id)
    token, ends = await links.make(ctx, user_id)
    return {"token": token, "path": f"/link#token={token}", "expires_at": ends}


async def _locked(ctx: Ctx, user_id: int, step: str, version: int | None = None) -> User:
    user = (await ctx.session.scalars(select(User).where(User.id == user_id).with_for_update())).one_or_none()
    if user is None:
        raise NotFound
    await reach.require_no_administrator(ctx, user_id)
    if ctx.actor.is_demo and not user.is_demo:
        raise Forbidden("People of the demo company change nobody outside of it.", code="outside_demo")
    STEPS.check(ctx, step, Status(user.flag), user, version)
    return user


async def _movable(ctx: Ctx, present: int | None, wanted: int | None) -> None:
    """Refuse a move from or into a department that the caller's right does not cover; none is nobody's."""
    if wanted != present:
        await reach.require_department(ctx, Permission.users_write, *(one for one in (present, wanted) if one))


async def _set_roles(ctx: Ctx, user: User, codes: list[str]) -> bool:
    wanted = set(await _grantable(ctx, codes, had_by=user.id))
    present = {
        row.role_id: row for row in await ctx.session.scalars(select(UserRole).where(UserRole.user_id == user.id))
    }
    for role_id in present.keys() - wanted:
        await ctx.session.delete(present[role_id])
    ctx.session.add_all(UserRole(user_id=user.id, role_id=role_id) for role_id in wanted - present.keys())
    return wanted != present.keys()


async def _grantable(ctx: Ctx, codes: list[str], had_by: int = 0) -> list[int]:
    """Return the ids of the roles; nobody grants rights that they lack, but for holders of rbac:write."""
    rows = (await ctx.session.execute(select(Role.id, Role.code).where(Role.code.in_(codes)))).all()
    unknown = sorted(set(codes) - {row.code for row in rows})
    if unknown:
        raise Invalid("/roles", "not_found", f"There is no role {', '.join(unknown)}.")
    ids = [row.id for row in rows]
    if Permission.rbac_write in ctx.actor.rights:
        return ids
    had = select(UserRole.role_id).where(UserRole.user_id == had_by)
    held = await ctx.session.execute(
        select(RoleRight.right_code, Role.data_scope)
        .join(Role, Role.id == RoleRight.role_id)
        .where(RoleRight.role_id.in_(ids), RoleRight.role_id.not_in(had))
    )
    if lacking := sorted({right for right, scope in held if not ctx.actor.holds(right, Reach(scope))}):
        raise Forbidden("You cannot grant rights that you do not hold, or not as far.", lacking=lacking)
    return ids
