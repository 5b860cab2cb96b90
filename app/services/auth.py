"""Coming in and going out: passwords, one-time links, access and refresh tokens, the throttle.

Refresh tokens rotate; using a used one revokes its family. The successor of a token is an HMAC of
it under the server's key, so that within ten seconds two tabs that refresh with the same token get
the same successor without the server storing it.
"""

import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select, update

from app.core.audit import log
from app.core.ctx import Actor, Ctx
from app.core.errors import Forbidden, Invalid, TooMany, Unauthenticated
from app.core.lookalikes import typable
from app.core.passwords import hash_password, verify_password
from app.core.tokens import LIFETIME, Tokens, fingerprint, secret_token
from app.core.touch import touch
from app.models.auth import LoginAttempt, OneTimeLink, RefreshToken
from app.models.rbac import Role
from app.models.users import User, UserRole
from app.services import administrators
from app.services.settings import values

LINK_LENGTH = timedelta(minutes=30)
TWO_TABS = timedelta(seconds=10)
WINDOW = timedelta(minutes=15)
TRIES_BY_NAME = 10
TRIES_BY_ADDRESS = 50
DIFFERENT_LETTERS = 4


class LoginFailed(Unauthenticated):
    """Name or password is wrong."""

    keep = True

    @classmethod
    def type(cls) -> str:
        """Share the type of its parent with a code of its own in the title."""
        return "/problems/login-failed"


class TokenReused(Unauthenticated):
    """This session was used from elsewhere and has been ended."""

    keep = True


@dataclass(frozen=True)
class Session:
    """A signed-in session: what the caller carries from now on."""

    access_token: str
    refresh_token: str
    lasts: timedelta
    expires_in: int = int(LIFETIME.total_seconds())


async def log_in(ctx: Ctx, tokens: Tokens, user_name: str, password: str) -> Session:
    """Check name and password; raise `LoginFailed` or, after too many failures, `TooMany`."""
    typed, meant = user_name.lower(), typable(user_name)
    await _throttle(ctx, meant)
    name = func.lower(User.user_name)
    # Names of old need not be what is typable: whoever types theirs exactly comes first.
    statement = select(User).where(name.in_([typed, meant])).order_by(name != typed).limit(1)
    user = (await ctx.session.scalars(statement)).one_or_none()
    fits = await verify_password(password, user.password if user else None)
    if user is None or not fits or user.flag != "active":
        ctx.session.add(LoginAttempt(user_name=meant[:100], ip=ctx.ip, at=ctx.now))
        log(ctx, "login_failed", "auth", user.id if user else None, {"user_name": [None, user_name[:100]]})
        await ctx.session.flush()
        raise LoginFailed
    return await _open(ctx, tokens, user, "login")


async def log_in_as(ctx: Ctx, tokens: Tokens, user_id: int) -> Session:
    """Open a session for a person of the demo company; only while demo mode is on."""
    user = await ctx.session.get(User, user_id)
    demo = (await values(ctx.session))["demo.enabled"]
    if not demo or user is None or not user.is_demo or user.flag != "active":
        raise Forbidden("Demo log-in is only for the people of the demo company.")
    return await _open(ctx, tokens, user, "login_demo")


async def log_in_by_link(ctx: Ctx, tokens: Tokens, token: str, password: str) -> Session:
    """Set a password through a one-time link and sign in: what was signed in before is not any more.

    Raises `Invalid` for a used or old link.
    """
    link = await _use_link(ctx, token)
    user = await ctx.session.get(User, link.user_id) if link.user_id else None
    if user is None or user.flag != "active":
        raise Invalid("/token", "link_invalid", "This link is not valid any more; ask for a new one.")
    await check_password(ctx, password, "/new_password")
    user.password = await hash_password(password)
    await end_sessions(ctx, user)
    return await _open(ctx, tokens, user, "login_link")


async def set_up(ctx: Ctx, tokens: Tokens, token: str, user_name: str, name: str, password: str) -> Session:
    """Create the first administrator through the link of the first start."""
    if not await needs_setup(ctx):
        raise Forbidden("This installation has an administrator already.")
    link = await _use_link(ctx, token)
    if link.user_id is not None:
        raise Invalid("/token", "link_invalid", "This link is for a person who exists already.")
    await check_password(ctx, password, "/password")
    user = User(user_name=user_name, name=name, flag="active", password=await hash_password(password), token_version=1)
    ctx.session.add(user)
    await ctx.session.flush()
    role_id = await ctx.session.scalar(select(Role.id).where(Role.code == "admin"))
    ctx.session.add(UserRole(user_id=user.id, role_id=role_id))
    return await _open(ctx, tokens, user, "setup")


async def needs_setup(ctx: Ctx) -> bool:
    """Tell whether nobody administrates yet."""
    return not await administrators.exist(ctx)


async def make_link(ctx: Ctx, user_id: int | None) -> tuple[str, datetime]:
    """Return a new one-time secret and when it ends; earlier links for the same person die."""
    log(ctx, "make_link", "auth", user_id, {})
    same = OneTimeLink.user_id == user_id if user_id else OneTimeLink.user_id.is_(None)
    await ctx.session.execute(update(OneTimeLink).where(same, OneTimeLink.used_at.is_(None)).values(used_at=ctx.now))
    token, ends = secret_token(), ctx.now + (await _days(ctx, "session.invite_days") if user_id else LINK_LENGTH)
    ctx.session.add(OneTimeLink(user_id=user_id, hash=fingerprint(token), expires_at=ends))
    await ctx.session.flush()
    return token, ends


