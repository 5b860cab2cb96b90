"""Sessions and doors: refresh tokens, one-time links and failed attempts. Only hashes are stored."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.orm import key


class RefreshToken(Base):
    """One link in a family of rotating tokens; using a used one revokes the family."""

    __tablename__ = "sys_refresh_token"

    id: Mapped[int] = key("rtk_id")
    user_id: Mapped[int] = mapped_column("rtk_user_id", ForeignKey("sys_user.usr_id"), index=True)
    family: Mapped[str] = mapped_column("rtk_family", index=True)
    hash: Mapped[str] = mapped_column("rtk_hash", unique=True)
    issued_at: Mapped[datetime] = mapped_column("rtk_issued_at")
    expires_at: Mapped[datetime] = mapped_column("rtk_expires_at", index=True)
    ends_at: Mapped[datetime | None] = mapped_column("rtk_ends_at")
    """When the session ends for good, however often it was renewed; empty in what releases before issued."""
    scopes: Mapped[list[str] | None] = mapped_column("rtk_scopes", ARRAY(Text))
    """The rights that the session is limited to; empty: all of the person's."""
    used_at: Mapped[datetime | None] = mapped_column("rtk_used_at")
    revoked_at: Mapped[datetime | None] = mapped_column("rtk_revoked_at")

    __table_args__ = (
        Index(
            "ix_sys_refresh_token_live",
            "rtk_user_id",
            postgresql_where=text("rtk_used_at is null and rtk_revoked_at is null"),
        ),
    )


class OneTimeLink(Base):
    """A door for one use: for a person to set a password, or (no person) for the first administrator."""

    __tablename__ = "sys_link"

    id: Mapped[int] = key("lnk_id")
    user_id: Mapped[int | None] = mapped_column("lnk_user_id", ForeignKey("sys_user.usr_id"), index=True)
    hash: Mapped[str] = mapped_column("lnk_hash", unique=True)
    expires_at: Mapped[datetime] = mapped_column("lnk_expires_at")
    used_at: Mapped[datetime | None] = mapped_column("lnk_used_at")


class LoginCounter(Base):
    """How often a password was tried under a hashed key (name and network, network, known device) since a moment."""

    __tablename__ = "sys_login_counter"

    key: Mapped[str] = mapped_column("lgc_key", primary_key=True)
    count: Mapped[int] = mapped_column("lgc_count")
    since: Mapped[datetime] = mapped_column("lgc_since", index=True)


class LoginAttempt(Base):
    """A failed log-in as releases before this one count it; goes when none of them runs any more."""

    __tablename__ = "sys_login_attempt"

    id: Mapped[int] = key("lga_id")
    user_name: Mapped[str] = mapped_column("lga_name")
    ip: Mapped[str] = mapped_column("lga_ip")
    at: Mapped[datetime] = mapped_column("lga_at")

    __table_args__ = (
        Index("ix_sys_login_attempt_name_at", "lga_name", "lga_at"),
        Index("ix_sys_login_attempt_ip_at", "lga_ip", "lga_at"),
    )
