"""Which columns take their values from the data dictionary: said once, at the column itself.

Checks, uses, merges and the guard that compares them with the schemas all read it from there.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.core.ctx import Ctx
from app.core.db import Base

Follow = Callable[[Ctx, str, str], Awaitable[None]]
_FOLLOWS: dict[str, list[Follow]] = {}


@dataclass(frozen=True)
class Takes:
    """A column takes items of a type; with `when` only in rows whose attribute has that value."""

    type: str
    when: tuple[str, str] | None = None


@dataclass(frozen=True)
class Use:
    """A place where items of a type stand: the mapped class and its attribute."""

    model: Any
    attribute: str
    takes: Takes


def items_of(*types: str | Takes) -> dict[str, Any]:
    """Return the `info` of a column whose values are items: `mapped_column(info=items_of("region"))`."""
    return {"dict": tuple(Takes(one) if isinstance(one, str) else one for one in types)}


def uses_of(model: Any) -> list[Use]:
    """Return the columns of a model that take items."""
    return [
        Use(model, prop.key, takes)
        for prop in model.__mapper__.column_attrs
        for takes in prop.columns[0].info.get("dict", ())
    ]


def all_uses() -> list[Use]:
    """Return every such column of every model, by table."""
    mappers = sorted(Base.registry.mappers, key=lambda mapper: str(mapper.local_table))
    return [use for mapper in mappers for use in uses_of(mapper.class_)]


@cache
def types() -> frozenset[str]:
    """Return the types that columns take; one without a value yet is one all the same."""
    return frozenset(use.takes.type for use in all_uses())


def on_merge(kind: str) -> Callable[[Follow], Follow]:
    """Do something more when a value of a type is merged into another: called with both items once all records carry the new one.

    To be said in a module of the models: these are loaded wherever anything is written.
    """

    def register(follow: Follow) -> Follow:
        _FOLLOWS.setdefault(kind, []).append(follow)
        return follow

    return register


def follows(kind: str) -> tuple[Follow, ...]:
    """Return what else a merge of two values of a type does."""
    return tuple(_FOLLOWS.get(kind, ()))
