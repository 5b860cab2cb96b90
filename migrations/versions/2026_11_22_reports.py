"""Sums of orders for the contribution analysis, exports in the background, and periodic reports.

Revision ID: 0009
Revises: 0008
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_cst_customer_region", "cst_customer", ["cust_region", "cust_id"], {}),
    ("ix_cst_service_opened", "cst_service", ["svr_create_date"], {"postgresql_where": sa.text("deleted_at is null")}),
    ("ix_orders_payment_date", "orders_payment", ["opy_date", "opy_order_id"], {"postgresql_include": ["opy_amount"]}),
)
FILL = """
insert into orders_sum (ors_months, ors_first, ors_owner_id, ors_cust_id, ors_orders, ors_total, ors_paid)
select {months}, date_trunc('{unit}', odr_date)::date, {owner}, {customer}, count(*), sum(odr_total), sum(odr_paid)
from orders where odr_status in ('confirmed', 'completed') and deleted_at is null
group by date_trunc('{unit}', odr_date){keys}
"""


def upgrade() -> None:
    """Make the tables, and add up the orders that are there."""
    for name, table, columns, options in INDEXES:
        op.create_index(name, table, columns, **options)
    op.create_table(
        "orders_sum",
        sa.Column("ors_months", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ors_first", sa.Date(), nullable=False),
        sa.Column("ors_cust_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ors_owner_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ors_orders", sa.BigInteger(), nullable=False),
        sa.Column("ors_total", sa.Numeric(24, 2), nullable=False),
        sa.Column("ors_paid", sa.Numeric(24, 2), nullable=False),
        sa.PrimaryKeyConstraint("ors_months", "ors_first", "ors_cust_id", "ors_owner_id", name=op.f("pk_orders_sum")),
    )
    for months, unit in ((12, "year"), (3, "quarter"), (1, "month")):
        for owner, customer in (("odr_owner_id", "odr_cust_id"), ("odr_owner_id", "0"), ("0", "odr_cust_id")):
            keys = "".join(f", {key}" for key in (owner, customer) if key != "0")
            op.execute(FILL.format(months=months, unit=unit, owner=owner, customer=customer, keys=keys))
    op.create_index(
        "ix_orders_sum_rank",
        "orders_sum",
        ["ors_months", "ors_first", "ors_owner_id", sa.text("ors_total desc"), "ors_cust_id"],
        postgresql_include=["ors_orders", "ors_paid"],
        postgresql_where=sa.text("ors_orders > 0"),
    )
    _make_exports()
    _make_periodic()


def _make_exports() -> None:
    op.create_table(
        "rpt_export",
        sa.Column("exp_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("exp_by", sa.BigInteger(), nullable=False),
        sa.Column("exp_code", sa.Text(), nullable=False),
        sa.Column("exp_query", postgresql.JSONB(), nullable=False),
        sa.Column("exp_format", sa.Text(), nullable=False),
        sa.Column("exp_language", sa.Text(), nullable=False),
        sa.Column("exp_status", sa.Text(), nullable=False),
        sa.Column("exp_problem", sa.Text(), nullable=True),
        sa.Column("exp_name", sa.Text(), nullable=True),
        sa.Column("exp_file", sa.LargeBinary(), nullable=True),
        sa.Column("exp_done_at", sa.DateTime(timezone=True), nullable=True),
        *_stamps(),
        sa.CheckConstraint("exp_status in ('waiting', 'done', 'failed')", name=op.f("ck_rpt_export_exp_status")),
        sa.CheckConstraint("(exp_status = 'done') = (exp_file is not null)", name=op.f("ck_rpt_export_exp_file")),
        sa.ForeignKeyConstraint(["exp_by"], ["sys_user.usr_id"], name=op.f("fk_rpt_export_exp_by")),
        sa.PrimaryKeyConstraint("exp_id", name=op.f("pk_rpt_export")),
    )
    op.create_index("ix_rpt_export_by", "rpt_export", ["exp_by", "exp_id"])
    op.create_index("ix_rpt_export_created", "rpt_export", ["created_at"])


def _make_periodic() -> None:
    op.execute("create sequence rpt_report_no maxvalue 9999999 cycle")
    op.create_table(
        "rpt_report",
        sa.Column("rpt_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("rpt_no", sa.Text(), nullable=False),
        sa.Column("rpt_month", sa.Date(), nullable=False),
        sa.Column("rpt_department_id", sa.BigInteger(), nullable=False),
        sa.Column("rpt_author_id", sa.BigInteger(), nullable=False),
        sa.Column("rpt_status", sa.Text(), nullable=False),
        sa.Column("rpt_comment", sa.Text(), nullable=True),
        sa.Column("rpt_data", postgresql.JSONB(), nullable=True),
        sa.Column("rpt_issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rpt_replaces_id", sa.BigInteger(), nullable=True),
        *_stamps(),
        sa.CheckConstraint("rpt_status in ('draft', 'issued')", name=op.f("ck_rpt_report_rpt_status")),
        sa.CheckConstraint(
            "(rpt_status = 'issued') = (rpt_data is not null and rpt_issued_at is not null)",
            name=op.f("ck_rpt_report_rpt_data"),
        ),
        sa.CheckConstraint("extract(day from rpt_month) = 1", name=op.f("ck_rpt_report_rpt_month")),
        sa.ForeignKeyConstraint(
            ["rpt_department_id"], ["sys_department.dep_id"], name=op.f("fk_rpt_report_rpt_department_id")
        ),
        sa.ForeignKeyConstraint(["rpt_author_id"], ["sys_user.usr_id"], name=op.f("fk_rpt_report_rpt_author_id")),
        sa.ForeignKeyConstraint(["rpt_replaces_id"], ["rpt_report.rpt_id"], name=op.f("fk_rpt_report_rpt_replaces_id")),
        sa.PrimaryKeyConstraint("rpt_id", name=op.f("pk_rpt_report")),
        sa.UniqueConstraint("rpt_no", name=op.f("uq_rpt_report_rpt_no")),
    )
    op.create_index(op.f("ix_rpt_report_rpt_department_id"), "rpt_report", ["rpt_department_id"])
    op.create_index(op.f("ix_rpt_report_rpt_author_id"), "rpt_report", ["rpt_author_id"])
    op.create_index("uq_rpt_report_replaces", "rpt_report", ["rpt_replaces_id"], unique=True)
    op.create_index(
        "ix_rpt_report_issued", "rpt_report", ["rpt_month", "rpt_id"], postgresql_where=sa.text("rpt_status = 'issued'")
    )


def _stamps() -> list[sa.Column[Any]]:
    return [
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
    ]


def downgrade() -> None:
    """Take them out again."""
    op.drop_table("rpt_report")
    op.execute("drop sequence rpt_report_no")
    op.drop_table("rpt_export")
    op.drop_table("orders_sum")
    for name, table, _, _ in reversed(INDEXES):
        op.drop_index(name, table_name=table)
