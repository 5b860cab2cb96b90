"""The demo company's products on the shelves of their categories, with cost and attributes, and what is to arrive."""

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import insert

from app.core.ctx import Ctx
from app.core.ids import draw
from app.core.numbers import numbers as draw_numbers
from app.core.pinyin import keys
from app.demo.company import words
from app.demo.company.customers import Row
from app.models.goods.arrivals import Arrival, numbers
from app.models.goods.products import Product, ProductAttribute, ProductCategory

CENT = Decimal("0.01")
MACHINES, WARRANTY = ("SV", "VC"), 12
"""By the first letters of the model: they are tracked by the piece, and under warranty for so many months."""
SERVICE, SERVICES, GOODS = "SE", Decimal("0.06"), Decimal("0.13")
"""Services are taxed less than goods."""


def tax_rate(model: str) -> Decimal:
    """Return the tax rate of a product, by the first letters of its model."""
    return SERVICES if model.startswith(SERVICE) else GOODS


def is_machine(model: str) -> bool:
    """Tell whether the pieces of a product are tracked."""
    return model.startswith(MACHINES)


async def fill(ctx: Ctx) -> list[tuple[int, str]]:
    """Write categories and products; return id and name of each product."""
    shelves = dict(zip(words.CATEGORIES, await draw(ctx, ProductCategory, len(words.CATEGORIES)), strict=True))
    categories = [{"id": shelves[key], "name": name} for key, name in words.CATEGORIES.items()]
    await ctx.session.execute(insert(ProductCategory), categories)
    ids = await draw(ctx, Product, len(words.PRODUCTS))
    rows: list[Row] = [
        {"id": row_id, "name": name, "code": model, "model": model, "unit": unit, "price": price}
        | {"tax_rate": tax_rate(model)}
        | {"is_tracked": is_machine(model), "warranty_months": WARRANTY if is_machine(model) else None}
        | {"cost": (price * Decimal(words.COST_SHARES[_shelf(model)])).quantize(CENT)}
        | {"category_id": shelves[_shelf(model)]}
        | dict(zip(("pinyin", "initials"), keys(name), strict=True))
        for row_id, (name, model, unit, price) in zip(ids, words.PRODUCTS, strict=True)
    ]
    await ctx.session.execute(insert(Product), rows)
    attributes = [
        {"product_id": row["id"], "name": name, "value": value, "sort": place}
        for row in rows
        for place, (name, value) in enumerate(words.ATTRIBUTES.get(row["model"], ()))
    ]
    await ctx.session.execute(insert(ProductAttribute), attributes)
    return [(row["id"], row["name"]) for row in rows]


def _shelf(model: str) -> str:
    return model.partition("-")[0]


async def expect(ctx: Ctx, products: list[tuple[int, str]], keeper: int) -> None:
    """Write what suppliers have promised; one of them is late, one was called off."""
    ids = {model: row_id for (row_id, _), (_, model, _, _) in zip(products, words.PRODUCTS, strict=True)}
    drawn = await draw_numbers(ctx, "RK", numbers, len(words.ARRIVALS))
    rows = [
        {"number": number, "product_id": ids[model], "count": count, "warehouse": "main", "bin": where}
        | {"expected_on": ctx.today + timedelta(days=days), "supplier": supplier, "created_by": keeper}
        | {"status": "cancelled" if reason else "expected", "cancel_reason": reason}
        for number, (model, count, where, days, supplier, reason) in zip(drawn, words.ARRIVALS, strict=True)
    ]
    await ctx.session.execute(insert(Arrival), rows)
