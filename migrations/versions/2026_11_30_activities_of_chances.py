"""Activities may belong to a chance that has no customer yet.

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

from migrations import indexes

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TABLE, NAME, INDEX = "cst_activity", "ck_cst_activity_atv_cust_id", "ix_cst_activity_alone"


def upgrade() -> None:
    """Ask for a customer or a chance. The index stands alone, and the next migration proves the check: writers do not wait."""
    # Of a run that was killed at the index.
    op.execute(f"-- squawk-ignore ban-drop-constraint\nalter table {TABLE} drop constraint if exists {NAME}")
    op.execute(
        f"alter table {TABLE} add constraint {NAME} check (atv_cust_id is not null or atv_chc_id is not null) not valid"
    )
    # Programs that read the column know it may be empty from this version on.
    op.execute(f"-- squawk-ignore ban-drop-not-null\nalter table {TABLE} alter column atv_cust_id drop not null")
    with op.get_context().autocommit_block():
        indexes.build(INDEX, f"{TABLE} (atv_chc_id, atv_id) where atv_cust_id is null")


def downgrade() -> None:
    """Activities without a customer cannot go back."""
    op.drop_index(INDEX, TABLE)
    op.alter_column(TABLE, "atv_cust_id", existing_type=sa.BigInteger(), nullable=False)
    op.drop_constraint(NAME, TABLE)
