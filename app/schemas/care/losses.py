"""Churn: warnings with their reason, measures, confirmed losses."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from app.core.dates import Day
from app.core.paging import RecordQuery
from app.core.texts import ExternalId, Item, OptionalWords, Short, Words
from app.core.types import Body, Id, OptionalRef, Read, Ref

Status = Literal["warning", "delayed", "lost", "recovered"]
Rule = Literal["order", "contact", "satisfaction"]
EARLY = {
    "rules": ["order"], "contact_days": None, "contact_threshold_days": None, "satisfaction": None,
    "satisfaction_threshold": None,
}  # fmt: skip


class LossQuery(RecordQuery):
    """Filters of the list of churn entries."""

    status: list[Status] | None = None
    manager_id: Annotated[Id | None, Field(description="The customer's present manager.")] = None
    customer_id: Id | None = None
    reason: Item | None = None
    review_overdue: Annotated[bool | None, Field(description="Delayed ones whose review date has passed.")] = None
    found_from: Day | None = None
    found_to: Day | None = None
    external_id: ExternalId | None = None


class FoundReason(Read):
    """Why a customer was warned of: the rules, and in numbers the days without an order against what is usual for it.

    A threshold is null when its rule was off.
    """

    rules: Annotated[list[Rule], Field(description="order: no order, contact: no activity, satisfaction: too low.")]
    days: int
    threshold_days: int
    usual_interval_days: Decimal | None
    times_usual: Decimal | None
    orders: int
    open_complaints: int
    contact_days: Annotated[int | None, Field(description="Days without an activity; null in early entries.")]
    contact_threshold_days: int | None
    satisfaction: int | None
    satisfaction_threshold: int | None

    @model_validator(mode="before")
    @classmethod
    def _early(cls, stored: Any) -> Any:
        """Fill up entries of the time when there was one rule only."""
        return EARLY | stored if isinstance(stored, dict) else stored


class LossRow(Read):
    """A churn entry in a list."""

    id: int
    version: int
    customer: Ref
    manager: OptionalRef
    last_order_date: dt.date | None
    found_at: dt.datetime
    found_reason: FoundReason
    review_date: dt.date | None
    lost_date: dt.date | None
    reason: str | None
    closed_at: dt.datetime | None
    returned_at: dt.datetime | None
    status: Status
    external_id: str | None
    allowed_actions: list[str]


class Measure(Read):
    """What was done to keep the customer, when, by whom, and when to look again."""

    id: int
    date: dt.date
    text: str
    review_date: dt.date
    by: Ref


class LossRead(LossRow):
    """A churn entry with its measures, and what the caller may do next."""

    note: str | None
    found_manager: OptionalRef
    measures: list[Measure]


class DelayBody(Body):
    """A measure to keep the customer, and the day to look again (after today)."""

    text: Words
    review_date: Day


class ConfirmBody(Body):
    """Why the customer is lost, and since when (default today)."""

    reason: Short
    note: OptionalWords = None
    lost_date: Day | None = None


class RevokeBody(Body):
    """Why the loss is taken back."""

    reason: Short


class LossSumRow(Read):
    """How much churn one manager has open, and what ended in the last 30 days."""

    manager: OptionalRef
    warning: int
    delayed: int
    review_overdue: int
    lost: int
    recovered: int


class LossSums(Read):
    """The team by manager, those with most open entries first."""

    as_of: dt.datetime
    rows: list[LossSumRow]


class Queued(Read):
    """The work was accepted; the worker does it."""

    queued: bool
