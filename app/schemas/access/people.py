"""People in pickers and names."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.core.paging import RecordQuery
from app.core.types import Id, OptionalRef, Read
from app.models.access.rbac import Permission


class PersonQuery(RecordQuery):
    """Filters of the people picker."""

    holding: Permission | None = None
    within: Permission | None = None
    department_id: Id | None = None
    id: Annotated[Id | None, Field(description="One person, to name them.")] = None
    left: Annotated[bool | None, Field(description="True: also who has left (disabled), to find what was theirs.")] = (
        None
    )


class PersonRow(Read):
    """A person; who is not active has left and is given no work."""

    id: int
    name: str
    department: OptionalRef
    active: bool


class LoadQuery(BaseModel):
    """Of whom, and by which right of the caller."""

    model_config = ConfigDict(extra="forbid")

    ids: Annotated[list[Id], Field(min_length=1, max_length=200)]
    within: Annotated[Permission, Field(description="A right of yours: only people whom it reaches are told.")]


class PersonLoad(Read):
    """What a person has open; each number stops at 10,001."""

    id: int
    customers: int
    chances: int
    services: int
