"""Products."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from app.core.money import Fraction, Money
from app.core.paging import RecordQuery
from app.core.texts import LINE, OPAQUE, ExternalId, OptionalShort, OptionalWords, Short
from app.core.types import Body, Id, OptionalRef, Read
from app.schemas.base.external import External

MOST_ATTRIBUTES = 50
WarrantyMonths = Annotated[int, Field(ge=1, le=600)]
AttributeName = Annotated[str, StringConstraints(min_length=1, max_length=40), LINE]
DataUrl = Annotated[str, OPAQUE, Field(max_length=720_000, examples=["data:image/jpeg;base64,/9j/4AAQ…"])]
"""Characters: an image of 512 KiB, and room for what stands before it."""


class ProductQuery(RecordQuery):
    """Filters of the product list; `q` looks in name, pinyin, initials and code."""

    enabled: bool | None = None
    sold: Annotated[bool | None, Field(description="Enabled, in a category that is, below enabled ones.")] = None
    category_id: Annotated[Id | None, Field(description="The category with everything below it.")] = None
    external_id: ExternalId | None = None


class NamesQuery(Body):
    """Where to look for names of attributes: in a category with everything below it, or everywhere."""

    category_id: Id | None = None


class AttributeRead(Read):
    """A fact of a product that has no field of its own."""

    name: str
    value: str


class PictureRef(Read):
    """Which picture stands for a product: its id and the version of its content."""

    id: int
    hash: str


class PictureRead(PictureRef):
    """A picture: media type, size in pixels and in bytes. The content is an address of its own."""

    type: Literal["image/png", "image/jpeg", "image/webp"]
    width: int
    height: int
    size: int


class ProductRow(Read):
    """A product in a list; `cost` is null for whom `sees_cost` is false."""

    id: int
    version: int
    name: str
    code: str | None
    model: str | None
    unit: str | None
    price: Decimal | None
    tax_rate: Decimal | None
    cost: Decimal | None
    sees_cost: Annotated[bool, Field(description="Whether products:cost lets you see cost and margin.")]
    category: OptionalRef
    enabled: bool
    sold: Annotated[bool, Field(description="May be put on new records: it and its categories are enabled.")]
    picture: PictureRef | None
    external_id: str | None
    allowed_actions: list[str]


class ProductRead(ProductRow):
    """A product with all its facts. margin = price - cost; margin_rate is that part of the price, to four digits."""

    margin: Decimal | None
    margin_rate: Decimal | None
    attributes: list[AttributeRead]
    pictures: list[PictureRead]

    batch: str | None
    is_tracked: Annotated[bool, Field(description="Whether a shipment makes an asset of each piece.")]
    warranty_months: int | None
    memo: str | None
    created_at: datetime
    updated_at: datetime


class AttributeWrite(Body):
    """A name, once a product, and its value."""

    name: Annotated[AttributeName, Field(examples=["额定电压"])]
    value: Annotated[Short, Field(examples=["24 V"])]


Attributes = Annotated[list[AttributeWrite], Field(max_length=MOST_ATTRIBUTES, description="All of them, in order.")]


class ProductFacts(External):
    """What may be said of a product; cost needs products:cost."""

    code: OptionalShort = None
    model: OptionalShort = None
    batch: OptionalShort = None
    unit: OptionalShort = None
    price: Money | None = None
    tax_rate: Fraction | None = None
    cost: Money | None = None
    warranty_months: WarrantyMonths | None = None
    category_id: Id | None = None
    memo: OptionalWords = None


class ProductWrite(ProductFacts):
    """A new product."""

    name: Short
    is_tracked: bool = False
    attributes: Annotated[Attributes, Field(default_factory=list)]


class ProductPatch(ProductFacts):
    """A change; what is left out stays. What is no longer sold is disabled, never deleted."""

    name: Short | None = None
    enabled: bool | None = None
    is_tracked: bool | None = None
    attributes: Attributes | None = None


class PictureWrite(Body):
    """A picture as a data URL: PNG, JPEG or WebP of at most 512 KiB and 2048 pixels each way."""

    image: DataUrl


class PictureOrder(Body):
    """All pictures of a product in the order that they shall have; the first one stands for the product."""

    ids: Annotated[list[Id], Field(max_length=20)]
