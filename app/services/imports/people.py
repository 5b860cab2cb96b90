"""Importing departments and people. Who is imported has no password; nobody grants rights that they lack."""

from typing import Any

from sqlalchemy import func, select

from app.core.ctx import Ctx, Reach
from app.core.lookalikes import skeleton
from app.models.access.departments import Department
from app.models.access.rbac import Permission, Role, RoleRight
from app.models.access.users import User, UserRole
from app.schemas.imports.imports import ImportBody
from app.services.access import administrators, reach, sessions
from app.services.imports import imports
from app.services.imports.imports import Batch
from app.services.imports.lines import Line

Roles = dict[str, tuple[int, set[str]]]
"""By code: the id, and the rights in it that the caller may not grant."""


async def departments(ctx: Ctx, body: ImportBody[Any]) -> Batch:
    """Import departments; a parent comes before what hangs below it."""
    references = {"parent_external_id": ("parent_id", Department), "leader_external_id": ("leader_id", User)}
    batch = await imports.start(ctx, Department, body, references)
    for line in batch.sound:
        batch.read(line)
        batch.introduce(line)
    await imports.check_circles(batch, "parent_id", "parent_external_id")
    async with reach.kept(ctx):
        await imports.write(batch)
    return batch


async def users(ctx: Ctx, body: ImportBody[Any]) -> Batch:
    """Import people; other roles, another department or disabling end their sessions at once."""
    references: dict[str, Any] = {"department_external_id": ("department_id", Department)}
    batch = await imports.start(ctx, User, body, references)
    roles = await _roles(ctx)
    held = await _held(ctx, batch)
    keepers = await reach.administrators_among(ctx, [line.row.id for line in batch.lines if line.row])
    wanted: dict[int, set[str]] = {}
    for line in batch.sound:
        batch.read(line)
        if ctx.actor.is_demo and line.row and not line.row.is_demo:
            line.refuse("external_id", "outside_demo", "People of the demo company change nobody outside of it.")
        if line.id in keepers:
            line.refuse(
                "external_id", "administrator", "You cannot change an administrator; ask somebody who keeps roles."
            )
        present = held.get(line.id, set())
        if "role_id" in line.theirs and "roles" in line.facts and set(line.facts["roles"]) != present:
            line.keep("roles")
            del line.facts["roles"]
        if "roles" in line.facts:
            wanted[line.place] = set(line.facts.pop("roles"))
            _check_roles(ctx, line, wanted[line.place], present, roles)
    imports.free(batch, "user_name", await _names(ctx, batch), skeleton)
    await _keep_an_administrator(ctx, batch, wanted, held)
    ended = [line for line in batch.sound if line.row and _loses_access(line, wanted, held)]
    async with reach.kept(ctx):
        await imports.write(batch, token_version=1, is_demo=ctx.actor.is_demo)
    for line in batch.sound:
        await _set_roles(ctx, line, wanted.get(line.place), held.get(line.id, set()), roles)
    for line in ended:
        await sessions.end_all(ctx, line.row)
    await ctx.session.flush()
    return batch


async def _roles(ctx: Ctx) -> Roles:
    """Return every role's id by its code, and those of its rights that the caller may not grant."""
    rights = func.coalesce(func.array_agg(RoleRight.right_code).filter(RoleRight.right_code.is_not(None)), [])
    statement = select(Role.code, Role.id, Role.data_scope, rights).outerjoin(RoleRight, RoleRight.role_id == Role.id)
    return {
        code: (role_id, {right for right in held if not ctx.actor.holds(right, Reach(scope))})
        for code, role_id, scope, held in await ctx.session.execute(statement.group_by(Role.id))
    }


async def _held(ctx: Ctx, batch: Batch) -> dict[int | None, set[str]]:
    """Return the role codes that the people of the batch have now."""
    ids = [line.row.id for line in batch.lines if line.row]
    if not ids:
        return {}
    statement = select(UserRole.user_id, Role.code).join(Role, Role.id == UserRole.role_id)
    held: dict[int | None, set[str]] = {}
    for user_id, code in await ctx.session.execute(statement.where(UserRole.user_id.in_(ids))):
        held.setdefault(user_id, set()).add(code)
    return held


async def _names(ctx: Ctx, batch: Batch) -> dict[str, int]:
    """Return whose log-in names look like those of the batch, by the look; rows keep their own name."""
    looks = {skeleton(line.facts["user_name"]) for line in batch.sound if "user_name" in line.facts}
    rows = await ctx.session.execute(select(User.skeleton, User.id).where(User.skeleton.in_(looks)))
    return {str(row[0]): row[1] for row in rows}


def _check_roles(ctx: Ctx, line: Line, wanted: set[str], held: set[str], roles: Roles) -> None:
    if unknown := sorted(wanted - roles.keys()):
        line.refuse("roles", "not_found", f"There is no role {', '.join(unknown)}.")
    elif Permission.rbac_write not in ctx.actor.rights:
        lacking = set().union(*(roles[code][1] for code in wanted - held))
        if lacking:
            line.refuse("roles", "forbidden", "You cannot grant rights that you do not hold, or not as far.")


async def _keep_an_administrator(
    ctx: Ctx, batch: Batch, wanted: dict[int, set[str]], held: dict[int | None, set[str]]
) -> None:
    """Refuse rows that would take the last active administrator's role or access."""
    changing = [line for line in batch.sound if line.row and (line.place in wanted or line.now("flag") != "active")]
    if not changing:
        return
    await administrators.queue(ctx)
    left, given = await administrators.ids(ctx), await administrators.given(ctx)
    for line in changing:
        codes = wanted.get(line.place, held.get(line.id, set()))
        rights = set[str]().union(*(given.get(code, ()) for code in codes))
        if line.id not in left or (line.now("flag") == "active" and administrators.suffices(rights)):
            continue
        if left == {line.id}:
            line.refuse("roles", "last_administrator", "The last administrator stays.")
        else:
            left.discard(line.id or 0)


def _loses_access(line: Line, wanted: dict[int, set[str]], held: dict[int | None, set[str]]) -> bool:
    present = held.get(line.id, set())
    return not line.changes().keys().isdisjoint({"flag", "department_id"}) or wanted.get(line.place, present) != present


async def _set_roles(ctx: Ctx, line: Line, wanted: set[str] | None, held: set[str], roles: Roles) -> None:
    if wanted is None or wanted == held:
        return
    line.outcome = "updated" if line.outcome == "unchanged" else line.outcome
    ctx.session.add_all(UserRole(user_id=line.id, role_id=roles[code][0]) for code in wanted - held)
    for code in held - wanted:
        await ctx.session.delete(await ctx.session.get_one(UserRole, (line.id, roles[code][0])))
