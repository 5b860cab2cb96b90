"""Products: list, create, edit; found by name, pinyin, initials and code. Who no longer sells one disables it.

What they cost, and the margin that follows, is for who holds products:cost. Attributes are written with the product
(`product_attributes`), pictures one by one (`product_pictures`).
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Numeric, and_, cast, func, literal, not_, or_, select
from sqlalchemy.orm.attributes import flag_modified

from app.core.ctx import Ctx
from app.core.errors import Invalid, NotFound
from app.core.guarded import everywhere, hidden, masked, refuse, shown
from app.core.listing import Listing, Sort
from app.core.nouns import Noun
from app.core.paging import Paged, PageQuery
from app.core.reference import Reference
from app.core.scope import get
from app.core.search import Match, contains, keyed, opens, together
from app.core.sought import Sought
from app.core.steps import Status, Step, Steps
from app.core.ways import By
from app.models.access.rbac import Permission as P
from app.models.goods.products import Product, ProductCategory
from app.schemas.goods.products import NamesQuery, ProductPatch, ProductQuery, ProductWrite
from app.services.base import audit
from app.services.goods import product_attributes as attributes
from app.services.goods import product_pictures as pictures


def _sold() -> ColumnElement[bool]:
    """Return the clause of what may be put on new records: it is enabled, and so are all categories above it."""
    closed = select(ProductCategory.id.label("id")).where(ProductCategory.enabled.is_(False)).cte(recursive=True)
    closed = closed.union(select(ProductCategory.id).where(ProductCategory.parent_id == closed.c.id))
    on_sale = or_(Product.category_id.is_(None), Product.category_id.not_in(select(closed.c.id)))
    return and_(Product.enabled.is_(True), on_sale)


SOLD = _sold()
MARGIN = Product.price - Product.cost
ROW: tuple[Any, ...] = (
    Product.id, Product.version, Product.name, Product.code, Product.model, Product.unit, Product.price, Product.tax_rate,
    Product.cost, Reference("category", ProductCategory.id, ProductCategory.name), Product.enabled,
    SOLD.label("sold"), pictures.FIRST.label("picture"), Product.external_id,
)  # fmt: skip
DETAIL: tuple[Any, ...] = (
    MARGIN.label("margin"), func.round(cast(MARGIN / func.nullif(Product.price, 0), Numeric), 4).label("margin_rate"),
    Product.batch, Product.is_tracked, Product.warranty_months, Product.memo, Product.created_at, Product.updated_at,
)  # fmt: skip


def search(_ctx: Ctx, sought: Sought) -> tuple[Match, ...]:
    """Find products by a part of the name, by pinyin or initials (Latin letters), or by the start of the code."""
    keys = (Product.initials, Product.pinyin) if sought.latin else ()
    by_key = (keyed(column, sought) for column in keys)
    return (together(contains(Product.name, sought), opens(func.lower(Product.code), sought), *by_key),)


def within(category_id: int) -> ColumnElement[bool]:
    """Return the clause of the products in a category or anywhere below it."""
    below = select(ProductCategory.id.label("id")).where(ProductCategory.id == category_id).cte(recursive=True)
    below = below.union(select(ProductCategory.id).where(ProductCategory.parent_id == below.c.id))
    return Product.category_id.in_(select(below.c.id))


STEPS = Steps({"update": Step(None, None, (By(P.products_write),))})


listing = Listing(
    model=Product,
    query=ProductQuery,
    columns=ROW,
    joins=lambda _ctx, statement: statement.outerjoin(ProductCategory, ProductCategory.id == Product.category_id),
    sorts={
        "name": Sort(Product.pinyin, str),
        "code": Sort(func.coalesce(Product.code, ""), str),
        "price": Sort(func.coalesce(Product.price, literal(Decimal(-1))), Decimal),
        "cost": Sort(func.coalesce(Product.cost, literal(Decimal(-1))), Decimal),
        "created_at": Sort(Product.created_at, datetime),
    },
    filters={
        "enabled": Product.enabled.is_,
        "sold": lambda sold: SOLD if sold else not_(SOLD),
        "category_id": within,
        "external_id": Product.external_id.__eq__,
    },
    search=search,
    default="name",
    guarded=True,
    steps=STEPS,
)
noun = Noun(listing, particular=("attributes", "margin", "margin_rate", "picture", "pictures"))


async def page(ctx: Ctx, query: ProductQuery) -> Paged:
    """List products."""
    return await listing.page(ctx, query)


async def get_detail(ctx: Ctx, product_id: int) -> dict[str, Any]:
    """Return one product with attributes and pictures, its cost only for who may see it; raise `NotFound`."""
    statement = (
        select(*ROW, *DETAIL, shown(ctx, Product))
        .select_from(Product)
        .outerjoin(ProductCategory, ProductCategory.id == Product.category_id)
        .where(Product.id == product_id)
    )
    row = (await ctx.session.execute(statement)).one_or_none()
    if row is None:
        raise NotFound
    return masked(Product, row._asdict()) | {
        "attributes": await attributes.of(ctx, product_id),
        "pictures": await pictures.of(ctx, product_id),
        "allowed_actions": listing.allowed(ctx, row._asdict()),
    }


async def attribute_names(ctx: Ctx, query: NamesQuery) -> list[str]:
    """Return the names that attributes already have in a category, or everywhere, the most used first."""
    return await attributes.names(ctx, *([within(query.category_id)] if query.category_id else []))


async def history(ctx: Ctx, product_id: int, query: PageQuery) -> Paged:
    """Return who changed what, newest first; who may not see the cost does not see it here either."""
    found = await get_detail(ctx, product_id)
    return await audit.history(ctx, "products", product_id, query, hidden(Product, found))


async def create(ctx: Ctx, body: ProductWrite) -> dict[str, Any]:
    """Add a product; a taken code is 409, an unknown category 422, a cost from who does not see costs 403."""
    await _check(ctx, body.model_dump(exclude_none=True))
    product = Product(**body.model_dump(exclude={"attributes"}), enabled=True)
    ctx.session.add(product)
    await ctx.session.flush()
    await attributes.replace(ctx, product.id, body.attributes)
    await ctx.session.flush()
    return await get_detail(ctx, product.id)


async def update(ctx: Ctx, product_id: int, version: int, body: ProductPatch) -> dict[str, Any]:
    """Change, enable or disable a product; attributes are replaced as a whole, under the same version."""
    product = await get(ctx, Product, product_id, lock=True)
    STEPS.check(ctx, "update", Status(), product, version)
    facts = body.model_dump(exclude_unset=True)
    for name in ("name", "enabled", "is_tracked", "attributes"):
        if name in facts and facts[name] is None:
            raise Invalid(f"/{name}", "required", "This cannot be empty.")
    await _check(ctx, facts)
    facts.pop("attributes", None)
    for name, value in facts.items():
        setattr(product, name, value)
    if body.attributes is not None and await attributes.replace(ctx, product_id, body.attributes):
        flag_modified(product, "updated_at")
    await ctx.session.flush()
    return await get_detail(ctx, product_id)


async def _check(ctx: Ctx, facts: dict[str, Any]) -> None:
    if Product.__guarded__.among(facts) and not everywhere(ctx, Product):
        raise refuse(Product, "Costs of products are not yours to see or change.")
    category_id = facts.get("category_id")
    if category_id and await ctx.session.get(ProductCategory, category_id) is None:
        raise Invalid("/category_id", "not_found", "There is no such category.")


async def usable(ctx: Ctx, product_id: int, pointer: str) -> None:
    """Raise `Invalid` at the pointer unless the product exists and is sold; in the past it may have been."""
    if not ctx.teller and not await sold(ctx, product_id):
        raise Invalid(pointer, "not_found", "There is no such product, or it is disabled.")


async def sold(ctx: Ctx, product_id: int) -> bool:
    """Tell whether a product may be put on new records."""
    return await ctx.session.scalar(select(Product.id).where(Product.id == product_id, SOLD)) is not None
