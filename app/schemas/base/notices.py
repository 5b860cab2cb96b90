"""Notices: what a person is told."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from app.core.paging import PageQuery
from app.core.types import Body, Id, OptionalRef, Read
from app.schemas.base.told import Told

Kind = Literal[
    "chance_assigned",
    "chance_reassigned",
    "chance_taken_back",
    "customer_handed_over",
    "customer_received",
    "customers_handed_over",
    "customers_received",
    "loss_recovered",
    "loss_returned",
    "loss_review_due",
    "loss_revoked",
    "loss_warning",
    "losses_warning",
    "periodic_drafted",
    "periodic_issued",
    "service_assigned",
    "service_reassigned",
    "service_returned",
    "service_taken_back",
    "service_voided",
]


class NoticeQuery(PageQuery):
    """Filters of one's own notices."""

    unread: bool | None = None


class NoticeRow(Read):
    """One notice: what happened to which record, by whom and why: `reason` in words, else `told`."""

    id: int
    at: datetime
    kind: Kind
    entity: str
    entity_id: int
    title: str
    reason: str | None
    told: Told | None
    actor: OptionalRef
    read_at: datetime | None


class UnreadRead(Read):
    """How many notices are unread."""

    count: int


class ReadBody(Body):
    """Which notices were read; left out: all."""

    ids: Annotated[list[Id], Field(max_length=200)] | None = None
