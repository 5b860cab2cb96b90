"""The feed of changes for programs that mirror records."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.core.paging import Limit
from app.core.types import Read


class ChangesQuery(BaseModel):
    """Where the reader stands."""

    model_config = ConfigDict(extra="forbid")

    after: Annotated[
        str | None,
        Field(
            max_length=2000,
            pattern=r"^[A-Za-z0-9_-]+$",
            description="`next_cursor` of before; without it: from now on.",
        ),
    ] = None
    limit: Limit = 200


class ChangeRow(Read):
    """A record that is otherwise than before."""

    id: int
    version: Annotated[int | None, Field(description="The present one; null for what is deleted.")]
    deleted: Annotated[bool, Field(description="Deleted, or out of your data scope.")]


class ChangesRead(Read):
    """Each record once, in the order in which changes became known; the last page has `more` false."""

    items: list[ChangeRow]
    next_cursor: str
    more: bool
