"""Arrivals in and out: what is on its way into stock."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from app.core.dates import Day
from app.core.paging import RecordQuery
from app.core.texts import Item, OptionalShort, OptionalWords, Short
from app.core.types import Body, Id, OptionalRef, Read, Ref
from app.schemas.goods.storage import PIECES

Status = Literal["expected", "received", "cancelled"]
Count = Annotated[int, Field(ge=1, le=PIECES)]


class ArrivalQuery(RecordQuery):
    """Filters of the arrivals; `q` searches the number, the product's name, pinyin and code, and the supplier."""

    status: Annotated[list[Status] | None, Field(max_length=3)] = None
    warehouse: Item | None = None
    product_id: Id | None = None
    overdue: Annotated[bool | None, Field(description="Expected before today, and not all there.")] = None


class ArrivalRow(Read):
    """Pieces of a product that are to come to a place; `left` is what is still expected of them."""

    id: int
    version: int
    number: str
    product: Ref
    product_code: str | None
    unit: str | None
    warehouse: str
    bin: str
    count: int
    received: int
    left: int
    expected_on: dt.date
    overdue: bool
    supplier: str | None
    memo: str | None
    status: Status
    created_at: dt.datetime
    allowed_actions: list[Literal["update", "receive", "cancel"]]


class ArrivalRead(ArrivalRow):
    """An arrival with who wrote it down and what the caller may do."""

    cancel_reason: str | None
    created_by: OptionalRef
    updated_at: dt.datetime


class ArrivalWrite(Body):
    """What is to come; the place need not be there yet. `warehouse` is a value of that dictionary type."""

    product_id: Id
    warehouse: Item
    bin: Item
    count: Count
    expected_on: Annotated[Day, Field(description="May have passed: what is late is still to come.")]
    supplier: OptionalShort = None
    memo: OptionalWords = None


class ArrivalPatch(Body):
    """A change while it is expected; what is left out stays. The product is fixed once some of it is there."""

    product_id: Id | None = None
    warehouse: Item | None = None
    bin: Item | None = None
    count: Count | None = None
    expected_on: Day | None = None
    supplier: OptionalShort = None
    memo: OptionalWords = None


class ReceiveBody(Body):
    """What has come: all that is left, unless a count says less; the reason goes into the ledger with the number."""

    count: Count | None = None
    reason: OptionalShort = None


class CallOffBody(Body):
    """Why the rest will not come."""

    reason: Short
