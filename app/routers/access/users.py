"""People who sign in."""

from typing import Annotated, Any

from fastapi import Query

from app.core.ctx import Ctx
from app.core.paging import Page, Paged
from app.models.access.rbac import Permission as P
from app.routers.base import feeds
from app.routers.deps import Allow, Id
from app.routers.etags import IfMatch
from app.routers.route import NounRouter
from app.schemas.access.invitations import InvitationsRead, InvitationsWrite
from app.schemas.access.rbac import UserRightRead
from app.schemas.access.users import LinkRead, UserPatch, UserQuery, UserRead, UserRow, UserWrite
from app.services.access import invitations, rbac
from app.services.access import users as service

router = NounRouter("/users", "users", "People and access")

Reader = Annotated[Ctx, Allow(P.users_read)]
Writer = Annotated[Ctx, Allow(P.users_write)]


@router.get("", response_model=Page[UserRow])
async def list_users(ctx: Reader, query: Annotated[UserQuery, Query()]) -> Paged:
    """List people, disabled ones included."""
    return await service.page(ctx, query)


feeds.offer(router, P.users_read, service.listing)


@router.post("", response_model=UserRead, status_code=201)
async def create_user(ctx: Writer, body: UserWrite) -> dict[str, Any]:
    """Create a person; a one-time link lets them set their password."""
    return await service.create(ctx, body)


@router.post("/invite", response_model=InvitationsRead, openapi_extra={"x-holds-secret": True})
async def invite_users(ctx: Writer, body: InvitationsWrite) -> dict[str, Any]:
    """Create several people, all or nobody, with a one-time link for each; a repeated call makes nobody twice."""
    return await invitations.invite(ctx, body)


@router.get("/{user_id}", response_model=UserRead)
async def get_user(ctx: Reader, user_id: Id) -> dict[str, Any]:
    """Return one person."""
    return await service.get_detail(ctx, user_id)


@router.patch("/{user_id}", response_model=UserRead)
async def update_user(ctx: Writer, user_id: Id, version: IfMatch, body: UserPatch) -> dict[str, Any]:
    """Change a person, their roles or their access."""
    return await service.update(ctx, user_id, version, body)


@router.post("/{user_id}/link", response_model=LinkRead, openapi_extra={"x-holds-secret": True})
async def create_user_link(ctx: Writer, user_id: Id) -> dict[str, Any]:
    """Make a one-time log-in link; it is shown this once."""
    return await service.link(ctx, user_id)


@router.get("/{user_id}/rights", response_model=list[UserRightRead])
async def list_user_rights(ctx: Annotated[Ctx, Allow(P.users_read, P.rbac_read)], user_id: Id) -> list[dict[str, Any]]:
    """Return what a person's roles give them: each right with its widest reach and the roles that it comes from."""
    return await rbac.explained(ctx, user_id)
