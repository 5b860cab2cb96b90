"""The records behind a number of a report."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from app.core.nouns import OneOf
from app.core.texts import OPAQUE
from app.core.types import Id, OptionalRef, Read
from app.schemas.base.told import Told
from app.schemas.reports.reports import ReportQuery


class DrillQuery(ReportQuery):
    """Which number of a report to open: a row of a table, optionally one column of it."""

    table: Annotated[str, OPAQUE, Field(max_length=40)]
    key: Annotated[str | None, OPAQUE, Field(max_length=60, description="The row; none: the whole table.")] = None
    column: Annotated[str | None, OPAQUE, Field(max_length=40)] = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    after_id: Id | None = None


class DrillRow(Read):
    """A record behind a number."""

    noun: Annotated[str, OneOf(lambda noun: noun.counted)]
    id: int
    number: str | None
    name: str
    told: Annotated[Told | None, Field(description="Of an activity that Kith wrote itself: what it says.")]
    customer: OptionalRef
    chance: Annotated[OptionalRef, Field(description="Of a plan item: the chance that it belongs to.")]
    person: OptionalRef
    on: date | None
    amount: Decimal | None
    state: str | None


class DrillRead(Read):
    """The records behind a number, oldest key first; `next_after_id` goes on."""

    items: list[DrillRow]
    next_after_id: int | None