async def refresh(ctx: Ctx, tokens: Tokens, secret: str, token: str) -> Session:
    """Exchange a refresh token for its successor and a new access token.

    Raises:
        TokenReused: the token was used before; its family is revoked (committed).
        Unauthenticated: the token is unknown, revoked or too old, or the person may not come in.
    """
    statement = select(RefreshToken).where(RefreshToken.hash == fingerprint(token)).with_for_update()
    found = (await ctx.session.scalars(statement)).one_or_none()
    if found is None or found.revoked_at or found.expires_at <= ctx.now:
        raise Unauthenticated
    user = await ctx.session.get(User, found.user_id)
    if user is None or user.flag != "active":
        raise Unauthenticated
    successor, lasts = _successor(secret, token), await _days(ctx, "session.days")
    if found.used_at is None:
        found.used_at = ctx.now
        ctx.session.add(
            RefreshToken(
                user_id=user.id,
                family=found.family,
                hash=fingerprint(successor),
                issued_at=ctx.now,
                expires_at=ctx.now + lasts,
            )
        )
    elif ctx.now - found.used_at > TWO_TABS:
        await _revoke(ctx, RefreshToken.family == found.family)
        log(ctx, "token_reused", "auth", user.id, {})
        raise TokenReused
    return Session(await _access(ctx, tokens, user), successor, lasts)


async def log_out(ctx: Ctx, token: str | None) -> None:
    """End the session that a refresh token belongs to; an unknown token is no error."""
    if not token:
        return
    found = (
        await ctx.session.scalars(select(RefreshToken).where(RefreshToken.hash == fingerprint(token)))
    ).one_or_none()
    if found:
        await _revoke(ctx, RefreshToken.family == found.family)
        log(_as(ctx, found.user_id), "logout", "auth", found.user_id, {})


async def change_password(ctx: Ctx, tokens: Tokens, current: str, new: str) -> Session:
    """Change one's own password; every other session ends, this one goes on with new tokens."""
    user = await ctx.session.get_one(User, ctx.actor.id)
    if not await verify_password(current, user.password):
        raise Invalid("/current_password", "wrong", "The present password is not right.")
    await check_password(ctx, new, "/new_password")
    user.password = await hash_password(new)
    await end_sessions(ctx, user)
    return await _open(ctx, tokens, user, "password")


async def check_password(ctx: Ctx, password: str, pointer: str) -> None:
    """Raise `Invalid` for a password that is short or one character over and over."""
    least = (await values(ctx.session))["password.min_length"]
    if len(password) < least or len(set(password)) < DIFFERENT_LETTERS:
        raise Invalid(pointer, "weak", f"Use at least {least} characters, not all alike.", least=least)


async def _days(ctx: Ctx, name: str) -> timedelta:
    """Return a length that the administrator sets in days."""
    return timedelta(days=(await values(ctx.session))[name])


async def end_sessions(ctx: Ctx, user: User) -> None:
    """Make every token of a person worthless: within five seconds everywhere."""
    user.token_version += 1
    await _revoke(ctx, RefreshToken.user_id == user.id)


async def _throttle(ctx: Ctx, user_name: str) -> None:
    since = ctx.now - WINDOW
    for column, value, limit in (
        (LoginAttempt.user_name, user_name.lower()[:100], TRIES_BY_NAME),
        (LoginAttempt.ip, ctx.ip, TRIES_BY_ADDRESS),
    ):
        statement = select(func.count(), func.min(LoginAttempt.at)).where(column == value, LoginAttempt.at > since)
        count, first = (await ctx.session.execute(statement)).one()
        if count >= limit:
            wait = max(1, int((first + WINDOW - ctx.now).total_seconds()))
            raise TooMany(
                "Too many failed log-ins; wait before the next try.",
                headers={"Retry-After": str(wait)},
                retry_after=wait,
            )


async def _open(ctx: Ctx, tokens: Tokens, user: User, how: str) -> Session:
    await touch(ctx, User, user.id, last_login_at=ctx.now)
    first, lasts = secret_token(), await _days(ctx, "session.days")
    ctx.session.add(
        RefreshToken(
            user_id=user.id,
            family=fingerprint(first)[:32],
            hash=fingerprint(first),
            issued_at=ctx.now,
            expires_at=ctx.now + lasts,
        )
    )
    await ctx.session.flush()
    log(_as(ctx, user.id), how, "auth", user.id, {})
    return Session(await _access(ctx, tokens, user), first, lasts)


def _as(ctx: Ctx, user_id: int) -> Ctx:
    """Return the context of who proved to be this person: the log names them as the actor."""
    return replace(ctx, actor=Actor(user_id))


async def _access(ctx: Ctx, tokens: Tokens, user: User) -> str:
    statement = select(Role.code).join(UserRole, UserRole.role_id == Role.id).where(UserRole.user_id == user.id)
    codes = (await ctx.session.scalars(statement.where(Role.flag != "disabled").order_by(Role.code))).all()
    return tokens.issue(user.id, list(codes), user.token_version, ctx.now)


async def _use_link(ctx: Ctx, token: str) -> OneTimeLink:
    statement = select(OneTimeLink).where(OneTimeLink.hash == fingerprint(token)).with_for_update()
    link = (await ctx.session.scalars(statement)).one_or_none()
    if link is None or link.used_at or link.expires_at <= ctx.now:
        raise Invalid("/token", "link_invalid", "This link is not valid any more; ask for a new one.")
    link.used_at = ctx.now
    return link


async def _revoke(ctx: Ctx, which: ColumnElement[bool]) -> None:
    statement = update(RefreshToken).where(which, RefreshToken.revoked_at.is_(None))
    await ctx.session.execute(statement.values(revoked_at=ctx.now))


def _successor(secret: str, token: str) -> str:
    return hmac.new(secret.encode(), b"refresh|" + token.encode(), hashlib.sha256).hexdigest()
