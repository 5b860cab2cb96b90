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

    `overdue` is what of `unpaid` should be here by now. `average_interval_days` = (last date - first date) / (number - 1), null below two orders.
    """

    count: int
    total: Decimal
    paid: Decimal
    unpaid: Decimal
    overdue: Decimal
    first_date: date | None
    last_date: date | None
    average_interval_days: Decimal | None
    average_total: Decimal | None
    products: list[ProductSum]
