"""Indexes for one character that is looked for: without them, every name was folded and compared.

Revision ID: 0045
Revises: 0047
"""

from alembic import op

from migrations import indexes

revision = "0045"
down_revision = "0047"
branch_labels = None
depends_on = None

ALIVE = " where deleted_at is null"
NAMES = {
    "cst_customer": ("cust_search", ALIVE),
    "cst_linkman": ("lkm_name", ALIVE),
    "sal_chance": ("chc_search", ALIVE),
    "cst_service": ("svr_title", ALIVE),
    "product": ("prod_name", ""),
}


def upgrade() -> None:
    """Build them beside those who work."""
    with op.get_context().autocommit_block():
        for table, (name, where) in NAMES.items():
            indexes.build(f"ix_{table}_first", f"{table} (left(lower(normalize({name}, NFKC)), 1)){where}")


def downgrade() -> None:
    for table in NAMES:
        op.drop_index(f"ix_{table}_first")
