"""The ids that records bear in other systems: declared in one line of a model, written only by who may import.

Every noun with such a column can be imported. A flush that gives a record another one is refused to whoever lacks the right
(`flush.ids`), by whatever way it came, so that no write of a noun can forget to ask.
"""

from collections.abc import Collection
from typing import Any, TypeVar

from sqlalchemy.orm import Mapped, mapped_column

from app.core.constraints import explain
from app.core.db import Base
from app.core.steps import IDENTIFY

S = TypeVar("S", bound=Any)
NAME = "external_id"
RIGHT = "imports:write"


def external(table: str, column: str) -> Mapped[str | None]:
    """Map the id that rows of a table bear in another system, unique where it is given."""
    explain(f"uq_{table}_{column}", f"/{NAME}", "taken", "This external id is taken.")
    return mapped_column(column, unique=True)


def importable() -> list[Any]:
    """Return the models whose records have such an id, by table."""
    mappers = sorted(Base.registry.mappers, key=lambda mapper: str(mapper.local_table))
    return [mapper.class_ for mapper in mappers if NAME in mapper.column_attrs]


def step(fields: Collection[str]) -> str:
    """Return the step that a PATCH of these fields is: the id of another system alone is no fact that a state freezes."""
    return IDENTIFY if set(fields) == {NAME} else "update"


def only(statement: S, model: Any, wanted: str | None) -> S:
    """Return a statement over all rows of a model, or over the one that another system calls so."""
    found: S = statement if wanted is None else statement.where(model.external_id == wanted)
    return found
