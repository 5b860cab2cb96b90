"""What a customer ordered, summed up."""

from datetime import date
from decimal import Decimal

from app.core.types import Read, Ref


class ProductSum(Read):
    """What a customer bought of a product."""

    product: Ref
    count: int
    amount: Decimal


class OrderSummaryRead(Read):
    """A customer's confirmed and completed orders, as far as the caller sees them.

    `overdue` is what of `unpaid` should be here by now. What is received and owed is a financial fact of the customer:
    `finance` tells whether the caller sees those; `paid`, `unpaid` and `overdue` are null where not. `average_interval_days` = (last date - first date) / (number - 1), null below two orders.
    """

    count: int
    total: Decimal
    finance: bool
    paid: Decimal | None
    unpaid: Decimal | None
    overdue: Decimal | None
    first_date: date | None
    last_date: date | None
    average_interval_days: Decimal | None
    average_total: Decimal | None
    products: list[ProductSum]
