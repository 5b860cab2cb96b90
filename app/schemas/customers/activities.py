"""Activities (contacts with customers) in and out."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from app.core.dates import Day, Moment
from app.core.paging import RecordQuery
from app.core.texts import ExternalId, Item, Long, OptionalItem, OptionalLong, OptionalShort, OptionalWords
from app.core.types import Id, OptionalRef, Read
from app.schemas.base.external import External
from app.schemas.base.told import Told


class ActivityQuery(RecordQuery):
    """Filters of the timeline."""

    customer_id: Id | None = None
    linkman_id: Annotated[list[Id] | None, Field(max_length=50, description="Several: the posts of one person.")] = None
    chance_id: Id | None = None
    kind: Item | None = None
    purpose: Item | None = None
    writer_id: Id | None = None
    external_id: ExternalId | None = None
    at_from: Annotated[Day | None, Field(description="From this day of the company on.")] = None
    at_to: Annotated[Day | None, Field(description="Up to this day, included.")] = None


class ActivityRow(Read):
    """One contact with a customer (null: with a chance that has none yet); `next_at` is when the next step is due.

    What Kith wrote itself is in `told`; its title is a number.
    """

    id: int
    version: int
    customer: OptionalRef
    linkman: OptionalRef
    chance: OptionalRef
    kind: str
    purpose: str | None
    at: datetime
    place: str | None
    title: str
    told: Told | None
    description: str | None
    next_step: str | None
    next_at: datetime | None
    memo: str | None
    writer: OptionalRef
    created_at: datetime
    external_id: str | None
    allowed_actions: list[str]


class ActivityRead(ActivityRow):
    """An activity with what the caller may do."""


class ActivityFacts(External):
    """What may be said of it."""

    linkman_id: Id | None = None
    chance_id: Id | None = None
    purpose: OptionalItem = None
    place: OptionalShort = None
    description: OptionalWords = None
    next_step: OptionalLong = None
    next_at: Moment | None = None
    memo: OptionalWords = None


class ActivityWrite(ActivityFacts):
    """A new activity: the customer may be left out when there is a chance. Default: a phone call, now."""

    customer_id: Id | None = None
    kind: Item = "phone"
    at: Moment | None = None
    title: Long


class ActivityPatch(ActivityFacts):
    """A change by its writer."""

    kind: Item | None = None
    at: Moment | None = None
    title: Long | None = None
