"""Products: list, create, edit; found by name, pinyin, initials and code. Who no longer sells one disables it."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, literal, or_, select

from app.core.ctx import Ctx
from app.core.errors import Invalid, NotFound
from app.core.listing import Listing, Sort
from app.core.reference import Reference
from app.core.scope import check_version
from app.core.search import contains, starts
from app.models.products import Product, ProductCategory
from app.models.rbac import Permission as P
from app.schemas.products import ProductPatch, ProductQuery, ProductWrite

ROW: tuple[Any, ...] = (
    Product.id, Product.version, Product.name, Product.code, Product.model, Product.unit, Product.price, Product.tax_rate,
    Reference("category", ProductCategory.id, ProductCategory.name), Product.enabled, Product.external_id,
)  # fmt: skip


def search(_ctx: Ctx, text: str) -> ColumnElement[bool]:
    """Find products by a part of the name, by pinyin or initials (Latin letters), or by the start of the code."""
    clauses = [contains(Product.name, text), starts(func.lower(Product.code), text.lower())]
    if text.isascii() and text.isalpha():
        clauses += [starts(Product.initials, text.lower()), starts(Product.pinyin, text.lower())]
    return or_(*clauses)


def within(category_id: int) -> ColumnElement[bool]:
    """Return the clause of the products in a category or anywhere below it."""
    below = select(ProductCategory.id.label("id")).where(ProductCategory.id == category_id).cte(recursive=True)
    below = below.union(select(ProductCategory.id).where(ProductCategory.parent_id == below.c.id))
    return Product.category_id.in_(select(below.c.id))


listing = Listing(
    model=Product,
    columns=ROW,
    joins=lambda _ctx, statement: statement.outerjoin(ProductCategory, ProductCategory.id == Product.category_id),
    sorts={
        "name": Sort(Product.pinyin, str),
        "code": Sort(func.coalesce(Product.code, ""), str),
        "price": Sort(func.coalesce(Product.price, literal(Decimal(-1))), Decimal),
        "created_at": Sort(Product.created_at, datetime),
    },
    filters={
        "enabled": Product.enabled.is_,
        "category_id": within,
        "external_id": Product.external_id.__eq__,
    },
    search=search,
    default="name",
)


async def page(ctx: Ctx, query: ProductQuery) -> Any:
    """List products."""
    return await listing.page(ctx, query)


async def get_detail(ctx: Ctx, product_id: int) -> Any:
    """Return one product; raise `NotFound`."""
    statement = (
        select(*ROW, Product.batch, Product.memo, Product.created_at, Product.updated_at)
        .select_from(Product)
        .outerjoin(ProductCategory, ProductCategory.id == Product.category_id)
        .where(Product.id == product_id)
    )
    row = (await ctx.session.execute(statement)).one_or_none()
    if row is None:
        raise NotFound
    return {**row._asdict(), "allowed_actions": ["update"] if ctx.actor.can(P.products_write) else []}


async def create(ctx: Ctx, body: ProductWrite) -> Any:
    """Add a product; a taken code is 409, an unknown category 422."""
    await _check(ctx, body.category_id)
    product = Product(**body.model_dump(), enabled=True)
    ctx.session.add(product)
    await ctx.session.flush()
    return await get_detail(ctx, product.id)


async def update(ctx: Ctx, product_id: int, version: int, body: ProductPatch) -> Any:
    """Change, enable or disable a product."""
    statement = select(Product).where(Product.id == product_id).with_for_update()
    product = (await ctx.session.scalars(statement)).one_or_none()
    if product is None:
        raise NotFound
    check_version(product, version)
    facts = body.model_dump(exclude_unset=True)
    for name in ("name", "enabled"):
        if name in facts and facts[name] is None:
            raise Invalid(f"/{name}", "required", "This cannot be empty.")
    await _check(ctx, facts.get("category_id"))
    for name, value in facts.items():
        setattr(product, name, value)
    await ctx.session.flush()
    return await get_detail(ctx, product_id)


async def _check(ctx: Ctx, category_id: int | None) -> None:
    if category_id and await ctx.session.get(ProductCategory, category_id) is None:
        raise Invalid("/category_id", "not_found", "There is no such category.")


async def usable(ctx: Ctx, product_id: int, pointer: str) -> None:
    """Raise `Invalid` at the pointer unless the product exists and is enabled."""
    statement = select(Product.id).where(Product.id == product_id, Product.enabled.is_(True))
    if await ctx.session.scalar(statement) is None:
        raise Invalid(pointer, "not_found", "There is no such product, or it is disabled.")
