"""The history of records."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, JsonValue

from app.core.dates import Day
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
