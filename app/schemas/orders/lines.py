"""Lines of orders in and out."""

import datetime as dt
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from app.core.money import EXACT, Fraction, Money
from app.core.texts import OptionalItem
from app.core.types import Body, Id, Read, Ref
from app.schemas.goods.storage import PIECES

MAX_LINES = 500
Count = Annotated[int, Field(ge=1, le=PIECES)]
Discount = Annotated[
    Decimal, Field(ge=0, le=1, max_digits=5, decimal_places=4, description="A fraction: 0.15 takes 15 % off."), EXACT
]


class LineFacts(Read):
    """A line at a price that includes the tax; `tax` is what `amount` contains of it, null without a rate."""

    id: int
    version: int
    product: Ref
    product_code: str | None
    count: int
    unit: str | None
    price: Decimal
    discount: Decimal
    amount: Decimal
    tax_rate: Decimal | None
    tax: Decimal | None


class LineRead(LineFacts):
    """A line of one order, with its goods.

    `shipped`: pieces that left; all of them once the order is completed. `available` is what is free of the product
    now, null where it is not kept in stock.
    `short`: the draft's lines of this product together ask for more than that. `in_transit` is what is expected of it,
    the first of that on `expected_on`; none of it can be reserved.
    """

    shipped: int
    available: int | None
    in_transit: int
    expected_on: dt.date | None
    short: bool


class LineWrite(Body):
    """A line; amount = count x price x (1 - discount), rounded half up to cents, is the server's."""

    product_id: Id
    count: Count
    unit: Annotated[OptionalItem, Field(description="Left out: the product's.")] = None
    price: Annotated[Money | None, Field(description="Left out: the product's.")] = None
    discount: Discount = Decimal(0)
    tax_rate: Annotated[Fraction | None, Field(description="Left out: the product's; null: none.")] = None


class LinePatch(Body):
    """A change of a line; with another product, price, unit and tax rate are that one's unless given."""

    product_id: Id | None = None
    count: Count | None = None
    unit: OptionalItem = None
    price: Money | None = None
    discount: Discount | None = None
    tax_rate: Fraction | None = None


class LinePut(LineWrite):
    """A line of the whole; `id` names a present one, without it the line is new."""

    id: Id | None = None


class LinesBody(Body):
    """All lines that the order shall have."""

    lines: Annotated[list[LinePut], Field(max_length=MAX_LINES)]
