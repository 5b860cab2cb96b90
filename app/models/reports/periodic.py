"""The customer management report of a month and a department (`rpt_report`)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.audit import Audited
from app.core.constraints import explain
from app.core.db import Base
from app.core.numbers import sequence
from app.core.orm import Stamped, key

numbers = sequence("rpt_report_no")
ISSUED = text("rpt_status = 'issued'")


class PeriodicReport(Stamped, Audited, Base):
    """A draft is its author's alone; an issued one is never changed, a correction is a new one that replaces it.

    `data` holds the analyses as they were at issue, with their filters and their moment.
    """

    __tablename__ = "rpt_report"
    __audit__ = "periodic"

    id: Mapped[int] = key("rpt_id")
    number: Mapped[str] = mapped_column("rpt_no", unique=True)
    month: Mapped[date] = mapped_column("rpt_month")
    department_id: Mapped[int] = mapped_column("rpt_department_id", ForeignKey("sys_department.dep_id"), index=True)
    author_id: Mapped[int] = mapped_column("rpt_author_id", ForeignKey("sys_user.usr_id"), index=True)
    status: Mapped[str] = mapped_column("rpt_status")
    comment: Mapped[str | None] = mapped_column("rpt_comment")
    data: Mapped[list[dict[str, Any]] | None] = mapped_column("rpt_data", JSONB, info={"secret": True}, deferred=True)
    issued_at: Mapped[datetime | None] = mapped_column("rpt_issued_at")
    replaces_id: Mapped[int | None] = mapped_column("rpt_replaces_id", ForeignKey("rpt_report.rpt_id"))

    __table_args__ = (
        CheckConstraint("rpt_status in ('draft', 'issued')", name="rpt_status"),
        CheckConstraint(
            "(rpt_status = 'issued') = (rpt_data is not null and rpt_issued_at is not null)", name="rpt_data"
        ),
        CheckConstraint("extract(day from rpt_month) = 1", name="rpt_month"),
        Index("ix_rpt_report_issued", "rpt_month", "rpt_id", postgresql_where=ISSUED),
        Index("uq_rpt_report_replaces", "rpt_replaces_id", unique=True),
    )


explain("uq_rpt_report_replaces", "/replaces_id", "taken", "Another version replaces this report already.")
