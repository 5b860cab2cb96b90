"""The posts of one person at several customers are tied together.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TABLE, COLUMN = "cst_linkman", "lkm_origin_id"


def upgrade() -> None:
    """Add the column; nobody has a second post yet."""
    op.add_column(TABLE, sa.Column(COLUMN, sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_cst_linkman_lkm_origin_id"), TABLE, TABLE, [COLUMN], ["lkm_id"])
    op.create_index(op.f("ix_cst_linkman_lkm_origin_id"), TABLE, [COLUMN])


def downgrade() -> None:
    """Take it away; the posts stay, each by itself."""
    op.drop_column(TABLE, COLUMN)
