"""Products."""

from typing import Annotated, Any

from fastapi import Header, Query, Response

from app.core.ctx import Ctx
from app.core.paging import Page, Paged
from app.core.texts import OPAQUE
from app.models.access.rbac import Permission as P
from app.routers.base import feeds
from app.routers.deps import Allow, Id
from app.routers.etags import IfMatch, MayMatch
from app.routers.route import NounRouter
from app.schemas.base.audit import HistoryQuery, LogRow
from app.schemas.goods.products import (
    NamesQuery,
    PictureOrder,
    PictureWrite,
    ProductPatch,
    ProductQuery,
    ProductRead,
    ProductRow,
    ProductWrite,
)  # fmt: skip
from app.services.goods import product_pictures as pictures
from app.services.goods import products as service

router = NounRouter("/products", "products", "Products")

Reader = Annotated[Ctx, Allow(P.products_read)]
Writer = Annotated[Ctx, Allow(P.products_write)]
IMAGE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
PICTURE: dict[int | str, Any] = {
    200: {"content": {"image/png": IMAGE, "image/jpeg": IMAGE, "image/webp": IMAGE}},
    304: {"description": "You have it."},
}
FOR_EVER = "private, max-age=31536000, immutable"


@router.get("", response_model=Page[ProductRow])
async def list_products(ctx: Reader, query: Annotated[ProductQuery, Query()]) -> Paged:
    """List products, a page at a time."""
    return await service.page(ctx, query)


feeds.offer(router, P.products_read, service.listing)


@router.post("", response_model=ProductRead, status_code=201)
async def create_product(ctx: Writer, body: ProductWrite) -> dict[str, Any]:
    """Add a product."""
    return await service.create(ctx, body)


@router.get("/attribute-names", response_model=list[str])
async def list_attribute_names(ctx: Reader, query: Annotated[NamesQuery, Query()]) -> list[str]:
    """Return the names that attributes of products already have, the most used first."""
    return await service.attribute_names(ctx, query)


@router.get("/{product_id}", response_model=ProductRead)
async def get_product(ctx: Reader, product_id: Id) -> dict[str, Any]:
    """Return one product."""
    return await service.get_detail(ctx, product_id)


@router.patch("/{product_id}", response_model=ProductRead)
async def update_product(ctx: Writer, product_id: Id, version: IfMatch, body: ProductPatch) -> dict[str, Any]:
    """Change, enable or disable a product."""
    return await service.update(ctx, product_id, version, body)


@router.get("/{product_id}/history", response_model=Page[LogRow])
async def list_product_history(ctx: Reader, product_id: Id, query: Annotated[HistoryQuery, Query()]) -> Paged:
    """Return who changed what of a product, its attributes and pictures, newest first; no costs without products:cost."""
    return await service.history(ctx, product_id, query)


@router.post("/{product_id}/pictures", response_model=ProductRead, status_code=201)
async def add_product_picture(ctx: Writer, product_id: Id, body: PictureWrite, version: MayMatch) -> dict[str, Any]:
    """Add a picture behind the others, five at most; returns the whole product."""
    await pictures.add(ctx, product_id, version, body)
    return await service.get_detail(ctx, product_id)


@router.put("/{product_id}/pictures", response_model=ProductRead)
async def arrange_product_pictures(ctx: Writer, product_id: Id, version: IfMatch, body: PictureOrder) -> dict[str, Any]:
    """Give the pictures another order; If-Match is the product's version. Returns the whole product."""
    await pictures.arrange(ctx, product_id, version, body)
    return await service.get_detail(ctx, product_id)


@router.get("/{product_id}/pictures/{picture_id}", response_model=bytes, response_class=Response, responses=PICTURE)
async def get_product_picture(
    ctx: Reader,
    product_id: Id,
    picture_id: Id,
    v: Annotated[str | None, OPAQUE, Query(max_length=40, description="The picture's `hash`.")] = None,
    if_none_match: Annotated[str | None, OPAQUE, Header(max_length=400)] = None,
) -> Response:
    """Return a picture's content; under its hash it may be kept for good."""
    found = await pictures.content(ctx, product_id, picture_id)
    headers = {"ETag": f'"{found.hash}"', "Cache-Control": FOR_EVER if v == found.hash else "private, no-cache"}
    if if_none_match and headers["ETag"] in if_none_match:
        return Response(status_code=304, headers=headers)
    return Response(found.content, media_type=found.type, headers=headers)


@router.delete("/{product_id}/pictures/{picture_id}", response_model=ProductRead)
async def remove_product_picture(ctx: Writer, product_id: Id, picture_id: Id, version: IfMatch) -> dict[str, Any]:
    """Remove a picture; If-Match is the product's version. Returns the whole product."""
    await pictures.remove(ctx, product_id, picture_id, version)
    return await service.get_detail(ctx, product_id)
