"""Competitors bear ids of other systems, too.

Revision ID: 0052
Revises: 0051
"""

from alembic import op

from migrations import indexes

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

TABLE, COLUMN, NAME = "mkt_competitor", "cpt_external_id", "uq_mkt_competitor_cpt_external_id"


def upgrade() -> None:
    """Index beside those who work: it may be run again after a kill."""
    op.execute(f"alter table {TABLE} add column if not exists {COLUMN} text")
    with op.get_context().autocommit_block():
        indexes.build(NAME, f"{TABLE} ({COLUMN})", unique=True)
    op.execute(f"alter table {TABLE} add constraint {NAME} unique using index {NAME}")


def downgrade() -> None:
    """Take it away."""
    op.drop_column(TABLE, COLUMN)
