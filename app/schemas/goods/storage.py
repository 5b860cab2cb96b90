"""Stock by place in and out."""

import datetime as dt
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from app.core.paging import PageQuery, RecordQuery
from app.core.texts import Item, OptionalWords, Short
from app.core.types import Body, Id, OptionalRef, Read, Ref
from app.schemas.base.told import Told

PIECES = 10**9
"""As many pieces as one change, or one order line, may speak of."""


def _not_zero(value: int) -> int:
    if value == 0:
        message = "this must not be zero"
        raise ValueError(message)
    return value


class StorageQuery(RecordQuery):
    """Filters of the stock list; `q` searches the product's name, pinyin and code."""

    warehouse: Item | None = None
    product_id: Id | None = None
    category_id: Id | None = None


class StorageRow(Read):
    """A place of a product: pieces there, promised to confirmed orders, and free (count - reserved).

    `in_transit` is what is expected at this place, the first of it on `expected_on`.
    """

    id: int
    version: int
    product: Ref
    product_code: str | None
    unit: str | None
    warehouse: str
    bin: str
    count: int
    reserved: int
    available: int
    in_transit: int
    expected_on: dt.date | None
    memo: str | None
    created_at: datetime
    allowed_actions: list[Literal["change"]]


class StorageRead(StorageRow):
    """A place with what the caller may do."""

    updated_at: datetime


class StorageWrite(Body):
    """A new place, empty until a change fills it; `warehouse` is a value of that dictionary type."""

    product_id: Id
    warehouse: Item
    bin: Item
    memo: OptionalWords = None


class ChangeWrite(Body):
    """A signed change of the count, and why: pieces that came in, went out, or were found at a stocktaking."""

    change: Annotated[int, Field(ge=-PIECES, le=PIECES, examples=[-3]), AfterValidator(_not_zero)]
    reason: Short


class LedgerQuery(PageQuery):
    """Paging of a ledger, newest first."""


class LedgerRow(Read):
    """A change of a count; `order` is the one whose pieces left or came back, null for others and outside the scope.

    `arrival` is what brought them. Where `told` says why, `reason` is what a person added, or the number.
    """

    id: int
    at: datetime
    by: OptionalRef
    change: int
    reason: str
    told: Told | None
    count_after: int
    order: OptionalRef
    arrival: OptionalRef
