"""Products."""

from decimal import Decimal

from app.core.paging import PageQuery
from app.core.types import ExternalId, Id, OptionalRef, Read


class ProductQuery(PageQuery):
    """Filters of the product list."""

    enabled: bool | None = None
    category_id: Id | None = None
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
    category: OptionalRef
    enabled: bool
    external_id: str | None


class ProductRead(ProductRow):
    """A product with all its facts."""

    batch: str | None
    memo: str | None
