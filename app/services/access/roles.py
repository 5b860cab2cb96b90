"""Keeping roles: what they may do and how far it reaches. The four built-in ones stay; so does the last administrator.

Whoever comes here holds rbac:write, and so may grant what they lack themselves; the log tells from what to what.
"""

from typing import Any

from sqlalchemy import Select, func, select

from app.core.audit import log, mark
from app.core.ctx import Ctx, Reach
from app.core.errors import Invalid, NotFound
from app.core.paging import Paged, PageQuery
from app.models.access.rbac import BUILT_IN, Role, RoleRight
from app.models.access.users import UserRole
from app.schemas.access.rbac import RolePatch, RoleRights, RoleWrite
from app.services.access import administrators, rbac
from app.services.base import audit


async def create(ctx: Ctx, body: RoleWrite) -> dict[str, Any]:
    """Add a role; what the body leaves out is taken from `copy_of`, else: no rights, reach `own`."""
    copied = await _copied(ctx, body.copy_of)
    scope = body.data_scope or copied.get("data_scope", Reach.OWN)
    rights = sorted(set(copied.get("rights", []) if body.rights is None else body.rights))
    role = Role(code=body.code, name=body.name, description=body.description, flag="active", data_scope=scope)
    mark(role, "create", rights=rights, **({"copy_of": copied["code"]} if copied else {}))
    ctx.session.add(role)
    await ctx.session.flush()
    ctx.session.add_all(RoleRight(role_id=role.id, right_code=right) for right in rights)
    await ctx.session.flush()
    return await rbac.get_detail(ctx, role.id)


async def update(ctx: Ctx, role_id: int, version: int, body: RolePatch) -> dict[str, Any]:
    """Rename or describe a role, let it reach further or less far, disable or enable it; its code stays.

    Raises `Conflict` (`last_administrator`) when nobody would be left who administrates.
    """
    role = await _locked(ctx, role_id, "update", version)
    facts = body.model_dump(exclude_unset=True)
    for name in ("name", "data_scope", "flag"):
        if name in facts and facts[name] is None:
            raise Invalid(f"/{name}", "required", "This cannot be empty.")
    for name, value in facts.items():
        setattr(role, name, value)
    await ctx.session.flush()
    await administrators.check(ctx)
    return await rbac.get_detail(ctx, role_id)


async def replace_rights(ctx: Ctx, role_id: int, version: int, body: RoleRights) -> dict[str, Any]:
    """Let a role hold exactly these rights; raise `Conflict` when nobody would be left who administrates."""
    role = await _locked(ctx, role_id, "set_rights", version)
    await _write(ctx, role, set(body.rights))
    await administrators.check(ctx)
    return await rbac.get_detail(ctx, role_id)


async def delete(ctx: Ctx, role_id: int, version: int) -> None:
    """Delete a role that nobody has; raise `Conflict` (`built_in`, or `held` with how many people hold it)."""
    role = await _locked(ctx, role_id, "delete", version)
    await _write(ctx, role, set())
    await ctx.session.delete(role)
    await ctx.session.flush()


async def history(ctx: Ctx, role_id: int, query: PageQuery) -> Paged:
    """Return who changed what of a role, newest first; its rights as lists, before and after."""
    await rbac.get_detail(ctx, role_id)
    return await audit.history(ctx, Role.__audit__, role_id, query)


async def _copied(ctx: Ctx, role_id: int | None) -> dict[str, Any]:
    """Return the role to start from, nothing where none is named; raise `Invalid` for one that is not there."""
    if role_id is None:
        return {}
    try:
        return await rbac.get_detail(ctx, role_id)
    except NotFound as absent:
        raise Invalid("/copy_of", "not_found", "There is no such role.") from absent


async def _locked(ctx: Ctx, role_id: int, step: str, version: int) -> Role:
    await administrators.queue(ctx)
    role = (await ctx.session.scalars(select(Role).where(Role.id == role_id).with_for_update())).one_or_none()
    if role is None:
        raise NotFound
    people = await ctx.session.scalar(select(func.count()).where(UserRole.role_id == role_id))
    rbac.STEPS.check(ctx, step, rbac.Holding(role.code in BUILT_IN, people or 0), role, version)
    return role


async def _write(ctx: Ctx, role: Role, wanted: set[str]) -> None:
    """Store the rights of a role, and one row of the log that tells them before and after."""
    present = {row.right_code: row for row in await ctx.session.scalars(_of(role))}
    if wanted == present.keys():
        return
    for right in present.keys() - wanted:
        await ctx.session.delete(present[right])
    ctx.session.add_all(RoleRight(role_id=role.id, right_code=right) for right in wanted - present.keys())
    log(ctx, rbac.SET_RIGHTS, Role.__audit__, role.id, {"rights": [sorted(present), sorted(wanted)]})
    role.updated_at = ctx.now  # the version moves with the rights
    await ctx.session.flush()


def _of(role: Role) -> Select[Any]:
    return select(RoleRight).where(RoleRight.role_id == role.id)
