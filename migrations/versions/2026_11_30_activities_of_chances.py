"""Activities may belong to a chance that has no customer yet.

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

NAME = "ck_cst_activity_atv_cust_id"


def upgrade() -> None:
    """Ask for a customer or a chance. The check is added unproved and proved afterwards: writers do not wait for it."""
    op.execute(
        f"alter table cst_activity add constraint {NAME} "
        "check (atv_cust_id is not null or atv_chc_id is not null) not valid"
    )
    op.execute(f"alter table cst_activity validate constraint {NAME}")
    op.alter_column("cst_activity", "atv_cust_id", existing_type=sa.BigInteger(), nullable=True)
    with op.get_context().autocommit_block():
        op.create_index(
            "ix_cst_activity_alone",
            "cst_activity",
            ["atv_chc_id", "atv_id"],
            postgresql_where=sa.text("atv_cust_id is null"),
            postgresql_concurrently=True,
        )


def downgrade() -> None:
    """Activities without a customer cannot go back."""
    op.drop_index("ix_cst_activity_alone", "cst_activity")
    op.alter_column("cst_activity", "atv_cust_id", existing_type=sa.BigInteger(), nullable=False)
    op.drop_constraint(NAME, "cst_activity")
