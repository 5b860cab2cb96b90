"""The data dictionary: what may be chosen, and the check that a record uses only that."""

from itertools import groupby
from typing import Any

from sqlalchemy import func, select

from app.core.ctx import Ctx
from app.core.errors import FieldError, Invalid
from app.models.dict import DictItem
from app.schemas.dict import DictItemWrite


async def types(ctx: Ctx) -> list[dict[str, Any]]:
    """Return every type with its values in order, disabled ones included (old records carry them)."""
    rows = (await ctx.session.scalars(select(DictItem).order_by(DictItem.type, DictItem.sort, DictItem.id))).all()
    return [{"type": kind, "items": list(items)} for kind, items in groupby(rows, key=lambda row: row.type)]


async def check(ctx: Ctx, fields: dict[str, tuple[str, str | None]]) -> None:
    """Check body fields, name -> (type, item or None); raise one `Invalid` that names all unknown values."""
    wanted = {name: pair for name, pair in fields.items() if pair[1] is not None}
    if not wanted:
        return
    known = await usable(ctx, {kind for kind, _ in wanted.values()})
    wrong: list[FieldError] = [
        {"pointer": f"/{name}", "code": "not_in_dictionary", "message": f"“{item}” is not a value of {kind}."}
        for name, (kind, item) in wanted.items()
        if (kind, item) not in known
    ]
    if wrong:
        raise Invalid(wrong[0]["pointer"], wrong[0]["code"], wrong[0]["message"], more=wrong[1:])


async def usable(ctx: Ctx, kinds: set[str]) -> set[tuple[str, str]]:
    """Return the (type, item) pairs of the types that records may take now."""
    rows = await ctx.session.execute(
        select(DictItem.type, DictItem.item).where(DictItem.type.in_(kinds), DictItem.enabled.is_(True))
    )
    return {(kind, item) for kind, item in rows}


async def create(ctx: Ctx, body: DictItemWrite) -> DictItem:
    """Add a value to an existing type; a taken item is 409, an unknown type 422."""
    if not await ctx.session.scalar(select(func.count()).where(DictItem.type == body.type)):
        raise Invalid("/type", "not_found", "There is no such dictionary type.")
    row = DictItem(**body.model_dump(), enabled=True, is_editable=True)
    ctx.session.add(row)
    await ctx.session.flush()
    return row
