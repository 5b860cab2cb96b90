"""Names for the ids and items that rows of the log carry: of what the reader may see, in their language."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import func, select

from app.core.ctx import Ctx
from app.core.log_fields import Held, fields, label, records
from app.core.owners import declared
from app.core.scope import scoped
from app.models.access.rbac import Permission, Right
from app.models.access.users import User
from app.models.base.dict import DictItem
from app.models.goods.products import Product

Row = dict[str, Any]
Names = dict[tuple[Any, Any], str]
"""(model, id) or (type of the dictionary, item) -> name."""
ACCOUNTS = {"auth": User}
"""What the log says of log-ins names the person whose they are."""
RIGHTS = {"users": Permission.people_read}
"""Names of colleagues are everybody's who chooses one; the other nouns have a right of their own name, or none."""


async def add(ctx: Ctx, rows: Collection[Row]) -> None:
    """Add to rows of the log `record`, `kinds` and `names` (field -> [before, after]); what has no name stays null."""
    names = await _records(ctx, rows) | await _items(ctx, rows) | await _rights(ctx, rows)
    for row in rows:
        held = dict(_held(row))
        model = _model(row)
        row["record"] = names.get((model, row["entity_id"]))
        row["kinds"] = {name: one.kind for name, one in held.items()}
        called = {name: [_name(names, one, row, value) for value in row["changes"][name]] for name, one in held.items()}
        called |= {name: [_list(names, value) for value in both] for name, both in _lists(row)}
        row["names"] = {name: both for name, both in called.items() if any(both)}


def _lists(row: Row) -> Iterator[tuple[str, list[Any]]]:
    """Yield the fields whose values are lists of rights or of goods."""
    return ((name, row["changes"][name]) for name in ("rights", "goods") if name in row["changes"])


def _list(names: Names, value: Any) -> str | None:
    parts = [
        f"{names.get((Product, one['product_id']), '#' + str(one['product_id']))} × {one['count']}"
        if isinstance(one, dict) else names.get((Right, one), one)
        for one in value or []
    ]  # fmt: skip
    return ", ".join(parts) or None


async def _rights(ctx: Ctx, rows: Collection[Row]) -> Names:
    codes = {code for row in rows for both in [row["changes"].get("rights", [])] for one in both for code in one or []}
    if not codes:
        return {}
    text = func.coalesce(Right.text_en, Right.text) if ctx.language == "en" else Right.text
    found = await ctx.session.execute(select(Right.code, func.replace(text, ":", " · ")).where(Right.code.in_(codes)))
    return {(Right, code): word for code, word in found}


def _model(row: Row) -> type[Any] | None:
    return records().get(row["entity"]) or ACCOUNTS.get(row["entity"])


def _held(row: Row) -> Iterator[tuple[str, Held]]:
    known = fields().get(row["entity"], {})
    return ((name, known[name]) for name in row["changes"] if name in known)


def _name(names: Names, held: Held, row: Row, value: Any) -> str | None:
    if not isinstance(value, str | int):
        return None
    keys = [held.model] if held.model else _types(held, row)
    return next((names[key, value] for key in keys if (key, value) in names), None)


def _types(held: Held, row: Row) -> list[str]:
    """Return the types that an item may be of: a reason to close says with the status whether it is one to win."""

    def fits(when: tuple[str, str] | None) -> bool:
        return when is None or row["changes"].get(when[0], [None, when[1]])[1] == when[1]

    return [takes.type for takes in held.takes if fits(takes.when)]


async def _records(ctx: Ctx, rows: Collection[Row]) -> Names:
    wanted: dict[Any, set[int]] = defaultdict(set)
    for row in rows:
        if row["entity_id"] is not None and (model := _model(row)):
            wanted[model].add(row["entity_id"])
        for name, held in _held(row):
            if held.model:
                wanted[held.model].update(value for value in row["changes"][name] if isinstance(value, int))
        goods = [one for both in [row["changes"].get("goods", [])] for value in both for one in value or []]
        wanted[Product].update(one["product_id"] for one in goods)
    found: Names = {}
    for model, ids in wanted.items():
        if ids and _may_read(ctx, model):
            statement = scoped(ctx, select(model.id, label(model, ctx.language)).where(model.id.in_(ids)), model)
            found |= {(model, row_id): name for row_id, name in await ctx.session.execute(statement)}
    return found


def _may_read(ctx: Ctx, model: Any) -> bool:
    """Tell whether the names of what nobody owns are for the reader; of what is owned the scope tells."""
    noun = getattr(model, "__audit__", "")
    right = RIGHTS.get(noun, f"{noun}:read")
    return declared(model) is not None or right not in {*Permission} or ctx.actor.can(right)


async def _items(ctx: Ctx, rows: Collection[Row]) -> Names:
    wanted = {value for row in rows for name, held in _held(row) if held.takes for value in row["changes"][name]}
    if not wanted - {None}:
        return {}
    statement = select(DictItem.type, DictItem.item, DictItem.value, DictItem.value_en)
    found = await ctx.session.execute(statement.where(DictItem.item.in_(wanted - {None})))
    return {(kind, item): (en if ctx.language == "en" and en else zh) for kind, item, zh, en in found}
