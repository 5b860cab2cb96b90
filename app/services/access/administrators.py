"""Who keeps the installation running: somebody active can always edit both people and roles."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, exists, literal, or_, select
from sqlalchemy.dialects.postgresql import JSONB

from app.core.ctx import Ctx
from app.core.errors import Conflict
from app.models.access.rbac import Permission as P
from app.models.access.rbac import Role, RoleRight
from app.models.access.users import User
from app.models.base.settings import Setting
from app.services.access import people
from app.services.base.settings import DOOR

KEEPS = (P.rbac_write, P.users_write)
"""An administrator is an active person whose roles in force hold both, whatever the roles are called."""


def administrates() -> ColumnElement[bool]:
    """Return the clause of the administrators."""
    return and_(User.flag == "active", _counts(), *(people.holds(right) for right in KEEPS))


def _counts() -> ColumnElement[bool]:
    """Leave out the people of a demo company that nobody enters by a click, or that others are beside."""
    is_open = exists(select(Setting.name).where(Setting.name == DOOR, Setting.value == literal(True, JSONB)))  # noqa: FBT003
    return or_(User.is_demo.is_(False), and_(is_open, ~people.outside_demo()))


def suffices(rights: Collection[str]) -> bool:
    """Tell whether who holds these rights is an administrator, if active."""
    return set(KEEPS) <= set(rights)


async def exist(ctx: Ctx) -> bool:
    """Tell whether there is an administrator at all."""
    return bool(await ctx.session.scalar(select(exists(select(User.id).where(administrates())))))


async def ids(ctx: Ctx) -> set[int]:
    """Return the ids of the administrators."""
    return set(await ctx.session.scalars(select(User.id).where(administrates())))


async def given(ctx: Ctx) -> dict[str, set[str]]:
    """Return what each role in force gives towards that, by its code."""
    held = select(Role.code, RoleRight.right_code).join(RoleRight, RoleRight.role_id == Role.id)
    found: dict[str, set[str]] = {}
    for code, right in await ctx.session.execute(held.where(Role.flag != "disabled", RoleRight.right_code.in_(KEEPS))):
        found.setdefault(code, set()).add(right)
    return found


async def queue(ctx: Ctx) -> None:
    """Wait until no other transaction changes who administrates.

    To be asked before any role is locked: two at once, each of whom takes the rights of the other, would both still
    see an administrator.
    """
    await ctx.session.execute(select(Role.id).where(Role.code == "admin").with_for_update())


async def check(ctx: Ctx) -> None:
    """Raise `Conflict` (409, `last_administrator`) when what was flushed leaves nobody who administrates."""
    if not await exist(ctx):
        words = "The last administrator stays: somebody active must be able to edit people and roles."
        raise Conflict(words, code="last_administrator")
