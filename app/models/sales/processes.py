"""Sales processes and their stages (`sal_process`, `sal_stage`)."""

from datetime import datetime

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.audit import Audited
from app.core.constraints import explain
from app.core.db import Base
from app.core.orm import Stamped, key

CONDITIONS = ("amount", "expected_close_date", "linkman", "product", "plan_done")
"""What a stage may ask of a chance before it enters: facts that are filled, and a plan item that was executed."""


class Process(Stamped, Audited, Base):
    """A way of selling; one is the default for new chances.

    What chances went through is never changed: an edit of their process makes the next revision, a row of its
    own that `replaces_id` links, and retires the one before.
    """

    __tablename__ = "sal_process"
    __audit__ = "processes"

    id: Mapped[int] = key("prc_id")
    name: Mapped[str] = mapped_column("prc_name")
    name_en: Mapped[str | None] = mapped_column("prc_name_en")
    is_default: Mapped[bool] = mapped_column("prc_is_default")
    revision: Mapped[int] = mapped_column("prc_version", server_default="1")
    enabled: Mapped[bool] = mapped_column("prc_enabled", server_default="true")
    replaces_id: Mapped[int | None] = mapped_column("prc_replaces_id", ForeignKey("sal_process.prc_id"), index=True)
    retired_at: Mapped[datetime | None] = mapped_column("prc_retired_at")

    __table_args__ = (
        Index("uq_sal_process_default", "prc_is_default", unique=True, postgresql_where=text("prc_is_default")),
        Index("uq_sal_process_name", "prc_name", unique=True, postgresql_where=text("prc_retired_at is null")),
    )


class Stage(Stamped, Audited, Base):
    """A step of a process with the probability that a chance in it is won, and the conditions for entering it."""

    __tablename__ = "sal_stage"
    __audit__ = "processes"
    __audit_id__ = "process_id"
    __audit_verbs__ = ("add_stage", "remove_stage")

    id: Mapped[int] = key("stg_id")
    process_id: Mapped[int] = mapped_column("stg_process_id", ForeignKey("sal_process.prc_id"), index=True)
    name: Mapped[str] = mapped_column("stg_name")
    name_en: Mapped[str | None] = mapped_column("stg_name_en")
    sort: Mapped[int] = mapped_column("stg_sort")
    rate: Mapped[int] = mapped_column("stg_rate")
    expected_days: Mapped[int | None] = mapped_column("stg_expected_days")
    conditions: Mapped[list[str]] = mapped_column("stg_conditions", ARRAY(Text), server_default="{}")

    __table_args__ = (
        CheckConstraint("stg_rate between 0 and 100", name="stg_rate"),
        CheckConstraint(f"stg_conditions <@ array[{', '.join(map(repr, CONDITIONS))}]", name="stg_conditions"),
    )


explain("uq_sal_process_name", "/name", "taken", "Another process has this name.")
