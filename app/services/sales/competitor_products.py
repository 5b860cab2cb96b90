"""Products of competitors: written one by one under the competitor's version, each answered by one of ours or by none."""

from typing import Any

from sqlalchemy import func, select

from app.core.audit import mark
from app.core.ctx import Ctx
from app.core.errors import Conflict, Invalid, NotFound
from app.core.orm import changes
from app.core.reference import Reference
from app.models.goods.products import Product
from app.models.sales.competitors import Competitor, CompetitorProduct
from app.schemas.sales.competitors import CompetitorProductPatch, CompetitorProductWrite
from app.services.goods import products
from app.services.sales import competitor_actions as actions

MOST = 100
COUNT = (
    select(func.count(CompetitorProduct.id))
    .where(CompetitorProduct.competitor_id == Competitor.id)
    .correlate(Competitor)
    .scalar_subquery()
)
COLUMNS = (
    CompetitorProduct.id, CompetitorProduct.name, CompetitorProduct.price, CompetitorProduct.strengths,
    CompetitorProduct.weaknesses, Reference("product", Product.id, Product.name),
)  # fmt: skip


async def of(ctx: Ctx, competitor_id: int) -> list[Any]:
    """Return the products of a competitor, in the order in which they were added."""
    statement = select(*COLUMNS).select_from(CompetitorProduct)
    statement = statement.outerjoin(Product, Product.id == CompetitorProduct.product_id)
    statement = statement.where(CompetitorProduct.competitor_id == competitor_id)
    return list((await ctx.session.execute(statement.order_by(CompetitorProduct.id))).all())


async def add(ctx: Ctx, competitor_id: int, version: int | None, body: CompetitorProductWrite) -> None:
    """Add a product.

    Raises `Conflict` for one too many (`too_many_products`) and for a name that is there already, `Invalid` for an
    answer that we do not sell.
    """
    competitor = await actions.locked(ctx, competitor_id, "update", version)
    count = select(func.count()).where(CompetitorProduct.competitor_id == competitor_id)
    if (await ctx.session.scalar(count) or 0) >= MOST:
        raise Conflict(f"A competitor has at most {MOST} products.", code="too_many_products")
    await _check(ctx, body.model_dump())
    ctx.session.add(CompetitorProduct(competitor_id=competitor_id, **body.model_dump()))
    actions.change(ctx, competitor)
    await ctx.session.flush()


async def update(ctx: Ctx, competitor_id: int, row_id: int, version: int, body: CompetitorProductPatch) -> None:
    """Change a product; what it says already is no change. An answer that is disabled since may stay."""
    competitor = await actions.locked(ctx, competitor_id, "update", version)
    row = await _get(ctx, competitor_id, row_id)
    facts = changes(row, body.model_dump(exclude_unset=True))
    if "name" in facts and facts["name"] is None:
        raise Invalid("/name", "required", "This cannot be empty.")
    await _check(ctx, facts)
    for name, value in facts.items():
        setattr(row, name, value)
    if facts:
        mark(row, "change_product", **({} if "name" in facts else {"name": row.name}))
        actions.change(ctx, competitor)
    await ctx.session.flush()


async def remove(ctx: Ctx, competitor_id: int, row_id: int, version: int) -> None:
    """Remove a product; the log keeps what it said."""
    competitor = await actions.locked(ctx, competitor_id, "update", version)
    await ctx.session.delete(await _get(ctx, competitor_id, row_id))
    actions.change(ctx, competitor)
    await ctx.session.flush()


async def _get(ctx: Ctx, competitor_id: int, row_id: int) -> CompetitorProduct:
    statement = select(CompetitorProduct).where(
        CompetitorProduct.id == row_id, CompetitorProduct.competitor_id == competitor_id
    )
    found = (await ctx.session.scalars(statement)).one_or_none()
    if found is None:
        raise NotFound
    return found


async def _check(ctx: Ctx, facts: dict[str, Any]) -> None:
    if facts.get("product_id"):
        await products.usable(ctx, facts["product_id"], "/product_id")
