"""Orders with their lines (`orders`, `orders_line`)."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.audit import Audited
from app.core.db import Base
from app.core.external import external
from app.core.leaving import blocks, goes
from app.core.numbers import numbered, sequence
from app.core.orm import SoftDeleted, Stamped, computed, key
from app.core.owners import Follows, Owned
from app.core.repeated import owner_of
from app.core.sums import KeptSum
from app.models.orders.sums import COUNTED, parts
from app.models.sales.chances import ALIVE

numbers = sequence("orders_no")
__all__ = ["COUNTED", "Order", "OrderLine", "numbers"]
PAYMENT_STATE = (
    "case when odr_paid > 0 and odr_paid >= odr_total then 'paid' when odr_paid > 0 then 'partial' "
    "when odr_total = 0 and odr_status in ('confirmed', 'completed') then 'paid' else 'unpaid' end"
)
"""Nothing to pay is paid, once it is sure that nothing is to be paid."""
DUE = "coalesce(odr_due_date, '9999-01-01'::date)"
"""When an order is due, those without a day last (the driver takes the very last day for infinity): lists go by it."""
OWED = "odr_status in ('confirmed', 'completed') and odr_paid < odr_total"
"""Something is still to be paid; said in the words of the indexes, so that the planner knows them again."""
STILL_OWED = text(f"deleted_at is null and {OWED}")


class Order(SoftDeleted, Stamped, Audited, Base):
    """An order. `owner_id` (credited to) is fixed at confirmation; until then it may be left to the customer's manager.

    `total` and `paid` are the sums of its lines and payments, kept in the transaction that changes these
    (`orders/amounts.recount`), so that lists filter and sort by them through an index. `delivery_state` is kept
    in the same way by whoever ships (`orders/shipments`): `none`, `partial` or `shipped`; completed is shipped.
    """

    __tablename__ = "orders"
    __audit__ = "orders"
    __scope__ = Owned("orders", owner="holder_id")
    __sums__ = KeptSum(
        table=lambda: Base.metadata.tables["orders_sum"],
        reads=("status", "customer_id", "owner_id", "date", "total", "paid", "deleted_at"),
        parts=parts,
    )

    id: Mapped[int] = key("odr_id")
    number: Mapped[str] = numbered("odr_no")
    customer_id: Mapped[int] = mapped_column("odr_cust_id", ForeignKey("cst_customer.cust_id"), info=blocks("orders"))
    owner_id: Mapped[int | None] = mapped_column("odr_owner_id", ForeignKey("sys_user.usr_id"), index=True)
    holder_id: Mapped[int | None] = mapped_column(
        "odr_holder_id", ForeignKey("sys_user.usr_id"), index=True, info=owner_of("customer_id", unless="owner_id")
    )
    chance_id: Mapped[int | None] = mapped_column(
        "odr_chc_id", ForeignKey("sal_chance.chc_id"), index=True, info=blocks("orders")
    )
    date: Mapped[dt.date] = mapped_column("odr_date")
    due_date: Mapped[dt.date | None] = mapped_column("odr_due_date")
    contract_no: Mapped[str | None] = mapped_column("odr_contract_no")
    address: Mapped[str | None] = mapped_column("odr_addr")
    memo: Mapped[str | None] = mapped_column("odr_memo")
    status: Mapped[str] = mapped_column("odr_status")
    total: Mapped[Decimal] = mapped_column("odr_total", server_default="0")
    paid: Mapped[Decimal] = mapped_column("odr_paid", server_default="0")
    payment_state: Mapped[str] = computed("odr_payment_state", PAYMENT_STATE)
    delivery_state: Mapped[str] = mapped_column("odr_delivery_state", server_default="none")
    confirmed_at: Mapped[dt.datetime | None] = mapped_column("odr_confirmed_at")
    completed_at: Mapped[dt.datetime | None] = mapped_column("odr_completed_at")
    cancelled_at: Mapped[dt.datetime | None] = mapped_column("odr_cancelled_at")
    cancel_reason: Mapped[str | None] = mapped_column("odr_cancel_reason")
    external_id: Mapped[str | None] = external("orders", "odr_external_id")

    __table_args__ = (
        CheckConstraint("odr_status in ('draft', 'confirmed', 'completed', 'cancelled')", name="odr_status"),
        CheckConstraint("odr_owner_id is not null or odr_status in ('draft', 'cancelled')", name="odr_owner_id"),
        CheckConstraint("odr_paid >= 0 and odr_total >= 0", name="odr_total"),
        CheckConstraint("odr_due_date >= odr_date", name="odr_due_date"),
        CheckConstraint("odr_delivery_state in ('none', 'partial', 'shipped')", name="odr_delivery_state"),
        *(
            Index(f"ix_orders_{name}", *by, "odr_id", postgresql_where=ALIVE)
            for order, column in {"created": "created_at", "date": "odr_date", "total": "odr_total"}.items()
            for name, by in ((order, [column]), (f"holder_{order}", ["odr_holder_id", column]))
        ),
        Index("ix_orders_holder_status", "odr_holder_id", "odr_status", "odr_date", "odr_id", postgresql_where=ALIVE),
        Index("ix_orders_customer_date", "odr_cust_id", "odr_date", "odr_id"),
        Index("ix_orders_status", "odr_status", "odr_date", "odr_id", postgresql_where=ALIVE),
        Index("ix_orders_payment", "odr_payment_state", "odr_date", "odr_id", postgresql_where=ALIVE),
        Index("ix_orders_delivery", "odr_delivery_state", "odr_date", "odr_id", postgresql_where=ALIVE),
        Index("ix_orders_due", text(DUE), "odr_id", postgresql_where=ALIVE),
        Index("ix_orders_holder_due", "odr_holder_id", text(DUE), "odr_id", postgresql_where=ALIVE),
        Index("ix_orders_owed", text(DUE), "odr_id", postgresql_where=STILL_OWED),
        Index("ix_orders_holder_owed", "odr_holder_id", text(DUE), "odr_id", postgresql_where=STILL_OWED),
        Index("ix_orders_contract", func.crm_bigrams(text("odr_contract_no")), postgresql_using="gin",
              postgresql_where=text("odr_contract_no is not null")),
    )  # fmt: skip


class OrderLine(Stamped, Audited, Base):
    """So many pieces of a product at a price that includes the tax.

    discount and tax_rate are fractions, 0-1; amount is rounded half up. Without a rate nothing is known of a tax.
    """

    __tablename__ = "orders_line"
    __audit__ = "orders"
    __audit_id__ = "order_id"
    __audit_verbs__ = ("add_line", "remove_line")
    __scope__ = Follows("orders", parent=lambda: Order, via="order_id")

    id: Mapped[int] = key("odd_id")
    order_id: Mapped[int] = mapped_column("odd_order_id", ForeignKey("orders.odr_id"), index=True, info=goes("lines"))
    product_id: Mapped[int] = mapped_column("odd_prod_id", ForeignKey("product.prod_id"), index=True)
    count: Mapped[int] = mapped_column("odd_count")
    unit: Mapped[str | None] = mapped_column("odd_unit")
    price: Mapped[Decimal] = mapped_column("odd_price")
    discount: Mapped[Decimal] = mapped_column("odd_discount", Numeric(5, 4), server_default="0")
    amount: Mapped[Decimal] = mapped_column("odd_amount")
    tax_rate: Mapped[Decimal | None] = mapped_column("odd_tax_rate", Numeric(5, 4))

    __table_args__ = (
        CheckConstraint("odd_count > 0", name="odd_count"),
        CheckConstraint("odd_price >= 0", name="odd_price"),
        CheckConstraint("odd_discount between 0 and 1", name="odd_discount"),
        CheckConstraint("odd_tax_rate between 0 and 1", name="odd_tax_rate"),
    )
