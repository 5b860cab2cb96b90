"""The door of the demo company: who is offered its people to be, by a click, and how that ends for good.

It stands open in an installation that was filled while it had no person, and in no other: whoever comes in by it may
administrate. Where people of another company are too, the people of the demo company change nothing that others
stand on (`rbac.standing` takes those rights away).
"""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.audit import log
from app.core.ctx import Ctx
from app.core.errors import Conflict, Forbidden
from app.core.reference import Reference
from app.core.tokens import Tokens
from app.models.access.auth import OneTimeLink
from app.models.access.departments import Department
from app.models.access.rbac import COMPANY_RIGHTS, Role
from app.models.access.users import User, UserRole
from app.services.access import administrators, sessions
from app.services.access.people import holds
from app.services.access.sessions import Session
from app.services.base import settings


class Offer(IntEnum):
    """Whom a caller may be offered to be: nobody in production, administrators only on the machine itself."""

    NOBODY = 0
    COLLEAGUES = 1
    EVERYBODY = 2


async def is_open(session: AsyncSession) -> bool:
    """Tell whether one comes in by a click."""
    return bool((await settings.values(session))[settings.DOOR])


async def open_if_new(ctx: Ctx) -> bool:
    """Open the door while nobody is here yet and it was never closed; tell whether it is open now.

    To be asked before the first person of the demo company is made.
    """
    await administrators.queue(ctx)  # nobody becomes the first administrator meanwhile
    anybody = await ctx.session.scalar(select(exists(select(User.id))))
    if anybody or (await settings.values(ctx.session))[settings.SHUT_FOR_GOOD]:
        return False
    await settings.put(ctx.session, settings.DOOR, value=True)
    return True


def _offered(offer: Offer) -> list[Any]:
    keeps = () if offer is Offer.EVERYBODY else COMPANY_RIGHTS
    return [User.is_demo.is_(True), User.flag == "active", *(~holds(right) for right in keeps)]


async def people(ctx: Ctx, offer: Offer) -> Sequence[Any]:
    """Return the people whom the log-in page shows to this caller: nobody where the door is shut."""
    if offer is Offer.NOBODY or not await is_open(ctx.session):
        return []
    statement: Any = (
        select(User.id, User.name, Role.code.label("role"), Reference("department", Department.id, Department.name))
        .join(UserRole, UserRole.user_id == User.id)
        .join(Role, Role.id == UserRole.role_id)
        .outerjoin(Department, Department.id == User.department_id)
        .where(*_offered(offer))
        .order_by(Role.id, User.id)
    )
    return (await ctx.session.execute(statement)).all()


async def enter(ctx: Ctx, tokens: Tokens, user_id: int, offer: Offer) -> Session:
    """Open a session for a person of the demo company; raise `Forbidden` for who is not offered to the caller."""
    if offer is Offer.NOBODY or not await is_open(ctx.session):
        raise Forbidden("Nobody logs in by a click here.")
    user = (await ctx.session.scalars(select(User).where(User.id == user_id, *_offered(offer)))).one_or_none()
    if user is None:
        raise Forbidden("This is no person of the demo company whom one may be from here.")
    return await sessions.begin(ctx, tokens, user, "login_demo")


async def close(ctx: Ctx) -> int:
    """Shut the door for good: the demo people's sessions, links and passwords end; return how many people they are.

    The links of the first start end too: who printed one for the demo may not be who it belongs to now.
    Raises `Conflict` (`closed`) where it is shut for good already.
    """
    await administrators.queue(ctx)
    if (await settings.values(ctx.session))[settings.SHUT_FOR_GOOD]:
        raise Conflict("The demo log-in is closed already.", code="closed")
    await settings.put(ctx.session, settings.DOOR, value=False)
    await settings.put(ctx.session, settings.SHUT_FOR_GOOD, value=True)
    found = (await ctx.session.scalars(select(User).where(User.is_demo.is_(True)).order_by(User.id))).all()
    for user in found:
        user.password = None
        await sessions.end_all(ctx, user)
    of_them = OneTimeLink.user_id.in_([user.id for user in found]) | OneTimeLink.user_id.is_(None)
    await ctx.session.execute(update(OneTimeLink).where(of_them, OneTimeLink.used_at.is_(None)).values(used_at=ctx.now))
    log(ctx, "close", "demo", None, {"people": [None, len(found)]})
    await ctx.session.flush()
    return len(found)
