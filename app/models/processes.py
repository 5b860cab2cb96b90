"""Sales processes and their stages (`sal_process`, `sal_stage`)."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.audit import Audited
from app.core.db import Base
from app.core.orm import Stamped, key


class Process(Stamped, Audited, Base):
    """A way of selling; one is the default for new chances."""

    __tablename__ = "sal_process"
    __audit__ = "processes"

    id: Mapped[int] = key("prc_id")
    name: Mapped[str] = mapped_column("prc_name")
    name_en: Mapped[str | None] = mapped_column("prc_name_en")
    is_default: Mapped[bool] = mapped_column("prc_is_default")
    revision: Mapped[int] = mapped_column("prc_version", server_default="1")


class Stage(Stamped, Audited, Base):
    """A step of a process with the probability that a chance in it is won."""

    __tablename__ = "sal_stage"
    __audit__ = "processes"

    id: Mapped[int] = key("stg_id")
    process_id: Mapped[int] = mapped_column("stg_process_id", ForeignKey("sal_process.prc_id"), index=True)
    name: Mapped[str] = mapped_column("stg_name")
    name_en: Mapped[str | None] = mapped_column("stg_name_en")
    sort: Mapped[int] = mapped_column("stg_sort")
    rate: Mapped[int] = mapped_column("stg_rate")
    expected_days: Mapped[int | None] = mapped_column("stg_expected_days")

    __table_args__ = (CheckConstraint("stg_rate between 0 and 100", name="stg_rate"),)
