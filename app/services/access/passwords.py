"""Which passwords are taken, and how one changes one's own."""

from app.core import guessable
from app.core.ctx import Ctx
from app.core.errors import Invalid
from app.core.lookalikes import typable
from app.core.passwords import hash_password, verify_password
from app.models.access.users import User
from app.services.access import sessions, throttle
from app.services.access.doors import Door
from app.services.access.sessions import Session
from app.services.base.settings import values

DIFFERENT_LETTERS = 4


async def change(ctx: Ctx, door: Door, current: str, new: str) -> Session:
    """Change one's own password; every other session ends, this one goes on with new tokens.

    Tries are counted as those of the log-in are: whoever got hold of a session guesses no further.
    """
    async with door.apart(ctx) as own:
        me = await own.session.get_one(User, ctx.actor.id)
        await check(own, new, "/new_password", me.user_name, me.name)
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


async def check(ctx: Ctx, password: str, pointer: str, *names: str) -> None:
    """Raise `Invalid` for a password that is short (`weak`), that many people have (`common`) or of the owner's names (`own_name`)."""
    least = (await values(ctx.session))["password.min_length"]
    if len(password) < least or len(set(password)) < DIFFERENT_LETTERS:
        raise Invalid(pointer, "weak", f"Use at least {least} characters, not all alike.", least=least)
    if guessable.is_own(password, names):
        raise Invalid(pointer, "own_name", "Use more than your own name.")
    if guessable.is_common(password):
        raise Invalid(pointer, "common", "Many people use this password, or nearly this one; choose another.")
