"""Money that came in for orders (`orders_payment`)."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.audit import Audited
from app.core.db import Base
from app.core.items import items_of
from app.core.leaving import blocks
from app.core.orm import Stamped, key
from app.core.owners import Follows
from app.models.orders.orders import Order


class OrderPayment(Stamped, Audited, Base):
    """Money that came in for an order."""

    __tablename__ = "orders_payment"
    __audit__ = "orders"
    __audit_id__ = "order_id"
    __audit_verbs__ = ("add_payment", "remove_payment")
    __scope__ = Follows("orders", parent=lambda: Order, via="order_id")

    id: Mapped[int] = key("opy_id")
    order_id: Mapped[int] = mapped_column(
        "opy_order_id", ForeignKey("orders.odr_id"), index=True, info=blocks("payments")
    )
    date: Mapped[dt.date] = mapped_column("opy_date")
    amount: Mapped[Decimal] = mapped_column("opy_amount")
    method: Mapped[str | None] = mapped_column("opy_method", info=items_of("payment_method"))
    memo: Mapped[str | None] = mapped_column("opy_memo")

    __table_args__ = (
        CheckConstraint("opy_amount > 0", name="opy_amount"),
        Index("ix_orders_payment_date", "opy_date", "opy_order_id", postgresql_include=["opy_amount"]),
    )
