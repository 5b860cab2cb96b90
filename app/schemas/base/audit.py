"""The history of records."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, JsonValue

from app.core.dates import Day
from app.core.log_fields import Kind
from app.core.paging import PageQuery
from app.core.texts import Short
from app.core.types import Id, OptionalRef, Read


class HistoryQuery(PageQuery):
    """Paging of one record's history (newest first)."""


class AuditQuery(HistoryQuery):
    """Filters of the whole log."""

    entity: Short | None = None
    entity_id: Id | None = None
    actor_id: Id | None = None
    action: Short | None = None
    at_from: Annotated[Day | None, Field(description="From this day of the company on.")] = None
    at_to: Annotated[Day | None, Field(description="Up to this day, included.")] = None


class LogRow(Read):
    """One change: who, when, what from and what to."""

    id: int
    at: datetime
    actor: OptionalRef
    action: str
    entity: str
    entity_id: int | None
    changes: Annotated[dict[str, list[JsonValue]], Field(description="field -> [before, after]")]


class AuditRow(LogRow):
    """One change in the whole log, with the names of what its ids and items stand for, where the reader may see them.

    A value without a name is shown as its kind says: the id of what is gone or out of scope stays an id.
    """

    record: Annotated[str | None, Field(description="What people know the record by.")]
    kinds: Annotated[dict[str, Kind], Field(description="field -> what it holds")]
    names: Annotated[dict[str, list[str | None]], Field(description="field -> [before, after]")]
