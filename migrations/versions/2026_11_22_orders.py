"""Stock by place with its ledger, orders with lines and payments, and search keys of products.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ALIVE = sa.text("deleted_at is null")
PAYMENT_STATE = (
    "case when odr_paid > 0 and odr_paid >= odr_total then 'paid' when odr_paid > 0 then 'partial' "
    "when odr_total = 0 and odr_status in ('confirmed', 'completed') then 'paid' else 'unpaid' end"
)


def _stamps() -> list[sa.Column]:
    return [
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
    ]


def _key(name: str) -> sa.Column:
    return sa.Column(name, sa.BigInteger(), sa.Identity(always=False), nullable=False)


def upgrade() -> None:
    """Make the tables."""
    op.execute("create sequence orders_no maxvalue 9999999 cycle")
    _storage()
    _orders()
    _lines()
    _payments()
    _ledger()
    _reservations()


def _storage() -> None:
    op.create_table(
        "storage",
        _key("stk_id"),
        sa.Column("stk_prod_id", sa.BigInteger(), nullable=False),
        sa.Column("stk_warehouse", sa.Text(), nullable=False),
        sa.Column("stk_ware", sa.Text(), nullable=False),
        sa.Column("stk_count", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("stk_reserved", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("stk_memo", sa.Text(), nullable=True),
        *_stamps(),
        sa.CheckConstraint("stk_reserved between 0 and stk_count", name=op.f("ck_storage_stk_reserved")),
        sa.ForeignKeyConstraint(["stk_prod_id"], ["product.prod_id"], name=op.f("fk_storage_stk_prod_id")),
        sa.PrimaryKeyConstraint("stk_id", name=op.f("pk_storage")),
        sa.UniqueConstraint("stk_prod_id", "stk_warehouse", "stk_ware", name="uq_storage_place"),
    )


def _orders() -> None:
    op.create_table(
        "orders",
        _key("odr_id"),
        sa.Column("odr_no", sa.Text(), nullable=False),
        sa.Column("odr_cust_id", sa.BigInteger(), nullable=False),
        sa.Column("odr_owner_id", sa.BigInteger(), nullable=True),
        sa.Column("odr_holder_id", sa.BigInteger(), nullable=True),
        sa.Column("odr_chc_id", sa.BigInteger(), nullable=True),
        sa.Column("odr_date", sa.Date(), nullable=False),
        sa.Column("odr_addr", sa.Text(), nullable=True),
        sa.Column("odr_memo", sa.Text(), nullable=True),
        sa.Column("odr_status", sa.Text(), nullable=False),
        sa.Column("odr_total", sa.Numeric(precision=18, scale=2), server_default="0", nullable=False),
        sa.Column("odr_paid", sa.Numeric(precision=18, scale=2), server_default="0", nullable=False),
        sa.Column("odr_payment_state", sa.Text(), sa.Computed(PAYMENT_STATE, persisted=True), nullable=False),
        sa.Column("odr_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("odr_completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("odr_cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("odr_cancel_reason", sa.Text(), nullable=True),
        sa.Column("odr_external_id", sa.Text(), nullable=True),
        *_stamps(),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "odr_status in ('draft', 'confirmed', 'completed', 'cancelled')", name=op.f("ck_orders_odr_status")
        ),
        sa.CheckConstraint(
            "odr_owner_id is not null or odr_status in ('draft', 'cancelled')", name=op.f("ck_orders_odr_owner_id")
        ),
        sa.CheckConstraint("odr_paid >= 0 and odr_total >= 0", name=op.f("ck_orders_odr_total")),
        sa.ForeignKeyConstraint(["odr_cust_id"], ["cst_customer.cust_id"], name=op.f("fk_orders_odr_cust_id")),
        sa.ForeignKeyConstraint(["odr_owner_id"], ["sys_user.usr_id"], name=op.f("fk_orders_odr_owner_id")),
        sa.ForeignKeyConstraint(["odr_holder_id"], ["sys_user.usr_id"], name=op.f("fk_orders_odr_holder_id")),
        sa.ForeignKeyConstraint(["odr_chc_id"], ["sal_chance.chc_id"], name=op.f("fk_orders_odr_chc_id")),
        sa.PrimaryKeyConstraint("odr_id", name=op.f("pk_orders")),
        sa.UniqueConstraint("odr_external_id", name=op.f("uq_orders_odr_external_id")),
        sa.UniqueConstraint("odr_no", name=op.f("uq_orders_odr_no")),
    )
    op.create_index(op.f("ix_orders_odr_chc_id"), "orders", ["odr_chc_id"])
    op.create_index("ix_orders_created", "orders", ["created_at", "odr_id"], postgresql_where=ALIVE)
    op.create_index("ix_orders_date", "orders", ["odr_date", "odr_id"], postgresql_where=ALIVE)
    op.create_index("ix_orders_total", "orders", ["odr_total", "odr_id"], postgresql_where=ALIVE)
    op.create_index(
        "ix_orders_holder_created", "orders", ["odr_holder_id", "created_at", "odr_id"], postgresql_where=ALIVE
    )
    op.create_index("ix_orders_holder_date", "orders", ["odr_holder_id", "odr_date", "odr_id"], postgresql_where=ALIVE)
    op.create_index("ix_orders_customer_date", "orders", ["odr_cust_id", "odr_date", "odr_id"])
    op.create_index("ix_orders_status", "orders", ["odr_status", "odr_date", "odr_id"], postgresql_where=ALIVE)
    op.create_index("ix_orders_payment", "orders", ["odr_payment_state", "odr_date", "odr_id"], postgresql_where=ALIVE)


def _lines() -> None:
    op.create_table(
        "orders_line",
        _key("odd_id"),
        sa.Column("odd_order_id", sa.BigInteger(), nullable=False),
        sa.Column("odd_prod_id", sa.BigInteger(), nullable=False),
        sa.Column("odd_count", sa.BigInteger(), nullable=False),
        sa.Column("odd_unit", sa.Text(), nullable=True),
        sa.Column("odd_price", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("odd_discount", sa.Numeric(precision=5, scale=4), server_default="0", nullable=False),
        sa.Column("odd_amount", sa.Numeric(precision=18, scale=2), nullable=False),
        *_stamps(),
        sa.CheckConstraint("odd_count > 0", name=op.f("ck_orders_line_odd_count")),
        sa.CheckConstraint("odd_price >= 0", name=op.f("ck_orders_line_odd_price")),
        sa.CheckConstraint("odd_discount between 0 and 1", name=op.f("ck_orders_line_odd_discount")),
        sa.ForeignKeyConstraint(["odd_order_id"], ["orders.odr_id"], name=op.f("fk_orders_line_odd_order_id")),
        sa.ForeignKeyConstraint(["odd_prod_id"], ["product.prod_id"], name=op.f("fk_orders_line_odd_prod_id")),
        sa.PrimaryKeyConstraint("odd_id", name=op.f("pk_orders_line")),
    )
    op.create_index(op.f("ix_orders_line_odd_order_id"), "orders_line", ["odd_order_id"])
    op.create_index(op.f("ix_orders_line_odd_prod_id"), "orders_line", ["odd_prod_id"])


def _payments() -> None:
    op.create_table(
        "orders_payment",
        _key("opy_id"),
        sa.Column("opy_order_id", sa.BigInteger(), nullable=False),
        sa.Column("opy_date", sa.Date(), nullable=False),
        sa.Column("opy_amount", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("opy_method", sa.Text(), nullable=True),
        sa.Column("opy_memo", sa.Text(), nullable=True),
        *_stamps(),
        sa.CheckConstraint("opy_amount > 0", name=op.f("ck_orders_payment_opy_amount")),
        sa.ForeignKeyConstraint(["opy_order_id"], ["orders.odr_id"], name=op.f("fk_orders_payment_opy_order_id")),
        sa.PrimaryKeyConstraint("opy_id", name=op.f("pk_orders_payment")),
    )
    op.create_index(op.f("ix_orders_payment_opy_order_id"), "orders_payment", ["opy_order_id"])


def _ledger() -> None:
    op.create_table(
        "storage_ledger",
        _key("stl_id"),
        sa.Column("stl_stk_id", sa.BigInteger(), nullable=False),
        sa.Column("stl_change", sa.BigInteger(), nullable=False),
        sa.Column("stl_reason", sa.Text(), nullable=False),
        sa.Column("stl_count_after", sa.BigInteger(), nullable=False),
        sa.Column("stl_order_id", sa.BigInteger(), nullable=True),
        sa.Column("stl_by", sa.BigInteger(), nullable=True),
        sa.Column("stl_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("stl_change <> 0", name=op.f("ck_storage_ledger_stl_change")),
        sa.CheckConstraint("stl_count_after >= 0", name=op.f("ck_storage_ledger_stl_count_after")),
        sa.ForeignKeyConstraint(["stl_stk_id"], ["storage.stk_id"], name=op.f("fk_storage_ledger_stl_stk_id")),
        sa.ForeignKeyConstraint(["stl_order_id"], ["orders.odr_id"], name=op.f("fk_storage_ledger_stl_order_id")),
        sa.ForeignKeyConstraint(["stl_by"], ["sys_user.usr_id"], name=op.f("fk_storage_ledger_stl_by")),
        sa.PrimaryKeyConstraint("stl_id", name=op.f("pk_storage_ledger")),
    )
    op.create_index("ix_storage_ledger_place", "storage_ledger", ["stl_stk_id", "stl_id"])
    op.create_index(op.f("ix_storage_ledger_stl_order_id"), "storage_ledger", ["stl_order_id"])
    op.create_index(op.f("ix_storage_ledger_stl_by"), "storage_ledger", ["stl_by"])


def _reservations() -> None:
    op.create_table(
        "storage_reservation",
        sa.Column("rsv_line_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rsv_stk_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rsv_count", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("rsv_count > 0", name=op.f("ck_storage_reservation_rsv_count")),
        sa.ForeignKeyConstraint(
            ["rsv_line_id"], ["orders_line.odd_id"], name=op.f("fk_storage_reservation_rsv_line_id")
        ),
        sa.ForeignKeyConstraint(["rsv_stk_id"], ["storage.stk_id"], name=op.f("fk_storage_reservation_rsv_stk_id")),
        sa.PrimaryKeyConstraint("rsv_line_id", "rsv_stk_id", name=op.f("pk_storage_reservation")),
    )
    op.create_index(op.f("ix_storage_reservation_rsv_stk_id"), "storage_reservation", ["rsv_stk_id"])


def downgrade() -> None:
    """Take the tables out again."""
    for table in ("storage_reservation", "storage_ledger", "orders_payment", "orders_line", "orders", "storage"):
        op.drop_table(table)
    op.execute("drop sequence orders_no")
