"""The data dictionary: what may be chosen, and the check that a record uses only that."""

from itertools import groupby
from typing import Any

from sqlalchemy import Text, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from app.core import items, touched
from app.core.ctx import Ctx
from app.core.errors import Conflict, FieldError, Invalid, NotFound
from app.core.scope import check_version
from app.models.base.dict import DictItem
from app.schemas.base.dict import DictItemPatch, DictItemWrite, DictOrder

STEP = 10
"""Between two places, so that a value can be put in between."""
USABLE = select(DictItem.type, DictItem.item).where(
    DictItem.type == any_(bindparam("kinds", type_=ARRAY(Text))), DictItem.enabled.is_(True)
)
"""Built once: nearly every write asks it."""
REMEMBERED = "usable"


async def types(ctx: Ctx) -> list[dict[str, Any]]:
    """Return every type with its values in order, disabled ones included (old records carry them)."""
    rows = (await ctx.session.scalars(select(DictItem).order_by(DictItem.type, DictItem.sort, DictItem.id))).all()
    found = {kind: list(values) for kind, values in groupby(rows, key=lambda row: row.type)}
    return [{"type": kind, "items": found.get(kind, [])} for kind in sorted({*found, *items.types()})]


def unknown(kind: str, item: str | None) -> str:
    """Return what is said of a value that a type does not offer."""
    return f"“{item}” is not a value of {kind}."


async def check(ctx: Ctx, fields: dict[str, tuple[str, str | None]]) -> None:
    """Check body fields, name -> (type, item or None); raise one `Invalid` that names all unknown values."""
    wanted = {name: pair for name, pair in fields.items() if pair[1] is not None}
    if not wanted:
        return
    known = await _known(ctx, set(wanted.values()))
    wrong: list[FieldError] = [
        {"pointer": f"/{name}", "code": "not_in_dictionary", "message": unknown(kind, item)}
        for name, (kind, item) in wanted.items()
        if (kind, item) not in known
    ]
    if wrong:
        raise Invalid(wrong[0]["pointer"], wrong[0]["code"], wrong[0]["message"], more=wrong[1:])


async def _known(ctx: Ctx, wanted: set[tuple[str, Any]]) -> set[tuple[str, str]]:
    """Return what of these may be taken; that a value could be taken a few seconds ago is enough, that it could not is not."""
    kinds = {kind for kind, _ in wanted}

    def keep(_found: object) -> bool:
        return DictItem.__audit__ not in touched.of(ctx.session.sync_session)  # nor what is not committed

    known = await ctx.remember((REMEMBERED, *sorted(kinds)), lambda: usable(ctx, kinds), keep)
    return known if wanted <= known else await usable(ctx, kinds)


async def check_facts(ctx: Ctx, model: Any, facts: dict[str, Any]) -> None:
    """Check the facts of a record against the types that the model's columns take (`items_of`)."""
    await check(ctx, {use.attribute: (use.takes.type, facts.get(use.attribute)) for use in items.uses_of(model)})


async def usable(ctx: Ctx, kinds: set[str]) -> set[tuple[str, str]]:
    """Return the (type, item) pairs of the types that records may take now."""
    rows = await ctx.session.execute(USABLE, {"kinds": sorted(kinds)})
    return {(kind, item) for kind, item in rows}


async def get_item(ctx: Ctx, item_id: int, *, lock: bool = False) -> DictItem:
    """Return one value; raise `NotFound`."""
    statement = select(DictItem).where(DictItem.id == item_id)
    if lock:
        statement = statement.with_for_update()
    found = (await ctx.session.scalars(statement)).one_or_none()
    if found is None:
        raise NotFound
    return found


async def create(ctx: Ctx, body: DictItemWrite) -> DictItem:
    """Add a value to an existing type; a taken item is 409, an unknown type 422."""
    there = select(func.count()).where(DictItem.type == body.type)
    if body.type not in items.types() and not await ctx.session.scalar(there):
        raise Invalid("/type", "not_found", "There is no such dictionary type.")
    row = DictItem(**body.model_dump(), enabled=True, is_editable=True)
    ctx.session.add(row)
    await ctx.session.flush()
    return row


async def update(ctx: Ctx, item_id: int, version: int, body: DictItemPatch) -> DictItem:
    """Change labels or place, enable or disable; of a protected value only the place."""
    row = await get_item(ctx, item_id, lock=True)
    check_version(row, version)
    facts = body.model_dump(exclude_unset=True)
    for name in ("value", "sort", "enabled"):
        if name in facts and facts[name] is None:
            raise Invalid(f"/{name}", "required", "This cannot be empty.")
    if facts.keys() - {"sort"}:
        protect(row)
    for name, value in facts.items():
        setattr(row, name, value)
    await ctx.session.flush()
    return row


def protect(row: DictItem) -> None:
    """Raise `Conflict` (409, `code` protected) for a value that the program itself relies on."""
    if not row.is_editable:
        raise Conflict("Kith itself relies on this value; only its place can be changed.", code="protected")


async def reorder(ctx: Ctx, body: DictOrder) -> list[dict[str, Any]]:
    """Put the values of a type into the order of the ids; raise `Invalid` unless every one is named once."""
    statement = select(DictItem).where(DictItem.type == body.type).order_by(DictItem.id).with_for_update()
    rows = {row.id: row for row in await ctx.session.scalars(statement)}
    if sorted(body.ids) != sorted(rows):
        raise Invalid("/ids", "not_all", "Name every value of the type once.")
    for place, item_id in enumerate(body.ids):
        rows[item_id].sort = place * STEP
    await ctx.session.flush()
    return [kind for kind in await types(ctx) if kind["type"] == body.type]
