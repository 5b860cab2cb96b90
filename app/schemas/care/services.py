"""Services in and out."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from app.core.dates import Day, Moment
from app.core.paging import RecordQuery
from app.core.texts import ExternalId, Item, OptionalItem, OptionalWords, Short, Words
from app.core.types import Id, OptionalRef, Read, Ref, Stars
from app.schemas.base.external import External

Level = Literal["high", "mid", "low"]
Status = Literal["created", "assigned", "dealt", "archived", "void"]
Queue = Literal["mine", "unassigned", "overdue", "created"]
Step = Literal["created", "assigned", "dealt", "feedback", "archived"]


class ServiceQuery(RecordQuery):
    """Filters of the service list; `queue` is one of the ready-made views, days are the company's."""

    queue: Queue | None = None
    status: list[Status] | None = None
    type: Item | None = None
    category: Item | None = None
    channel: Item | None = None
    priority: Level | None = None
    satisfaction: Stars | None = None
    assignee_id: Id | None = None
    creator_id: Id | None = None
    customer_id: Id | None = None
    product_id: Id | None = None
    overdue: Annotated[bool | None, Field(description="Past its deadline and not dealt with yet.")] = None
    deadline_from: Day | None = None
    deadline_to: Annotated[Day | None, Field(description="The last day, inclusive.")] = None
    external_id: ExternalId | None = None


class ServiceRow(Read):
    """A service in a list."""

    id: int
    version: int
    number: str
    type: str
    category: str | None
    channel: str | None
    title: str
    customer: OptionalRef
    product: OptionalRef
    status: str
    priority: str
    deadline: datetime | None
    overdue: bool
    assignee: OptionalRef
    assigned_at: datetime | None
    creator: Ref
    opened_at: datetime
    reopen_count: int
    satisfaction: int | None
    closed_at: datetime | None
    created_at: datetime
    external_id: str | None
    allowed_actions: list[str]


class RoundRead(Read):
    """One round: what was done, the visit of a complaint, and the feedback (null until it is given)."""

    n: int
    deal: str
    dealt_by: Ref
    dealt_at: datetime
    visit_by: OptionalRef
    visit_at: datetime | None
    visit_note: str | None
    result: str | None
    satisfaction: int | None
    feedback_by: OptionalRef
    feedback_at: datetime | None


class StepRead(Read):
    """A place on the way, and who got the service there when."""

    step: Step
    state: Literal["done", "current", "todo", "skipped"]
    who: OptionalRef
    at: datetime | None


class RelatedService(Read):
    """The service that this one follows up, or one that follows it."""

    id: int
    number: str
    title: str
    status: str


class ServiceRead(ServiceRow):
    """A service with all its facts, where it stands and what the caller may do next."""

    request: str
    linkman: OptionalRef
    chance: OptionalRef
    origin: RelatedService | None
    follow_ups: list[RelatedService]
    severity: str | None
    department: OptionalRef
    cause: str | None
    measure: str | None
    visit_by: OptionalRef
    visit_at: datetime | None
    closed_by: OptionalRef
    void_reason: str | None
    reopen_reason: str | None
    updated_at: datetime
    rounds: list[RoundRead]
    steps: list[StepRead]
    next_step: Literal["assign", "deal", "visit", "feedback"] | None


class ServiceFacts(External):
    """What may be said of a service while it is open; the last four only of a complaint."""

    category: OptionalItem = None
    channel: OptionalItem = None
    linkman_id: Id | None = None
    product_id: Id | None = None
    deadline: Moment | None = None
    severity: Level | None = None
    department_id: Annotated[Id | None, Field(description="Who is responsible for what is complained of.")] = None
    cause: OptionalWords = None
    measure: OptionalWords = None


class ServiceWrite(ServiceFacts):
    """A new service; a follow-up names its origin and takes what is left out from there."""

    type: Item | None = None
    title: Short
    request: Words
    priority: Level = "mid"
    customer_id: Annotated[Id | None, Field(description="Required without origin_id.")] = None
    origin_id: Id | None = None


class ServicePatch(ServiceFacts):
    """A change of facts; what is left out stays."""

    type: Item | None = None
    title: Short | None = None
    request: Words | None = None
    priority: Level | None = None
