"""Sums over chances, the board, the timeline, and the way through the stages."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from app.core.dates import Day
from app.core.types import Body, OptionalRef, Read, Ref
from app.schemas.base.told import Told
from app.schemas.sales.chances import ChanceRow, Status


class StageStay(Read):
    """A stay in a stage; `reason` is why the chance went back to it, in words, else `told`."""

    id: int
    stage: Ref
    entered_at: datetime
    left_at: datetime | None
    entered_by: OptionalRef
    reason: str | None
    told: Told | None


class SummaryQuery(Body):
    """How to group; filters make it count instead of reading the kept sums."""

    group_by: Literal["stage", "status", "assignee", "department"] = "status"
    status: list[Status] | None = None
    opened_from: Day | None = None
    opened_to: Day | None = None
    closed_from: Annotated[Day | None, Field(description="Only chances closed on or after this day.")] = None
    closed_to: Annotated[Day | None, Field(description="Only chances closed on or before this day.")] = None
    median: Annotated[bool, Field(description="Add the median days to close, which must be counted.")] = False


class SummaryRow(Read):
    """One group; money in the installation's currency, rates in percent, days from assignment to close."""

    key: str
    id: int | None
    name: str | None
    count: int
    unpriced: int
    amount: Decimal
    weighted: Decimal
    open_count: int
    won_count: int
    lost_count: int
    won_value: Decimal
    win_rate: Decimal | None
    mean_days_to_close: Decimal | None
    median_days_to_close: Decimal | None


class SummaryRead(Read):
    """The groups, and the whole that they add up to."""

    group_by: str
    as_of: datetime
    rows: list[SummaryRow]
    total: SummaryRow


class BoardColumn(Read):
    """A column of the board: the unassigned, or a stage."""

    key: str
    process: OptionalRef
    stage: OptionalRef
    rate: int | None
    count: int
    amount: Decimal
    items: list[ChanceRow]
    next_cursor: str | None


class BoardRead(Read):
    """The board: unassigned first, then the stages in order."""

    columns: list[BoardColumn]


class TimelineColumn(Read):
    """A column of the timeline: `overdue`, a month (`2026-03`, the present one from today on), `later`, or `none`.

    Its days go from `first` to `last`; null is an open end. Weighted = sum of amount x rate / 100.
    """

    key: str
    first: date | None
    last: date | None
    count: int
    amount: Decimal
    weighted: Decimal
    items: list[ChanceRow]
    next_cursor: str | None


class TimelineRead(Read):
    """The open chances by the month in which they are expected to close."""

    columns: list[TimelineColumn]
