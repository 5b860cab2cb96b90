"""One-time links: for a person to set a password, or (nobody named) for the first administrator. Only hashes are stored."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from app.core.audit import log
from app.core.ctx import Ctx
from app.core.errors import Invalid
from app.core.tokens import fingerprint, secret_token
from app.models.access.auth import OneTimeLink
from app.models.access.users import User
from app.services.access import administrators
from app.services.base.settings import values

FIRST_START = timedelta(minutes=30)


async def make(ctx: Ctx, user_id: int | None) -> tuple[str, datetime]:
    """Return a new one-time secret and when it ends; earlier links for the same person die."""
    log(ctx, "make_link", "auth", user_id, {})
    same = OneTimeLink.user_id == user_id if user_id else OneTimeLink.user_id.is_(None)
    await ctx.session.execute(update(OneTimeLink).where(same, OneTimeLink.used_at.is_(None)).values(used_at=ctx.now))
    token, ends = secret_token(), ctx.now + (await _lasts(ctx, user_id) if user_id else FIRST_START)
    ctx.session.add(OneTimeLink(user_id=user_id, hash=fingerprint(token), expires_at=ends))
    await ctx.session.flush()
    return token, ends


async def use(ctx: Ctx, token: str) -> OneTimeLink:
    """Spend a link; raise `Invalid` for one that is used, old or unknown."""
    statement = select(OneTimeLink).where(OneTimeLink.hash == fingerprint(token)).with_for_update()
    link = (await ctx.session.scalars(statement)).one_or_none()
    if link is None or link.used_at or link.expires_at <= ctx.now:
        raise invalid()
    link.used_at = ctx.now
    return link


async def state(ctx: Ctx, token: str, *, first: bool) -> tuple[str, str | None]:
    """Tell without spending it what a link is at a door, `good`, `expired`, `used` or `unknown`, and its person's language.

    A link that lets nobody in for what became of its person, or of the installation, counts as used.
    """
    found = await ctx.session.execute(
        select(OneTimeLink, User.flag, User.language)
        .outerjoin(User, User.id == OneTimeLink.user_id)
        .where(OneTimeLink.hash == fingerprint(token))
    )
    link, flag, language = found.one_or_none() or (None, None, None)
    if link is None or (link.user_id is None) != first:
        return "unknown", None
    lets_in = flag == "active" if link.user_id else not await administrators.exist(ctx)
    if link.used_at or not lets_in:
        return "used", language
    return "expired" if link.expires_at <= ctx.now else "good", language


def invalid() -> Invalid:
    """Return what is said of a link that lets nobody in."""
    return Invalid("/token", "link_invalid", "This link is not valid any more; ask for a new one.")


async def _lasts(ctx: Ctx, user_id: int) -> timedelta:
    """Return how long a link is good: who has a password already is waiting for it."""
    is_reset = await ctx.session.scalar(select(User.password.is_not(None)).where(User.id == user_id))
    return timedelta(hours=(await values(ctx.session))["session.reset_hours" if is_reset else "session.invite_hours"])
