"""Shipments of orders in and out."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from app.core.dates import Day
from app.core.texts import OptionalShort, OptionalWords
from app.core.types import Body, Id, OptionalRef, Read
from app.schemas.base.external import External
from app.schemas.orders.lines import MAX_LINES, Count


class ShipmentLineRead(Read):
    """So many pieces of a line of the order."""

    line_id: int
    count: int


class ShipmentRead(Read):
    """What left, and who recorded it."""

    id: int
    version: int
    number: str
    date: dt.date
    carrier: str | None
    tracking_no: str | None
    memo: str | None
    external_id: str | None
    created_by: OptionalRef
    created_at: dt.datetime
    lines: list[ShipmentLineRead]


class ShipmentLineWrite(Body):
    """So many pieces of a line of the order."""

    line_id: Id
    count: Annotated[Count, Field(description="At most what is left of the line.")]


class ShipmentWrite(External):
    """What left."""

    date: Annotated[Day | None, Field(description="Default: today; not in the future, not before the order's.")] = None
    carrier: OptionalShort = None
    tracking_no: OptionalShort = None
    memo: OptionalWords = None
    lines: Annotated[
        list[ShipmentLineWrite] | None,
        Field(min_length=1, max_length=MAX_LINES, description="Left out: all that is left of every line."),
    ] = None
