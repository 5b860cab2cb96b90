"""Churn entries repeat their customer's manager and hide with their customer, so that a list reads one index.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLE = "cst_lost"
ALIVE = sa.text("deleted_at is null")
STILL = sa.text("lst_status in ('warning', 'delayed')")
STILL_ALIVE = sa.text("lst_status in ('warning', 'delayed') and deleted_at is null")
FILL = """
    update cst_lost set lst_owner_id = cust_manager_id, deleted_at = c.deleted_at, deleted_by = c.deleted_by
    from cst_customer as c where cust_id = lst_cust_id
"""
REPLACED = ("ix_cst_lost_found", "ix_cst_lost_status", "ix_cst_lost_review", "ix_cst_lost_lost")


def upgrade() -> None:
    """Add the columns, fill them from the customers, and make the indexes anew."""
    op.add_column(TABLE, sa.Column("lst_owner_id", sa.BigInteger(), nullable=True))
    op.add_column(TABLE, sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(TABLE, sa.Column("deleted_by", sa.BigInteger(), nullable=True))
    op.execute(FILL)
    op.create_foreign_key(op.f("fk_cst_lost_lst_owner_id"), TABLE, "sys_user", ["lst_owner_id"], ["usr_id"])
    for name in REPLACED:
        op.drop_index(name, TABLE)
    op.create_index("ix_cst_lost_found", TABLE, ["lst_found_at", "lst_id"], postgresql_where=ALIVE)
    op.create_index(
        "ix_cst_lost_owner_found", TABLE, ["lst_owner_id", "lst_found_at", "lst_id"], postgresql_where=ALIVE
    )
    op.create_index("ix_cst_lost_status", TABLE, ["lst_status", "lst_found_at", "lst_id"], postgresql_where=ALIVE)
    op.create_index(
        "ix_cst_lost_owner_status", TABLE, ["lst_owner_id", "lst_status", "lst_found_at"], postgresql_where=ALIVE
    )
    op.create_index("ix_cst_lost_review", TABLE, ["lst_review_date", "lst_id"], postgresql_where=STILL_ALIVE)
    lost, closed = sa.text("lst_lost_date is not null"), sa.text("lst_closed_at is not null")
    op.create_index("ix_cst_lost_lost", TABLE, ["lst_lost_date", "lst_id"], postgresql_where=lost)
    op.create_index("ix_cst_lost_closed", TABLE, ["lst_closed_at"], postgresql_where=closed)


def downgrade() -> None:
    """Take the columns out again, with the indexes that were before."""
    for name in (*REPLACED, "ix_cst_lost_owner_found", "ix_cst_lost_owner_status", "ix_cst_lost_closed"):
        op.drop_index(name, TABLE)
    for name in ("deleted_by", "deleted_at", "lst_owner_id"):
        op.drop_column(TABLE, name)
    op.create_index("ix_cst_lost_found", TABLE, ["lst_found_at", "lst_id"])
    op.create_index("ix_cst_lost_review", TABLE, ["lst_review_date", "lst_id"], postgresql_where=STILL)
    op.create_index("ix_cst_lost_lost", TABLE, ["lst_lost_date", "lst_id"])
    op.create_index("ix_cst_lost_status", TABLE, ["lst_status", "lst_found_at", "lst_id"])
