"""Against whom a chance was won or lost: a value of a dictionary type that starts without any.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("sal_chance", sa.Column("chc_competitor", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take it away, and the values that were to be chosen."""
    op.drop_column("sal_chance", "chc_competitor")
    op.execute("delete from bas_dict where dict_type = 'competitor'")
