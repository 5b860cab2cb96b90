"""The tree of product categories."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Query

from app.core.ctx import Ctx
from app.core.rows import Row
from app.models.access.rbac import Permission as P
from app.routers.deps import Allow, Id
from app.routers.etags import IfMatch
from app.routers.route import NounRouter
from app.schemas.base.external import ExternalQuery
from app.schemas.goods.product_categories import CategoryPatch, CategoryRow, CategoryWrite
from app.services.goods import product_categories as service

router = NounRouter("/product-categories", "products")

Reader = Annotated[Ctx, Allow(P.products_read)]
Writer = Annotated[Ctx, Allow(P.products_write)]


@router.get("", response_model=list[CategoryRow])
async def list_product_categories(ctx: Reader, query: Annotated[ExternalQuery, Query()]) -> Sequence[Row]:
    """Return all categories, or the one that another system calls so; the tree is in `parent`."""
    return await service.everything(ctx, query)


@router.post("", response_model=CategoryRow, status_code=201)
async def create_product_category(ctx: Writer, body: CategoryWrite) -> Row:
    """Add a category."""
    return await service.create(ctx, body)


@router.get("/{category_id}", response_model=CategoryRow)
async def get_product_category(ctx: Reader, category_id: Id) -> Row:
    """Return one category."""
    return await service.get_detail(ctx, category_id)


@router.patch("/{category_id}", response_model=CategoryRow)
async def update_product_category(ctx: Writer, category_id: Id, version: IfMatch, body: CategoryPatch) -> Row:
    """Rename, move, enable or disable a category."""
    return await service.update(ctx, category_id, version, body)


@router.delete("/{category_id}", status_code=204)
async def delete_product_category(ctx: Writer, category_id: Id, version: IfMatch) -> None:
    """Delete an empty category."""
    await service.delete(ctx, category_id, version)
