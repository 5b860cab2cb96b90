"""Sales chances in and out."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from app.core.paging import PageQuery
from app.core.types import (
    Body,
    ExternalId,
    Id,
    Item,
    Money,
    OptionalItem,
    OptionalPhone,
    OptionalRef,
    OptionalShort,
    OptionalWords,
    Percent,
    Read,
    Ref,
    Short,
    Words,
)  # fmt: skip

Importance = Literal["high", "mid", "low"]
Status = Literal["unassigned", "assigned", "succeeded", "failed"]
Tab = Literal["mine", "created", "unassigned", "due", "stale", "succeeded", "failed"]
Version = Annotated[int, Field(ge=1, description="The version that the caller saw; left out: whatever is there.")]


class ChanceQuery(PageQuery):
    """Filters of the chance list; `tab` is one of the ready-made views."""

    tab: Tab | None = None
    status: list[Status] | None = None
    stage_id: Id | None = None
    assignee_id: Id | None = None
    creator_id: Id | None = None
    customer_id: Id | None = None
    source: Item | None = None
    importance: Importance | None = None
    min_amount: Money | None = None
    max_amount: Money | None = None
    external_id: ExternalId | None = None


class ChanceRow(Read):
    """A chance in a list."""

    id: int
    version: int
    number: str
    title: str
    customer_name: str
    customer: OptionalRef
    importance: str
    source: str | None
    stage: Ref
    rate: int
    rate_is_manual: bool
    amount: Decimal | None
    expected_close_date: date | None
    assignee: OptionalRef
    creator: Ref
    proposed: OptionalRef
    status: str
    closed_on: date | None
    close_value: Decimal | None
    last_activity_at: datetime | None
    next_at: datetime | None
    opened_at: datetime
    created_at: datetime
    external_id: str | None


class ChanceRead(ChanceRow):
    """A chance with all its facts and the steps that the caller may take now."""

    linkman: str | None
    tel: str | None
    description: str | None
    product: OptionalRef
    assigned_at: datetime | None
    first_assigned_on: date | None
    closed_at: datetime | None
    close_reason: str | None
    close_note: str | None
    updated_at: datetime
    allowed_actions: list[str]


class ChanceFacts(Body):
    """What may be said of a chance while it is open."""

    source: OptionalItem = None
    customer_id: Annotated[Id | None, Field(description="An existing customer; its name is taken over.")] = None
    rate: Annotated[Percent | None, Field(description="Left out: the stage's probability.")] = None
    linkman: OptionalShort = None
    tel: OptionalPhone = None
    description: OptionalWords = None
    product_id: Id | None = None
    amount: Money | None = None
    expected_close_date: date | None = None


class ChanceWrite(ChanceFacts):
    """A new chance: it starts in the first stage of the default process, unassigned."""

    title: Short
    importance: Importance = "mid"
    customer_name: Annotated[Short | None, Field(description="Required without customer_id.")] = None
    proposed_id: Annotated[Id | None, Field(description="Whom the creator proposes as assignee.")] = None


class ChancePatch(ChanceFacts):
    """A change of facts; what is left out stays."""

    importance: Importance | None = None
    title: Short | None = None
    customer_name: Short | None = None
    stage_id: Id | None = None


class AssignBody(Body):
    """Who shall work on it; a reassignment says why."""

    assignee_id: Id
    reason: OptionalWords = None


class ProposeBody(Body):
    """Whom the creator proposes; null takes the proposal back."""

    assignee_id: Id | None


class ReasonBody(Body):
    """Why."""

    reason: Words


class MoveBody(Body):
    """The stage to move to; its probability is taken over unless one was set by hand."""

    stage_id: Id
    rate: Percent | None = None


class SucceedBody(Body):
    """The win: date, value, and either an existing customer or a new one."""

    closed_on: Annotated[date | None, Field(description="Default: today.")] = None
    close_value: Money
    reason: OptionalItem = None
    note: OptionalWords = None
    customer_id: Id | None = None
    create_customer: bool = False
    confirm_new: Annotated[bool, Field(description="Create although a likely twin exists.")] = False


class FailBody(Body):
    """The end without a win: a reason from the dictionary."""

    reason: Item
    note: OptionalWords = None


class BulkItem(Body):
    """One record of a bulk step."""

    id: Id
    version: Version | None = None


class BulkAssignBody(AssignBody):
    """Assign many at once; each row succeeds or is refused by itself."""

    items: Annotated[list[BulkItem], Field(min_length=1, max_length=1000)]


class BulkResult(Read):
    """What became of one row: `done`, or the type and words of the problem."""

    id: int
    outcome: Literal["done", "refused"]
    version: int | None
    type: str | None
    message: str | None


class BulkRead(Read):
    """The results of a bulk step, in the order sent."""

    results: list[BulkResult]


class StageStay(Read):
    """A stay in a stage."""

    id: int
    stage: Ref
    entered_at: datetime
    left_at: datetime | None
    entered_by: OptionalRef


class SummaryQuery(Body):
    """How to group; filters make it count instead of reading the kept sums."""

    group_by: Literal["stage", "status", "assignee", "department"] = "status"
    opened_from: date | None = None
    opened_to: date | None = None
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
    stage: OptionalRef
    rate: int | None
    count: int
    amount: Decimal
    items: list[ChanceRow]
    next_cursor: str | None


class BoardRead(Read):
    """The board: unassigned first, then the stages in order."""

    columns: list[BoardColumn]
