"""Coming in by a secret of one's own: by name and password, or by a one-time link."""

from collections.abc import Sequence

from sqlalchemy import func, select

from app.core.audit import log
from app.core.ctx import Ctx
from app.core.errors import Invalid, Unauthenticated
from app.core.lookalikes import typable
from app.core.passwords import hash_password, verify_password
from app.core.rows import Row
from app.models.access.rbac import Permission
from app.models.access.users import User
from app.services.access import links, passwords, sessions, throttle
from app.services.access.doors import Door, Entered, enter


class LoginFailed(Unauthenticated):
    """Name or password is wrong."""

    keep = True

    @classmethod
    def type(cls) -> str:
        """Share the type of its parent with a code of its own in the title."""
        return "/problems/login-failed"


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
    if found is None or user is None or user.flag != "active" or user.password != found.password:
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


async def _named(ctx: Ctx, user_name: str) -> Row | None:
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
    await passwords.check(ctx, password, "/new_password", user.user_name, user.name)
    user.password = await hash_password(password)
    await sessions.end_all(ctx, user)
    return await enter(ctx, door, user, "login_link")
