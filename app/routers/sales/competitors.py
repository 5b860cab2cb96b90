"""Competitors."""

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
from app.schemas.sales.competitors import (
    CompetitorPatch,
    CompetitorProductPatch,
    CompetitorProductWrite,
    CompetitorQuery,
    CompetitorRead,
    CompetitorRow,
    CompetitorWrite,
)  # fmt: skip
from app.services.sales import competitor_products as products
from app.services.sales import competitors as service

router = NounRouter("/competitors", "competitors", "Competitors and their products")

Reader = Annotated[Ctx, Allow(P.competitors_read)]
Writer = Annotated[Ctx, Allow(P.competitors_write)]


@router.get("", response_model=Page[CompetitorRow])
async def list_competitors(ctx: Reader, query: Annotated[CompetitorQuery, Query()]) -> Paged:
    """List competitors, a page at a time."""
    return await service.page(ctx, query)


feeds.offer(router, P.competitors_read, service.listing)


@router.post("", response_model=CompetitorRead, status_code=201)
async def create_competitor(ctx: Writer, body: CompetitorWrite) -> dict[str, Any]:
    """Add a competitor."""
    return await service.create(ctx, body)


@router.get("/{competitor_id}", response_model=CompetitorRead)
async def get_competitor(ctx: Reader, competitor_id: Id) -> dict[str, Any]:
    """Return a competitor with its products, and what you may do with it."""
    return await service.get_detail(ctx, competitor_id)


@router.patch("/{competitor_id}", response_model=CompetitorRead)
async def update_competitor(ctx: Writer, competitor_id: Id, version: IfMatch, body: CompetitorPatch) -> dict[str, Any]:
    """Change, enable or disable a competitor."""
    return await service.update(ctx, competitor_id, version, body)


@router.delete("/{competitor_id}", status_code=204)
async def delete_competitor(ctx: Writer, competitor_id: Id, version: IfMatch) -> None:
    """Move a competitor that no chance names to the recycle bin."""
    await service.delete(ctx, competitor_id, version)


@router.post("/{competitor_id}/restore", response_model=CompetitorRead)
async def restore_competitor(ctx: Writer, competitor_id: Id) -> dict[str, Any]:
    """Bring a competitor back from the recycle bin, with its products."""
    return await service.restore(ctx, competitor_id)


@router.get("/{competitor_id}/history", response_model=Page[LogRow])
async def list_competitor_history(ctx: Reader, competitor_id: Id, query: Annotated[HistoryQuery, Query()]) -> Paged:
    """Return who changed what of a competitor and its products, newest first."""
    return await service.history(ctx, competitor_id, query)


@router.post("/{competitor_id}/products", response_model=CompetitorRead, status_code=201)
async def add_competitor_product(
    ctx: Writer, competitor_id: Id, body: CompetitorProductWrite, version: MayMatch
) -> dict[str, Any]:
    """Add a product of a competitor; returns the whole competitor."""
    await products.add(ctx, competitor_id, version, body)
    return await service.get_detail(ctx, competitor_id)


@router.patch("/{competitor_id}/products/{competitor_product_id}", response_model=CompetitorRead)
async def update_competitor_product(
    ctx: Writer, competitor_id: Id, competitor_product_id: Id, version: IfMatch, body: CompetitorProductPatch
) -> dict[str, Any]:
    """Change a product; If-Match is the competitor's version. Returns the whole competitor."""
    await products.update(ctx, competitor_id, competitor_product_id, version, body)
    return await service.get_detail(ctx, competitor_id)


@router.delete("/{competitor_id}/products/{competitor_product_id}", response_model=CompetitorRead)
async def remove_competitor_product(
    ctx: Writer, competitor_id: Id, competitor_product_id: Id, version: IfMatch
) -> dict[str, Any]:
    """Remove a product; If-Match is the competitor's version. Returns the whole competitor."""
    await products.remove(ctx, competitor_id, competitor_product_id, version)
    return await service.get_detail(ctx, competitor_id)
