"""The recycle bin."""

from typing import Annotated, Any

from fastapi import Query

from app.core.ctx import Ctx
from app.core.paging import Page
from app.models.access.rbac import Permission as P
from app.routers.deps import Allow, Id
from app.routers.etags import IfMatch
from app.routers.route import NounRouter
from app.schemas.base.recycle_bin import BinQuery, BinRow, Kind, PurgeBody, PurgeRead
from app.services.base import purges
from app.services.base import recycle_bin as service

router = NounRouter("/recycle-bin", "recycle-bin", "Recycle bin")
Purger = Annotated[Ctx, Allow(P.recycle_purge)]


@router.get("", response_model=Page[BinRow])
async def list_recycle_bin(ctx: Annotated[Ctx, Allow()], query: Annotated[BinQuery, Query()]) -> dict[str, Any]:
    """List what you deleted, and what others deleted where you may restore it."""
    return await service.page(ctx, query)


@router.get("/{noun}/{row_id}/purge", response_model=PurgeRead)
async def preview_purge(ctx: Purger, noun: Kind, row_id: Id) -> dict[str, Any]:
    """Show what would be removed for good, and what stands in the way."""
    return await purges.preview(ctx, noun, row_id)


@router.post("/{noun}/{row_id}/purge", status_code=204)
async def purge_record(ctx: Purger, noun: Kind, row_id: Id, version: IfMatch, body: PurgeBody) -> None:
    """Remove a record of the recycle bin for good, with what hangs on it and what the log has of it."""
    await purges.purge(ctx, noun, row_id, version, body)
