"""Facts behind a right of their own: a group of fields that not everybody who reads a record may see.

A model declares its group as `__guarded__`. Rows and details carry the group's flag; where it is false its fields are
null. History leaves them out, no list goes by them, and who does not see them writes none, null neither.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, false, select, true

from app.core.ctx import Ctx, Reach
from app.core.errors import Forbidden
from app.core.owners import declared
from app.core.scope import unscoped, visible


@dataclass(frozen=True)
class Guarded:
    """A group of facts: the right that it needs, its fields, and the flag that tells whether the reader sees them.

    `strict`: only the owner of the record counts, not why else somebody may read it.
    """

    right: str
    fields: tuple[str, ...]
    flag: str
    strict: bool = False

    def among(self, facts: Mapping[str, Any]) -> bool:
        """Tell whether facts to be written name one of the group."""
        return not facts.keys().isdisjoint(self.fields)


def everywhere(ctx: Ctx, model: Any) -> bool:
    """Tell whether the actor sees the group of every record there is; of what nobody owns, whoever holds the right."""
    reach = ctx.actor.rights.get(model.__guarded__.right)
    return reach is not None and (reach is Reach.ALL or declared(model) is None)


def whole(ctx: Ctx, model: Any) -> bool:
    """Tell whether the actor sees the group of every record of the model that they can read."""
    group: Guarded = model.__guarded__
    scope = declared(model)
    reach = ctx.actor.rights.get(group.right)
    like_reading = scope is not None and not group.strict and reach == ctx.actor.rights.get(f"{scope.resource}:read")
    return everywhere(ctx, model) or (reach is not None and like_reading)


def shown(ctx: Ctx, model: Any) -> ColumnElement[bool]:
    """Return the column, named by the flag, that tells whether the actor sees the group of a record they read."""
    group: Guarded = model.__guarded__
    if whole(ctx, model):
        return true().label(group.flag)
    if group.right not in ctx.actor.rights:
        return false().label(group.flag)
    return visible(ctx, model, group.right, strict=group.strict).label(group.flag)


async def sees(ctx: Ctx, model: Any, row_id: int) -> bool:
    """Tell whether the actor sees the group of a record that they read; asks the database only for a narrow reach."""
    group: Guarded = model.__guarded__
    if whole(ctx, model) or group.right not in ctx.actor.rights:
        return group.right in ctx.actor.rights
    within = visible(ctx, model, group.right, strict=group.strict)
    found = unscoped(select(model.id).where(model.id == row_id, within), "within the reach of the group's right")
    return await ctx.session.scalar(found) is not None


def masked(model: Any, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row without the values of the group, where its flag says so."""
    group: Guarded = model.__guarded__
    return row if row[group.flag] else row | {name: None for name in group.fields if name in row}


def hidden(model: Any, row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that the reader of a row does not see."""
    group: Guarded = model.__guarded__
    return () if row[group.flag] else group.fields


def refuse(model: Any, words: str) -> Forbidden:
    """Return the refusal of a write to the group."""
    group: Guarded = model.__guarded__
    return Forbidden(words, right=group.right)
