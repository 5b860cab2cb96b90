"""The demo company's products, on the shelves of their categories."""

from decimal import Decimal

from sqlalchemy import insert

from app.core.ctx import Ctx
from app.core.ids import draw
from app.core.pinyin import keys
from app.models.products import Product, ProductCategory
from app.services import demo_words as words
from app.services.demo_customers import Row

SERVICE, SERVICES, GOODS = "SE", Decimal("0.06"), Decimal("0.13")
"""Services are taxed less than goods."""


def tax_rate(model: str) -> Decimal:
    """Return the tax rate of a product, by the first letters of its model."""
    return SERVICES if model.startswith(SERVICE) else GOODS


async def fill(ctx: Ctx) -> list[tuple[int, str]]:
    """Write categories and products; return id and name of each product."""
    shelves = dict(zip(words.CATEGORIES, await draw(ctx, ProductCategory, len(words.CATEGORIES)), strict=True))
    categories = [{"id": shelves[key], "name": name} for key, name in words.CATEGORIES.items()]
    await ctx.session.execute(insert(ProductCategory), categories)
    ids = await draw(ctx, Product, len(words.PRODUCTS))
    rows: list[Row] = [
        {"id": row_id, "name": name, "code": model, "model": model, "unit": unit, "price": price}
        | {"tax_rate": tax_rate(model)}
        | {"category_id": shelves[model.partition("-")[0]]}
        | dict(zip(("pinyin", "initials"), keys(name), strict=True))
        for row_id, (name, model, unit, price) in zip(ids, words.PRODUCTS, strict=True)
    ]
    await ctx.session.execute(insert(Product), rows)
    return [(row["id"], row["name"]) for row in rows]
