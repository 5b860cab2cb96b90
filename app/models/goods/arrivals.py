"""What was ordered from suppliers and is on its way into stock (`storage_arrival`)."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.audit import Audited
from app.core.db import Base
from app.core.items import items_of
from app.core.numbers import numbered, sequence
from app.core.orm import Stamped, key

numbers = sequence("storage_arrival_no")

COMING = text("arr_status = 'expected'")
"""What is still to come is little beside what came: lists of it have indexes of their own."""


class Arrival(Stamped, Audited, Base):
    """So many pieces of a product that are expected at a place on a day; `received` of them are there already."""

    __tablename__ = "storage_arrival"
    __audit__ = "arrivals"

    id: Mapped[int] = key("arr_id")
    number: Mapped[str] = numbered("arr_no")
    product_id: Mapped[int] = mapped_column("arr_prod_id", ForeignKey("product.prod_id"))
    warehouse: Mapped[str] = mapped_column("arr_warehouse", info=items_of("warehouse"))
    bin: Mapped[str] = mapped_column("arr_ware")
    count: Mapped[int] = mapped_column("arr_count")
    received: Mapped[int] = mapped_column("arr_received", server_default="0")
    expected_on: Mapped[dt.date] = mapped_column("arr_expected_on")
    supplier: Mapped[str | None] = mapped_column("arr_supplier")
    memo: Mapped[str | None] = mapped_column("arr_memo")
    status: Mapped[str] = mapped_column("arr_status")
    cancel_reason: Mapped[str | None] = mapped_column("arr_cancel_reason")

    __table_args__ = (
        CheckConstraint("arr_status in ('expected', 'received', 'cancelled')", name="arr_status"),
        CheckConstraint("arr_count > 0", name="arr_count"),
        CheckConstraint("arr_received between 0 and arr_count", name="arr_received"),
        CheckConstraint("(arr_status = 'received') = (arr_received = arr_count)", name="arr_status_received"),
        Index("ix_storage_arrival_expected", "arr_expected_on", "arr_id"),
        Index("ix_storage_arrival_coming", "arr_expected_on", "arr_id", postgresql_where=COMING),
        Index("ix_storage_arrival_created", "created_at", "arr_id"),
        Index("ix_storage_arrival_product", "arr_prod_id", "arr_expected_on"),
        Index("ix_storage_arrival_product_coming", "arr_prod_id", "arr_expected_on", postgresql_where=COMING),
    )
