"""Linked chances bear their customers' names.

Revision ID: 0025
Revises: 0024
"""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the names over where a customer was renamed since; prove the check of the migration before."""
    op.execute("alter table cst_activity validate constraint ck_cst_activity_atv_cust_id")
    op.execute(
        "update sal_chance set chc_cust_name = cust_name from cst_customer "
        "where cust_id = chc_cust_id and cust_name <> chc_cust_name"
    )


def downgrade() -> None:
    """What the chances were called before is in the log of nobody."""
