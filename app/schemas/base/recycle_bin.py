"""What lies in the recycle bin."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.core.closed import Closed
from app.core.leaving import Blocks, Goes, told
from app.core.nouns import OneOf
from app.core.paging import Cursor, Limit, Wanted
from app.core.texts import Short
from app.core.types import Body, OptionalRef, Read

Kind = Annotated[str, OneOf(lambda noun: noun.binned)]


class BinQuery(BaseModel):
    """Which kind of record to look for; the newest deletion comes first, always."""

    model_config = ConfigDict(extra="forbid")

    limit: Limit = 50
    cursor: Cursor = None
    q: Wanted = None
    type: Kind = "customers"


class BinRow(Read):
    """A deleted record: what it is, and who deleted it when."""

    id: int
    version: int
    type: str
    number: str | None
    name: str
    deleted_at: datetime
    deleted_by: OptionalRef


class PurgeGoes(Read):
    """How many records of a kind go along."""

    noun: Annotated[str, Closed(lambda: told(Goes))]
    count: int


class PurgeBlock(Read):
    """What stands in the way; `alive`: dependents that do not lie in the bin."""

    what: Annotated[str, Closed(lambda: [*told(Blocks), "reports", "alive"])]
    count: int


class PurgeRead(BinRow):
    """What a purge would remove for good, and what forbids it."""

    goes: list[PurgeGoes]
    blocks: list[PurgeBlock]


class PurgeBody(Body):
    """The typed confirmation."""

    confirm: Annotated[Short, Field(description="The record's number, or its name where it has none.")]
