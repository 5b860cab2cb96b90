"""The steps of a service's life cycle: what each takes."""

from app.core.dates import Moment
from app.core.texts import OptionalWords, Words
from app.core.types import Body, Id, OptionalRef, Read, Stars
from app.schemas.base.told import OptionalReason, Reason


class ServiceAssignBody(Body):
    """Who shall deal with it; a reason is shown to both when it is reassigned."""

    assignee_id: Id
    reason: OptionalReason = None


class ReturnBody(Body):
    """Why the assignee gives it back, or why it is taken back."""

    reason: Reason


class VoidBody(Body):
    """Why it needs no dealing with."""

    reason: Words


class DealBody(Body):
    """What was done."""

    deal: Words


class VisitBody(Body):
    """That the customer of a complaint was called on: when (default: now), by whom (default: you)."""

    at: Moment | None = None
    visitor_id: Id | None = None
    note: OptionalWords = None


class FeedbackBody(Body):
    """What the customer says of it; 1 or 2 stars open the service again, and `result` tells why."""

    result: Words
    satisfaction: Stars


class ServiceReturned(Read):
    """Where a service stands that waits again: who gave it back, or took it back, may not see more of it."""

    id: int
    version: int
    number: str
    status: str


class QueueCounts(Read):
    """How many services wait in each queue; numbers stop at 10,000."""

    mine: int
    unassigned: int
    overdue: int


class LoadRow(Read):
    """Somebody who can be assigned to, with the services that they have open and how many are overdue."""

    id: int
    name: str
    department: OptionalRef
    open: int
    overdue: int
