"""The log of a person is found by an index, newest first.

Revision ID: 0030
Revises: 0029
"""

from alembic import op

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


def downgrade() -> None:
    op.drop_index(INDEX, "sys_log")
