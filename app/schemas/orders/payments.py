"""Payments of orders in and out."""

import datetime as dt
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from app.core.dates import Day
from app.core.money import Paid
from app.core.texts import OptionalItem, OptionalWords
from app.core.types import Body, OptionalRef, Read

Amount = Paid


class PaymentRead(Read):
    """Money that came in, and who recorded it."""

    id: int
    version: int
    date: dt.date
    amount: Decimal
    method: str | None
    memo: str | None
    created_by: OptionalRef
    created_at: dt.datetime


class PaymentWrite(Body):
    """Money that came in; `method` is a value of the dictionary type payment_method."""

    date: Annotated[Day | None, Field(description="Default: today; not in the future.")] = None
    amount: Annotated[Amount, Field(description="At most what is unpaid.")]
    method: OptionalItem = None
    memo: OptionalWords = None
