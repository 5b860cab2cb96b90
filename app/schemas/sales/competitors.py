"""Competitors and their products."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from app.core.money import Money
from app.core.paging import RecordQuery
from app.core.texts import ExternalId, OptionalItem, OptionalShort, OptionalWords, Short
from app.core.types import Body, Id, OptionalRef, Read
from app.schemas.base.external import External

CODE = "What records name it by; left out, it is made. Fixed once a chance names it."
ANSWER = "The product of ours that answers it."
ProductName = Annotated[Short, Field(examples=["Cloud Desk 3"])]


class CompetitorQuery(RecordQuery):
    """Filters of the competitors; `q` looks in name, English name, pinyin, initials and code."""

    enabled: bool | None = None
    external_id: ExternalId | None = None


class CompetitorRow(Read):
    """A competitor in a list, with how many of its products are written down."""

    id: int
    version: int
    code: str
    name: str
    name_en: str | None
    website: str | None
    enabled: Annotated[bool, Field(description="May be put on new records.")]
    product_count: int
    created_at: datetime
    updated_at: datetime
    external_id: str | None
    allowed_actions: list[Literal["update", "delete"]]


class CompetitorProductRead(Read):
    """A product of a competitor; `product` is the one of ours that answers it."""

    id: int
    name: str
    price: Decimal | None
    strengths: str | None
    weaknesses: str | None
    product: OptionalRef


class CompetitorRead(CompetitorRow):
    """A competitor with all its facts and products, in the order in which these were added."""

    strategy: str | None
    memo: str | None
    updated_by: OptionalRef
    products: list[CompetitorProductRead]


class CompetitorFacts(External):
    """What may be said of a competitor besides its name."""

    code: Annotated[OptionalItem, Field(description=CODE)] = None
    name_en: OptionalShort = None
    website: OptionalShort = None
    strategy: Annotated[OptionalWords, Field(description="How they sell, and what to do about it.")] = None
    memo: OptionalWords = None


class CompetitorWrite(CompetitorFacts):
    """A new competitor."""

    name: Short


class CompetitorPatch(CompetitorFacts):
    """A change; what is left out stays."""

    name: Short | None = None
    enabled: bool | None = None


class CompetitorProductFacts(Body):
    """What may be said of a competitor's product besides its name."""

    price: Money | None = None
    strengths: OptionalWords = None
    weaknesses: OptionalWords = None
    product_id: Annotated[Id | None, Field(description=ANSWER)] = None


class CompetitorProductWrite(CompetitorProductFacts):
    """A new product of a competitor; its names are used once."""

    name: ProductName


class CompetitorProductPatch(CompetitorProductFacts):
    """A change of it; what is left out stays."""

    name: ProductName | None = None
