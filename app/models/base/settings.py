"""What an administrator sets for the whole installation (`sys_setting`)."""

from typing import Any

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.audit import Audited
from app.core.db import Base
from app.core.orm import Stamped


class Setting(Stamped, Audited, Base):
    """One setting; its type and default stand in `app.services.base.settings`."""

    __tablename__ = "sys_setting"
    __audit__ = "settings"
    __audit_id__ = "no_id"
    no_id = None

    name: Mapped[str] = mapped_column("set_name", primary_key=True)
    value: Mapped[Any] = mapped_column("set_value", JSONB)
    changed_by: Mapped[int | None] = mapped_column("set_changed_by")
