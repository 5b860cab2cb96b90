"""Orders in and out."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from app.core.dates import Day
from app.core.money import Bound
from app.core.paging import RecordQuery
from app.core.texts import EMPTY, LINE, ExternalId, OptionalWords, Words
from app.core.types import Body, Id, OptionalRef, Read
from app.schemas.base.external import External
from app.schemas.orders.lines import MAX_LINES, LineFacts, LineRead, LineWrite
from app.schemas.orders.payments import PaymentRead
from app.schemas.orders.shipments import ShipmentRead

Status = Literal["draft", "confirmed", "completed", "cancelled"]
PaymentState = Literal["unpaid", "partial", "paid"]
DeliveryState = Literal["none", "partial", "shipped"]
ContractNo = Annotated[str, StringConstraints(min_length=1, max_length=64), LINE]
OptionalContractNo = Annotated[ContractNo | None, EMPTY]


class OrderQuery(RecordQuery):
    """Filters of the order list; days and totals are inclusive.

    `q` searches number and customer, and, with a digit in it, the contract's number. `overdue`: due before today,
    and not paid in full.
    """

    status: list[Status] | None = None
    payment_state: list[PaymentState] | None = None
    delivery_state: list[DeliveryState] | None = None
    overdue: bool | None = None
    customer_id: Id | None = None
    owner_id: Annotated[Id | None, Field(description="Credited to; before confirmation perhaps its manager.")] = None
    product_id: Id | None = None
    chance_id: Id | None = None
    from_date: Day | None = None
    to_date: Day | None = None
    min_total: Bound | None = None
    max_total: Bound | None = None
    external_id: ExternalId | None = None
    include: Annotated[list[Literal["lines"]] | None, Field(description="What rows carry beside their facts.")] = None


class OrderHead(Read):
    """What an order tells everywhere. `owner` is whom it is credited to, until confirmation perhaps the customer's manager."""

    id: int
    version: int
    number: str
    customer: OptionalRef
    owner: OptionalRef
    date: dt.date
    status: str
    total: Decimal
    paid: Decimal
    unpaid: Decimal
    payment_state: str
    delivery_state: str
    due_date: dt.date | None
    overdue: bool
    contract_no: str | None
    confirmed_at: dt.datetime | None
    created_at: dt.datetime
    external_id: str | None
    allowed_actions: list[str]


class OrderRow(OrderHead):
    """An order in a list; `lines` is null unless they were asked for by `include=lines`."""

    lines: list[LineFacts] | None = None


class OrderRead(OrderHead):
    """An order with its lines, payments and shipments, and the steps that the caller may take now.

    `tax` is the sum of what its lines contain. `owner_is_set` is false while the owner still follows the customer's manager.
    """

    owner_is_set: bool
    chance: OptionalRef
    address: str | None
    memo: str | None
    completed_at: dt.datetime | None
    cancelled_at: dt.datetime | None
    cancel_reason: str | None
    created_by: OptionalRef
    updated_at: dt.datetime
    lines: list[LineRead]
    tax: Decimal
    payments: list[PaymentRead]
    shipments: list[ShipmentRead]


class OrderFacts(External):
    """What may be said of an order."""

    owner_id: Annotated[Id | None, Field(description="Credited to; null: the customer's manager at confirmation.")] = (
        None
    )
    chance_id: Annotated[Id | None, Field(description="The chance that it came from, of the same customer.")] = None
    due_date: Annotated[
        Day | None, Field(description="Empty: set by the customer's payment days at confirmation; not before the date.")
    ] = None
    contract_no: OptionalContractNo = None
    address: OptionalWords = None
    memo: OptionalWords = None


class OrderWrite(OrderFacts):
    """A new draft, with or without lines."""

    customer_id: Id
    date: Annotated[Day | None, Field(description="Default: today; not in the future.")] = None
    lines: Annotated[list[LineWrite], Field(max_length=MAX_LINES, default_factory=list)]


class OrderPatch(OrderFacts):
    """A change of facts; what is left out stays.

    After confirmation only address, memo, due date, contract number and external id may change.
    """

    customer_id: Id | None = None
    date: Day | None = None


class CancelBody(Body):
    """Why."""

    reason: Words
