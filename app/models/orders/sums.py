"""What orders add up to by period, customer and owner, kept with every change of an order (`orders_sum`)."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Index, Numeric, desc, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.sums import Part

COUNTED = ("confirmed", "completed")
"""The states in which an order counts: for sums, the last order date and payments."""
SPANS = (12, 3, 1)
"""Kept for years, quarters and months: a ranking reads its own order instead of adding up months."""
EVERYBODY = 0
"""In place of an owner: all of them together."""


def span_start(day: date, months: int) -> date:
    """Return the first day of the calendar month, quarter or year that a day lies in."""
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def parts(order: dict[str, Any]) -> list[Part]:
    """Say what an order adds to the kept sums: for each span to what its customer ordered from its owner, and in all."""
    if order["deleted_at"] or order["status"] not in COUNTED:
        return []
    measures = {"ors_orders": 1, "ors_total": order["total"], "ors_paid": order["paid"]}
    return [
        (
            {
                "ors_months": months,
                "ors_first": span_start(order["date"], months),
                "ors_owner_id": whose,
                "ors_cust_id": order["customer_id"],
            },
            measures,
        )
        for months in SPANS
        for whose in (order["owner_id"], EVERYBODY)
    ]


class OrderSum(Base):
    """Number, total and payments of the orders that count, of `months` months from `first`."""

    __tablename__ = "orders_sum"

    months: Mapped[int] = mapped_column("ors_months", primary_key=True, autoincrement=False)
    first: Mapped[date] = mapped_column("ors_first", primary_key=True)
    customer_id: Mapped[int] = mapped_column("ors_cust_id", primary_key=True, autoincrement=False)
    owner_id: Mapped[int] = mapped_column("ors_owner_id", primary_key=True, autoincrement=False)
    orders: Mapped[int] = mapped_column("ors_orders")
    total: Mapped[Decimal] = mapped_column("ors_total", Numeric(24, 2))
    paid: Mapped[Decimal] = mapped_column("ors_paid", Numeric(24, 2))

    __table_args__ = (
        Index(
            "ix_orders_sum_rank", "ors_months", "ors_first", "ors_owner_id", desc("ors_total"), "ors_cust_id",
            postgresql_include=["ors_orders", "ors_paid"], postgresql_where=text("ors_orders > 0"),
        ),
    )  # fmt: skip
