"""Columns that repeat whose another record is, so that a list by owner reads one index: said where they are mapped.

`info=owner_of("customer_id")` at the column, or the scope (`Follows(…, repeated=…)`) where it has one. Rows that are new
take it over and a new owner is told to all of them (`flush.repeated`), the feeds tell of both, `crm verify` compares.
"""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, inspect

from app.core.db import Base
from app.core.owners import Follows, Owned, declared


class Repeated(NamedTuple):
    """An attribute of a model that repeats the owner of what `via` names, `unless` another one is set."""

    model: Any
    attribute: str
    via: str
    unless: str | None

    @property
    def source(self) -> Any:
        """The model whose owner is repeated."""
        (key,) = getattr(self.model, self.via).property.columns[0].foreign_keys
        return next(one.class_ for one in Base.registry.mappers if one.local_table is key.column.table)

    @property
    def owner(self) -> str:
        """Its attribute that says whose a row is."""
        scope = declared(self.source)
        if not isinstance(scope, Owned):
            message = f"{self.model.__name__}.{self.attribute} repeats an owner of {self.via}, which has none"
            raise TypeError(message)
        return scope.owner

    def open(self) -> list[ColumnElement[bool]]:
        """Return the clause of the rows that repeat it now, where not all do."""
        return [getattr(self.model, self.unless).is_(None)] if self.unless else []


def owner_of(via: str, unless: str | None = None) -> dict[str, Any]:
    """Return the `info` of a column that repeats the owner of what `via` names; the log, which has that one, does not repeat it."""
    return {"secret": True, "owner_of": (via, unless)}


def of(model: Any) -> list[Repeated]:
    """Return the attributes of a model that repeat an owner."""
    props = inspect(model).column_attrs
    found = [(one.key, *one.columns[0].info["owner_of"]) for one in props if "owner_of" in one.columns[0].info]
    scope = declared(model)
    if isinstance(scope, Follows) and scope.repeated:
        found.append((scope.repeated, scope.via, None))
    return [Repeated(model, *one) for one in found]


@cache
def everywhere() -> tuple[Repeated, ...]:
    """Return those of every model, by table."""
    mappers = sorted(Base.registry.mappers, key=lambda mapper: str(mapper.local_table))
    return tuple(one for mapper in mappers for one in of(mapper.class_))
