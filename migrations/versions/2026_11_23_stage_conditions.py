"""What a stage asks of a chance before it enters, and why a chance went back to a stage.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; no stage asks for anything yet."""
    op.execute(
        "alter table sal_stage add column stg_conditions text[] default '{}' not null "
        "constraint ck_sal_stage_stg_conditions "
        "check (stg_conditions <@ array['amount', 'expected_close_date', 'linkman', 'product', 'plan_done'])"
    )
    op.add_column("sal_chance_stage", sa.Column("cst_reason", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take them away."""
    op.drop_column("sal_chance_stage", "cst_reason")
    op.drop_column("sal_stage", "stg_conditions")
