"""Development plan items of chances (`sal_plan`)."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.audit import Audited
from app.core.db import Base
from app.core.external import external
from app.core.items import items_of
from app.core.leaving import goes
from app.core.orm import Stamped, key
from app.core.owners import Follows
from app.models.sales.chances import Chance


class Plan(Stamped, Audited, Base):
    """Something to do for a chance on a day, and what came of it."""

    __tablename__ = "sal_plan"
    __audit__ = "plans"
    __scope__ = Follows("plans", parent=lambda: Chance, via="chance_id")

    id: Mapped[int] = key("pla_id")
    chance_id: Mapped[int] = mapped_column(
        "pla_chc_id", ForeignKey("sal_chance.chc_id"), index=True, info=goes("plans")
    )
    date: Mapped[dt.date] = mapped_column("pla_date")
    todo: Mapped[str] = mapped_column("pla_todo")
    kind: Mapped[str | None] = mapped_column("pla_kind", info=items_of("contact_kind"))
    status: Mapped[str] = mapped_column("pla_status")
    result: Mapped[str | None] = mapped_column("pla_result")
    done_at: Mapped[dt.datetime | None] = mapped_column("pla_done_at")
    done_by: Mapped[int | None] = mapped_column("pla_done_by", ForeignKey("sys_user.usr_id"), index=True)
    external_id: Mapped[str | None] = external("sal_plan", "pla_external_id")

    __table_args__ = (
        CheckConstraint("pla_status in ('open', 'done', 'cancelled')", name="pla_status"),
        Index("ix_sal_plan_open", "pla_date", "pla_id", postgresql_where=text("pla_status = 'open'")),
    )
