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


class TakenBackNoun(Read):
    """How many records of a noun went, say again what they said, or stay."""

    noun: str
    removed: int
    restored: int
    kept: int


class KeptRecord(Read):
    """A record that stays, wholly or, where `fields` are named, with these; and why, in a code and in words."""

    noun: str
    id: int
    external_id: str | None
    number: str | None
    name: str | None
    row: Annotated[int | None, Field(description="Its place in its batch, from 0, where a row named it.")]
    fields: Annotated[list[str], Field(description="What stays of a record that the run changed; empty: all of it.")]
    reason: Literal["changed", "built_upon", "deleted", "closed", "shipped", "by_hand", "taken", "lost", "forbidden"]
    message: str


class TakeBackRead(Read):
    """What a request took back of a run: up to a thousand records. Ask again until it is done."""

    run: UUID
    dry_run: bool
    done: Annotated[bool, Field(description="Nothing is left: the run is undone.")]
    left: Annotated[int, Field(description="How many records the next requests have still to look at.")]
    nouns: list[TakenBackNoun]
    kept: list[KeptRecord]
