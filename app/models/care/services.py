"""Services to customers, the rounds of dealing and feedback, and internal notes (`cst_service…`)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.audit import Audited
from app.core.constraints import explain
from app.core.db import Base
from app.core.external import external
from app.core.items import items_of
from app.core.leaving import goes
from app.core.numbers import numbered, sequence
from app.core.orm import SoftDeleted, Stamped, computed, key
from app.core.owners import Follows, Owned
from app.core.repeated import owner_of
from app.core.search import first

WORKED_ON = ("assigned", "dealt")
"""The states in which somebody works on it."""
OPEN = ("created", *WORKED_ON)
ALIVE = text("deleted_at is null")
STILL = text("svr_status in ('created', 'assigned') and deleted_at is null")
"""What can be overdue: not dealt with yet."""
WAITING = text("svr_status = 'created' and deleted_at is null")
DEADLINE = "coalesce(svr_deadline, '9999-12-31 00:00:00+00'::timestamptz)"
numbers = sequence("cst_service_no")


class Service(SoftDeleted, Stamped, Audited, Base):
    """Something that a customer asks for, complains of or suggests.

    `manager_id` repeats the customer's manager, for the sake of `owner_id`.
    """

    __tablename__ = "cst_service"
    __audit__ = "services"
    __scope__ = Owned("services", owner="owner_id", also=("creator_id",))

    id: Mapped[int] = key("svr_id")
    number: Mapped[str] = numbered("svr_no")
    type: Mapped[str] = mapped_column("svr_type", info=items_of("service_type"))
    category: Mapped[str | None] = mapped_column("svr_category", info=items_of("service_category"))
    channel: Mapped[str | None] = mapped_column("svr_channel", info=items_of("service_channel"))
    title: Mapped[str] = mapped_column("svr_title")
    customer_id: Mapped[int] = mapped_column("svr_cust_id", ForeignKey("cst_customer.cust_id"), info=goes("services"))
    linkman_id: Mapped[int | None] = mapped_column("svr_lkm_id", ForeignKey("cst_linkman.lkm_id"), index=True)
    product_id: Mapped[int | None] = mapped_column("svr_prod_id", ForeignKey("product.prod_id"), index=True)
    chance_id: Mapped[int | None] = mapped_column("svr_chc_id", ForeignKey("sal_chance.chc_id"), unique=True)
    origin_id: Mapped[int | None] = mapped_column("svr_origin_id", ForeignKey("cst_service.svr_id"), index=True)
    status: Mapped[str] = mapped_column("svr_status")
    priority: Mapped[str] = mapped_column("svr_priority")
    deadline: Mapped[datetime | None] = mapped_column("svr_deadline")
    request: Mapped[str] = mapped_column("svr_request")
    creator_id: Mapped[int] = mapped_column("svr_create_id", ForeignKey("sys_user.usr_id"), index=True)
    opened_at: Mapped[datetime] = mapped_column("svr_create_date")
    assignee_id: Mapped[int | None] = mapped_column("svr_due_id", ForeignKey("sys_user.usr_id"), index=True)
    assigned_at: Mapped[datetime | None] = mapped_column("svr_due_date")
    assigned_by: Mapped[int | None] = mapped_column("svr_due_by", ForeignKey("sys_user.usr_id"), index=True)
    first_assigned_at: Mapped[datetime | None] = mapped_column("svr_first_due_at")
    first_dealt_at: Mapped[datetime | None] = mapped_column("svr_first_deal_at")
    reopen_count: Mapped[int] = mapped_column("svr_reopen_count", Integer, server_default="0")
    satisfaction: Mapped[int | None] = mapped_column("svr_satisfy", Integer)
    severity: Mapped[str | None] = mapped_column("svr_severity")
    department_id: Mapped[int | None] = mapped_column("svr_dept_id", ForeignKey("sys_department.dep_id"), index=True)
    cause: Mapped[str | None] = mapped_column("svr_cause")
    measure: Mapped[str | None] = mapped_column("svr_measure")
    visit_by: Mapped[int | None] = mapped_column("svr_visit_by", ForeignKey("sys_user.usr_id"), index=True)
    visit_at: Mapped[datetime | None] = mapped_column("svr_visit_at")
    closed_at: Mapped[datetime | None] = mapped_column("svr_closed_at")
    closed_by: Mapped[int | None] = mapped_column("svr_closed_by", ForeignKey("sys_user.usr_id"), index=True)
    void_reason: Mapped[str | None] = mapped_column("svr_void_reason")
    external_id: Mapped[str | None] = external("cst_service", "svr_external_id")
    manager_id: Mapped[int | None] = mapped_column(
        "svr_manager_id", ForeignKey("sys_user.usr_id"), index=True, info=owner_of("customer_id")
    )
    owner_id: Mapped[int | None] = computed("svr_owner_id", "coalesce(svr_due_id, svr_manager_id)")

    __table_args__ = (
        CheckConstraint("svr_status in ('created', 'assigned', 'dealt', 'archived', 'void')", name="svr_status"),
        CheckConstraint("svr_priority in ('high', 'mid', 'low')", name="svr_priority"),
        CheckConstraint("svr_severity in ('high', 'mid', 'low')", name="svr_severity"),
        CheckConstraint("svr_satisfy between 1 and 5", name="svr_satisfy"),
        CheckConstraint(
            "case svr_status when 'created' then svr_due_id is null when 'void' then true else svr_due_id is not null end",
            name="svr_due_id",
        ),
        Index("ix_cst_service_created", "created_at", "svr_id", postgresql_where=ALIVE),
        Index("ix_cst_service_opened", "svr_create_date", postgresql_where=ALIVE),
        Index("ix_cst_service_owner_created", "svr_owner_id", "created_at", "svr_id", postgresql_where=ALIVE),
        Index("ix_cst_service_creator_created", "svr_create_id", "created_at", "svr_id", postgresql_where=ALIVE),
        Index("ix_cst_service_customer", "svr_cust_id", "created_at", "svr_id"),
        Index("ix_cst_service_status", "svr_status", "created_at", "svr_id", postgresql_where=ALIVE),
        Index("ix_cst_service_assignee", "svr_due_id", "svr_status", "svr_cust_id", postgresql_where=ALIVE),
        Index("ix_cst_service_deadline", text(DEADLINE), "svr_id", postgresql_where=ALIVE),
        Index("ix_cst_service_owner_deadline", "svr_owner_id", text(DEADLINE), "svr_id", postgresql_where=ALIVE),
        Index("ix_cst_service_late", text(DEADLINE), "svr_id", postgresql_where=STILL),
        Index("ix_cst_service_owner_late", "svr_owner_id", text(DEADLINE), "svr_id", postgresql_where=STILL),
        Index("ix_cst_service_owner_waiting", "svr_owner_id", "created_at", "svr_id", postgresql_where=WAITING),
        Index("ix_cst_service_title", func.crm_bigrams(text("svr_title")), postgresql_using="gin"),
        Index("ix_cst_service_first", first(text("svr_title")), postgresql_where=ALIVE),
    )


class ServiceRound(Audited, Base):
    """One round: what was done, and what the customer said of it. Feedback fills its own half, nothing is overwritten."""

    __tablename__ = "cst_service_round"
    __audit__ = "services"
    __audit_id__ = "service_id"
    __audit_verbs__ = ("deal", "delete")
    __scope__ = Follows("services", parent=lambda: Service, via="service_id")

    id: Mapped[int] = key("srd_id")
    service_id: Mapped[int] = mapped_column("srd_svr_id", ForeignKey("cst_service.svr_id"), info=goes())
    n: Mapped[int] = mapped_column("srd_n", Integer)
    deal: Mapped[str] = mapped_column("svr_deal")
    dealt_by: Mapped[int] = mapped_column("svr_deal_id", ForeignKey("sys_user.usr_id"), index=True)
    dealt_at: Mapped[datetime] = mapped_column("svr_deal_date")
    visit_by: Mapped[int | None] = mapped_column("srd_visit_by", ForeignKey("sys_user.usr_id"), index=True)
    visit_at: Mapped[datetime | None] = mapped_column("srd_visit_at")
    visit_note: Mapped[str | None] = mapped_column("srd_visit_note")
    result: Mapped[str | None] = mapped_column("svr_result")
    satisfaction: Mapped[int | None] = mapped_column("svr_satisfy", Integer)
    feedback_by: Mapped[int | None] = mapped_column("srd_feedback_by", ForeignKey("sys_user.usr_id"), index=True)
    feedback_at: Mapped[datetime | None] = mapped_column("srd_feedback_at")

    __table_args__ = (
        UniqueConstraint("srd_svr_id", "srd_n", name="uq_cst_service_round_n"),
        CheckConstraint("svr_satisfy between 1 and 5", name="svr_satisfy"),
    )


class ServiceNote(Base):
    """A note among colleagues; it is never changed."""

    __tablename__ = "cst_service_note"
    __audit__ = "services"
    __scope__ = Follows("services", parent=lambda: Service, via="service_id")

    id: Mapped[int] = key("srn_id")
    service_id: Mapped[int] = mapped_column("srn_svr_id", ForeignKey("cst_service.svr_id"), index=True, info=goes())
    text: Mapped[str] = mapped_column("srn_text")
    by: Mapped[int] = mapped_column("srn_by", ForeignKey("sys_user.usr_id"), index=True)
    at: Mapped[datetime] = mapped_column("srn_at")


explain("uq_cst_service_svr_chc_id", "", "taken", "This chance comes from another service.")
