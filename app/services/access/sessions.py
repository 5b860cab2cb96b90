"""Sessions: access and refresh tokens. Refresh tokens rotate; using a used one revokes its family.

The successor of a token is an HMAC of it under the server's key, so that within ten seconds two tabs that refresh
with the same token get the same successor without the server storing it.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update

from app.core.audit import log
from app.core.ctx import Actor, Ctx
from app.core.errors import Unauthenticated
from app.core.tokens import LIFETIME, Tokens, fingerprint, secret_token
from app.core.touch import touch
from app.models.access.auth import RefreshToken
from app.models.access.rbac import Role
from app.models.access.users import User, UserRole
from app.services.access import rbac
from app.services.base.settings import values

TWO_TABS = timedelta(seconds=10)


class TokenReused(Unauthenticated):
    """This session was used from elsewhere and has been ended."""

    keep = True


@dataclass(frozen=True)
class Session:
    """A signed-in session: what the caller carries from now on."""

    access_token: str
    refresh_token: str
    lasts: timedelta
    scopes: Sequence[str] | None = None
    """What was asked for and is held; None: all that the person may."""
    expires_in: int = int(LIFETIME.total_seconds())


async def begin(ctx: Ctx, tokens: Tokens, user: User, how: str, scopes: Sequence[str] | None = None) -> Session:
    """Sign a person in; `how` is what the log calls it. The session ends for good on the day that is set now.

    With `scopes` its tokens carry no more than these of the person's rights, renewed ones too.
    """
    await touch(ctx, User, user.id, last_login_at=ctx.now)
    first = secret_token()
    family = fingerprint(first)[:32]
    made = RefreshToken(user_id=user.id, family=family, scopes=scopes)
    lasts = await _add(ctx, made, first, await _longest(ctx))
    await ctx.session.flush()
    log(_as(ctx, user.id), how, "auth", user.id, {})
    return Session(await _access(ctx, tokens, user, made), first, lasts, await _granted(ctx, user, scopes))


async def refresh(ctx: Ctx, tokens: Tokens, secret: str, token: str) -> Session:
    """Exchange a refresh token for its successor and a new access token; the end of the session stays where it is.

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
    successor, ends = _successor(secret, token), found.ends_at or await _longest(ctx)
    if found.used_at is None:
        found.used_at = ctx.now
        made = RefreshToken(user_id=user.id, family=found.family, scopes=found.scopes)
        lasts = await _add(ctx, made, successor, ends)
    elif ctx.now - found.used_at > TWO_TABS:
        await _revoke(ctx, RefreshToken.family == found.family)
        log(ctx, "token_reused", "auth", user.id, {})
        raise TokenReused
    else:
        lasts = await _lasts(ctx, ends)
    return Session(await _access(ctx, tokens, user, found), successor, lasts, await _granted(ctx, user, found.scopes))


async def _add(ctx: Ctx, made: RefreshToken, token: str, ends: datetime) -> timedelta:
    """Store a token of a family, whose session ends for good then; return how long it lasts."""
    lasts, made.ends_at = await _lasts(ctx, ends), ends
    made.hash, made.issued_at, made.expires_at = fingerprint(token), ctx.now, ctx.now + lasts
    ctx.session.add(made)
    return lasts


async def end(ctx: Ctx, token: str | None) -> int | None:
    """End the session that a refresh token belongs to and return whose it was; an unknown token is no error."""
    if not token:
        return None
    statement = select(RefreshToken).where(RefreshToken.hash == fingerprint(token))
    found = (await ctx.session.scalars(statement)).one_or_none()
    if found is None:
        return None
    await _revoke(ctx, RefreshToken.family == found.family)
    log(_as(ctx, found.user_id), "logout", "auth", found.user_id, {})
    return found.user_id


async def end_all(ctx: Ctx, user: User) -> None:
    """Make every token of a person worthless: within five seconds everywhere."""
    user.token_version += 1
    await _revoke(ctx, RefreshToken.user_id == user.id)


def _as(ctx: Ctx, user_id: int) -> Ctx:
    """Return the context of who proved to be this person: the log names them as the actor."""
    return replace(ctx, actor=Actor(user_id))


async def _longest(ctx: Ctx) -> datetime:
    """Return when a session that begins now ends, however often it is renewed."""
    return ctx.now + timedelta(days=(await values(ctx.session))["session.longest_days"])


async def _lasts(ctx: Ctx, ends: datetime) -> timedelta:
    """Return how long a token lasts that is issued now."""
    return min(timedelta(days=(await values(ctx.session))["session.days"]), ends - ctx.now)


async def _granted(ctx: Ctx, user: User, asked: Sequence[str] | None) -> list[str] | None:
    """Return what was asked for and is held, which RFC 6749 (section 5.1) wants told; None: nothing was asked for."""
    standing = await rbac.standing(ctx.session, user.id) if asked is not None else None
    return None if standing is None else [one for one in asked or () if standing.actor.can(one)]


async def _access(ctx: Ctx, tokens: Tokens, user: User, link: RefreshToken) -> str:
    statement = select(Role.code).join(UserRole, UserRole.role_id == Role.id).where(UserRole.user_id == user.id)
    codes = (await ctx.session.scalars(statement.where(Role.flag != "disabled").order_by(Role.code))).all()
    return tokens.issue(user.id, list(codes), user.token_version, ctx.now, link.family, link.scopes)


async def _revoke(ctx: Ctx, which: ColumnElement[bool]) -> None:
    """Revoke tokens. Who is just renewing one of them holds its row: their successor is seen by what comes after."""
    live = (which, RefreshToken.revoked_at.is_(None))
    held = select(RefreshToken.id).where(*live, RefreshToken.used_at.is_(None)).order_by(RefreshToken.id)
    await ctx.session.execute(held.with_for_update())
    await ctx.session.execute(update(RefreshToken).where(*live).values(revoked_at=ctx.now))


def _successor(secret: str, token: str) -> str:
    return hmac.new(secret.encode(), b"refresh|" + token.encode(), hashlib.sha256).hexdigest()
