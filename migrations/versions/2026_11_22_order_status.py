"""Orders of a person by status, so that the drafts of a large team are not looked for among all its orders.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NAME = "ix_orders_holder_status"


def upgrade() -> None:
    """Make the index."""
    columns = ["odr_holder_id", "odr_status", "odr_date", "odr_id"]
    op.create_index(NAME, "orders", columns, postgresql_where=sa.text("deleted_at is null"))


def downgrade() -> None:
    """Take it away."""
    op.drop_index(NAME, "orders")
