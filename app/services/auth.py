"""Coming in: by password, by one-time link, as the first administrator; passwords are set here and the throttle counts."""

from datetime import timedelta

from sqlalchemy import func, select

from app.core.audit import log
from app.core.ctx import Ctx
from app.core.errors import Forbidden, Invalid, TooMany, Unauthenticated
from app.core.lookalikes import typable
from app.core.passwords import hash_password, verify_password
from app.core.tokens import Tokens
from app.models.auth import LoginAttempt
from app.models.rbac import Role
from app.models.users import User, UserRole
from app.services import administrators, links, sessions
from app.services.sessions import Session
from app.services.settings import values

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
    return await sessions.begin(ctx, tokens, user, "login")


async def log_in_by_link(ctx: Ctx, tokens: Tokens, token: str, password: str) -> Session:
    """Set a password through a one-time link and sign in: what was signed in before is not any more.

    Raises `Invalid` for a used or old link.
    """
    link = await links.use(ctx, token)
    user = await ctx.session.get(User, link.user_id) if link.user_id else None
    if user is None or user.flag != "active":
        raise links.invalid()
    await check_password(ctx, password, "/new_password")
    user.password = await hash_password(password)
    await sessions.end_all(ctx, user)
    return await sessions.begin(ctx, tokens, user, "login_link")


async def set_up(ctx: Ctx, tokens: Tokens, token: str, user_name: str, name: str, password: str) -> Session:
    """Create the first administrator through the link of the first start."""
    await administrators.queue(ctx)  # the demo company does not open its door meanwhile
    if not await needs_setup(ctx):
        raise Forbidden("This installation has an administrator already.")
    link = await links.use(ctx, token)
    if link.user_id is not None:
        raise Invalid("/token", "link_invalid", "This link is for a person who exists already.")
    await check_password(ctx, password, "/password")
    user = User(user_name=user_name, name=name, flag="active", password=await hash_password(password), token_version=1)
    ctx.session.add(user)
    await ctx.session.flush()
    role_id = await ctx.session.scalar(select(Role.id).where(Role.code == "admin"))
    ctx.session.add(UserRole(user_id=user.id, role_id=role_id))
    return await sessions.begin(ctx, tokens, user, "setup")


async def needs_setup(ctx: Ctx) -> bool:
    """Tell whether nobody administrates: yet, or any more since the demo company's door was closed."""
    return not await administrators.exist(ctx)


async def change_password(ctx: Ctx, tokens: Tokens, current: str, new: str) -> Session:
    """Change one's own password; every other session ends, this one goes on with new tokens."""
    user = await ctx.session.get_one(User, ctx.actor.id)
    if not await verify_password(current, user.password):
        raise Invalid("/current_password", "wrong", "The present password is not right.")
    await check_password(ctx, new, "/new_password")
    user.password = await hash_password(new)
    await sessions.end_all(ctx, user)
    return await sessions.begin(ctx, tokens, user, "password")


async def check_password(ctx: Ctx, password: str, pointer: str) -> None:
    """Raise `Invalid` for a password that is short or one character over and over."""
    least = (await values(ctx.session))["password.min_length"]
    if len(password) < least or len(set(password)) < DIFFERENT_LETTERS:
        raise Invalid(pointer, "weak", f"Use at least {least} characters, not all alike.", least=least)


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
