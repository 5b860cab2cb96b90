"""Runs: what the batches that a program sent under one uuid did, and what became of it."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.core.paging import PageQuery
from app.core.types import OptionalRef, Read


class RunQuery(PageQuery):
    """Paging of the runs (newest first)."""


class RunNoun(Read):
    """How many rows of a noun ended how; and, of a run that was taken back, what became of its records."""

    noun: str
    created: int
    updated: int
    unchanged: int
    refused: int
    removed: Annotated[int, Field(description="Records that the run had made and that are gone again.")]
    restored: Annotated[int, Field(description="Records that say again what they said before the run.")]
    kept: Annotated[int, Field(description="Records that stayed, wholly or in part, because of what came later.")]


class RunRead(Read):
    """A run: from where, by whom, when it began, and what became of the rows of each noun."""

    run: UUID
    source: str | None
    by: OptionalRef
    at: datetime
    state: Annotated[
        Literal["done", "stopped", "undone"],
        Field(description="Stopped: its taking back has begun; undone: it was taken back. Neither takes more rows."),
    ]
    until: Annotated[datetime, Field(description="Until when it can be taken back.")]
    nouns: list[RunNoun]
