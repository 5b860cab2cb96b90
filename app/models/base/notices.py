"""What people are told (`sys_notice`): work that came, went or is due."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.leaving import given_back
from app.core.orm import key
from app.core.told import Telling, told


class Notice(Base):
    """One message to one person about one record."""

    __tablename__ = "sys_notice"
    __noun__ = "notices"

    id: Mapped[int] = key("ntc_id")
    user_id: Mapped[int] = mapped_column("ntc_user_id", ForeignKey("sys_user.usr_id"), info=given_back())
    at: Mapped[datetime] = mapped_column("ntc_at")
    kind: Mapped[str] = mapped_column("ntc_kind")
    entity: Mapped[str] = mapped_column("ntc_entity")
    entity_id: Mapped[int] = mapped_column("ntc_entity_id")
    title: Mapped[str] = mapped_column("ntc_title")
    reason: Mapped[str | None] = mapped_column("ntc_reason")
    told: Mapped[Telling | None] = told("ntc_told")
    actor_id: Mapped[int | None] = mapped_column(
        "ntc_actor_id", ForeignKey("sys_user.usr_id"), index=True, info=given_back()
    )
    read_at: Mapped[datetime | None] = mapped_column("ntc_read_at")

    __table_args__ = (
        Index("ix_sys_notice_user", "ntc_user_id", "ntc_id"),
        Index("ix_sys_notice_unread", "ntc_user_id", postgresql_where=text("ntc_read_at is null")),
    )
