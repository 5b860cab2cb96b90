"""The steps of a chance's life cycle: what each takes."""

from typing import Annotated

from pydantic import Field

from app.core.dates import Day
from app.core.money import Money
from app.core.texts import Item, OptionalItem, OptionalWords
from app.core.types import Body, Id, Percent
from app.schemas.base.bulk import BulkItems
from app.schemas.base.told import OptionalReason, Reason


class AssignBody(Body):
    """Who shall work on it; a reassignment says why."""

    assignee_id: Id
    reason: OptionalReason = None


class ProposeBody(Body):
    """Whom the creator proposes; null takes the proposal back."""

    assignee_id: Id | None


class ReasonBody(Body):
    """Why."""

    reason: Reason


class ReopenBody(ReasonBody):
    """Why, and who works on it now."""

    assignee_id: Annotated[Id | None, Field(description="Default: who had it, unless they have left.")] = None


class MoveBody(Body):
    """The stage to move to; its probability is taken over unless one was set by hand."""

    stage_id: Id
    rate: Percent | None = None
    reason: Annotated[OptionalReason, Field(description="Why; required for an earlier stage.")] = None


class SucceedBody(Body):
    """The win: date, value, and either an existing customer or a new one."""

    closed_on: Annotated[Day | None, Field(description="Default: today.")] = None
    close_value: Money
    reason: OptionalItem = None
    competitor: Annotated[OptionalItem, Field(description="Who else was in the running.")] = None
    note: OptionalWords = None
    customer_id: Id | None = None
    create_customer: bool = False
    confirm_new: Annotated[bool, Field(description="Create although a likely twin exists.")] = False


class FailBody(Body):
    """The end without a win: a reason from the dictionary."""

    reason: Item
    competitor: Annotated[OptionalItem, Field(description="Who won it, or was in the running.")] = None
    note: OptionalWords = None


class BulkAssignBody(AssignBody):
    """Assign many at once; each row succeeds or is refused by itself."""

    items: BulkItems
