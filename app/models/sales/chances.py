"""Sales chances and the sums kept of them (`sal_chance`, `sal_chance_sum`)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.audit import Audited
from app.core.db import Base
from app.core.external import external
from app.core.items import Takes, items_of
from app.core.leaving import goes
from app.core.numbers import numbered, sequence
from app.core.orm import SoftDeleted, Stamped, computed, key, sorts
from app.core.owners import Owned
from app.core.search import first
from app.core.sums import KeptSum, Part

CLOSE = "coalesce(chc_expected_close_date, 'infinity'::date)"
ALIVE = text("deleted_at is null")
WORKED_ON = ("assigned",)
"""The states in which somebody works on it."""
OPEN = ("unassigned", *WORKED_ON)
numbers = sequence("sal_chance_no")
COLUMN_OF_BOARD = ("chc_owner_id", "chc_status", "chc_stage_id", "created_at", "chc_id")


def _parts(chance: dict[str, Any]) -> list[Part]:
    """Say what a chance adds to the kept sums; weighted = amount x rate / 100, unrounded, while it is open."""
    if chance["deleted_at"]:
        return []
    amount = chance["amount"] or Decimal(0)
    won = chance["status"] == "succeeded"
    is_open = chance["status"] in OPEN
    timed = won and chance["first_assigned_on"] is not None
    owner = chance["assignee_id"] or chance["creator_id"]
    keys = {"chs_status": chance["status"], "chs_stage_id": chance["stage_id"], "chs_owner_id": owner}
    measures = {
        "chs_count": 1,
        "chs_unpriced": int(chance["amount"] is None),
        "chs_amount": amount,
        "chs_weighted": Decimal(amount) * chance["rate"] / 100 if is_open else Decimal(0),
        "chs_won_value": (chance["close_value"] or Decimal(0)) if won else Decimal(0),
        "chs_timed": int(timed),
        "chs_days": (chance["closed_on"] - chance["first_assigned_on"]).days if timed else 0,
    }
    return [(keys, measures)]


class ChanceSum(Base):
    """Counts and amounts by status, stage and owner, kept with every change of a chance."""

    __tablename__ = "sal_chance_sum"

    status: Mapped[str] = mapped_column("chs_status", primary_key=True)
    stage_id: Mapped[int] = mapped_column("chs_stage_id", primary_key=True, autoincrement=False)
    owner_id: Mapped[int] = mapped_column("chs_owner_id", primary_key=True, autoincrement=False)
    count: Mapped[int] = mapped_column("chs_count")
    unpriced: Mapped[int] = mapped_column("chs_unpriced")
    amount: Mapped[Decimal] = mapped_column("chs_amount", Numeric)
    weighted: Mapped[Decimal] = mapped_column("chs_weighted", Numeric)
    won_value: Mapped[Decimal] = mapped_column("chs_won_value", Numeric)
    timed: Mapped[int] = mapped_column("chs_timed")
    days: Mapped[int] = mapped_column("chs_days")


class Chance(SoftDeleted, Stamped, Audited, Base):
    """A chance to sell. `status` is its life cycle, `stage_id` its place in the process."""

    __tablename__ = "sal_chance"
    __audit__ = "chances"
    __scope__ = Owned("chances", owner="owner_id", also=("creator_id",))
    __sums__ = KeptSum(
        table=lambda: Base.metadata.tables["sal_chance_sum"],
        reads=(
            "status", "stage_id", "assignee_id", "creator_id", "amount", "rate", "close_value",
            "closed_on", "first_assigned_on", "deleted_at",
        ),
        parts=_parts,
    )  # fmt: skip

    id: Mapped[int] = key("chc_id")
    number: Mapped[str] = numbered("chc_no")
    source: Mapped[str | None] = mapped_column("chc_source", info=items_of("source"))
    importance: Mapped[str] = mapped_column("chc_importance")
    customer_name: Mapped[str] = mapped_column("chc_cust_name")
    customer_id: Mapped[int | None] = mapped_column(
        "chc_cust_id", ForeignKey("cst_customer.cust_id"), info=goes("chances")
    )
    title: Mapped[str] = mapped_column("chc_title")
    rate: Mapped[int] = mapped_column("chc_rate")
    rate_is_manual: Mapped[bool] = mapped_column("chc_rate_is_manual")
    linkman: Mapped[str | None] = mapped_column("chc_linkman")
    tel: Mapped[str | None] = mapped_column("chc_tel")
    description: Mapped[str | None] = mapped_column("chc_desc")
    product_id: Mapped[int | None] = mapped_column("chc_prod_id", ForeignKey("product.prod_id"), index=True)
    amount: Mapped[Decimal | None] = mapped_column("chc_amount")
    expected_close_date: Mapped[date | None] = mapped_column("chc_expected_close_date")
    stage_id: Mapped[int] = mapped_column("chc_stage_id", ForeignKey("sal_stage.stg_id"))
    creator_id: Mapped[int] = mapped_column("chc_create_id", ForeignKey("sys_user.usr_id"), index=True)
    opened_at: Mapped[datetime] = mapped_column("chc_create_date")
    proposed_id: Mapped[int | None] = mapped_column("chc_propose_id", ForeignKey("sys_user.usr_id"), index=True)
    assignee_id: Mapped[int | None] = mapped_column("chc_due_id", ForeignKey("sys_user.usr_id"))
    assigned_at: Mapped[datetime | None] = mapped_column("chc_due_date")
    first_assigned_on: Mapped[date | None] = mapped_column("chc_first_due_on")
    status: Mapped[str] = mapped_column("chc_status")
    closed_on: Mapped[date | None] = mapped_column("chc_closed_on")
    closed_at: Mapped[datetime | None] = mapped_column("chc_closed_at")
    close_reason: Mapped[str | None] = mapped_column(
        "chc_close_reason_item",
        info=items_of(
            Takes("success_reason", when=("status", "succeeded")), Takes("fail_reason", when=("status", "failed"))
        ),
    )
    competitor_id: Mapped[int | None] = mapped_column("chc_competitor_id", ForeignKey("mkt_competitor.cpt_id"))
    close_note: Mapped[str | None] = mapped_column("chc_close_note")
    close_value: Mapped[Decimal | None] = mapped_column("chc_close_value")
    last_activity_at: Mapped[datetime | None] = mapped_column("chc_last_activity_at")
    next_at: Mapped[datetime | None] = mapped_column("chc_next_at")
    external_id: Mapped[str | None] = external("sal_chance", "chc_external_id")
    owner_id: Mapped[int] = computed("chc_owner_id", "coalesce(chc_due_id, chc_create_id)")
    search: Mapped[str] = computed("chc_search", "chc_title || ' ' || chc_cust_name")

    __table_args__ = (
        CheckConstraint("chc_status in ('unassigned', 'assigned', 'succeeded', 'failed')", name="chc_status"),
        CheckConstraint("chc_rate between 0 and 100", name="chc_rate"),
        CheckConstraint("(chc_status = 'unassigned') = (chc_due_id is null)", name="chc_due_id"),
        Index("ix_sal_chance_created", "created_at", "chc_id", postgresql_where=ALIVE),
        Index("ix_sal_chance_owner_created", "chc_owner_id", "created_at", "chc_id", postgresql_where=ALIVE),
        Index("ix_sal_chance_creator_created", "chc_create_id", "created_at", "chc_id", postgresql_where=ALIVE),
        sorts(
            "sal_chance",
            "chc_owner_id",
            "chc_id chc_status chc_stage_id chc_rate chc_amount chc_expected_close_date chc_closed_on "
            "chc_create_date chc_last_activity_at chc_next_at",
        ),
        Index("ix_sal_chance_closed", "chc_closed_on", postgresql_where=text("chc_closed_on is not null")),
        Index("ix_sal_chance_amount", text("coalesce(chc_amount, -1)"), "chc_id", postgresql_where=ALIVE),
        Index("ix_sal_chance_close", text(CLOSE), "chc_id", postgresql_where=ALIVE),
        Index("ix_sal_chance_stage", "chc_status", "chc_stage_id", "created_at", "chc_id", postgresql_where=ALIVE),
        Index("ix_sal_chance_board", *COLUMN_OF_BOARD, postgresql_where=ALIVE),
        Index("ix_sal_chance_assignee", "chc_due_id", "chc_status"),
        Index("ix_sal_chance_customer", "chc_cust_id"),
        Index("ix_sal_chance_competitor", "chc_competitor_id", postgresql_where=text("chc_competitor_id is not null")),
        Index("ix_sal_chance_search", func.crm_bigrams(text("chc_search")), postgresql_using="gin"),
        Index("ix_sal_chance_first", first(text("chc_search")), postgresql_where=ALIVE),
    )
