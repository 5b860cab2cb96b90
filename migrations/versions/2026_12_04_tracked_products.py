"""Products say whether their pieces are tracked one by one at customers, and how long these are under warranty.

Revision ID: 0049
Revises: 0048
"""

from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; no product of before is tracked."""
    op.execute("alter table product add column prod_is_tracked boolean default false not null")
    op.execute(
        "alter table product add column prod_warranty_months bigint "
        "constraint ck_product_prod_warranty_months check (prod_warranty_months between 1 and 600)"
    )


def downgrade() -> None:
    op.drop_column("product", "prod_warranty_months")
    op.drop_column("product", "prod_is_tracked")
