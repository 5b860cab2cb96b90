"""Importing values of the dictionary, by type and item."""

from typing import Any

from app.core.ctx import Ctx
from app.models.base.dict import DictItem
from app.schemas.base.dict import DictItemPatch, DictItemWrite
from app.schemas.imports.imports import ImportBody
from app.services.base import dict as dictionary
from app.services.imports import keyed as import_keyed
from app.services.imports import steps as import_steps
from app.services.imports.imports import Batch
from app.services.imports.lines import Line

KEY = ("type", "item")


async def values(ctx: Ctx, body: ImportBody[Any]) -> Batch:
    """Import values with their labels and places; of one that Kith itself relies on only the place changes."""
    batch = await import_keyed.start(ctx, DictItem, body, {}, KEY)

    async def tell(line: Line) -> DictItem:
        facts = {name: value for name, value in line.facts.items() if value is not None or name == "value_en"}
        row: DictItem = line.row or await dictionary.create(ctx, _new(facts))
        line.facts = {name: value for name, value in facts.items() if getattr(row, name) != value}
        return await dictionary.update(ctx, row.id, row.version, DictItemPatch(**line.facts)) if line.facts else row

    await import_steps.each(batch, tell)
    return batch


def _new(facts: dict[str, Any]) -> DictItemWrite:
    return DictItemWrite(**{name: value for name, value in facts.items() if name != "enabled"})
