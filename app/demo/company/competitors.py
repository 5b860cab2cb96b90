"""Who the demo company sells against, written down by its people: their own words, at a moment that is over."""

from datetime import datetime

from app.core.ctx import Ctx
from app.demo.company import words
from app.demo.company.steps import acting
from app.schemas.sales.competitors import CompetitorProductWrite, CompetitorWrite
from app.services.sales import competitor_products, competitors


async def fill(ctx: Ctx, at: datetime, by: int, products: list[tuple[int, str]]) -> list[int]:
    """Write the competitors that chances meet and their products; return their ids."""
    ours = {name: row_id for row_id, name in products}
    async with acting(ctx, by, at) as me:
        return [await _write(me, *one, ours) for one in words.COMPETITORS]


async def throw_away(ctx: Ctx, at: datetime, by: int) -> None:
    """Write one that was never met and put it into the recycle bin."""
    async with acting(ctx, by, at) as me:
        await competitors.delete(me, await _write(me, *words.FORMER, {}), 1)


async def _write(ctx: Ctx, code: str, name: str, english: str, ours: dict[str, int]) -> int:
    website = f"https://{code}.example.com"
    facts = {"code": code, "name": name, "name_en": english, "website": website, "strategy": words.STRATEGIES.get(code)}
    made = await competitors.create(ctx, CompetitorWrite.model_validate(facts))
    row_id: int = made["id"]
    for title, price, strengths, weaknesses, answer in words.RIVAL_PRODUCTS.get(code, ()):
        offered = {"price": price, "strengths": strengths, "weaknesses": weaknesses, "product_id": ours[answer]}
        body = CompetitorProductWrite.model_validate({"name": title, **offered})
        await competitor_products.add(ctx, row_id, None, body)
    return row_id
