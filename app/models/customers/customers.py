"""Customers (`cst_customer`)."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core import phones
from app.core.audit import Audited
from app.core.constraints import explain
from app.core.db import Base
from app.core.derived import derives
from app.core.external import external
from app.core.guarded import Guarded
from app.core.items import items_of
from app.core.numbers import numbered, sequence
from app.core.orm import SoftDeleted, Stamped, computed, key, sorts
from app.core.owners import Owned
from app.core.search import TAIL_OPS, first, tail
from app.models.access.rbac import Permission
from app.models.customers.customer_grants import served, worked_on
from app.models.customers.customer_norms import norm
from app.models.sales.chances import ALIVE

numbers = sequence("cst_customer_no")
DERIVED = {"secret": True}
"""Search keys follow from the name: the log does not repeat them."""
FINANCE = (
    "registered_capital", "turnover", "bank", "bank_account", "local_tax_no", "national_tax_no", "credit_limit",
    "payment_days",
)  # fmt: skip
"""The financial facts of a customer: a group with a right of its own. Credit code and licence are in public registers."""


class Customer(SoftDeleted, Stamped, Audited, Base):
    """A company that we sell to; its manager owns it."""

    __tablename__ = "cst_customer"
    __audit__ = "customers"
    __scope__ = Owned("customers", owner="manager_id", grants=(worked_on, served))
    __guarded__ = Guarded(Permission.customers_finance, FINANCE, flag="finance")

    id: Mapped[int] = key("cust_id")
    number: Mapped[str] = numbered("cust_no")
    name: Mapped[str] = mapped_column("cust_name")
    short_name: Mapped[str | None] = mapped_column("cust_short_name")
    norm: Mapped[str | None] = mapped_column("cust_norm", Text(collation="C"), info=derives("name", norm))
    pinyin: Mapped[str] = mapped_column("cust_pinyin", Text(collation="C"), info=DERIVED)
    initials: Mapped[str] = mapped_column("cust_initials", Text(collation="C"), info=DERIVED)
    region: Mapped[str | None] = mapped_column("cust_region", info=items_of("region"))
    industry: Mapped[str | None] = mapped_column("cust_industry", info=items_of("industry"))
    size: Mapped[str | None] = mapped_column("cust_size", info=items_of("size"))
    employees: Mapped[int | None] = mapped_column("cust_employees", Integer)
    founded_year: Mapped[int | None] = mapped_column("cust_founded_year", Integer)
    source: Mapped[str | None] = mapped_column("cust_source", info=items_of("source"))
    manager_id: Mapped[int | None] = mapped_column("cust_manager_id", ForeignKey("sys_user.usr_id"), index=True)
    level: Mapped[str | None] = mapped_column("cust_level", info=items_of("level"))
    satisfaction: Mapped[int | None] = mapped_column("cust_satisfy", Integer)
    credit: Mapped[int | None] = mapped_column("cust_credit", Integer)
    address: Mapped[str | None] = mapped_column("cust_addr")
    zip: Mapped[str | None] = mapped_column("cust_zip")
    tel: Mapped[str | None] = mapped_column("cust_tel")
    tel_normal: Mapped[str | None] = mapped_column(
        "cust_tel_norm", Text(collation="C"), info=derives("tel", phones.normal)
    )
    fax: Mapped[str | None] = mapped_column("cust_fax")
    website: Mapped[str | None] = mapped_column("cust_website")
    email: Mapped[str | None] = mapped_column("cust_email")
    credit_code: Mapped[str | None] = mapped_column("cust_credit_code")
    licence_no: Mapped[str | None] = mapped_column("cust_licence_no")
    legal_representative: Mapped[str | None] = mapped_column("cust_chieftain")
    registered_capital: Mapped[Decimal | None] = mapped_column("cust_bankroll")
    turnover: Mapped[Decimal | None] = mapped_column("cust_turnover")
    bank: Mapped[str | None] = mapped_column("cust_bank")
    bank_account: Mapped[str | None] = mapped_column("cust_bank_account")
    local_tax_no: Mapped[str | None] = mapped_column("cust_local_tax_no")
    national_tax_no: Mapped[str | None] = mapped_column("cust_national_tax_no")
    credit_limit: Mapped[Decimal | None] = mapped_column("cust_credit_limit")
    payment_days: Mapped[int | None] = mapped_column("cust_payment_days", Integer)
    parent_id: Mapped[int | None] = mapped_column("cust_parent_id", ForeignKey("cst_customer.cust_id"), index=True)
    status: Mapped[str] = mapped_column("cust_status")
    opened_on: Mapped[date] = mapped_column("cust_opened_on", server_default=text("CURRENT_DATE"))
    last_order_date: Mapped[date | None] = mapped_column("cust_last_order_date")
    last_activity_at: Mapped[datetime | None] = mapped_column("cust_last_activity_at")
    next_at: Mapped[datetime | None] = mapped_column("cust_next_at")
    origin_chance_id: Mapped[int | None] = mapped_column(
        "cust_origin_chc_id", ForeignKey("sal_chance.chc_id", use_alter=True), index=True
    )
    memo: Mapped[str | None] = mapped_column("cust_memo")
    external_id: Mapped[str | None] = external("cst_customer", "cust_external_id")
    search: Mapped[str] = computed("cust_search", "cust_name || coalesce(' ' || cust_short_name, '')")

    __table_args__ = (
        CheckConstraint("cust_status in ('normal', 'warning', 'lost')", name="cust_status"),
        CheckConstraint("cust_satisfy between 1 and 5", name="cust_satisfy"),
        CheckConstraint("cust_credit between 1 and 5", name="cust_credit"),
        Index("uq_cst_customer_cust_credit_code", "cust_credit_code", unique=True, postgresql_where=ALIVE),
        Index("ix_cst_customer_created", "created_at", "cust_id", postgresql_where=ALIVE),
        Index("ix_cst_customer_manager_created", "cust_manager_id", "created_at", "cust_id", postgresql_where=ALIVE),
        Index("ix_cst_customer_opened", "cust_opened_on", "cust_id", postgresql_where=ALIVE),
        Index("ix_cst_customer_manager_opened", "cust_manager_id", "cust_opened_on", "cust_id", postgresql_where=ALIVE),
        Index("ix_cst_customer_region", "cust_region", "cust_id"),
        Index("ix_cst_customer_pinyin", "cust_pinyin", "cust_id", postgresql_where=ALIVE),
        Index("ix_cst_customer_manager_pinyin", "cust_manager_id", "cust_pinyin", "cust_id", postgresql_where=ALIVE),
        Index("ix_cst_customer_norm", "cust_norm", postgresql_where=ALIVE),
        Index("ix_cst_customer_tel", tail("cust_tel_norm"), postgresql_ops=TAIL_OPS),
        Index("ix_cst_customer_initials", "cust_initials", postgresql_where=ALIVE),
        *(
            Index(f"ix_cst_customer_{name}", text(expression), "cust_id", postgresql_where=ALIVE)
            for name, expression in {
                "last_activity": "coalesce(cust_last_activity_at, '1970-01-01 00:00:00+00'::timestamptz)",
                "last_order": "coalesce(cust_last_order_date, '1970-01-01'::date)",
                "next": "coalesce(cust_next_at, '9999-12-31 00:00:00+00'::timestamptz)",
                "employees": "coalesce(cust_employees, -1)",
                "turnover": "coalesce(cust_turnover, -1)",
            }.items()
        ),
        sorts(
            "cst_customer",
            "cust_manager_id",
            "cust_id cust_no cust_status cust_employees cust_turnover cust_last_order_date cust_last_activity_at "
            "cust_next_at",
        ),
        Index("ix_cst_customer_status", "cust_status", "created_at", "cust_id", postgresql_where=ALIVE),
        Index("ix_cst_customer_search", func.crm_bigrams(text("cust_search")), postgresql_using="gin"),
        Index("ix_cst_customer_first", first(text("cust_search")), postgresql_where=ALIVE),
    )


explain("uq_cst_customer_cust_credit_code", "/credit_code", "taken", "Another customer has this credit code.")
