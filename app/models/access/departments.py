"""The department tree (`sys_department`)."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.audit import Audited
from app.core.db import Base
from app.core.external import external
from app.core.orm import Stamped, key


class Department(Stamped, Audited, Base):
    """A part of the company; data scopes follow this tree."""

    __tablename__ = "sys_department"
    __audit__ = "departments"

    id: Mapped[int] = key("dep_id")
    name: Mapped[str] = mapped_column("dep_name")
    parent_id: Mapped[int | None] = mapped_column("dep_parent_id", ForeignKey("sys_department.dep_id"), index=True)
    leader_id: Mapped[int | None] = mapped_column(
        "dep_leader_id", ForeignKey("sys_user.usr_id", use_alter=True), index=True
    )
    external_id: Mapped[str | None] = external("sys_department", "dep_external_id")
