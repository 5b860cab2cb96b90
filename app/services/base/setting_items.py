"""Items of the dictionary that settings name: they are in use as those that records carry are, and merged with them."""

from collections.abc import Iterator
from typing import Any

from app.core.ctx import Ctx
from app.models.base.dict import DictItem
from app.models.base.settings import Setting
from app.services.base import settings


def _naming(stored: dict[str, Any], item: DictItem) -> Iterator[str]:
    """Yield the settings that name an item."""
    for name, spec in settings.SPECS.items():
        if spec.keys_of == item.type and item.item in stored[name]:
            yield name


async def uses(ctx: Ctx, item: DictItem) -> list[dict[str, Any]]:
    """Return the settings that name an item, in the shape of the uses by records."""
    stored = await settings.values(ctx.session)
    return [{"noun": "settings", "field": name, "count": 1, "is_exact": True} for name in _naming(stored, item)]


async def merge(ctx: Ctx, loser: DictItem, into: DictItem) -> int:
    """Let one item take another's place in settings; where both are named, what was set for the one that stays holds."""
    names = list(_naming(await settings.values(ctx.session), loser))
    for name in names:
        row = await ctx.session.get_one(Setting, name, with_for_update=True, populate_existing=True)
        kept = {key: value for key, value in row.value.items() if key != loser.item}
        await settings.store(ctx, row, name, {into.item: row.value[loser.item]} | kept)
    return len(names)
