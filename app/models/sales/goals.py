"""What a person or a department is to reach in a month (`sys_goal`)."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.audit import Audited
from app.core.db import Base
from app.core.orm import Stamped, key


class Goal(Stamped, Audited, Base):
    """A goal of one person or of one department; a department's goal is its own row, not a sum."""

    __tablename__ = "sys_goal"
    __audit__ = "goals"

    id: Mapped[int] = key("goal_id")
    user_id: Mapped[int | None] = mapped_column("goal_user_id", ForeignKey("sys_user.usr_id"), index=True)
    department_id: Mapped[int | None] = mapped_column(
        "goal_department_id", ForeignKey("sys_department.dep_id"), index=True
    )
    month: Mapped[date] = mapped_column("goal_month")
    metric: Mapped[str] = mapped_column("goal_metric")
    value: Mapped[Decimal] = mapped_column("goal_value")

    __table_args__ = (
        CheckConstraint("num_nonnulls(goal_user_id, goal_department_id) = 1", name="goal_whose"),
        CheckConstraint("goal_metric in ('won_amount', 'paid_amount', 'new_customers')", name="goal_metric"),
        CheckConstraint("extract(day from goal_month) = 1", name="goal_month"),
        CheckConstraint("goal_value >= 0", name="goal_value"),
        Index(
            "uq_sys_goal_user", "goal_user_id", "goal_month", "goal_metric",
            unique=True, postgresql_where=text("goal_user_id is not null"),
        ),
        Index(
            "uq_sys_goal_department", "goal_department_id", "goal_month", "goal_metric",
            unique=True, postgresql_where=text("goal_department_id is not null"),
        ),
    )  # fmt: skip
