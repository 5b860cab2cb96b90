"""Indexes for the orders that lists are asked in: without them, all of a million rows were sorted for a page.

Revision ID: 0032
Revises: 0031
"""

from alembic import op

from migrations import indexes

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

ALIVE = "where deleted_at is null"
INDEXES = {
    "ix_cst_customer_last_order": f"cst_customer (coalesce(cust_last_order_date, '1970-01-01'::date), cust_id) {ALIVE}",
    "ix_cst_customer_next": (
        f"cst_customer (coalesce(cust_next_at, '9999-12-31 00:00:00+00'::timestamptz), cust_id) {ALIVE}"
    ),
    "ix_cst_customer_employees": f"cst_customer (coalesce(cust_employees, -1), cust_id) {ALIVE}",
    "ix_cst_customer_status": f"cst_customer (cust_status, created_at, cust_id) {ALIVE}",
    "ix_sal_chance_amount": f"sal_chance (coalesce(chc_amount, -1), chc_id) {ALIVE}",
    "ix_sal_chance_close": f"sal_chance (coalesce(chc_expected_close_date, 'infinity'::date), chc_id) {ALIVE}",
    "ix_orders_holder_total": f"orders (odr_holder_id, odr_total, odr_id) {ALIVE}",
}


def upgrade() -> None:
    """Build them beside those who work."""
    with op.get_context().autocommit_block():
        for name, on in INDEXES.items():
            indexes.build(name, on)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name)
