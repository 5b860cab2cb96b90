"""Products: look-up by name and code."""

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from app.core.ctx import Ctx
from app.core.errors import Invalid, NotFound
from app.core.listing import Listing, Sort
from app.core.reference import Reference
from app.core.search import escape
from app.models.products import Product, ProductCategory
from app.schemas.products import ProductQuery

ROW: tuple[Any, ...] = (
    Product.id, Product.version, Product.name, Product.code, Product.model, Product.unit, Product.price,
    Reference("category", ProductCategory.id, ProductCategory.name), Product.enabled, Product.external_id,
)  # fmt: skip
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
    search=lambda text: or_(
        Product.name.ilike(f"%{escape(text)}%", escape="\\"), Product.code.ilike(f"{escape(text)}%", escape="\\")
    ),
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
