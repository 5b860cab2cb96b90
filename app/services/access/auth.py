"""Coming in: by password, by one-time link, as the first administrator; passwords are set here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.core import guessable
from app.core.audit import log
from app.core.ctx import Apart, Ctx
from app.core.devices import Device
from app.core.errors import Forbidden, Invalid, Unauthenticated
from app.core.lookalikes import typable
from app.core.passwords import hash_password, verify_password
from app.core.tokens import Tokens
from app.models.access.rbac import Permission, Role
from app.models.access.users import User, UserRole
from app.services.access import administrators, links, sessions, throttle
from app.services.access.sessions import Session
from app.services.base.settings import values

DIFFERENT_LETTERS = 4


class LoginFailed(Unauthenticated):
    """Name or password is wrong."""

    keep = True

    @classmethod
    def type(cls) -> str:
        """Share the type of its parent with a code of its own in the title."""
        return "/problems/login-failed"


@dataclass(frozen=True)
class Entered:
    """Somebody who came in by a secret of theirs: the session, and the device that is known from now on."""

    session: Session
    device: Device


@dataclass(frozen=True)
class Door:
    """What every door needs beside the words that are said at it: the key, whose device it is, a unit to count in."""

    tokens: Tokens
    secret: str
    device: Device
    apart: Apart


async def log_in(ctx: Ctx, door: Door, user_name: str, password: str, scopes: Sequence[str] = ()) -> Entered:
    """Check name and password; raise `LoginFailed` or, after too many failures, `TooMany`.

    With `scopes`, rights by their codes, the session is limited to them; raise `Invalid` for one that does not exist.
    """
    limit = _known(scopes)
    meant = typable(user_name)
    async with door.apart(ctx) as own:
        tried = await throttle.count(own, meant, door.device, door.secret)
        found = await _named(own, user_name)
    # No connection is held while the password is hashed.
    fits = await verify_password(password, found.password if found else None)
    user = await ctx.session.get(User, found.id, with_for_update=True) if found and fits else None
    if user is None or user.flag != "active" or user.password != found.password:
        log(ctx, "login_failed", "auth", found.id if found else None, {"user_name": [None, user_name[:100]]})
        await ctx.session.flush()
        raise LoginFailed
    session = await sessions.begin(ctx, door.tokens, user, "login", limit)
    await throttle.give_back(ctx, tried)
    return Entered(session, door.device.after(door.secret, meant))


def _known(scopes: Sequence[str]) -> list[str] | None:
    unknown = [scope for scope in scopes if scope not in set(Permission)]
    if unknown:
        raise Invalid("/scope", "invalid_scope", f"There is no such scope: {unknown[0][:100]}.")
    return sorted(set(scopes)) or None


async def _named(ctx: Ctx, user_name: str) -> Any:
    typed, name = user_name.lower(), func.lower(User.user_name)
    # Names of old need not be what is typable: whoever types theirs exactly comes first.
    statement = select(User.id, User.password).where(name.in_([typed, typable(user_name)])).order_by(name != typed)
    return (await ctx.session.execute(statement.limit(1))).one_or_none()


async def log_in_by_link(ctx: Ctx, door: Door, token: str, password: str) -> Entered:
    """Set a password through a one-time link and sign in: what was signed in before is not any more.

    Raises `Invalid` for a used or old link.
    """
    link = await links.use(ctx, token)
    user = await ctx.session.get(User, link.user_id) if link.user_id else None
    if user is None or user.flag != "active":
        raise links.invalid()
    await check_password(ctx, password, "/new_password", user.user_name, user.name)
    user.password = await hash_password(password)
    await sessions.end_all(ctx, user)
    return await _enter(ctx, door, user, "login_link")


async def set_up(ctx: Ctx, door: Door, token: str, user_name: str, name: str, password: str) -> Entered:
    """Create the first administrator through the link of the first start."""
    await administrators.queue(ctx)  # the demo company does not open its door meanwhile
    if not await needs_setup(ctx):
        raise Forbidden("This installation has an administrator already.")
    link = await links.use(ctx, token)
    if link.user_id is not None:
        raise Invalid("/token", "link_invalid", "This link is for a person who exists already.")
    await check_password(ctx, password, "/password", user_name, name)
    user = User(user_name=user_name, name=name, flag="active", password=await hash_password(password), token_version=1)
    ctx.session.add(user)
    await ctx.session.flush()
    role_id = await ctx.session.scalar(select(Role.id).where(Role.code == "admin"))
    ctx.session.add(UserRole(user_id=user.id, role_id=role_id))
    return await _enter(ctx, door, user, "setup")


async def _enter(ctx: Ctx, door: Door, user: User, how: str) -> Entered:
    session = await sessions.begin(ctx, door.tokens, user, how)
    return Entered(session, door.device.after(door.secret, typable(user.user_name)))


async def needs_setup(ctx: Ctx) -> bool:
    """Tell whether nobody administrates: yet, or any more since the demo company's door was closed."""
    return not await administrators.exist(ctx)


async def change_password(ctx: Ctx, door: Door, current: str, new: str) -> Session:
    """Change one's own password; every other session ends, this one goes on with new tokens.

    Tries are counted as those of the log-in are: whoever got hold of a session guesses no further.
    """
    async with door.apart(ctx) as own:
        me = await own.session.get_one(User, ctx.actor.id)
        await check_password(own, new, "/new_password", me.user_name, me.name)
        tried = await throttle.count(own, typable(me.user_name), door.device, door.secret)
        stored = me.password
    if not await verify_password(current, stored):
        raise Invalid("/current_password", "wrong", "The present password is not right.")
    hashed = await hash_password(new)
    user = await ctx.session.get_one(User, ctx.actor.id, with_for_update=True)
    user.password = hashed
    await sessions.end_all(ctx, user)
    session = await sessions.begin(ctx, door.tokens, user, "password")
    await throttle.give_back(ctx, tried)
    return session


async def check_password(ctx: Ctx, password: str, pointer: str, *names: str) -> None:
    """Raise `Invalid` for a password that is short (`weak`), that many people have (`common`) or of the owner's names (`own_name`)."""
    least = (await values(ctx.session))["password.min_length"]
    if len(password) < least or len(set(password)) < DIFFERENT_LETTERS:
        raise Invalid(pointer, "weak", f"Use at least {least} characters, not all alike.", least=least)
    if guessable.is_own(password, names):
        raise Invalid(pointer, "own_name", "Use more than your own name.")
    if guessable.is_common(password):
        raise Invalid(pointer, "common", "Many people use this password, or nearly this one; choose another.")
