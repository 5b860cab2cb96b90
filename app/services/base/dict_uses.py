"""Where records and settings carry a value of the dictionary, and what follows: no deletion, but a merge into another.

Which columns take which type stands at the columns themselves (`items_of`).
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, select

from app.core import bulk
from app.core.audit import mark
from app.core.ctx import Ctx
from app.core.errors import Conflict, Invalid
from app.core.items import Use, all_uses, follows
from app.core.scope import check_version, unscoped
from app.core.walks import COUNT_CAP
from app.models.base.dict import DictItem
from app.schemas.base.dict import DictMergeBody
from app.services.base import dict as dictionary
from app.services.base import setting_items


def _places(kind: str) -> list[Use]:
    return [use for use in all_uses() if use.takes.type == kind]


def _carries(use: Use, item: str) -> ColumnElement[bool]:
    """Return the clause of the rows that carry an item as a value of the type."""
    clause: ColumnElement[bool] = getattr(use.model, use.attribute) == item
    if use.takes.when is None:
        return clause
    attribute, value = use.takes.when
    return and_(clause, getattr(use.model, attribute) == value)


async def uses(ctx: Ctx, item_id: int) -> list[dict[str, Any]]:
    """Return where a value is used and how often; raise `NotFound`."""
    row = await dictionary.get_item(ctx, item_id)
    carried = [found for found in [await _count(ctx, use, row.item) for use in _places(row.type)] if found["count"]]
    return carried + await setting_items.uses(ctx, row)


async def _count(ctx: Ctx, use: Use, item: str) -> dict[str, Any]:
    inner = select(literal(1)).select_from(use.model).where(_carries(use, item)).limit(COUNT_CAP + 1).subquery()
    statement = select(func.count()).select_from(inner)
    count = await ctx.session.scalar(unscoped(statement, "a number for whoever keeps the dictionary")) or 0
    return {
        "noun": use.model.__audit__,
        "field": use.attribute,
        "count": min(count, COUNT_CAP),
        "is_exact": count <= COUNT_CAP,
    }


async def delete(ctx: Ctx, item_id: int, version: int) -> None:
    """Delete a value that nothing carries; raise `Conflict` (409, `code` in_use, `uses`) for any other."""
    row = await dictionary.get_item(ctx, item_id, lock=True)
    check_version(row, version)
    dictionary.protect(row)
    found = await uses(ctx, item_id)
    if found:
        raise Conflict("Records carry this value; disable it, or merge it into another.", code="in_use", uses=found)
    await ctx.session.delete(row)
    await ctx.session.flush()


async def merge(ctx: Ctx, item_id: int, body: DictMergeBody) -> dict[str, Any]:
    """Let another value of the type take over every use, and disable the one that is left.

    Each changed record stands in the log as `merge_item`. The value itself stays for what the log says of it.
    """
    locked = {row.id: row for row in await _pair(ctx, item_id, body.into_id)}
    loser = locked.get(item_id) or await dictionary.get_item(ctx, item_id)
    into = locked.get(body.into_id)
    dictionary.protect(loser)
    if into is None or into is loser or into.type != loser.type:
        raise Invalid("/into_id", "not_found", "Choose another value of the same type.")
    if not into.enabled:
        raise Invalid("/into_id", "disabled", "This value is disabled.")
    moved = 0
    for use in _places(loser.type):
        moved += await bulk.change(
            ctx, use.model, _carries(use, loser.item), "merge_item", **{use.attribute: into.item}
        )
    moved += await setting_items.merge(ctx, loser, into)
    for follow in follows(loser.type):
        await follow(ctx, loser.item, into.item)
    loser.enabled = False
    mark(loser, "merge", into=into.item, moved=moved)
    await ctx.session.flush()
    return {"moved": moved, "item": loser}


async def _pair(ctx: Ctx, *ids: int) -> list[DictItem]:
    statement = select(DictItem).where(DictItem.id.in_(ids)).order_by(DictItem.id).with_for_update()
    return list(await ctx.session.scalars(statement))
