"""A customer's transactions out: what is sold, ordered, delivered and paid, a line each."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.core.texts import OPAQUE
from app.core.types import Read

Stage = Literal["chance", "won", "failed", "draft", "confirmed", "delivered", "settled", "cancelled"]


class TransactionQuery(BaseModel):
    """Which page."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=200, description="Rows on the page.")] = 20
    cursor: Annotated[str | None, OPAQUE, Field(max_length=500, description="`next_cursor` of the page before.")] = None


class SoldChance(Read):
    """The chance that a transaction began with; `amount` is the won value, else what is expected."""

    id: int
    number: str
    title: str
    status: str
    amount: Decimal | None
    closed_on: dt.date | None


class SoldOrder(Read):
    """The order of a transaction with what came of it."""

    id: int
    number: str
    contract_no: str | None
    status: str
    date: dt.date
    total: Decimal
    paid: Decimal
    payment_state: str
    delivery_state: str
    due_date: dt.date | None
    overdue: bool


class TransactionRow(Read):
    """One line from the chance to the payment; a chance with several orders has a line for each.

    `stage` is how far it came: `won` waits for its order, `delivered` for its payment, `settled` for nothing.
    """

    at: dt.datetime
    stage: Stage
    chance: SoldChance | None
    order: SoldOrder | None


class TransactionPage(Read):
    """A page of transactions, newest first."""

    items: list[TransactionRow]
    next_cursor: str | None
