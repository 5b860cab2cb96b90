"""What products cost, their attributes and pictures, categories that are closed, and what is on its way into stock.

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

RIGHT = "products:cost"


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
    """Make columns and tables; the right goes to administrators, supervisors and executives."""
    op.execute(
        "alter table product add column prod_cost numeric(18, 2) constraint ck_product_prod_cost check (prod_cost >= 0)"
    )
    op.execute("alter table product_category add column pct_enabled boolean default true not null")
    _attributes()
    _pictures()
    _arrivals()
    _right()


def _attributes() -> None:
    op.create_table(
        "product_attribute",
        _key("pat_id"),
        sa.Column("pat_prod_id", sa.BigInteger(), nullable=False),
        sa.Column("pat_name", sa.Text(), nullable=False),
        sa.Column("pat_value", sa.Text(), nullable=False),
        sa.Column("pat_sort", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["pat_prod_id"], ["product.prod_id"], name=op.f("fk_product_attribute_pat_prod_id")),
        sa.PrimaryKeyConstraint("pat_id", name=op.f("pk_product_attribute")),
        sa.UniqueConstraint("pat_prod_id", "pat_name", name="uq_product_attribute_name"),
    )


def _pictures() -> None:
    op.create_table(
        "product_picture",
        _key("ppc_id"),
        sa.Column("ppc_prod_id", sa.BigInteger(), nullable=False),
        sa.Column("ppc_hash", sa.Text(), nullable=False),
        sa.Column("ppc_type", sa.Text(), nullable=False),
        sa.Column("ppc_width", sa.BigInteger(), nullable=False),
        sa.Column("ppc_height", sa.BigInteger(), nullable=False),
        sa.Column("ppc_size", sa.BigInteger(), nullable=False),
        sa.Column("ppc_sort", sa.BigInteger(), nullable=False),
        sa.Column("ppc_content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "ppc_type in ('image/png', 'image/jpeg', 'image/webp')", name=op.f("ck_product_picture_ppc_type")
        ),
        sa.ForeignKeyConstraint(["ppc_prod_id"], ["product.prod_id"], name=op.f("fk_product_picture_ppc_prod_id")),
        sa.PrimaryKeyConstraint("ppc_id", name=op.f("pk_product_picture")),
        sa.UniqueConstraint("ppc_prod_id", "ppc_hash", name="uq_product_picture_hash"),
    )
    op.create_index("ix_product_picture_place", "product_picture", ["ppc_prod_id", "ppc_sort", "ppc_id"])


def _arrivals() -> None:
    op.execute("create sequence storage_arrival_no maxvalue 9999999 cycle")
    op.create_table(
        "storage_arrival",
        _key("arr_id"),
        sa.Column("arr_no", sa.Text(), nullable=False),
        sa.Column("arr_prod_id", sa.BigInteger(), nullable=False),
        sa.Column("arr_warehouse", sa.Text(), nullable=False),
        sa.Column("arr_ware", sa.Text(), nullable=False),
        sa.Column("arr_count", sa.BigInteger(), nullable=False),
        sa.Column("arr_received", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("arr_expected_on", sa.Date(), nullable=False),
        sa.Column("arr_supplier", sa.Text(), nullable=True),
        sa.Column("arr_memo", sa.Text(), nullable=True),
        sa.Column("arr_status", sa.Text(), nullable=False),
        sa.Column("arr_cancel_reason", sa.Text(), nullable=True),
        *_stamps(),
        sa.CheckConstraint(
            "arr_status in ('expected', 'received', 'cancelled')", name=op.f("ck_storage_arrival_arr_status")
        ),
        sa.CheckConstraint("arr_count > 0", name=op.f("ck_storage_arrival_arr_count")),
        sa.CheckConstraint("arr_received between 0 and arr_count", name=op.f("ck_storage_arrival_arr_received")),
        sa.CheckConstraint(
            "(arr_status = 'received') = (arr_received = arr_count)",
            name=op.f("ck_storage_arrival_arr_status_received"),
        ),
        sa.ForeignKeyConstraint(["arr_prod_id"], ["product.prod_id"], name=op.f("fk_storage_arrival_arr_prod_id")),
        sa.PrimaryKeyConstraint("arr_id", name=op.f("pk_storage_arrival")),
        sa.UniqueConstraint("arr_no", name=op.f("uq_storage_arrival_arr_no")),
    )
    op.create_index("ix_storage_arrival_expected", "storage_arrival", ["arr_expected_on", "arr_id"])
    op.create_index("ix_storage_arrival_created", "storage_arrival", ["created_at", "arr_id"])
    op.create_index("ix_storage_arrival_product", "storage_arrival", ["arr_prod_id", "arr_expected_on"])
    coming = sa.text("arr_status = 'expected'")
    op.create_index(
        "ix_storage_arrival_coming", "storage_arrival", ["arr_expected_on", "arr_id"], postgresql_where=coming
    )
    op.create_index(
        "ix_storage_arrival_product_coming", "storage_arrival", ["arr_prod_id", "arr_expected_on"],
        postgresql_where=coming,
    )  # fmt: skip
    op.add_column("storage_ledger", sa.Column("stl_arr_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_storage_ledger_stl_arr_id"), "storage_ledger", "storage_arrival", ["stl_arr_id"], ["arr_id"]
    )
    op.create_index(op.f("ix_storage_ledger_stl_arr_id"), "storage_ledger", ["stl_arr_id"])


def _right() -> None:
    op.execute(
        sa.text(
            "insert into sys_right (right_code, right_parent_code, right_type, right_text) "
            "values (:right, 'products', 'action', '产品:成本')"
        ).bindparams(right=RIGHT)
    )
    op.execute(
        sa.text(
            "insert into sys_role_right (rf_role_id, rf_right_code) "
            "select role_id, :right from sys_role where role_code in ('admin', 'supervisor', 'executive')"
        ).bindparams(right=RIGHT)
    )


def downgrade() -> None:
    """Take them away; what lies in stock stays there."""
    op.execute(sa.text("delete from sys_role_right where rf_right_code = :right").bindparams(right=RIGHT))
    op.execute(sa.text("delete from sys_right where right_code = :right").bindparams(right=RIGHT))
    op.drop_column("storage_ledger", "stl_arr_id")
    for table in ("storage_arrival", "product_picture", "product_attribute"):
        op.drop_table(table)
    op.execute("drop sequence storage_arrival_no")
    op.drop_column("product_category", "pct_enabled")
    op.drop_column("product", "prod_cost")
