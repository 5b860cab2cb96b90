"""Plan items in and out."""

import datetime as dt
from typing import Literal

from app.core.dates import Day
from app.core.paging import RecordQuery
from app.core.texts import ExternalId, OptionalItem, Words
from app.core.types import Body, Id, OptionalRef, Read, Ref
from app.schemas.base.external import External

Bucket = Literal["overdue", "today", "week", "later", "done"]


class PlanQuery(RecordQuery):
    """Filters of the development plan; buckets are by the company's local date, open items only."""

    chance_id: Id | None = None
    assignee_id: Id | None = None
    status: list[Literal["open", "done", "cancelled"]] | None = None
    bucket: Bucket | None = None
    external_id: ExternalId | None = None


class PlanRow(Read):
    """A plan item with its chance."""

    id: int
    version: int
    chance: Ref
    customer_name: str
    customer: OptionalRef
    assignee: OptionalRef
    date: dt.date
    todo: str
    kind: str | None
    status: str
    overdue: bool
    result: str | None
    done_at: dt.datetime | None
    done_by: OptionalRef
    created_at: dt.datetime
    external_id: str | None
    allowed_actions: list[str]


class PlanRead(PlanRow):
    """A plan item with what the caller may do."""


class PlanWrite(External):
    """A new plan item."""

    date: Day
    todo: Words
    kind: OptionalItem = None


class PlanPatch(External):
    """A change of an open item, or (by its writer, the same day) of a result."""

    date: Day | None = None
    todo: Words | None = None
    kind: OptionalItem = None
    result: Words | None = None


class ExecuteBody(Body):
    """What came of it; `log_activity` also writes it to the customer's timeline."""

    result: Words
    log_activity: bool = False


class BucketCounts(Read):
    """How many open items there are in each bucket."""

    overdue: int
    today: int
    week: int
    later: int
