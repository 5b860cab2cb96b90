"""Contacts of customers (`cst_linkman`)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core import phones
from app.core.audit import Audited
from app.core.constraints import explain
from app.core.db import Base
from app.core.derived import derives
from app.core.external import external
from app.core.guarded import Guarded
from app.core.leaving import goes
from app.core.orm import SoftDeleted, Stamped, key
from app.core.owners import Follows
from app.core.search import TAIL_OPS, first, tail
from app.models.access.rbac import Permission
from app.models.customers.customers import Customer
from app.models.sales.chances import ALIVE

PERSONAL = ("birthday", "anniversary", "education", "career", "hobby", "family", "background")
"""The personal facts of a contact: a group with a right of its own."""


class Linkman(SoftDeleted, Stamped, Audited, Base):
    """A person at a customer. Who left the company is marked, not deleted."""

    __tablename__ = "cst_linkman"
    __audit__ = "linkmen"
    __scope__ = Follows("linkmen", parent=lambda: Customer, via="customer_id", repeated="manager_id")
    __guarded__ = Guarded(Permission.linkmen_personal, PERSONAL, flag="personal", strict=True)

    id: Mapped[int] = key("lkm_id")
    customer_id: Mapped[int] = mapped_column(
        "lkm_cust_id", ForeignKey("cst_customer.cust_id"), index=True, info=goes("linkmen")
    )
    manager_id: Mapped[int | None] = mapped_column(
        "lkm_manager_id", ForeignKey("sys_user.usr_id"), index=True, info={"secret": True}
    )
    """The customer's manager, repeated (`core.repeated`)."""
    name: Mapped[str] = mapped_column("lkm_name")
    sex: Mapped[str | None] = mapped_column("lkm_sex")
    position: Mapped[str | None] = mapped_column("lkm_position")
    tel: Mapped[str | None] = mapped_column("lkm_tel")
    mobile: Mapped[str | None] = mapped_column("lkm_mobile")
    tel_normal: Mapped[str | None] = mapped_column(
        "lkm_tel_norm", Text(collation="C"), info=derives("tel", phones.normal)
    )
    mobile_normal: Mapped[str | None] = mapped_column(
        "lkm_mobile_norm", Text(collation="C"), info=derives("mobile", phones.normal)
    )
    email: Mapped[str | None] = mapped_column("lkm_email")
    wechat: Mapped[str | None] = mapped_column("lkm_wechat")
    birthday: Mapped[date | None] = mapped_column("lkm_birthday")
    anniversary: Mapped[date | None] = mapped_column("lkm_anniversary")
    education: Mapped[str | None] = mapped_column("lkm_education")
    career: Mapped[str | None] = mapped_column("lkm_career")
    hobby: Mapped[str | None] = mapped_column("lkm_hobby")
    family: Mapped[str | None] = mapped_column("lkm_family")
    background: Mapped[str | None] = mapped_column("lkm_background")
    decision_role: Mapped[str | None] = mapped_column("lkm_decision_role")
    origin_id: Mapped[int | None] = mapped_column("lkm_origin_id", ForeignKey("cst_linkman.lkm_id"), index=True)
    """The first post of the same person that we know of; null in that post itself."""
    superior_id: Mapped[int | None] = mapped_column("lkm_superior_id", ForeignKey("cst_linkman.lkm_id"), index=True)
    is_primary: Mapped[bool] = mapped_column("lkm_is_primary")
    status: Mapped[str] = mapped_column("lkm_status")
    left_at: Mapped[datetime | None] = mapped_column("lkm_left_at")
    memo: Mapped[str | None] = mapped_column("lkm_memo")
    external_id: Mapped[str | None] = external("cst_linkman", "lkm_external_id")

    __table_args__ = (
        CheckConstraint("lkm_status in ('active', 'left')", name="lkm_status"),
        Index(
            "uq_cst_linkman_primary",
            "lkm_cust_id",
            unique=True,
            postgresql_where=text("lkm_is_primary and deleted_at is null"),
        ),
        Index("ix_cst_linkman_created", "created_at", "lkm_id", postgresql_where=ALIVE),
        Index("ix_cst_linkman_manager_created", "lkm_manager_id", "created_at", "lkm_id", postgresql_where=ALIVE),
        Index("ix_cst_linkman_manager_name", "lkm_manager_id", "lkm_name", "lkm_id", postgresql_where=ALIVE),
        Index("ix_cst_linkman_by_name", "lkm_name", "lkm_id", postgresql_where=ALIVE),
        Index("ix_cst_linkman_name", func.crm_bigrams(text("lkm_name")), postgresql_using="gin"),
        Index("ix_cst_linkman_first", first(text("lkm_name")), postgresql_where=ALIVE),
        Index("ix_cst_linkman_mobile_norm_tail", tail("lkm_mobile_norm"), postgresql_ops=TAIL_OPS),
        Index("ix_cst_linkman_tel_norm_tail", tail("lkm_tel_norm"), postgresql_ops=TAIL_OPS),
    )


explain("uq_cst_linkman_primary", "/is_primary", "taken", "The customer has a primary contact already.")
