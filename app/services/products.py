"""Products: look-up by name and code."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from app.core.ctx import Ctx
from app.core.errors import Invalid, NotFound
from app.core.listing import Listing, Sort
from app.core.reference import Reference
from app.core.search import escape, starts
from app.models.products import Product, ProductCategory
from app.schemas.products import ProductQuery

ROW: tuple[Any, ...] = (
    Product.id, Product.version, Product.name, Product.code, Product.model, Product.unit, Product.price,
    Reference("category", ProductCategory.id, ProductCategory.name), Product.enabled, Product.external_id,
)  # fmt: skip


def matches(text: str) -> ColumnElement[bool]:
    """Find by a part of the name, or by the start of code, pinyin or initials."""
    part, low = escape(text), text.lower()
    return or_(
        Product.name.ilike(f"%{part}%", escape="\\"),
        Product.code.ilike(f"{part}%", escape="\\"),
        starts(Product.pinyin, low),
        starts(Product.initials, low),
    )


listing = Listing(
    model=Product,
    columns=ROW,
    joins=lambda _ctx, statement: statement.outerjoin(ProductCategory, ProductCategory.id == Product.category_id),
    sorts={"name": Sort(Product.name, str), "created_at": Sort(Product.created_at, datetime)},
    filters={
        "enabled": Product.enabled.is_,
        "category_id": Product.category_id.__eq__,
        "external_id": Product.external_id.__eq__,
    },
    search=matches,
    default="name",
)


async def page(ctx: Ctx, query: ProductQuery) -> Any:
    """List products."""
    return await listing.page(ctx, query)


async def get_detail(ctx: Ctx, product_id: int) -> Any:
    """Return one product; raise `NotFound`."""
    statement = (
        select(*ROW, Product.batch, Product.memo)
        .select_from(Product)
        .outerjoin(ProductCategory, ProductCategory.id == Product.category_id)
        .where(Product.id == product_id)
    )
    row = (await ctx.session.execute(statement)).one_or_none()
    if row is None:
        raise NotFound
    return row


async def usable(ctx: Ctx, product_id: int, pointer: str) -> None:
    """Raise `Invalid` at the pointer unless the product exists and is enabled."""
    statement = select(Product.id).where(Product.id == product_id, Product.enabled.is_(True))
    if await ctx.session.scalar(statement) is None:
        raise Invalid(pointer, "not_found", "There is no such product, or it is disabled.")
