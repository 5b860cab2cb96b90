"""How far they reach who keep people and departments: nobody widens their own reach, or lends a wider one to somebody else.

Rights reach over departments, so whoever moves people and departments could move what they themselves may see. Who
keeps roles (rbac:write) could give themselves any reach and is not held up here.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import exists, select

from app.core.ctx import Ctx, Reach
from app.core.errors import Forbidden
from app.models.access.rbac import Permission as P
from app.models.access.rbac import RoleRight
from app.models.access.users import User, UserRole
from app.services.access import rbac
from app.services.access.departments_below import covered


def _keeps_roles(ctx: Ctx) -> bool:
    return P.rbac_write in ctx.actor.rights


def _everywhere(ctx: Ctx, right: P) -> bool:
    return _keeps_roles(ctx) or ctx.actor.rights.get(right) is Reach.ALL


@asynccontextmanager
async def kept(ctx: Ctx) -> AsyncIterator[None]:
    """Refuse what is done inside when the caller reaches people by it whom they did not reach before.

    People who are made inside do not count: nothing is theirs yet. Raises `Forbidden` (`reach`); nothing stays then.
    """
    if _keeps_roles(ctx) or not ctx.actor.members:
        yield
        return
    before = await _reached(ctx)
    yield
    await ctx.session.flush()
    more = {person for reach, people in (await _reached(ctx)).items() for person in people - before.get(reach, set())}
    known = select(exists(select(User.id).where(User.id.in_(more), User.created_at < ctx.now)))
    if more and await ctx.session.scalar(known):
        words = "You cannot let yourself see more people than now; ask somebody who keeps roles."
        raise Forbidden(words, code="reach")


async def _reached(ctx: Ctx) -> dict[Reach, set[int]]:
    """Return whom the caller's department reaches cover in this transaction."""
    found = await rbac.standing(ctx.session, ctx.actor.id)
    return {reach: set(people) for reach, people in found.actor.members.items()} if found else {}


async def require_department(ctx: Ctx, right: P, *department_ids: int | None) -> None:
    """Raise `Forbidden` (`outside`) unless the caller's right covers each of these departments (None: above them all)."""
    if _everywhere(ctx, right):
        return
    ours: set[int | None] = {*(await covered(ctx, right) or ())}
    if not ours.issuperset(department_ids):
        raise Forbidden("This department is outside your data scope.", right=right, code="outside")


async def administrators_among(ctx: Ctx, user_ids: list[int]) -> set[int]:
    """Return who of these people holds rbac:write, by a disabled role too, where the caller does not."""
    if _keeps_roles(ctx) or not user_ids:
        return set()
    held = select(UserRole.user_id).join(RoleRight, RoleRight.role_id == UserRole.role_id)
    return set(
        await ctx.session.scalars(held.where(UserRole.user_id.in_(user_ids), RoleRight.right_code == P.rbac_write))
    )


async def require_no_administrator(ctx: Ctx, user_id: int) -> None:
    """Raise `Forbidden` (`administrator`) for a person who keeps roles, where the caller does not."""
    if await administrators_among(ctx, [user_id]):
        raise Forbidden("You cannot change an administrator; ask somebody who keeps roles.", code="administrator")


async def require_no_farther(ctx: Ctx, user_id: int) -> None:
    """Raise `Forbidden` (`farther`) when a person reaches beyond the caller, whose users:write ends somewhere.

    The caller can make a link for the person, or knows who asked: their reach would be as good as the caller's own.
    """
    if _everywhere(ctx, P.users_write):
        return
    found = await rbac.standing(ctx.session, user_id)
    for right, reach in found.actor.rights.items() if found else ():
        own = ctx.actor.rights.get(right)
        if own is None or own is Reach.ALL:
            continue  # what the caller lacks is judged where roles are given
        mine = {ctx.actor.id, user_id, *ctx.actor.members.get(own, ())}
        if reach is Reach.ALL or not mine.issuperset(found.actor.members.get(reach, ()) if found else ()):
            words = "This person would reach farther than you do; ask somebody who keeps roles."
            raise Forbidden(words, right=right, code="farther")
