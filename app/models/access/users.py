"""People who sign in (`sys_user`) and the roles that they have (`sys_user_role`)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.audit import Audited
from app.core.constraints import explain
from app.core.db import Base
from app.core.derived import derives
from app.core.external import external
from app.core.lookalikes import skeleton
from app.core.orm import Stamped, key


class User(Stamped, Audited, Base):
    """A person. Nobody is deleted: who left is `disabled` and keeps the history."""

    __tablename__ = "sys_user"
    __audit__ = "users"

    id: Mapped[int] = key("usr_id")
    user_name: Mapped[str] = mapped_column("usr_name")
    skeleton: Mapped[str | None] = mapped_column("usr_skeleton", unique=True, info=derives("user_name", skeleton))
    """What the log-in name looks like; null in who had the same look as an earlier person before it was asked for."""
    name: Mapped[str] = mapped_column("usr_real_name")
    password: Mapped[str | None] = mapped_column("usr_password", info={"secret": True})
    email: Mapped[str | None] = mapped_column("usr_email")
    mobile: Mapped[str | None] = mapped_column("usr_mobile")
    department_id: Mapped[int | None] = mapped_column(
        "usr_department_id", ForeignKey("sys_department.dep_id"), index=True
    )
    flag: Mapped[str] = mapped_column("usr_flag")
    language: Mapped[str] = mapped_column("usr_language", server_default="zh-CN")
    last_login_at: Mapped[datetime | None] = mapped_column("usr_last_login_at")
    token_version: Mapped[int] = mapped_column("usr_token_version", server_default="1", info={"secret": True})
    is_demo: Mapped[bool] = mapped_column("usr_is_demo", server_default="false")
    first_steps_hidden: Mapped[bool] = mapped_column("usr_first_steps_hidden", server_default="false")
    external_id: Mapped[str | None] = external("sys_user", "usr_external_id")

    __table_args__ = (
        Index("uq_sys_user_usr_name", func.lower(text("usr_name")), unique=True),
        CheckConstraint("usr_flag in ('active', 'disabled')", name="usr_flag"),
    )


class UserRole(Audited, Base):
    """That a person has a role."""

    __tablename__ = "sys_user_role"
    __audit__ = "users"
    __audit_id__ = "user_id"
    __audit_verbs__ = ("grant_role", "revoke_role")

    user_id: Mapped[int] = mapped_column("ur_user_id", ForeignKey("sys_user.usr_id"), primary_key=True)
    role_id: Mapped[int] = mapped_column("ur_role_id", ForeignKey("sys_role.role_id"), primary_key=True, index=True)


NAME_TAKEN, NAME_ALIKE = "uq_sys_user_usr_name", "uq_sys_user_usr_skeleton"
explain(NAME_TAKEN, "/user_name", "taken", "This log-in name is taken.")
explain(NAME_ALIKE, "/user_name", "look_alike", "Somebody's log-in name looks the same.")
