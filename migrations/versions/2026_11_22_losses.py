"""Churn: warnings, measures and lost customers.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "cst_lost",
        sa.Column("lst_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("lst_cust_id", sa.BigInteger(), nullable=False),
        sa.Column("lst_cust_manager_id", sa.BigInteger(), nullable=True),
        sa.Column("lst_last_order_date", sa.Date(), nullable=True),
        sa.Column("lst_found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lst_found_reason", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("lst_review_date", sa.Date(), nullable=True),
        sa.Column("lst_lost_date", sa.Date(), nullable=True),
        sa.Column("lst_reason_item", sa.Text(), nullable=True),
        sa.Column("lst_note", sa.Text(), nullable=True),
        sa.Column("lst_closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lst_returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lst_status", sa.Text(), nullable=False),
        *_stamps(),
        sa.CheckConstraint(
            "lst_status in ('warning', 'delayed', 'lost', 'recovered')", name=op.f("ck_cst_lost_lst_status")
        ),
        sa.CheckConstraint(
            "(lst_status = 'lost') = (lst_lost_date is not null)", name=op.f("ck_cst_lost_lst_lost_date")
        ),
        sa.ForeignKeyConstraint(["lst_cust_id"], ["cst_customer.cust_id"], name=op.f("fk_cst_lost_lst_cust_id")),
        sa.ForeignKeyConstraint(
            ["lst_cust_manager_id"], ["sys_user.usr_id"], name=op.f("fk_cst_lost_lst_cust_manager_id")
        ),
        sa.PrimaryKeyConstraint("lst_id", name=op.f("pk_cst_lost")),
    )
    still = sa.text("lst_status in ('warning', 'delayed')")
    op.create_index("uq_cst_lost_open", "cst_lost", ["lst_cust_id"], unique=True, postgresql_where=still)
    op.create_index("ix_cst_lost_customer", "cst_lost", ["lst_cust_id", "lst_id"])
    op.create_index("ix_cst_lost_found", "cst_lost", ["lst_found_at", "lst_id"])
    op.create_index("ix_cst_lost_review", "cst_lost", ["lst_review_date", "lst_id"], postgresql_where=still)
    op.create_index("ix_cst_lost_lost", "cst_lost", ["lst_lost_date", "lst_id"])
    op.create_index("ix_cst_lost_status", "cst_lost", ["lst_status", "lst_found_at", "lst_id"])
    op.create_index(op.f("ix_cst_lost_lst_cust_manager_id"), "cst_lost", ["lst_cust_manager_id"])
    op.create_table(
        "cst_lost_measure",
        sa.Column("lsm_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("lsm_lst_id", sa.BigInteger(), nullable=False),
        sa.Column("lsm_date", sa.Date(), nullable=False),
        sa.Column("lsm_text", sa.Text(), nullable=False),
        sa.Column("lsm_review_date", sa.Date(), nullable=False),
        sa.Column("lsm_by", sa.BigInteger(), nullable=False),
        *_stamps(),
        sa.ForeignKeyConstraint(["lsm_lst_id"], ["cst_lost.lst_id"], name=op.f("fk_cst_lost_measure_lsm_lst_id")),
        sa.ForeignKeyConstraint(["lsm_by"], ["sys_user.usr_id"], name=op.f("fk_cst_lost_measure_lsm_by")),
        sa.PrimaryKeyConstraint("lsm_id", name=op.f("pk_cst_lost_measure")),
    )
    op.create_index(op.f("ix_cst_lost_measure_lsm_lst_id"), "cst_lost_measure", ["lsm_lst_id"])


def _stamps() -> list[sa.Column[object]]:
    return [
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
    ]


def downgrade() -> None:
    """Take the tables out again."""
    op.drop_table("cst_lost_measure")
    op.drop_table("cst_lost")
