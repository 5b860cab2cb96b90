"""Products."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from app.core.paging import PageQuery
from app.core.types import Body, ExternalId, Fraction, Id, Money, OptionalRef, OptionalShort, OptionalWords, Read, Short


class ProductQuery(PageQuery):
    """Filters of the product list; `q` looks in name, pinyin, initials and code."""

    enabled: bool | None = None
    category_id: Annotated[Id | None, Field(description="The category with everything below it.")] = None
    external_id: ExternalId | None = None


class ProductRow(Read):
    """A product in a list."""

    id: int
    version: int
    name: str
    code: str | None
    model: str | None
    unit: str | None
    price: Decimal | None
    tax_rate: Decimal | None
    category: OptionalRef
    enabled: bool
    external_id: str | None


class ProductRead(ProductRow):
    """A product with all its facts."""

    batch: str | None
    memo: str | None
    created_at: datetime
    updated_at: datetime
    allowed_actions: list[str]


class ProductFacts(Body):
    """What may be said of a product."""

    code: OptionalShort = None
    model: OptionalShort = None
    batch: OptionalShort = None
    unit: OptionalShort = None
    price: Money | None = None
    tax_rate: Fraction | None = None
    category_id: Id | None = None
    memo: OptionalWords = None


class ProductWrite(ProductFacts):
    """A new product."""

    name: Short


class ProductPatch(ProductFacts):
    """A change; what is left out stays. What is no longer sold is disabled, never deleted."""

    name: Short | None = None
    enabled: bool | None = None
