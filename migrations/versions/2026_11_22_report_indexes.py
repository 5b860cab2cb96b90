"""Chances by who created them and when they were closed, churn by when it returned: all rows had been read for them.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

CREATED, CLOSED, RETURNED = "ix_sal_chance_creator_created", "ix_sal_chance_closed", "ix_cst_lost_returned"


def upgrade() -> None:
    """Make the indexes."""
    columns = ["chc_create_id", "created_at", "chc_id"]
    op.create_index(CREATED, "sal_chance", columns, postgresql_where=sa.text("deleted_at is null"))
    op.create_index(CLOSED, "sal_chance", ["chc_closed_on"], postgresql_where=sa.text("chc_closed_on is not null"))
    op.create_index(RETURNED, "cst_lost", ["lst_returned_at"], postgresql_where=sa.text("lst_returned_at is not null"))


def downgrade() -> None:
    """Take them away."""
    op.drop_index(RETURNED, "cst_lost")
    op.drop_index(CLOSED, "sal_chance")
    op.drop_index(CREATED, "sal_chance")
