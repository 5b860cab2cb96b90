"""What happened between us and a customer (`cst_activity`): calls, visits, mails, meetings."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.audit import Audited
from app.core.db import Base
from app.core.external import external
from app.core.items import items_of
from app.core.leaving import goes
from app.core.orm import SoftDeleted, Stamped, key
from app.core.owners import Follows
from app.core.told import Telling, told
from app.models.customers.customers import Customer
from app.models.sales.chances import ALIVE, Chance


class Activity(SoftDeleted, Stamped, Audited, Base):
    """One contact with a customer, or with a chance that has none yet; edited by its writer (`created_by`) only."""

    __tablename__ = "cst_activity"
    __audit__ = "activities"
    __scope__ = Follows(
        "activities",
        parent=lambda: Customer,
        via="customer_id",
        otherwise=Follows("activities", parent=lambda: Chance, via="chance_id"),
    )

    id: Mapped[int] = key("atv_id")
    customer_id: Mapped[int | None] = mapped_column(
        "atv_cust_id", ForeignKey("cst_customer.cust_id"), index=True, info=goes("activities")
    )
    linkman_id: Mapped[int | None] = mapped_column("atv_lkm_id", ForeignKey("cst_linkman.lkm_id"), index=True)
    chance_id: Mapped[int | None] = mapped_column(
        "atv_chc_id", ForeignKey("sal_chance.chc_id"), index=True, info=goes(unless="customer_id")
    )
    kind: Mapped[str] = mapped_column("atv_kind", info=items_of("contact_kind"))
    purpose: Mapped[str | None] = mapped_column("atv_purpose", info=items_of("purpose"))
    at: Mapped[datetime] = mapped_column("atv_date")
    place: Mapped[str | None] = mapped_column("atv_place")
    title: Mapped[str] = mapped_column("atv_title")
    told: Mapped[Telling | None] = told("atv_told")
    """Of an entry that Kith wrote; its title is the number alone."""
    description: Mapped[str | None] = mapped_column("atv_desc")
    next_step: Mapped[str | None] = mapped_column("atv_next_step")
    next_at: Mapped[datetime | None] = mapped_column("atv_next_at")
    memo: Mapped[str | None] = mapped_column("atv_memo")
    external_id: Mapped[str | None] = external("cst_activity", "atv_external_id")

    __table_args__ = (
        CheckConstraint("atv_cust_id is not null or atv_chc_id is not null", name="atv_cust_id"),
        Index("ix_cst_activity_customer_at", "atv_cust_id", "atv_date", "atv_id", postgresql_where=ALIVE),
        Index("ix_cst_activity_at", "atv_date", "atv_id", postgresql_where=ALIVE),
        Index("ix_cst_activity_alone", "atv_chc_id", "atv_id", postgresql_where=text("atv_cust_id is null")),
    )
