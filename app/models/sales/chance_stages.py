"""The way of chances through the stages (`sal_chance_stage`)."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.leaving import goes
from app.core.orm import key
from app.core.told import Telling, told


class ChanceStage(Base):
    """A stay of a chance in a stage, for the history and the days per stage; a step back has a reason."""

    __tablename__ = "sal_chance_stage"
    __noun__ = "chances"

    id: Mapped[int] = key("cst_id")
    chance_id: Mapped[int] = mapped_column("cst_chc_id", ForeignKey("sal_chance.chc_id"), index=True, info=goes())
    stage_id: Mapped[int] = mapped_column("cst_stage_id", ForeignKey("sal_stage.stg_id"), index=True)
    entered_at: Mapped[datetime] = mapped_column("cst_entered_at")
    left_at: Mapped[datetime | None] = mapped_column("cst_left_at")
    entered_by: Mapped[int | None] = mapped_column("cst_by")
    reason: Mapped[str | None] = mapped_column("cst_reason")
    told: Mapped[Telling | None] = told("cst_told")
