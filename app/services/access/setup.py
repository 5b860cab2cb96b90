"""The first administrator, who comes in by the link of the first start."""

from sqlalchemy import select

from app.core.ctx import Ctx
from app.core.errors import Forbidden, Invalid
from app.core.passwords import hash_password
from app.models.access.rbac import Role
from app.models.access.users import User, UserRole
from app.services.access import administrators, links, passwords
from app.services.access.doors import Door, Entered, enter


async def needs_setup(ctx: Ctx) -> bool:
    """Tell whether nobody administrates: yet, or any more since the demo company's door was closed."""
    return not await administrators.exist(ctx)


async def set_up(ctx: Ctx, door: Door, token: str, user_name: str, name: str, password: str) -> Entered:
    """Create the first administrator through the link of the first start."""
    await administrators.queue(ctx)  # the demo company does not open its door meanwhile
    if not await needs_setup(ctx):
        raise Forbidden("This installation has an administrator already.")
    link = await links.use(ctx, token)
    if link.user_id is not None:
        raise Invalid("/token", "link_invalid", "This link is for a person who exists already.")
    await passwords.check(ctx, password, "/password", user_name, name)
    user = User(user_name=user_name, name=name, flag="active", password=await hash_password(password), token_version=1)
    ctx.session.add(user)
    await ctx.session.flush()
    role_id = await ctx.session.scalar(select(Role.id).where(Role.code == "admin"))
    ctx.session.add(UserRole(user_id=user.id, role_id=role_id))
    return await enter(ctx, door, user, "setup")
