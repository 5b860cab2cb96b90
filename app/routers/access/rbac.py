"""Roles and rights."""

from typing import Annotated, Any

from fastapi import Query

from app.core.ctx import Ctx
from app.core.paging import Page, Paged
from app.models.access.rbac import Permission as P
from app.routers.deps import Allow, Id
from app.routers.etags import IfMatch
from app.routers.route import NounRouter
from app.schemas.access.rbac import RightRead, RolePatch, RoleRead, RoleRights, RoleRow, RoleWrite
from app.schemas.base.audit import HistoryQuery, LogRow
from app.services.access import rbac as service
from app.services.access import roles as edits

router = NounRouter("/roles", "rbac", "Roles and rights")
rights = NounRouter("/rights", "rbac")
Reader = Annotated[Ctx, Allow(P.rbac_read)]
Writer = Annotated[Ctx, Allow(P.rbac_write)]


@rights.get("", response_model=list[RightRead])
async def list_rights(ctx: Reader) -> list[dict[str, Any]]:
    """Return every right there is; the tree is in `parent_code`, in the order of the menu."""
    return await service.rights(ctx)


@router.get("", response_model=list[RoleRow])
async def list_roles(ctx: Reader) -> list[Any]:
    """Return the roles with their rights."""
    return await service.roles(ctx)


@router.post("", response_model=RoleRead, status_code=201)
async def create_role(ctx: Writer, body: RoleWrite) -> dict[str, Any]:
    """Add a role, from scratch or as a copy of another one."""
    return await edits.create(ctx, body)


@router.get("/{role_id}", response_model=RoleRead)
async def get_role(ctx: Reader, role_id: Id) -> dict[str, Any]:
    """Return one role."""
    return await service.get_detail(ctx, role_id)


@router.patch("/{role_id}", response_model=RoleRead)
async def update_role(ctx: Writer, role_id: Id, version: IfMatch, body: RolePatch) -> dict[str, Any]:
    """Rename or describe a role, change its reach, disable or enable it."""
    return await edits.update(ctx, role_id, version, body)


@router.put("/{role_id}/rights", response_model=RoleRead)
async def replace_role_rights(ctx: Writer, role_id: Id, version: IfMatch, body: RoleRights) -> dict[str, Any]:
    """Let a role hold exactly these rights; in force within five seconds."""
    return await edits.replace_rights(ctx, role_id, version, body)


@router.delete("/{role_id}", status_code=204)
async def delete_role(ctx: Writer, role_id: Id, version: IfMatch) -> None:
    """Delete a role that nobody holds; the built-in ones stay."""
    await edits.delete(ctx, role_id, version)


@router.get("/{role_id}/history", response_model=Page[LogRow])
async def list_role_history(ctx: Reader, role_id: Id, query: Annotated[HistoryQuery, Query()]) -> Paged:
    """Return who changed what of a role, newest first."""
    return await edits.history(ctx, role_id, query)
