"""Product categories bear ids of other systems.

Revision ID: 0038
Revises: 0037
"""

from alembic import op

from migrations import indexes

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

UNIQUE = "uq_product_category_pct_external_id"


def upgrade() -> None:
    op.execute("alter table product_category add column if not exists pct_external_id text")
    with op.get_context().autocommit_block():
        indexes.build(UNIQUE, "product_category (pct_external_id)", unique=True)
    op.execute(f"alter table product_category add constraint {UNIQUE} unique using index {UNIQUE}")


def downgrade() -> None:
    op.drop_column("product_category", "pct_external_id")
