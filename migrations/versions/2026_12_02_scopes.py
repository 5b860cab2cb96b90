"""A session can be limited to some of its person's rights: the scopes that its log-in asked for.

Revision ID: 0035
Revises: 0034
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0035"
down_revision = "0034"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Add the column; sessions of before are not limited."""
    op.add_column("sys_refresh_token", sa.Column("rtk_scopes", ARRAY(sa.Text())))


def downgrade() -> None:
    """Sessions that were limited are so no more: they end."""
    op.execute(
        "update sys_refresh_token set rtk_revoked_at = now() where rtk_scopes is not null and rtk_revoked_at is null"
    )
    op.drop_column("sys_refresh_token", "rtk_scopes")
