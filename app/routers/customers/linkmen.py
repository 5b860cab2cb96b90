"""Contacts."""

from typing import Annotated, Any

from fastapi import Query

from app.core.ctx import Ctx
from app.core.paging import Page, Paged
from app.models.access.rbac import Permission as P
from app.routers.base import feeds
from app.routers.deps import Allow, Id
from app.routers.etags import IfMatch, MayMatch
from app.routers.route import NounRouter
from app.schemas.base.audit import HistoryQuery, LogRow
from app.schemas.customers.linkmen import LinkmanMove, LinkmanPatch, LinkmanQuery, LinkmanRead, LinkmanRow, LinkmanWrite
from app.services.customers import linkman_moves as moves
from app.services.customers import linkmen as service

router = NounRouter("/linkmen", "linkmen", "Contacts", busy=True)

Reader = Annotated[Ctx, Allow(P.linkmen_read)]
Creator = Annotated[Ctx, Allow(P.linkmen_write)]
Editor = Annotated[Ctx, Allow(P.linkmen_write)]
Deleter = Annotated[Ctx, Allow(P.linkmen_write)]


@router.get("", response_model=Page[LinkmanRow])
async def list_linkmen(ctx: Reader, query: Annotated[LinkmanQuery, Query()]) -> Paged:
    """List the contacts in your data scope, a page at a time."""
    return await service.page(ctx, query)


feeds.offer(router, P.linkmen_read, service.listing)


@router.post("", response_model=LinkmanRead, status_code=201)
async def create_linkman(ctx: Creator, body: LinkmanWrite) -> dict[str, Any]:
    """Create a contact."""
    return await service.create(ctx, body)


@router.get("/{linkman_id}", response_model=LinkmanRead)
async def get_linkman(ctx: Reader, linkman_id: Id) -> dict[str, Any]:
    """Return a contact and what you may do with it."""
    return await service.get_detail(ctx, linkman_id)


@router.patch("/{linkman_id}", response_model=LinkmanRead)
async def update_linkman(ctx: Editor, linkman_id: Id, version: IfMatch, body: LinkmanPatch) -> dict[str, Any]:
    """Change a contact."""
    return await service.update(ctx, linkman_id, version, body)


@router.delete("/{linkman_id}", status_code=204)
async def delete_linkman(ctx: Deleter, linkman_id: Id, version: IfMatch) -> None:
    """Move a contact to the recycle bin."""
    await service.delete(ctx, linkman_id, version)


@router.post("/{linkman_id}/restore", response_model=LinkmanRead)
async def restore_linkman(ctx: Annotated[Ctx, Allow(P.linkmen_write)], linkman_id: Id) -> dict[str, Any]:
    """Bring a contact back from the recycle bin."""
    return await service.restore(ctx, linkman_id)


@router.post("/{linkman_id}/move", response_model=LinkmanRead, status_code=201)
async def move_linkman(ctx: Editor, linkman_id: Id, version: MayMatch, body: LinkmanMove) -> dict[str, Any]:
    """Let a contact leave for another customer, or work for both; returns the contact there."""
    return await moves.move(ctx, linkman_id, version, body)


@router.post("/{linkman_id}/erase", response_model=LinkmanRead)
async def erase_linkman(
    ctx: Annotated[Ctx, Allow(P.linkmen_personal)], linkman_id: Id, version: MayMatch
) -> dict[str, Any]:
    """Erase the personal facts of a contact, in its history too; there is no way back."""
    return await service.erase(ctx, linkman_id, version)


@router.get("/{linkman_id}/history", response_model=Page[LogRow])
async def list_linkman_history(ctx: Reader, linkman_id: Id, query: Annotated[HistoryQuery, Query()]) -> Paged:
    """Return who changed what, newest first."""
    return await service.history(ctx, linkman_id, query)
