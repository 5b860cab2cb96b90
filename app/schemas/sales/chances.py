"""Sales chances in and out."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from app.core.dates import Day
from app.core.money import Bound, Money
from app.core.paging import RecordQuery
from app.core.texts import ExternalId, Item, OptionalItem, OptionalShort, OptionalWords, Short
from app.core.types import Id, OptionalNamedRef, OptionalPhone, OptionalRef, Percent, Read, Ref
from app.schemas.base.external import External

Importance = Literal["high", "mid", "low"]
Status = Literal["unassigned", "assigned", "succeeded", "failed"]
Tab = Literal["mine", "created", "unassigned", "due", "stale", "succeeded", "failed"]


class ChanceQuery(RecordQuery):
    """Filters of the chance list; `tab` is one of the ready-made views."""

    tab: Tab | None = None
    status: list[Status] | None = None
    stage_id: Id | None = None
    assignee_id: Id | None = None
    creator_id: Id | None = None
    customer_id: Id | None = None
    source: Item | None = None
    importance: Importance | None = None
    min_amount: Bound | None = None
    max_amount: Bound | None = None
    close_from: Annotated[Day | None, Field(description="Expected to close on or after this day.")] = None
    close_to: Annotated[Day | None, Field(description="Expected to close on or before this day.")] = None
    without_close_date: Annotated[bool | None, Field(description="Without (true) or with (false) such a day.")] = None
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
    allowed_actions: list[str]


class ChanceRead(ChanceRow):
    """A chance with all its facts and the steps that the caller may take now."""

    linkman: str | None
    tel: str | None
    description: str | None
    product: OptionalRef
    service: Annotated[OptionalRef, Field(description="The inquiry that it came from.")]
    assigned_at: datetime | None
    first_assigned_on: date | None
    closed_at: datetime | None
    close_reason: str | None
    competitor: Annotated[str | None, Field(description="The code of who else was in the running.")]
    competitor_ref: Annotated[OptionalNamedRef, Field(description="The same one, with its names.")]
    close_note: str | None
    updated_at: datetime


class ChanceFacts(External):
    """What may be said of a chance while it is open."""

    source: OptionalItem = None
    customer_id: Annotated[Id | None, Field(description="An existing customer; its name is taken over.")] = None
    rate: Annotated[Percent | None, Field(description="Left out: the stage's probability.")] = None
    linkman: OptionalShort = None
    tel: OptionalPhone = None
    description: OptionalWords = None
    product_id: Id | None = None
    amount: Money | None = None
    expected_close_date: Day | None = None


class ChanceWrite(ChanceFacts):
    """A new chance: it starts in the first stage of its process, unassigned."""

    title: Short
    process_id: Annotated[Id | None, Field(description="Left out: the default process.")] = None
    importance: Importance = "mid"
    customer_name: Annotated[Short | None, Field(description="Required without customer_id.")] = None
    proposed_id: Annotated[Id | None, Field(description="Whom the creator proposes as assignee.")] = None


class ChancePatch(ChanceFacts):
    """A change of facts; what is left out stays."""

    importance: Importance | None = None
    title: Short | None = None
    customer_name: Short | None = None
    stage_id: Annotated[Id | None, Field(description="As POST /chances/{chance_id}/move does.")] = None
    reason: Annotated[OptionalWords, Field(description="Why it goes back to an earlier stage.")] = None
