"""What was done as one and is undone as one (`sys_act`): the log names the act on every row of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.orm import key


class Act(Base):
    """An act: what kind, by whom, when, how many records it changed. `noun` is null for one over several nouns."""

    __tablename__ = "sys_act"
    __noun__ = "imports"

    id: Mapped[int] = key("act_id")
    noun: Mapped[str | None] = mapped_column("act_noun")
    kind: Mapped[str] = mapped_column("act_kind")
    by: Mapped[int | None] = mapped_column("act_by")
    at: Mapped[datetime] = mapped_column("act_at")
    count: Mapped[int] = mapped_column("act_count")
    state: Mapped[str] = mapped_column("act_state")
    progress: Mapped[dict[str, Any] | None] = mapped_column("act_progress", JSONB)
    """How far an act has come that is done in parts."""
    undoes_id: Mapped[int | None] = mapped_column("act_undoes", ForeignKey("sys_act.act_id"), index=True)

    __table_args__ = (
        CheckConstraint("act_kind in ('import', 'take_back')", name="act_kind"),
        CheckConstraint("act_state in ('running', 'done', 'stopped', 'undone')", name="act_state"),
    )
