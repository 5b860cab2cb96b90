"""Shipments of orders with the places that they came from, what is due when, contract numbers and tax rates.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ORDERS = "orders"
DUE = sa.text("coalesce(odr_due_date, '9999-01-01'::date)")
ALIVE = sa.text("deleted_at is null")
OWED = sa.text("deleted_at is null and odr_status in ('confirmed', 'completed') and odr_paid < odr_total")


def upgrade() -> None:
    """Make tables and columns. What is completed was delivered; no order is due, and nothing has a tax rate yet."""
    op.execute("create sequence orders_shipment_no maxvalue 9999999 cycle")
    _shipments()
    _taken()
    op.execute(
        "alter table product add column prod_tax_rate numeric(5, 4) "
        "constraint ck_product_prod_tax_rate check (prod_tax_rate between 0 and 1)"
    )
    op.execute(
        "alter table orders_line add column odd_tax_rate numeric(5, 4) "
        "constraint ck_orders_line_odd_tax_rate check (odd_tax_rate between 0 and 1)"
    )
    _orders()


def _shipments() -> None:
    op.create_table(
        "orders_shipment",
        sa.Column("shp_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("shp_no", sa.Text(), nullable=False),
        sa.Column("shp_order_id", sa.BigInteger(), nullable=False),
        sa.Column("shp_date", sa.Date(), nullable=False),
        sa.Column("shp_carrier", sa.Text(), nullable=True),
        sa.Column("shp_tracking_no", sa.Text(), nullable=True),
        sa.Column("shp_memo", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["shp_order_id"], ["orders.odr_id"], name=op.f("fk_orders_shipment_shp_order_id")),
        sa.PrimaryKeyConstraint("shp_id", name=op.f("pk_orders_shipment")),
        sa.UniqueConstraint("shp_no", name=op.f("uq_orders_shipment_shp_no")),
    )
    op.create_index(op.f("ix_orders_shipment_shp_order_id"), "orders_shipment", ["shp_order_id"])
    op.create_table(
        "orders_shipment_line",
        sa.Column("spl_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("spl_shipment_id", sa.BigInteger(), nullable=False),
        sa.Column("spl_line_id", sa.BigInteger(), nullable=False),
        sa.Column("spl_count", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("spl_count > 0", name=op.f("ck_orders_shipment_line_spl_count")),
        sa.ForeignKeyConstraint(
            ["spl_shipment_id"], ["orders_shipment.shp_id"], name=op.f("fk_orders_shipment_line_spl_shipment_id")
        ),
        sa.ForeignKeyConstraint(
            ["spl_line_id"], ["orders_line.odd_id"], name=op.f("fk_orders_shipment_line_spl_line_id")
        ),
        sa.PrimaryKeyConstraint("spl_id", name=op.f("pk_orders_shipment_line")),
        sa.UniqueConstraint("spl_shipment_id", "spl_line_id", name="uq_orders_shipment_line_once"),
    )
    op.create_index(op.f("ix_orders_shipment_line_spl_line_id"), "orders_shipment_line", ["spl_line_id"])


def _taken() -> None:
    op.create_table(
        "storage_taken",
        sa.Column("tkn_spl_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tkn_stk_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tkn_count", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("tkn_count > 0", name=op.f("ck_storage_taken_tkn_count")),
        sa.ForeignKeyConstraint(
            ["tkn_spl_id"], ["orders_shipment_line.spl_id"], name=op.f("fk_storage_taken_tkn_spl_id")
        ),
        sa.ForeignKeyConstraint(["tkn_stk_id"], ["storage.stk_id"], name=op.f("fk_storage_taken_tkn_stk_id")),
        sa.PrimaryKeyConstraint("tkn_spl_id", "tkn_stk_id", name=op.f("pk_storage_taken")),
    )
    op.create_index(op.f("ix_storage_taken_tkn_stk_id"), "storage_taken", ["tkn_stk_id"])


def _orders() -> None:
    # Most orders are completed: they get their state with the column, without being written.
    op.execute(
        "alter table orders add column odr_delivery_state text default 'shipped' not null "
        "constraint ck_orders_odr_delivery_state check (odr_delivery_state in ('none', 'partial', 'shipped'))"
    )
    op.execute("update orders set odr_delivery_state = 'none' where odr_status <> 'completed'")
    op.execute("alter table orders alter column odr_delivery_state set default 'none'")
    op.execute(
        "alter table orders add column odr_due_date date "
        "constraint ck_orders_odr_due_date check (odr_due_date >= odr_date)"
    )
    op.add_column(ORDERS, sa.Column("odr_contract_no", sa.Text(), nullable=True))
    op.create_index("ix_orders_delivery", ORDERS, ["odr_delivery_state", "odr_date", "odr_id"], postgresql_where=ALIVE)
    op.create_index("ix_orders_due", ORDERS, [DUE, "odr_id"], postgresql_where=ALIVE)
    op.create_index("ix_orders_holder_due", ORDERS, ["odr_holder_id", DUE, "odr_id"], postgresql_where=ALIVE)
    op.create_index("ix_orders_owed", ORDERS, [DUE, "odr_id"], postgresql_where=OWED)
    op.create_index("ix_orders_holder_owed", ORDERS, ["odr_holder_id", DUE, "odr_id"], postgresql_where=OWED)
    op.create_index(
        "ix_orders_contract", ORDERS, [sa.literal_column("crm_bigrams(odr_contract_no)")],
        postgresql_using="gin", postgresql_where=sa.text("odr_contract_no is not null"),
    )  # fmt: skip


def downgrade() -> None:
    """Take them away; what was shipped of an open order stays out of stock."""
    op.drop_column(ORDERS, "odr_contract_no")
    op.drop_column(ORDERS, "odr_due_date")
    op.drop_column(ORDERS, "odr_delivery_state")
    op.drop_column("orders_line", "odd_tax_rate")
    op.drop_column("product", "prod_tax_rate")
    op.drop_table("storage_taken")
    op.drop_table("orders_shipment_line")
    op.drop_table("orders_shipment")
    op.execute("drop sequence orders_shipment_no")
