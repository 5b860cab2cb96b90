"""Assets in and out: what customers have of ours."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from app.core.dates import Day
from app.core.paging import RecordQuery
from app.core.texts import ExternalId, OptionalShort, OptionalWords
from app.core.types import Id, OptionalRef, Read, Ref
from app.schemas.base.external import External


class AssetQuery(RecordQuery):
    """Filters of the assets; `q` searches the number, the serial number's beginning, and names of products and customers."""

    customer_id: Id | None = None
    product_id: Id | None = None
    under_warranty: Annotated[bool | None, Field(description="Its warranty has not ended before today.")] = None
    external_id: ExternalId | None = None


class AssetRow(Read):
    """A piece of a product at a customer; `under_warranty` tells of today, and is false where no end is known."""

    id: int
    version: int
    number: str
    customer: Ref
    product: Ref
    serial_number: str | None
    delivered_on: date | None
    warranty_until: date | None
    under_warranty: bool
    place: str | None
    created_at: datetime
    external_id: str | None
    allowed_actions: list[str]


class AssetRead(AssetRow):
    """An asset with all its facts; `order` is the one whose shipment brought it."""

    order: OptionalRef
    memo: str | None
    created_by: OptionalRef
    updated_at: datetime


class AssetFacts(External):
    """What may be said of an asset; a serial number is once there among the pieces of a product."""

    serial_number: OptionalShort = None
    delivered_on: Day | None = None
    warranty_until: Annotated[
        Day | None, Field(description="The last day. Left out: the product's months after the delivery.")
    ] = None
    place: OptionalShort = None
    memo: OptionalWords = None


class AssetWrite(AssetFacts):
    """A new asset of a customer."""

    customer_id: Id
    product_id: Id


class AssetPatch(AssetFacts):
    """A change; what is left out stays, customer and product do."""
