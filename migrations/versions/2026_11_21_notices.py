"""What people are told.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "sys_notice",
        sa.Column("ntc_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ntc_user_id", sa.BigInteger(), nullable=False),
        sa.Column("ntc_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ntc_kind", sa.Text(), nullable=False),
        sa.Column("ntc_entity", sa.Text(), nullable=False),
        sa.Column("ntc_entity_id", sa.BigInteger(), nullable=False),
        sa.Column("ntc_title", sa.Text(), nullable=False),
        sa.Column("ntc_reason", sa.Text(), nullable=True),
        sa.Column("ntc_actor_id", sa.BigInteger(), nullable=True),
        sa.Column("ntc_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["ntc_user_id"], ["sys_user.usr_id"], name=op.f("fk_sys_notice_ntc_user_id")),
        sa.ForeignKeyConstraint(["ntc_actor_id"], ["sys_user.usr_id"], name=op.f("fk_sys_notice_ntc_actor_id")),
        sa.PrimaryKeyConstraint("ntc_id", name=op.f("pk_sys_notice")),
    )
    op.create_index("ix_sys_notice_user", "sys_notice", ["ntc_user_id", "ntc_id"])
    op.create_index(
        "ix_sys_notice_unread", "sys_notice", ["ntc_user_id"], postgresql_where=sa.text("ntc_read_at is null")
    )
    op.create_index(op.f("ix_sys_notice_ntc_actor_id"), "sys_notice", ["ntc_actor_id"])


def downgrade() -> None:
    """Take the table out again."""
    op.drop_table("sys_notice")
