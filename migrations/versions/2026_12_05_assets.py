"""What customers have of ours, each piece by itself.

Revision ID: 0050
Revises: 0049
"""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

ALIVE = sa.text("deleted_at is null")
RIGHTS = {
    "assets:read": ("已购设备:查看", "Assets:read", 10, ("supervisor", "manager", "executive")),
    "assets:write": ("已购设备:编辑", "Assets:edit", 20, ("supervisor", "manager")),
}
"""Code -> Chinese, English, place, and the built-in roles that hold it. Their module stands behind services."""


def upgrade() -> None:
    """Make the table and its rights."""
    op.execute("create sequence svr_asset_no maxvalue 9999999 cycle")
    op.create_table(
        "svr_asset",
        sa.Column("ast_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ast_no", sa.Text(), nullable=False),
        sa.Column("ast_cust_id", sa.BigInteger(), nullable=False),
        sa.Column("ast_manager_id", sa.BigInteger(), nullable=True),
        sa.Column("ast_prod_id", sa.BigInteger(), nullable=False),
        sa.Column("ast_serial_no", sa.Text(), nullable=True),
        sa.Column("ast_delivered_on", sa.Date(), nullable=True),
        sa.Column("ast_warranty_until", sa.Date(), nullable=True),
        sa.Column("ast_place", sa.Text(), nullable=True),
        sa.Column("ast_memo", sa.Text(), nullable=True),
        sa.Column("ast_shp_id", sa.BigInteger(), nullable=True),
        sa.Column("ast_external_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("ast_warranty_until >= ast_delivered_on", name=op.f("ck_svr_asset_ast_warranty_until")),
        *(
            sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_svr_asset_{column}"))
            for column, target in (
                ("ast_cust_id", "cst_customer.cust_id"), ("ast_manager_id", "sys_user.usr_id"),
                ("ast_prod_id", "product.prod_id"), ("ast_shp_id", "orders_shipment.shp_id"),
            )
        ),
        sa.PrimaryKeyConstraint("ast_id", name=op.f("pk_svr_asset")),
        sa.UniqueConstraint("ast_no", name=op.f("uq_svr_asset_ast_no")),
        sa.UniqueConstraint("ast_external_id", name=op.f("uq_svr_asset_ast_external_id")),
    )  # fmt: skip
    _indexes()
    op.execute(
        "insert into sys_right (right_code, right_type, right_text, right_text_en, right_sort) "
        "values ('assets', 'menu', '已购设备', 'Assets', 85)"
    )
    for code, (text, english, sort, roles) in RIGHTS.items():
        op.execute(
            sa.text(
                "insert into sys_right (right_code, right_parent_code, right_type, right_text, right_text_en, right_sort) "
                "values (:code, 'assets', 'action', :text, :english, :sort)"
            ).bindparams(code=code, text=text, english=english, sort=sort)
        )
        op.execute(
            sa.text(
                "insert into sys_role_right (rf_role_id, rf_right_code) "
                "select role_id, :code from sys_role where role_code = any(:roles)"
            ).bindparams(sa.bindparam("roles", list(roles), sa.ARRAY(sa.Text())), code=code)
        )


def _indexes() -> None:
    for name, columns in {
        "created": ["created_at", "ast_id"],
        "manager_created": ["ast_manager_id", "created_at", "ast_id"],
        "delivered": [sa.text("coalesce(ast_delivered_on, '1900-01-01'::date)"), "ast_id"],
        "warranty": [sa.text("coalesce(ast_warranty_until, '9998-12-31'::date)"), "ast_id"],
    }.items():
        op.create_index(f"ix_svr_asset_{name}", "svr_asset", columns, postgresql_where=ALIVE)
    for column in ("ast_cust_id", "ast_manager_id", "ast_prod_id", "ast_shp_id"):
        op.create_index(f"ix_svr_asset_{column}", "svr_asset", [column])
    op.create_index(
        "ix_svr_asset_sorts", "svr_asset", ["ast_manager_id"], postgresql_where=ALIVE,
        postgresql_include=["ast_id", "ast_prod_id", "ast_delivered_on", "ast_warranty_until"],
    )  # fmt: skip
    op.create_index(
        "uq_svr_asset_serial_no", "svr_asset", ["ast_prod_id", sa.text("lower(ast_serial_no)")], unique=True,
        postgresql_where=sa.text("ast_serial_no is not null and deleted_at is null"),
    )  # fmt: skip
    op.execute(
        "create index ix_svr_asset_serial_no on svr_asset (lower(ast_serial_no) text_pattern_ops) "
        "where deleted_at is null"
    )


def downgrade() -> None:
    for code in RIGHTS:
        op.execute(sa.text("delete from sys_role_right where rf_right_code = :code").bindparams(code=code))
        op.execute(sa.text("delete from sys_right where right_code = :code").bindparams(code=code))
    op.execute("delete from sys_right where right_code = 'assets'")
    op.drop_table("svr_asset")
    op.execute("drop sequence svr_asset_no")
