"""The log: a person's rows are found by an index, and files of reports keep what it is to tell of them.

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import indexes

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

INDEX = "ix_sys_log_actor"


def upgrade() -> None:
    """By id, as the log is listed: with the time instead, all that a person ever did would be sorted for a page."""
    with op.get_context().autocommit_block():
        indexes.build_in_parts(INDEX, "sys_log", "(log_actor_id, log_id)")
    op.add_column("rpt_export", sa.Column("exp_told", postgresql.JSONB(), nullable=True))


def downgrade() -> None:
    op.drop_column("rpt_export", "exp_told")
    op.drop_index(INDEX, "sys_log")
