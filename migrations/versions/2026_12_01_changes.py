"""Changes for programs that mirror records, and the era that their cursors are of.

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sys_change",
        sa.Column("chg_entity", sa.Text(), nullable=False),
        sa.Column(
            "chg_xid", sa.BigInteger(), server_default=sa.text("((pg_current_xact_id())::text)::bigint"), nullable=False
        ),
        sa.Column("chg_entity_id", sa.BigInteger(), nullable=False),
        sa.Column("chg_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("chg_kind", sa.Text(), nullable=True),
        sa.Column("chg_was", sa.BigInteger(), nullable=True),
        sa.Column("chg_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("chg_kind in ('owner', 'named')", name=op.f("ck_sys_change_chg_kind")),
        sa.PrimaryKeyConstraint("chg_entity", "chg_xid", "chg_entity_id", "chg_id", name=op.f("pk_sys_change")),
    )
    op.create_index("ix_sys_change_at", "sys_change", ["chg_at"], unique=False, postgresql_using="brin")
    op.execute(
        "insert into sys_setting (set_name, set_value) values ('changes.era', to_jsonb(gen_random_uuid()::text)) "
        "on conflict do nothing"
    )


def downgrade() -> None:
    op.execute("delete from sys_setting where set_name = 'changes.era'")
    op.drop_table("sys_change")
