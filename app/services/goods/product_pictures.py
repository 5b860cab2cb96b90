"""Pictures of products: a few each, in an order; the first stands for the product.

They are judged by their own bytes and never decoded. The content is read by its own address alone: lists and details
carry its version, under which a browser keeps it.
"""

import hashlib
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm.attributes import flag_modified

from app.core.ctx import Ctx
from app.core.errors import Conflict, Invalid, NotFound
from app.core.images import opened
from app.core.rows import Row
from app.core.scope import check_version, get
from app.models.goods.products import Product, ProductPicture
from app.schemas.goods.products import PictureOrder, PictureWrite

MOST = 5
LARGEST = 512 * 1024
"""Bytes: as base64 in JSON, with room to spare below the limit of every body."""
HASH = 12
FIRST = (
    select(func.jsonb_build_object("id", ProductPicture.id, "hash", ProductPicture.hash, type_=JSONB))
    .where(ProductPicture.product_id == Product.id)
    .order_by(ProductPicture.sort, ProductPicture.id)
    .limit(1)
    .correlate(Product)
    .scalar_subquery()
)
COLUMNS = (
    ProductPicture.id, ProductPicture.hash, ProductPicture.type, ProductPicture.width, ProductPicture.height,
    ProductPicture.size,
)  # fmt: skip


async def of(ctx: Ctx, product_id: int) -> list[Any]:
    """Return the pictures of a product in their order, without their content."""
    statement = select(*COLUMNS).where(ProductPicture.product_id == product_id)
    return list((await ctx.session.execute(statement.order_by(ProductPicture.sort, ProductPicture.id))).all())


async def content(ctx: Ctx, product_id: int, picture_id: int) -> Row:
    """Return version, media type and content of a picture; raise `NotFound`."""
    statement = select(ProductPicture.hash, ProductPicture.type, ProductPicture.content)
    statement = statement.where(ProductPicture.product_id == product_id, ProductPicture.id == picture_id)
    found = (await ctx.session.execute(statement)).one_or_none()
    if found is None:
        raise NotFound
    return found


async def _locked(ctx: Ctx, product_id: int) -> tuple[Product, list[ProductPicture]]:
    """Lock a product and return it with its pictures in their order: who changes two at once waits."""
    product = await get(ctx, Product, product_id, lock=True)
    statement = select(ProductPicture).where(ProductPicture.product_id == product_id)
    rows = await ctx.session.scalars(statement.order_by(ProductPicture.sort, ProductPicture.id))
    return product, list(rows)


async def add(ctx: Ctx, product_id: int, version: int | None, body: PictureWrite) -> None:
    """Add a picture behind the others.

    Raises `Invalid` at /image for what is no image, too large or has too many pixels; `Conflict` for one too many
    (`too_many_pictures`) and for one that is there already.
    """
    image = opened(body.image, LARGEST, "/image")
    product, present = await _locked(ctx, product_id)
    check_version(product, version)
    if len(present) >= MOST:
        raise Conflict(f"A product has at most {MOST} pictures.", code="too_many_pictures")
    width, height = image.size
    picture = ProductPicture(
        product_id=product_id, hash=hashlib.sha256(image.content).hexdigest()[:HASH], type=image.type, width=width,
        height=height, size=len(image.content), sort=present[-1].sort + 1 if present else 0, content=image.content,
    )  # fmt: skip
    ctx.session.add(picture)
    flag_modified(product, "updated_at")
    await ctx.session.flush()


async def remove(ctx: Ctx, product_id: int, picture_id: int, version: int) -> None:
    """Remove a picture under the product's version."""
    product, present = await _locked(ctx, product_id)
    gone = next((row for row in present if row.id == picture_id), None)
    if gone is None:
        raise NotFound
    check_version(product, version)
    await ctx.session.delete(gone)
    flag_modified(product, "updated_at")
    await ctx.session.flush()


async def arrange(ctx: Ctx, product_id: int, version: int, body: PictureOrder) -> None:
    """Give the pictures another order; raise `Invalid` unless all of them are named, each once."""
    product, present = await _locked(ctx, product_id)
    check_version(product, version)
    if sorted(body.ids) != sorted(row.id for row in present):
        raise Invalid("/ids", "incomplete", "Name all pictures of the product, each once.")
    for row in present:
        row.sort = body.ids.index(row.id)
    flag_modified(product, "updated_at")
    await ctx.session.flush()
