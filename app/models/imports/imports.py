"""Imports (`sys_import`) and what became of their rows (`sys_import_row`): the batches of one run are one import."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.constraints import explain
from app.core.db import Base
from app.core.orm import key

ROWS_KEPT = timedelta(days=31)
"""How long the outcome of each row is known; what a run did in all stays."""


class Import(Base):
    """One run of a program: where its rows come from, its act, how many rows of a noun ended how (noun -> outcome -> n)."""

    __tablename__ = "sys_import"
    __noun__ = "imports"

    id: Mapped[int] = key("imp_id")
    run: Mapped[UUID] = mapped_column("imp_run", unique=True)
    source: Mapped[str | None] = mapped_column("imp_source")
    act_id: Mapped[int] = mapped_column("imp_act_id", ForeignKey("sys_act.act_id"), unique=True)
    counts: Mapped[dict[str, Any]] = mapped_column("imp_counts", JSONB)


class ImportedRow(Base):
    """What became of a row, and its record: of all but those that changed nothing."""

    __tablename__ = "sys_import_row"
    __noun__ = "imports"

    id: Mapped[int] = key("imr_id")
    import_id: Mapped[int] = mapped_column("imr_import_id", ForeignKey("sys_import.imp_id"))
    at: Mapped[datetime] = mapped_column("imr_at")
    noun: Mapped[str] = mapped_column("imr_noun")
    row: Mapped[int] = mapped_column("imr_row")
    outcome: Mapped[str] = mapped_column("imr_outcome")
    record_id: Mapped[int | None] = mapped_column("imr_record_id")

    __table_args__ = (
        CheckConstraint("imr_outcome in ('created', 'updated', 'refused')", name="imr_outcome"),
        Index("ix_sys_import_row_import", "imr_import_id", "imr_noun", "imr_record_id"),
        Index("ix_sys_import_row_at", "imr_at", postgresql_using="brin"),
    )


explain("uq_sys_import_imp_run", "/run", "in_use", "Another batch of this run is being imported; send this one again.")
