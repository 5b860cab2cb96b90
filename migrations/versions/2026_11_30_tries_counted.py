"""Tries of passwords are counted before they are looked at, by hashed keys.

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sys_login_counter",
        sa.Column("lgc_key", sa.Text(), nullable=False),
        sa.Column("lgc_count", sa.BigInteger(), nullable=False),
        sa.Column("lgc_since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("lgc_key", name=op.f("pk_sys_login_counter")),
    )
    op.create_index(op.f("ix_sys_login_counter_lgc_since"), "sys_login_counter", ["lgc_since"])


def downgrade() -> None:
    op.drop_table("sys_login_counter")
