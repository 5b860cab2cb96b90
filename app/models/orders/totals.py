"""What all customers together ordered by period, region and owner, kept with the sums of each (`orders_total`)."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Numeric, Text, case, func
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.models.orders.sums import EVERYBODY

PARTS = 16
"""Rows among which the customers of all owners are shared out: who writes orders waits only for the same part."""
NO_REGION = ""


class OrderTotal(Base):
    """Customers (with a total above 0), orders, total and payments of `months` months from `first`.

    The region is the customer's present one. Customers of several owners are not counted twice only where
    `owner_id` is `EVERYBODY`.
    """

    __tablename__ = "orders_total"

    months: Mapped[int] = mapped_column("ort_months", primary_key=True, autoincrement=False)
    first: Mapped[date] = mapped_column("ort_first", primary_key=True)
    owner_id: Mapped[int] = mapped_column("ort_owner_id", primary_key=True, autoincrement=False)
    region: Mapped[str] = mapped_column("ort_region", Text, primary_key=True)
    part: Mapped[int] = mapped_column("ort_part", primary_key=True, autoincrement=False)
    customers: Mapped[int] = mapped_column("ort_customers")
    orders: Mapped[int] = mapped_column("ort_orders")
    total: Mapped[Decimal] = mapped_column("ort_total", Numeric(24, 2))
    paid: Mapped[Decimal] = mapped_column("ort_paid", Numeric(24, 2))


KEYS = ("ort_months", "ort_first", "ort_owner_id", "ort_region", "ort_part")
MEASURES = ("ort_customers", "ort_orders", "ort_total", "ort_paid")


def named(*values: Any) -> list[Any]:
    """Label the values of a row of totals, keys first."""
    return [value.label(name) for value, name in zip(values, (*KEYS, *MEASURES), strict=True)]


def part_of(owner_id: Any, customer_id: Any) -> ColumnElement[int]:
    """Return the part that a customer counts in; an owner's customers need no shares."""
    return case((owner_id == EVERYBODY, customer_id % PARTS), else_=0)


def region_of(customer: Any) -> ColumnElement[str]:
    """Return the region as a key."""
    return func.coalesce(customer.region, NO_REGION)
