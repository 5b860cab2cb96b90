"""Reports that are written as a sheet in the background (`rpt_export`)."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.orm import Stamped, key


class ReportExport(Stamped, Base):
    """One file for the person who asked; it is taken away after a day."""

    __tablename__ = "rpt_export"
    __noun__ = "report_exports"

    id: Mapped[int] = key("exp_id")
    asker_id: Mapped[int] = mapped_column("exp_by", ForeignKey("sys_user.usr_id"))
    code: Mapped[str] = mapped_column("exp_code")
    query: Mapped[dict[str, Any]] = mapped_column("exp_query", JSONB)
    format: Mapped[str] = mapped_column("exp_format")
    language: Mapped[str] = mapped_column("exp_language")
    status: Mapped[str] = mapped_column("exp_status")
    problem: Mapped[str | None] = mapped_column("exp_problem")
    name: Mapped[str | None] = mapped_column("exp_name")
    file: Mapped[bytes | None] = mapped_column("exp_file", LargeBinary, deferred=True)
    told: Mapped[dict[str, Any] | None] = mapped_column("exp_told", JSONB)
    done_at: Mapped[datetime | None] = mapped_column("exp_done_at")

    __table_args__ = (
        CheckConstraint("exp_status in ('waiting', 'done', 'failed')", name="exp_status"),
        CheckConstraint("(exp_status = 'done') = (exp_file is not null)", name="exp_file"),
        Index("ix_rpt_export_by", "exp_by", "exp_id"),
        Index("ix_rpt_export_created", "created_at"),
    )
