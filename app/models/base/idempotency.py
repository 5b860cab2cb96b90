"""Answers kept for a day, so that a repeated POST is answered and not done twice (`sys_idempotency`)."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class IdempotentAnswer(Base):
    """One claimed key; status and body follow in the same transaction."""

    __tablename__ = "sys_idempotency"

    actor_id: Mapped[int] = mapped_column("idm_actor_id", primary_key=True, autoincrement=False)
    method: Mapped[str] = mapped_column("idm_method", primary_key=True)
    path: Mapped[str] = mapped_column("idm_path", primary_key=True)
    key: Mapped[str] = mapped_column("idm_key", primary_key=True)
    body_hash: Mapped[str] = mapped_column("idm_body_hash")
    status: Mapped[int | None] = mapped_column("idm_status")
    headers: Mapped[str | None] = mapped_column("idm_headers")
    body: Mapped[str | None] = mapped_column("idm_body")
    created_at: Mapped[datetime] = mapped_column("idm_created_at", index=True)
