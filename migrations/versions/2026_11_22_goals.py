"""Monthly goals of people and departments.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "sys_goal",
        sa.Column("goal_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("goal_user_id", sa.BigInteger(), nullable=True),
        sa.Column("goal_department_id", sa.BigInteger(), nullable=True),
        sa.Column("goal_month", sa.Date(), nullable=False),
        sa.Column("goal_metric", sa.Text(), nullable=False),
        sa.Column("goal_value", sa.Numeric(18, 2), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("num_nonnulls(goal_user_id, goal_department_id) = 1", name=op.f("ck_sys_goal_goal_whose")),
        sa.CheckConstraint(
            "goal_metric in ('won_amount', 'paid_amount', 'new_customers')", name=op.f("ck_sys_goal_goal_metric")
        ),
        sa.CheckConstraint("extract(day from goal_month) = 1", name=op.f("ck_sys_goal_goal_month")),
        sa.CheckConstraint("goal_value >= 0", name=op.f("ck_sys_goal_goal_value")),
        sa.ForeignKeyConstraint(["goal_user_id"], ["sys_user.usr_id"], name=op.f("fk_sys_goal_goal_user_id")),
        sa.ForeignKeyConstraint(
            ["goal_department_id"], ["sys_department.dep_id"], name=op.f("fk_sys_goal_goal_department_id")
        ),
        sa.PrimaryKeyConstraint("goal_id", name=op.f("pk_sys_goal")),
    )
    op.create_index(
        "uq_sys_goal_user",
        "sys_goal",
        ["goal_user_id", "goal_month", "goal_metric"],
        unique=True,
        postgresql_where=sa.text("goal_user_id is not null"),
    )
    op.create_index(
        "uq_sys_goal_department",
        "sys_goal",
        ["goal_department_id", "goal_month", "goal_metric"],
        unique=True,
        postgresql_where=sa.text("goal_department_id is not null"),
    )
    op.create_index(op.f("ix_sys_goal_goal_department_id"), "sys_goal", ["goal_department_id"])


def downgrade() -> None:
    """Take the table out again."""
    op.drop_table("sys_goal")
