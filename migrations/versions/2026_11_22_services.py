"""Services to customers; search keys of products; revisions of sales processes; who changed a setting.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import context, op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CATEGORIES = [
    ("usage", "使用咨询", "Use of the product"), ("fault", "故障报修", "Fault"), ("delivery", "交付安装", "Delivery and set-up"),
    ("billing", "合同账务", "Contract and billing"), ("other", "其他", "Other"),
]  # fmt: skip


def _services() -> None:
    op.execute("create sequence cst_service_no maxvalue 9999999 cycle")
    op.create_table(
        "cst_service",
        sa.Column("svr_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("svr_no", sa.Text(), nullable=False),
        sa.Column("svr_type", sa.Text(), nullable=False),
        sa.Column("svr_category", sa.Text(), nullable=True),
        sa.Column("svr_channel", sa.Text(), nullable=True),
        sa.Column("svr_title", sa.Text(), nullable=False),
        sa.Column("svr_cust_id", sa.BigInteger(), nullable=False),
        sa.Column("svr_lkm_id", sa.BigInteger(), nullable=True),
        sa.Column("svr_prod_id", sa.BigInteger(), nullable=True),
        sa.Column("svr_chc_id", sa.BigInteger(), nullable=True),
        sa.Column("svr_origin_id", sa.BigInteger(), nullable=True),
        sa.Column("svr_status", sa.Text(), nullable=False),
        sa.Column("svr_priority", sa.Text(), nullable=False),
        sa.Column("svr_deadline", sa.DateTime(timezone=True), nullable=True),
        sa.Column("svr_request", sa.Text(), nullable=False),
        sa.Column("svr_create_id", sa.BigInteger(), nullable=False),
        sa.Column("svr_create_date", sa.DateTime(timezone=True), nullable=False),
        sa.Column("svr_due_id", sa.BigInteger(), nullable=True),
        sa.Column("svr_due_date", sa.DateTime(timezone=True), nullable=True),
        sa.Column("svr_due_by", sa.BigInteger(), nullable=True),
        sa.Column("svr_first_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("svr_first_deal_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("svr_reopen_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("svr_satisfy", sa.Integer(), nullable=True),
        sa.Column("svr_severity", sa.Text(), nullable=True),
        sa.Column("svr_dept_id", sa.BigInteger(), nullable=True),
        sa.Column("svr_cause", sa.Text(), nullable=True),
        sa.Column("svr_measure", sa.Text(), nullable=True),
        sa.Column("svr_visit_by", sa.BigInteger(), nullable=True),
        sa.Column("svr_visit_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("svr_closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("svr_closed_by", sa.BigInteger(), nullable=True),
        sa.Column("svr_void_reason", sa.Text(), nullable=True),
        sa.Column("svr_manager_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "svr_owner_id",
            sa.BigInteger(),
            sa.Computed("coalesce(svr_due_id, svr_manager_id)", persisted=True),
            nullable=True,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "case svr_status when 'created' then svr_due_id is null when 'void' then true else svr_due_id is not null end",
            name=op.f("ck_cst_service_svr_due_id"),
        ),
        sa.CheckConstraint("svr_priority in ('high', 'mid', 'low')", name=op.f("ck_cst_service_svr_priority")),
        sa.CheckConstraint("svr_severity in ('high', 'mid', 'low')", name=op.f("ck_cst_service_svr_severity")),
        sa.CheckConstraint(
            "svr_status in ('created', 'assigned', 'dealt', 'archived', 'void')", name=op.f("ck_cst_service_svr_status")
        ),
        sa.CheckConstraint("svr_satisfy between 1 and 5", name=op.f("ck_cst_service_svr_satisfy")),
        sa.ForeignKeyConstraint(["svr_chc_id"], ["sal_chance.chc_id"], name=op.f("fk_cst_service_svr_chc_id")),
        sa.ForeignKeyConstraint(["svr_closed_by"], ["sys_user.usr_id"], name=op.f("fk_cst_service_svr_closed_by")),
        sa.ForeignKeyConstraint(["svr_create_id"], ["sys_user.usr_id"], name=op.f("fk_cst_service_svr_create_id")),
        sa.ForeignKeyConstraint(["svr_cust_id"], ["cst_customer.cust_id"], name=op.f("fk_cst_service_svr_cust_id")),
        sa.ForeignKeyConstraint(["svr_dept_id"], ["sys_department.dep_id"], name=op.f("fk_cst_service_svr_dept_id")),
        sa.ForeignKeyConstraint(["svr_due_by"], ["sys_user.usr_id"], name=op.f("fk_cst_service_svr_due_by")),
        sa.ForeignKeyConstraint(["svr_due_id"], ["sys_user.usr_id"], name=op.f("fk_cst_service_svr_due_id")),
        sa.ForeignKeyConstraint(["svr_lkm_id"], ["cst_linkman.lkm_id"], name=op.f("fk_cst_service_svr_lkm_id")),
        sa.ForeignKeyConstraint(["svr_manager_id"], ["sys_user.usr_id"], name=op.f("fk_cst_service_svr_manager_id")),
        sa.ForeignKeyConstraint(["svr_origin_id"], ["cst_service.svr_id"], name=op.f("fk_cst_service_svr_origin_id")),
        sa.ForeignKeyConstraint(["svr_prod_id"], ["product.prod_id"], name=op.f("fk_cst_service_svr_prod_id")),
        sa.ForeignKeyConstraint(["svr_visit_by"], ["sys_user.usr_id"], name=op.f("fk_cst_service_svr_visit_by")),
        sa.PrimaryKeyConstraint("svr_id", name=op.f("pk_cst_service")),
        sa.UniqueConstraint("svr_chc_id", name=op.f("uq_cst_service_svr_chc_id")),
        sa.UniqueConstraint("svr_no", name=op.f("uq_cst_service_svr_no")),
    )
    op.create_index(
        "ix_cst_service_assignee",
        "cst_service",
        ["svr_due_id", "svr_status", "svr_cust_id"],
        unique=False,
        postgresql_where=sa.text("deleted_at is null"),
    )
    op.create_index(
        "ix_cst_service_created",
        "cst_service",
        ["created_at", "svr_id"],
        unique=False,
        postgresql_where=sa.text("deleted_at is null"),
    )
    op.create_index(
        "ix_cst_service_creator_created",
        "cst_service",
        ["svr_create_id", "created_at", "svr_id"],
        unique=False,
        postgresql_where=sa.text("deleted_at is null"),
    )
    op.create_index("ix_cst_service_customer", "cst_service", ["svr_cust_id", "created_at", "svr_id"], unique=False)
    op.create_index(
        "ix_cst_service_deadline",
        "cst_service",
        [sa.literal_column("coalesce(svr_deadline, '9999-12-31 00:00:00+00'::timestamptz)"), "svr_id"],
        unique=False,
        postgresql_where=sa.text("deleted_at is null"),
    )
    still = sa.text("svr_status in ('created', 'assigned') and deleted_at is null")
    deadline = sa.literal_column("coalesce(svr_deadline, '9999-12-31 00:00:00+00'::timestamptz)")
    op.create_index("ix_cst_service_late", "cst_service", [deadline, "svr_id"], postgresql_where=still)
    op.create_index(
        "ix_cst_service_owner_late", "cst_service", ["svr_owner_id", deadline, "svr_id"], postgresql_where=still
    )
    op.create_index(
        "ix_cst_service_owner_waiting",
        "cst_service",
        ["svr_owner_id", "created_at", "svr_id"],
        postgresql_where=sa.text("svr_status = 'created' and deleted_at is null"),
    )
    op.create_index(
        "ix_cst_service_owner_created",
        "cst_service",
        ["svr_owner_id", "created_at", "svr_id"],
        unique=False,
        postgresql_where=sa.text("deleted_at is null"),
    )
    op.create_index(
        "ix_cst_service_owner_deadline",
        "cst_service",
        ["svr_owner_id", sa.literal_column("coalesce(svr_deadline, '9999-12-31 00:00:00+00'::timestamptz)"), "svr_id"],
        unique=False,
        postgresql_where=sa.text("deleted_at is null"),
    )
    op.create_index(
        "ix_cst_service_status",
        "cst_service",
        ["svr_status", "created_at", "svr_id"],
        unique=False,
        postgresql_where=sa.text("deleted_at is null"),
    )
    op.create_index(op.f("ix_cst_service_svr_dept_id"), "cst_service", ["svr_dept_id"], unique=False)
    op.create_index(op.f("ix_cst_service_svr_lkm_id"), "cst_service", ["svr_lkm_id"], unique=False)
    op.create_index(op.f("ix_cst_service_svr_origin_id"), "cst_service", ["svr_origin_id"], unique=False)
    op.create_index(op.f("ix_cst_service_svr_prod_id"), "cst_service", ["svr_prod_id"], unique=False)
    op.create_index(
        "ix_cst_service_title",
        "cst_service",
        [sa.literal_column("crm_bigrams(svr_title)")],
        unique=False,
        postgresql_using="gin",
    )
    op.create_table(
        "cst_service_note",
        sa.Column("srn_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("srn_svr_id", sa.BigInteger(), nullable=False),
        sa.Column("srn_text", sa.Text(), nullable=False),
        sa.Column("srn_by", sa.BigInteger(), nullable=False),
        sa.Column("srn_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["srn_by"], ["sys_user.usr_id"], name=op.f("fk_cst_service_note_srn_by")),
        sa.ForeignKeyConstraint(["srn_svr_id"], ["cst_service.svr_id"], name=op.f("fk_cst_service_note_srn_svr_id")),
        sa.PrimaryKeyConstraint("srn_id", name=op.f("pk_cst_service_note")),
    )
    op.create_index(op.f("ix_cst_service_note_srn_svr_id"), "cst_service_note", ["srn_svr_id"], unique=False)
    op.create_table(
        "cst_service_round",
        sa.Column("srd_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("srd_svr_id", sa.BigInteger(), nullable=False),
        sa.Column("srd_n", sa.Integer(), nullable=False),
        sa.Column("svr_deal", sa.Text(), nullable=False),
        sa.Column("svr_deal_id", sa.BigInteger(), nullable=False),
        sa.Column("svr_deal_date", sa.DateTime(timezone=True), nullable=False),
        sa.Column("srd_visit_by", sa.BigInteger(), nullable=True),
        sa.Column("srd_visit_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("srd_visit_note", sa.Text(), nullable=True),
        sa.Column("svr_result", sa.Text(), nullable=True),
        sa.Column("svr_satisfy", sa.Integer(), nullable=True),
        sa.Column("srd_feedback_by", sa.BigInteger(), nullable=True),
        sa.Column("srd_feedback_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("svr_satisfy between 1 and 5", name=op.f("ck_cst_service_round_svr_satisfy")),
        sa.ForeignKeyConstraint(
            ["srd_feedback_by"], ["sys_user.usr_id"], name=op.f("fk_cst_service_round_srd_feedback_by")
        ),
        sa.ForeignKeyConstraint(["srd_svr_id"], ["cst_service.svr_id"], name=op.f("fk_cst_service_round_srd_svr_id")),
        sa.ForeignKeyConstraint(["srd_visit_by"], ["sys_user.usr_id"], name=op.f("fk_cst_service_round_srd_visit_by")),
        sa.ForeignKeyConstraint(["svr_deal_id"], ["sys_user.usr_id"], name=op.f("fk_cst_service_round_svr_deal_id")),
        sa.PrimaryKeyConstraint("srd_id", name=op.f("pk_cst_service_round")),
        sa.UniqueConstraint("srd_svr_id", "srd_n", name="uq_cst_service_round_n"),
    )
    for place, (item, value, english) in enumerate(CATEGORIES):
        op.execute(
            sa.text(
                "insert into bas_dict (dict_type, dict_item, dict_value, dict_value_en, dict_sort) "
                "values ('service_category', :item, :value, :english, :sort)"
            ).bindparams(item=item, value=value, english=english, sort=place * 10)
        )


def _products() -> None:
    op.add_column("product", sa.Column("prod_pinyin", sa.Text(collation="C"), server_default="", nullable=False))
    op.add_column("product", sa.Column("prod_initials", sa.Text(collation="C"), server_default="", nullable=False))
    op.create_index(
        "ix_product_code",
        "product",
        [sa.literal_column("lower(prod_code)").label("code")],
        unique=False,
        postgresql_ops={"code": "text_pattern_ops"},
    )
    op.create_index("ix_product_created", "product", ["created_at", "prod_id"], unique=False)
    op.create_index("ix_product_initials", "product", ["prod_initials"], unique=False)
    op.create_index(
        "ix_product_name",
        "product",
        [sa.literal_column("crm_bigrams(prod_name)")],
        unique=False,
        postgresql_using="gin",
    )
    op.create_index("ix_product_pinyin", "product", ["prod_pinyin", "prod_id"], unique=False)
    if not context.is_offline_mode():
        _spell()


def _spell() -> None:
    """Write the search keys of the products that are there, by the function that writes those of new ones."""
    from app.core.pinyin import keys  # noqa: PLC0415  only where there are products

    table = sa.table(
        "product", sa.column("prod_id"), sa.column("prod_name"), sa.column("prod_pinyin"), sa.column("prod_initials")
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(table.c.prod_id, table.c.prod_name)).all():
        pinyin, initials = keys(row.prod_name)
        changed = sa.update(table).where(table.c.prod_id == row.prod_id)
        connection.execute(changed.values(prod_pinyin=pinyin, prod_initials=initials))


def _processes() -> None:
    op.add_column("sal_process", sa.Column("prc_enabled", sa.Boolean(), server_default="true", nullable=False))
    op.add_column("sal_process", sa.Column("prc_replaces_id", sa.BigInteger(), nullable=True))
    op.add_column("sal_process", sa.Column("prc_retired_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_sal_process_prc_replaces_id"), "sal_process", ["prc_replaces_id"], unique=False)
    op.create_index(
        "uq_sal_process_default",
        "sal_process",
        ["prc_is_default"],
        unique=True,
        postgresql_where=sa.text("prc_is_default"),
    )
    op.create_index(
        "uq_sal_process_name",
        "sal_process",
        ["prc_name"],
        unique=True,
        postgresql_where=sa.text("prc_retired_at is null"),
    )
    op.create_foreign_key(
        op.f("fk_sal_process_prc_replaces_id"),
        "sal_process",
        "sal_process",
        ["prc_replaces_id"],
        ["prc_id"],
        postgresql_not_valid=True,
    )


def _settings() -> None:
    op.add_column("sys_setting", sa.Column("set_changed_by", sa.BigInteger(), nullable=True))
    op.add_column(
        "sys_setting",
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    )
    op.add_column(
        "sys_setting",
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    )
    op.add_column("sys_setting", sa.Column("created_by", sa.BigInteger(), nullable=True))
    op.add_column("sys_setting", sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False))


def upgrade() -> None:
    """Make the tables and columns."""
    _services()
    _products()
    _processes()
    _settings()


def downgrade() -> None:
    """Take them out again."""
    for column in ("version", "created_by", "updated_at", "created_at", "set_changed_by"):
        op.drop_column("sys_setting", column)
    op.execute("drop index uq_sal_process_name")
    op.execute("drop index uq_sal_process_default")
    for column in ("prc_retired_at", "prc_replaces_id", "prc_enabled"):
        op.drop_column("sal_process", column)
    for index in ("name", "created", "code"):
        op.execute(f"drop index ix_product_{index}")
    op.drop_column("product", "prod_initials")
    op.drop_column("product", "prod_pinyin")
    for table in ("cst_service_round", "cst_service_note", "cst_service"):
        op.drop_table(table)
    op.execute("drop sequence cst_service_no")
    op.execute("delete from bas_dict where dict_type = 'service_category'")
