"""The tree of product categories: no circles, and none is deleted while something is in it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.core import external
from app.core.ctx import Ctx
from app.core.errors import Conflict, Invalid, NotFound
from app.core.reference import Reference
from app.core.rows import Row
from app.core.scope import check_version
from app.models.goods.products import Product, ProductCategory
from app.schemas.base.external import ExternalQuery
from app.schemas.goods.product_categories import CategoryPatch, CategoryWrite

Parent = aliased(ProductCategory)
COUNT = (
    select(func.count()).where(Product.category_id == ProductCategory.id).correlate(ProductCategory).scalar_subquery()
)
STATEMENT: Any = (
    select(
        ProductCategory.id, ProductCategory.version, ProductCategory.name,
        Reference("parent", Parent.id, Parent.name), ProductCategory.enabled, COUNT.label("products"),
        ProductCategory.external_id,
    )
    .outerjoin(Parent, Parent.id == ProductCategory.parent_id)
    .order_by(ProductCategory.name, ProductCategory.id)
)  # fmt: skip


async def everything(ctx: Ctx, query: ExternalQuery) -> Sequence[Row]:
    """Return all categories, or the one of an external id, flat."""
    return (await ctx.session.execute(external.only(STATEMENT, ProductCategory, query.external_id))).all()


async def get_detail(ctx: Ctx, category_id: int) -> Row:
    """Return one category; raise `NotFound`."""
    row = (await ctx.session.execute(STATEMENT.where(ProductCategory.id == category_id))).one_or_none()
    if row is None:
        raise NotFound
    return row


async def create(ctx: Ctx, body: CategoryWrite) -> Row:
    """Add a category."""
    await _check_parent(ctx, body.parent_id, None)
    category = ProductCategory(**body.model_dump())
    ctx.session.add(category)
    await ctx.session.flush()
    return await get_detail(ctx, category.id)


async def update(ctx: Ctx, category_id: int, version: int, body: CategoryPatch) -> Row:
    """Rename, move, enable or disable a category; raise `Invalid` where it would hang below itself."""
    category = await _locked(ctx, category_id, version)
    facts = body.model_dump(exclude_unset=True)
    for name in ("name", "enabled"):
        if name in facts and facts[name] is None:
            raise Invalid(f"/{name}", "required", "This cannot be empty.")
    await _check_parent(ctx, facts.get("parent_id"), category_id)
    for name, value in facts.items():
        setattr(category, name, value)
    await ctx.session.flush()
    return await get_detail(ctx, category_id)


async def delete(ctx: Ctx, category_id: int, version: int) -> None:
    """Delete an empty category; raise `Conflict` (409) with what is still in it."""
    category = await _locked(ctx, category_id, version)
    products = await ctx.session.scalar(select(func.count()).where(Product.category_id == category_id))
    below = await ctx.session.scalar(select(func.count()).where(ProductCategory.parent_id == category_id))
    if products or below:
        raise Conflict("This category is not empty.", products=products, categories=below)
    await ctx.session.delete(category)
    await ctx.session.flush()


async def held(ctx: Ctx) -> dict[int, ProductCategory]:
    """Lock the tree in a fixed order, so that two moves at once cannot close a circle; return its categories by id."""
    rows = await ctx.session.scalars(select(ProductCategory).order_by(ProductCategory.id).with_for_update())
    return {row.id: row for row in rows}


async def _locked(ctx: Ctx, category_id: int, version: int) -> ProductCategory:
    category = (await held(ctx)).get(category_id)
    if category is None:
        raise NotFound
    check_version(category, version)
    return category


async def _check_parent(ctx: Ctx, parent_id: int | None, category_id: int | None) -> None:
    if parent_id is None:
        return
    rows = await ctx.session.execute(select(ProductCategory.id, ProductCategory.parent_id))
    above = {row.id: row.parent_id for row in rows}
    if parent_id not in above:
        raise Invalid("/parent_id", "not_found", "There is no such category.")
    step: int | None = parent_id
    while step is not None:
        if step == category_id:
            raise Invalid("/parent_id", "circle", "A category cannot be below itself.")
        step = above[step]
