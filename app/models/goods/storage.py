"""What lies where, what of it is promised, and every change of a count (`storage`, `storage_ledger`)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.audit import Audited
from app.core.constraints import explain
from app.core.db import Base
from app.core.items import items_of
from app.core.leaving import blocks, given_back
from app.core.orm import Stamped, key
from app.core.told import Telling, told

LEDGER = {"secret": True}
"""The ledger and the orders tell these moves: the log does not repeat them."""


class Storage(Stamped, Audited, Base):
    """A place (warehouse and bin) of a product. Counts are whole pieces; available = count - reserved."""

    __tablename__ = "storage"
    __audit__ = "storage"

    id: Mapped[int] = key("stk_id")
    product_id: Mapped[int] = mapped_column("stk_prod_id", ForeignKey("product.prod_id"))
    warehouse: Mapped[str] = mapped_column("stk_warehouse", info=items_of("warehouse"))
    bin: Mapped[str] = mapped_column("stk_ware")
    count: Mapped[int] = mapped_column("stk_count", server_default="0", info=LEDGER)
    reserved: Mapped[int] = mapped_column("stk_reserved", server_default="0", info=LEDGER)
    memo: Mapped[str | None] = mapped_column("stk_memo")

    __table_args__ = (
        UniqueConstraint("stk_prod_id", "stk_warehouse", "stk_ware", name="uq_storage_place"),
        CheckConstraint("stk_reserved between 0 and stk_count", name="stk_reserved"),
    )


class StorageChange(Base):
    """One signed change of a count: who, when, why, and the count after it. Rows are only ever added."""

    __tablename__ = "storage_ledger"
    __noun__ = "storage"

    id: Mapped[int] = key("stl_id")
    storage_id: Mapped[int] = mapped_column("stl_stk_id", ForeignKey("storage.stk_id"))
    change: Mapped[int] = mapped_column("stl_change")
    reason: Mapped[str] = mapped_column("stl_reason")
    told: Mapped[Telling | None] = told("stl_told")
    """Of a change that follows from something else; the reason is then a person's words about it, or the number."""
    count_after: Mapped[int] = mapped_column("stl_count_after")
    order_id: Mapped[int | None] = mapped_column(
        "stl_order_id", ForeignKey("orders.odr_id"), index=True, info=blocks("stock")
    )
    arrival_id: Mapped[int | None] = mapped_column("stl_arr_id", ForeignKey("storage_arrival.arr_id"), index=True)
    by: Mapped[int | None] = mapped_column("stl_by", ForeignKey("sys_user.usr_id"), index=True)
    at: Mapped[datetime] = mapped_column("stl_at")
    act_id: Mapped[int | None] = mapped_column("stl_act_id")
    """The act that it is part of, as in the log: an import tells of counts of the past."""

    __table_args__ = (
        CheckConstraint("stl_change <> 0", name="stl_change"),
        CheckConstraint("stl_count_after >= 0", name="stl_count_after"),
        Index("ix_storage_ledger_place", "stl_stk_id", "stl_id"),
    )


class Reservation(Base):
    """How many pieces of a place a confirmed order's line holds; gone once they are shipped or released."""

    __tablename__ = "storage_reservation"
    __noun__ = "storage"

    line_id: Mapped[int] = mapped_column(
        "rsv_line_id",
        ForeignKey("orders_line.odd_id"),
        primary_key=True,
        autoincrement=False,
        info=blocks("stock") | given_back(),
    )
    storage_id: Mapped[int] = mapped_column(
        "rsv_stk_id", ForeignKey("storage.stk_id"), primary_key=True, autoincrement=False, index=True, info=given_back()
    )
    count: Mapped[int] = mapped_column("rsv_count")

    __table_args__ = (CheckConstraint("rsv_count > 0", name="rsv_count"),)


class Taken(Base):
    """How many pieces of a place left with a line of a shipment: where they go back to if it never left."""

    __tablename__ = "storage_taken"
    __noun__ = "storage"

    shipment_line_id: Mapped[int] = mapped_column(
        "tkn_spl_id",
        ForeignKey("orders_shipment_line.spl_id"),
        primary_key=True,
        autoincrement=False,
        info=given_back(),
    )
    storage_id: Mapped[int] = mapped_column(
        "tkn_stk_id", ForeignKey("storage.stk_id"), primary_key=True, autoincrement=False, index=True, info=given_back()
    )
    count: Mapped[int] = mapped_column("tkn_count")

    __table_args__ = (CheckConstraint("tkn_count > 0", name="tkn_count"),)


explain("uq_storage_place", "/bin", "taken", "This product has such a place already.")
