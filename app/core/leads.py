"""Which other records let a person read a row, told from what the models declare as grants."""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Select, bindparam, inspect
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import BinaryExpression

from app.core.db import Base
from app.core.owners import Owned


class Lead(NamedTuple):
    """Rows of one class (`entity` is its alias in `granted`) that let `person` read the row of `target` that `key` names."""

    target: Any
    entity: Any
    key: str
    person: str
    reads: frozenset[str]
    granted: Callable[[Any], Select[Any]]


@cache
def leads() -> dict[Any, list[Lead]]:
    """Return the leads of all models by the class whose rows grant."""
    found: dict[Any, list[Lead]] = {}
    for mapper in Base.registry.mappers:
        scope = getattr(mapper.class_, "__scope__", None)
        for granted in scope.grants if isinstance(scope, Owned) else ():
            source, lead = _read(mapper.class_, granted)
            found.setdefault(source, []).append(lead)
    return found


def _read(target: Any, granted: Callable[[Any], Select[Any]]) -> tuple[Any, Lead]:
    mark = bindparam("person_who_reads", type_=BigInteger)
    statement = granted(mark)
    described = statement.column_descriptions[0]
    mapper = inspect(described["entity"]).mapper
    attribute = {column.name: mapper.get_property_by_column(column).key for column in mapper.local_table.columns}
    (key,) = statement.selected_columns
    parts = list(visitors.iterate(statement.whereclause)) if statement.whereclause is not None else []
    person = next(
        part.left.name
        for part in parts
        if isinstance(part, BinaryExpression) and getattr(part.right, "key", "") == mark.key
    )
    reads = {attribute[name] for part in parts if (name := getattr(part, "name", None)) in attribute}
    reads |= {attribute[key.name]}
    lead = Lead(target, described["entity"], attribute[key.name], attribute[person], frozenset(reads), granted)
    return mapper.class_, lead
