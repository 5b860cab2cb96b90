"""Acts, imports as acts, and the act that a row of the log is part of.

Revision ID: 0036
Revises: 0035
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sys_act",
        sa.Column("act_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("act_noun", sa.Text(), nullable=True),
        sa.Column("act_kind", sa.Text(), nullable=False),
        sa.Column("act_by", sa.BigInteger(), nullable=True),
        sa.Column("act_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("act_count", sa.BigInteger(), nullable=False),
        sa.Column("act_state", sa.Text(), nullable=False),
        sa.Column("act_undoes", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("act_kind in ('import', 'take_back')", name=op.f("ck_sys_act_act_kind")),
        sa.CheckConstraint("act_state in ('running', 'done', 'stopped', 'undone')", name=op.f("ck_sys_act_act_state")),
        sa.ForeignKeyConstraint(["act_undoes"], ["sys_act.act_id"], name=op.f("fk_sys_act_act_undoes")),
        sa.PrimaryKeyConstraint("act_id", name=op.f("pk_sys_act")),
    )
    op.create_index(op.f("ix_sys_act_act_undoes"), "sys_act", ["act_undoes"])
    op.create_table(
        "sys_import",
        sa.Column("imp_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("imp_run", sa.Uuid(), nullable=False),
        sa.Column("imp_source", sa.Text(), nullable=True),
        sa.Column("imp_act_id", sa.BigInteger(), nullable=False),
        sa.Column("imp_counts", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["imp_act_id"], ["sys_act.act_id"], name=op.f("fk_sys_import_imp_act_id")),
        sa.PrimaryKeyConstraint("imp_id", name=op.f("pk_sys_import")),
        sa.UniqueConstraint("imp_run", name=op.f("uq_sys_import_imp_run")),
        sa.UniqueConstraint("imp_act_id", name=op.f("uq_sys_import_imp_act_id")),
    )
    op.create_table(
        "sys_import_row",
        sa.Column("imr_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("imr_import_id", sa.BigInteger(), nullable=False),
        sa.Column("imr_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imr_noun", sa.Text(), nullable=False),
        sa.Column("imr_row", sa.BigInteger(), nullable=False),
        sa.Column("imr_outcome", sa.Text(), nullable=False),
        sa.Column("imr_record_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "imr_outcome in ('created', 'updated', 'refused')", name=op.f("ck_sys_import_row_imr_outcome")
        ),
        sa.ForeignKeyConstraint(["imr_import_id"], ["sys_import.imp_id"], name=op.f("fk_sys_import_row_imr_import_id")),
        sa.PrimaryKeyConstraint("imr_id", name=op.f("pk_sys_import_row")),
    )
    op.create_index("ix_sys_import_row_import", "sys_import_row", ["imr_import_id", "imr_noun", "imr_record_id"])
    op.create_index("ix_sys_import_row_at", "sys_import_row", ["imr_at"], postgresql_using="brin")
    op.add_column("sys_log", sa.Column("log_act_id", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("sys_log", "log_act_id")
    op.drop_table("sys_import_row")
    op.drop_table("sys_import")
    op.drop_table("sys_act")
