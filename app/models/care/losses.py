"""Customers that stop buying: warnings, what was done to keep them, and how it ended (`cst_lost…`)."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.audit import Audited
from app.core.constraints import explain
from app.core.db import Base
from app.core.external import external
from app.core.items import items_of
from app.core.leaving import goes
from app.core.orm import SoftDeleted, Stamped, key, sorts
from app.core.owners import Follows, Owned
from app.core.repeated import owner_of
from app.models.sales.chances import ALIVE

OPEN = ("warning", "delayed")
STILL = text("lst_status in ('warning', 'delayed')")
STILL_ALIVE = text("lst_status in ('warning', 'delayed') and deleted_at is null")


class Loss(SoftDeleted, Stamped, Audited, Base):
    """One entry of churn; a customer has at most one open entry (warning or delayed).

    `found_reason` explains the warning: the rules that hit, days since the last order, the customer's own usual
    interval, how many times that is, open complaints, days without contact, satisfaction, and the thresholds that
    were in force; without `rules` it was the one of orders. `review_date` is the one of
    the latest measure. `manager_id` had the customer when it was warned of; `owner_id` repeats who has it now.
    """

    __tablename__ = "cst_lost"
    __audit__ = "losses"
    __scope__ = Owned("losses", owner="owner_id")

    id: Mapped[int] = key("lst_id")
    customer_id: Mapped[int] = mapped_column("lst_cust_id", ForeignKey("cst_customer.cust_id"), info=goes("losses"))
    manager_id: Mapped[int | None] = mapped_column("lst_cust_manager_id", ForeignKey("sys_user.usr_id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(
        "lst_owner_id", ForeignKey("sys_user.usr_id"), index=True, info=owner_of("customer_id")
    )
    last_order_date: Mapped[dt.date | None] = mapped_column("lst_last_order_date")
    found_at: Mapped[dt.datetime] = mapped_column("lst_found_at")
    found_reason: Mapped[dict[str, Any]] = mapped_column("lst_found_reason", JSONB)
    review_date: Mapped[dt.date | None] = mapped_column("lst_review_date")
    lost_date: Mapped[dt.date | None] = mapped_column("lst_lost_date")
    reason: Mapped[str | None] = mapped_column("lst_reason_item", info=items_of("loss_reason"))
    note: Mapped[str | None] = mapped_column("lst_note")
    closed_at: Mapped[dt.datetime | None] = mapped_column("lst_closed_at")
    returned_at: Mapped[dt.datetime | None] = mapped_column("lst_returned_at")
    status: Mapped[str] = mapped_column("lst_status")
    external_id: Mapped[str | None] = external("cst_lost", "lst_external_id")

    __table_args__ = (
        CheckConstraint("lst_status in ('warning', 'delayed', 'lost', 'recovered')", name="lst_status"),
        CheckConstraint("(lst_status = 'lost') = (lst_lost_date is not null)", name="lst_lost_date"),
        Index("uq_cst_lost_open", "lst_cust_id", unique=True, postgresql_where=STILL),
        Index("ix_cst_lost_customer", "lst_cust_id", "lst_id"),
        Index("ix_cst_lost_found", "lst_found_at", "lst_id", postgresql_where=ALIVE),
        Index("ix_cst_lost_owner_found", "lst_owner_id", "lst_found_at", "lst_id", postgresql_where=ALIVE),
        sorts(
            "cst_lost",
            "lst_owner_id",
            "lst_id lst_status lst_found_at lst_last_order_date lst_review_date lst_lost_date",
        ),
        Index("ix_cst_lost_status", "lst_status", "lst_found_at", "lst_id", postgresql_where=ALIVE),
        Index("ix_cst_lost_owner_status", "lst_owner_id", "lst_status", "lst_found_at", postgresql_where=ALIVE),
        Index("ix_cst_lost_review", "lst_review_date", "lst_id", postgresql_where=STILL_ALIVE),
        Index("ix_cst_lost_lost", "lst_lost_date", "lst_id", postgresql_where=text("lst_lost_date is not null")),
        Index("ix_cst_lost_returned", "lst_returned_at", postgresql_where=text("lst_returned_at is not null")),
        Index("ix_cst_lost_closed", "lst_closed_at", postgresql_where=text("lst_closed_at is not null")),
    )


class LossMeasure(Stamped, Audited, Base):
    """What is done to keep a customer, and when to look again."""

    __tablename__ = "cst_lost_measure"
    __audit__ = "losses"
    __audit_id__ = "loss_id"
    __audit_verbs__ = ("add_measure", "remove_measure")
    __scope__ = Follows("losses", parent=lambda: Loss, via="loss_id")

    id: Mapped[int] = key("lsm_id")
    loss_id: Mapped[int] = mapped_column("lsm_lst_id", ForeignKey("cst_lost.lst_id"), index=True, info=goes())
    date: Mapped[dt.date] = mapped_column("lsm_date")
    text: Mapped[str] = mapped_column("lsm_text")
    review_date: Mapped[dt.date] = mapped_column("lsm_review_date")
    by: Mapped[int] = mapped_column("lsm_by", ForeignKey("sys_user.usr_id"), index=True)


explain("uq_cst_lost_open", "/customer_id", "open_entry", "The customer has another open entry.")
