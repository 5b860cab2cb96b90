"""Importing stock, by product, warehouse and bin: a place holds what was counted there, with the difference in the ledger."""

from typing import Any

from app.core.ctx import Ctx
from app.core.told import telling
from app.models.goods.products import Product
from app.models.goods.storage import Storage
from app.models.orders.orders import OrderLine
from app.schemas.goods.storage import ChangeWrite, StorageWrite
from app.schemas.imports.imports import ImportBody
from app.services.goods import storage as noun
from app.services.imports import holds as import_holds
from app.services.imports import keyed as import_keyed
from app.services.imports import steps as import_steps
from app.services.imports.imports import Batch
from app.services.imports.lines import Line
from app.services.imports.steps import then

REFERENCES: dict[str, tuple[str, Any]] = {"product_external_id": ("product_id", Product)}
KEY = ("product_external_id", "warehouse", "bin")
REASON = "import"


async def places(ctx: Ctx, body: ImportBody[Any]) -> Batch:
    """Import what lies where; products come before, orders and shipments before or after."""
    batch = await import_keyed.start(ctx, Storage, body, REFERENCES, KEY, hold=import_holds.lock)

    async def tell(line: Line) -> Storage:
        import_steps.moments(ctx, line, "counted_at")
        import_steps.fixed(batch, line, "memo")
        import_steps.unless_refused(line)
        facts = line.facts
        with then(ctx, None, facts.get("counted_at") or ctx.now) as past:
            place: Storage = line.row or await noun.add(past, _new(facts))
            if change := facts["count"] - place.count:
                line.about("count")
                given = facts.get("reason") or body.source
                told = None if given else telling("imported")
                await noun.recount(past, place, ChangeWrite(change=change, reason=given or REASON), told)
                line.changed = True
        return place

    await import_steps.each(batch, tell)
    products = {known.id for known in batch.known.values()}
    await import_holds.catch_up(ctx, OrderLine.product_id.in_(products))
    return batch


def _new(facts: dict[str, Any]) -> StorageWrite:
    return StorageWrite(**{name: value for name, value in facts.items() if name in StorageWrite.model_fields})
