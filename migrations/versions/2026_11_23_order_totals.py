"""What all customers together ordered, by region and owner: counted anew from the sums of customers.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLE = "orders_total"
FILL = """
insert into orders_total (ort_months, ort_first, ort_owner_id, ort_region, ort_part,
                          ort_customers, ort_orders, ort_total, ort_paid)
select ors_months, ors_first, ors_owner_id, coalesce(cust_region, ''),
       case when ors_owner_id = 0 then ors_cust_id % 16 else 0 end,
       count(*) filter (where ors_total > 0), sum(ors_orders), sum(ors_total), sum(ors_paid)
from orders_sum join cst_customer on cust_id = ors_cust_id where ors_orders > 0
group by 1, 2, 3, 4, 5
"""
OF_OWNERS = """
insert into orders_sum (ors_months, ors_first, ors_owner_id, ors_cust_id, ors_orders, ors_total, ors_paid)
select ort_months, ort_first, ort_owner_id, 0, sum(ort_orders), sum(ort_total), sum(ort_paid)
from orders_total where ort_owner_id <> 0
group by 1, 2, 3
"""


def upgrade() -> None:
    """Make the table, fill it, and take away the rows that said a part of it: an owner's for all customers."""
    op.create_table(
        TABLE,
        sa.Column("ort_months", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ort_first", sa.Date(), nullable=False),
        sa.Column("ort_owner_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ort_region", sa.Text(), nullable=False),
        sa.Column("ort_part", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ort_customers", sa.BigInteger(), nullable=False),
        sa.Column("ort_orders", sa.BigInteger(), nullable=False),
        sa.Column("ort_total", sa.Numeric(24, 2), nullable=False),
        sa.Column("ort_paid", sa.Numeric(24, 2), nullable=False),
        sa.PrimaryKeyConstraint(
            "ort_months", "ort_first", "ort_owner_id", "ort_region", "ort_part", name=op.f("pk_orders_total")
        ),
    )
    op.execute("delete from orders_sum where ors_cust_id = 0")
    op.execute(FILL)


def downgrade() -> None:
    """Give the owners their rows back."""
    op.execute(OF_OWNERS)
    op.drop_table(TABLE)
