"""Acts are found in the log by what they changed, and one that is done in parts knows how far it has come.

Revision ID: 0039
Revises: 0038
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import indexes

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

INDEX = "ix_sys_log_act"


def upgrade() -> None:
    """Index only the rows that are part of an act: what people do one by one pays nothing for it."""
    op.add_column("sys_act", sa.Column("act_progress", postgresql.JSONB(), nullable=True))
    with op.get_context().autocommit_block():
        columns = "(log_act_id, log_entity, log_entity_id) where log_act_id is not null"
        indexes.build_in_parts(INDEX, "sys_log", columns)


def downgrade() -> None:
    op.drop_index(INDEX, "sys_log")
    op.drop_column("sys_act", "act_progress")
