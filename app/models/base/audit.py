"""The append-only log of changes (`sys_log`), partitioned by month."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Identity, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class LogEntry(Base):
    """One change of one record: who, when, what from, what to."""

    __tablename__ = "sys_log"

    id: Mapped[int] = mapped_column("log_id", BigInteger, Identity(), primary_key=True)
    at: Mapped[datetime] = mapped_column("log_at", primary_key=True)
    actor_id: Mapped[int | None] = mapped_column("log_actor_id")
    action: Mapped[str] = mapped_column("log_action")
    entity: Mapped[str] = mapped_column("log_entity")
    entity_id: Mapped[int | None] = mapped_column("log_entity_id")
    changes: Mapped[dict[str, Any]] = mapped_column("log_changes", JSONB)
    ip: Mapped[str | None] = mapped_column("log_ip")
    request_id: Mapped[str | None] = mapped_column("log_request_id")
    act_id: Mapped[int | None] = mapped_column("log_act_id")

    __table_args__ = (
        Index("ix_sys_log_entity", "log_entity", "log_entity_id", "log_at"),
        Index("ix_sys_log_actor", "log_actor_id", "log_id"),
        Index(
            "ix_sys_log_act", "log_act_id", "log_entity", "log_entity_id",
            postgresql_where=text("log_act_id is not null"),
        ),
        {"postgresql_partition_by": "RANGE (log_at)"},
    )  # fmt: skip
