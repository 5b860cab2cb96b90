"""What customers have of ours."""

from typing import Annotated, Any

from fastapi import Query

from app.core.ctx import Ctx
from app.core.paging import Page, Paged
from app.models.access.rbac import Permission as P
from app.routers.base import feeds
from app.routers.deps import Allow, Id
from app.routers.etags import IfMatch
from app.routers.route import NounRouter
from app.schemas.base.audit import HistoryQuery, LogRow
from app.schemas.care.assets import AssetPatch, AssetQuery, AssetRead, AssetRow, AssetWrite
from app.services.care import assets as service

router = NounRouter("/assets", "assets", "What customers have of ours, each piece by itself")

Reader = Annotated[Ctx, Allow(P.assets_read)]
Keeper = Annotated[Ctx, Allow(P.assets_write)]


@router.get("", response_model=Page[AssetRow])
async def list_assets(ctx: Reader, query: Annotated[AssetQuery, Query()]) -> Paged:
    """List the assets of the customers in your data scope."""
    return await service.page(ctx, query)


feeds.offer(router, P.assets_read, service.listing)


@router.post("", response_model=AssetRead, status_code=201)
async def create_asset(ctx: Keeper, body: AssetWrite) -> dict[str, Any]:
    """Write down what a customer has; without an end of the warranty, it follows from the product."""
    return await service.create(ctx, body)


@router.get("/{asset_id}", response_model=AssetRead)
async def get_asset(ctx: Reader, asset_id: Id) -> dict[str, Any]:
    """Return an asset and what you may do with it."""
    return await service.get_detail(ctx, asset_id)


@router.patch("/{asset_id}", response_model=AssetRead)
async def update_asset(ctx: Keeper, asset_id: Id, version: IfMatch, body: AssetPatch) -> dict[str, Any]:
    """Change an asset."""
    return await service.update(ctx, asset_id, version, body)


@router.delete("/{asset_id}", status_code=204)
async def delete_asset(ctx: Keeper, asset_id: Id, version: IfMatch) -> None:
    """Move an asset to the recycle bin."""
    await service.delete(ctx, asset_id, version)


@router.post("/{asset_id}/restore", response_model=AssetRead)
async def restore_asset(ctx: Keeper, asset_id: Id) -> dict[str, Any]:
    """Bring an asset back from the recycle bin."""
    return await service.restore(ctx, asset_id)


@router.get("/{asset_id}/history", response_model=Page[LogRow])
async def list_asset_history(ctx: Reader, asset_id: Id, query: Annotated[HistoryQuery, Query()]) -> Paged:
    """List who changed what, newest first."""
    return await service.history(ctx, asset_id, query)
