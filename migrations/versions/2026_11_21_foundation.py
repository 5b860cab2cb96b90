"""The tables of the first loop: people, rights, base data, chances, plans, customers, contacts, activities.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

# Every two neighbouring characters, lower case: the index entries of a substring search that works for Chinese.
# Whatever is added to it must be schema-qualified: indexes are built under a restricted search path.
BIGRAMS = """
create function public.crm_bigrams(t text) returns text[] language plpgsql immutable parallel safe strict as $$
declare
  letters text[] := string_to_array(lower(t), null);
  pairs text[] := '{}';
begin
  for i in 1 .. coalesce(array_length(letters, 1), 0) - 1 loop
    pairs := pairs || (letters[i] || letters[i + 1]);
  end loop;
  return pairs;
end $$
"""

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(BIGRAMS)
    op.execute("create sequence sal_chance_no maxvalue 9999999 cycle")
    op.execute("create sequence cst_customer_no maxvalue 9999999 cycle")
    op.create_table(
        "bas_dict",
        sa.Column("dict_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("dict_type", sa.Text(), nullable=False),
        sa.Column("dict_item", sa.Text(), nullable=False),
        sa.Column("dict_value", sa.Text(), nullable=False),
        sa.Column("dict_value_en", sa.Text(), nullable=True),
        sa.Column("dict_sort", sa.BigInteger(), nullable=False),
        sa.Column("dict_enabled", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("dict_is_editable", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.PrimaryKeyConstraint("dict_id", name=op.f("pk_bas_dict")),
        sa.UniqueConstraint("dict_type", "dict_item", name="uq_bas_dict_type_item"),
    )
    op.create_table(
        "product_category",
        sa.Column("pct_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("pct_name", sa.Text(), nullable=False),
        sa.Column("pct_parent_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["pct_parent_id"], ["product_category.pct_id"], name=op.f("fk_product_category_pct_parent_id")
        ),
        sa.PrimaryKeyConstraint("pct_id", name=op.f("pk_product_category")),
    )
    op.create_index(op.f("ix_product_category_pct_parent_id"), "product_category", ["pct_parent_id"], unique=False)
    op.create_table(
        "sal_chance_sum",
        sa.Column("chs_status", sa.Text(), nullable=False),
        sa.Column("chs_stage_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chs_owner_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chs_count", sa.BigInteger(), nullable=False),
        sa.Column("chs_unpriced", sa.BigInteger(), nullable=False),
        sa.Column("chs_amount", sa.Numeric(), nullable=False),
        sa.Column("chs_weighted", sa.Numeric(), nullable=False),
        sa.Column("chs_won_value", sa.Numeric(), nullable=False),
        sa.Column("chs_timed", sa.BigInteger(), nullable=False),
        sa.Column("chs_days", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chs_status", "chs_stage_id", "chs_owner_id", name=op.f("pk_sal_chance_sum")),
    )
    op.create_table(
        "sal_process",
        sa.Column("prc_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("prc_name", sa.Text(), nullable=False),
        sa.Column("prc_name_en", sa.Text(), nullable=True),
        sa.Column("prc_is_default", sa.Boolean(), nullable=False),
        sa.Column("prc_version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.PrimaryKeyConstraint("prc_id", name=op.f("pk_sal_process")),
    )
    op.create_table(
        "sys_department",
        sa.Column("dep_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("dep_name", sa.Text(), nullable=False),
        sa.Column("dep_parent_id", sa.BigInteger(), nullable=True),
        sa.Column("dep_leader_id", sa.BigInteger(), nullable=True),
        sa.Column("dep_external_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["dep_parent_id"], ["sys_department.dep_id"], name=op.f("fk_sys_department_dep_parent_id")
        ),
        sa.PrimaryKeyConstraint("dep_id", name=op.f("pk_sys_department")),
        sa.UniqueConstraint("dep_external_id", name=op.f("uq_sys_department_dep_external_id")),
    )
    op.create_index(op.f("ix_sys_department_dep_leader_id"), "sys_department", ["dep_leader_id"], unique=False)
    op.create_index(op.f("ix_sys_department_dep_parent_id"), "sys_department", ["dep_parent_id"], unique=False)
    op.create_table(
        "sys_idempotency",
        sa.Column("idm_actor_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("idm_method", sa.Text(), nullable=False),
        sa.Column("idm_path", sa.Text(), nullable=False),
        sa.Column("idm_key", sa.Text(), nullable=False),
        sa.Column("idm_body_hash", sa.Text(), nullable=False),
        sa.Column("idm_status", sa.BigInteger(), nullable=True),
        sa.Column("idm_headers", sa.Text(), nullable=True),
        sa.Column("idm_body", sa.Text(), nullable=True),
        sa.Column("idm_created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("idm_actor_id", "idm_method", "idm_path", "idm_key", name=op.f("pk_sys_idempotency")),
    )
    op.create_index(op.f("ix_sys_idempotency_idm_created_at"), "sys_idempotency", ["idm_created_at"], unique=False)
    op.create_table(
        "sys_log",
        sa.Column("log_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("log_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("log_actor_id", sa.BigInteger(), nullable=True),
        sa.Column("log_action", sa.Text(), nullable=False),
        sa.Column("log_entity", sa.Text(), nullable=False),
        sa.Column("log_entity_id", sa.BigInteger(), nullable=True),
        sa.Column("log_changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("log_ip", sa.Text(), nullable=True),
        sa.Column("log_request_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("log_id", "log_at", name=op.f("pk_sys_log")),
        postgresql_partition_by="RANGE (log_at)",
    )
    op.create_index("ix_sys_log_entity", "sys_log", ["log_entity", "log_entity_id", "log_at"], unique=False)
    op.create_table(
        "sys_login_attempt",
        sa.Column("lga_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("lga_name", sa.Text(), nullable=False),
        sa.Column("lga_ip", sa.Text(), nullable=False),
        sa.Column("lga_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("lga_id", name=op.f("pk_sys_login_attempt")),
    )
    op.create_index("ix_sys_login_attempt_ip_at", "sys_login_attempt", ["lga_ip", "lga_at"], unique=False)
    op.create_index("ix_sys_login_attempt_name_at", "sys_login_attempt", ["lga_name", "lga_at"], unique=False)
    op.create_table(
        "sys_right",
        sa.Column("right_code", sa.Text(), nullable=False),
        sa.Column("right_parent_code", sa.Text(), nullable=True),
        sa.Column("right_type", sa.Text(), nullable=False),
        sa.Column("right_text", sa.Text(), nullable=False),
        sa.Column("right_url", sa.Text(), nullable=True),
        sa.Column("right_tip", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("right_code", name=op.f("pk_sys_right")),
    )
    op.create_table(
        "sys_role",
        sa.Column("role_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("role_code", sa.Text(), nullable=False),
        sa.Column("role_name", sa.Text(), nullable=False),
        sa.Column("role_desc", sa.Text(), nullable=True),
        sa.Column("role_flag", sa.Text(), nullable=False),
        sa.Column("role_data_scope", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.PrimaryKeyConstraint("role_id", name=op.f("pk_sys_role")),
        sa.UniqueConstraint("role_code", name=op.f("uq_sys_role_role_code")),
    )
    op.create_table(
        "sys_setting",
        sa.Column("set_name", sa.Text(), nullable=False),
        sa.Column("set_value", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("set_name", name=op.f("pk_sys_setting")),
    )
    op.create_table(
        "product",
        sa.Column("prod_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("prod_name", sa.Text(), nullable=False),
        sa.Column("prod_code", sa.Text(), nullable=True),
        sa.Column("prod_type", sa.Text(), nullable=True),
        sa.Column("prod_batch", sa.Text(), nullable=True),
        sa.Column("prod_unit", sa.Text(), nullable=True),
        sa.Column("prod_price", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("prod_category_id", sa.BigInteger(), nullable=True),
        sa.Column("prod_enabled", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("prod_memo", sa.Text(), nullable=True),
        sa.Column("prod_external_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["prod_category_id"], ["product_category.pct_id"], name=op.f("fk_product_prod_category_id")
        ),
        sa.PrimaryKeyConstraint("prod_id", name=op.f("pk_product")),
        sa.UniqueConstraint("prod_code", name=op.f("uq_product_prod_code")),
        sa.UniqueConstraint("prod_external_id", name=op.f("uq_product_prod_external_id")),
    )
    op.create_index(op.f("ix_product_prod_category_id"), "product", ["prod_category_id"], unique=False)
    op.create_table(
        "sal_stage",
        sa.Column("stg_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("stg_process_id", sa.BigInteger(), nullable=False),
        sa.Column("stg_name", sa.Text(), nullable=False),
        sa.Column("stg_name_en", sa.Text(), nullable=True),
        sa.Column("stg_sort", sa.BigInteger(), nullable=False),
        sa.Column("stg_rate", sa.BigInteger(), nullable=False),
        sa.Column("stg_expected_days", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("stg_rate between 0 and 100", name=op.f("ck_sal_stage_stg_rate")),
        sa.ForeignKeyConstraint(["stg_process_id"], ["sal_process.prc_id"], name=op.f("fk_sal_stage_stg_process_id")),
        sa.PrimaryKeyConstraint("stg_id", name=op.f("pk_sal_stage")),
    )
    op.create_index(op.f("ix_sal_stage_stg_process_id"), "sal_stage", ["stg_process_id"], unique=False)
    op.create_table(
        "sys_role_right",
        sa.Column("rf_role_id", sa.BigInteger(), nullable=False),
        sa.Column("rf_right_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rf_right_code"], ["sys_right.right_code"], name=op.f("fk_sys_role_right_rf_right_code")
        ),
        sa.ForeignKeyConstraint(["rf_role_id"], ["sys_role.role_id"], name=op.f("fk_sys_role_right_rf_role_id")),
        sa.PrimaryKeyConstraint("rf_role_id", "rf_right_code", name=op.f("pk_sys_role_right")),
    )
    op.create_table(
        "sys_user",
        sa.Column("usr_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("usr_name", sa.Text(), nullable=False),
        sa.Column("usr_real_name", sa.Text(), nullable=False),
        sa.Column("usr_password", sa.Text(), nullable=True),
        sa.Column("usr_email", sa.Text(), nullable=True),
        sa.Column("usr_mobile", sa.Text(), nullable=True),
        sa.Column("usr_department_id", sa.BigInteger(), nullable=True),
        sa.Column("usr_flag", sa.Text(), nullable=False),
        sa.Column("usr_language", sa.Text(), server_default="zh-CN", nullable=False),
        sa.Column("usr_last_login_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("usr_token_version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("usr_is_demo", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("usr_external_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("usr_flag in ('active', 'disabled')", name=op.f("ck_sys_user_usr_flag")),
        sa.ForeignKeyConstraint(
            ["usr_department_id"], ["sys_department.dep_id"], name=op.f("fk_sys_user_usr_department_id")
        ),
        sa.PrimaryKeyConstraint("usr_id", name=op.f("pk_sys_user")),
        sa.UniqueConstraint("usr_external_id", name=op.f("uq_sys_user_usr_external_id")),
    )
    op.create_index(op.f("ix_sys_user_usr_department_id"), "sys_user", ["usr_department_id"], unique=False)
    op.create_index("uq_sys_user_usr_name", "sys_user", [sa.literal_column("lower(usr_name)")], unique=True)
    op.create_table(
        "cst_customer",
        sa.Column("cust_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("cust_no", sa.Text(), nullable=False),
        sa.Column("cust_name", sa.Text(), nullable=False),
        sa.Column("cust_short_name", sa.Text(), nullable=True),
        sa.Column("cust_pinyin", sa.Text(collation="C"), nullable=False),
        sa.Column("cust_initials", sa.Text(collation="C"), nullable=False),
        sa.Column("cust_region", sa.Text(), nullable=True),
        sa.Column("cust_industry", sa.Text(), nullable=True),
        sa.Column("cust_size", sa.Text(), nullable=True),
        sa.Column("cust_employees", sa.Integer(), nullable=True),
        sa.Column("cust_founded_year", sa.Integer(), nullable=True),
        sa.Column("cust_source", sa.Text(), nullable=True),
        sa.Column("cust_manager_id", sa.BigInteger(), nullable=True),
        sa.Column("cust_level", sa.Text(), nullable=True),
        sa.Column("cust_satisfy", sa.Integer(), nullable=True),
        sa.Column("cust_credit", sa.Integer(), nullable=True),
        sa.Column("cust_addr", sa.Text(), nullable=True),
        sa.Column("cust_zip", sa.Text(), nullable=True),
        sa.Column("cust_tel", sa.Text(), nullable=True),
        sa.Column("cust_fax", sa.Text(), nullable=True),
        sa.Column("cust_website", sa.Text(), nullable=True),
        sa.Column("cust_email", sa.Text(), nullable=True),
        sa.Column("cust_credit_code", sa.Text(), nullable=True),
        sa.Column("cust_licence_no", sa.Text(), nullable=True),
        sa.Column("cust_chieftain", sa.Text(), nullable=True),
        sa.Column("cust_bankroll", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("cust_turnover", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("cust_bank", sa.Text(), nullable=True),
        sa.Column("cust_bank_account", sa.Text(), nullable=True),
        sa.Column("cust_local_tax_no", sa.Text(), nullable=True),
        sa.Column("cust_national_tax_no", sa.Text(), nullable=True),
        sa.Column("cust_credit_limit", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("cust_payment_days", sa.Integer(), nullable=True),
        sa.Column("cust_parent_id", sa.BigInteger(), nullable=True),
        sa.Column("cust_status", sa.Text(), nullable=False),
        sa.Column("cust_last_order_date", sa.Date(), nullable=True),
        sa.Column("cust_last_activity_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cust_next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cust_origin_chc_id", sa.BigInteger(), nullable=True),
        sa.Column("cust_memo", sa.Text(), nullable=True),
        sa.Column("cust_external_id", sa.Text(), nullable=True),
        sa.Column(
            "cust_search",
            sa.Text(),
            sa.Computed("cust_name || coalesce(' ' || cust_short_name, '')", persisted=True),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("cust_status in ('normal', 'warning', 'lost')", name=op.f("ck_cst_customer_cust_status")),
        sa.CheckConstraint("cust_credit between 1 and 5", name=op.f("ck_cst_customer_cust_credit")),
        sa.CheckConstraint("cust_satisfy between 1 and 5", name=op.f("ck_cst_customer_cust_satisfy")),
        sa.ForeignKeyConstraint(["cust_manager_id"], ["sys_user.usr_id"], name=op.f("fk_cst_customer_cust_manager_id")),
        sa.ForeignKeyConstraint(
            ["cust_parent_id"], ["cst_customer.cust_id"], name=op.f("fk_cst_customer_cust_parent_id")
        ),
        sa.PrimaryKeyConstraint("cust_id", name=op.f("pk_cst_customer")),
        sa.UniqueConstraint("cust_external_id", name=op.f("uq_cst_customer_cust_external_id")),
        sa.UniqueConstraint("cust_no", name=op.f("uq_cst_customer_cust_no")),
    )
    op.create_index(
        "ix_cst_customer_created",
        "cst_customer",
        ["created_at", "cust_id"],
        unique=False,
        postgresql_where=sa.text("deleted_at is null"),
    )
    op.create_index(op.f("ix_cst_customer_cust_parent_id"), "cst_customer", ["cust_parent_id"], unique=False)
    op.create_index(
        "ix_cst_customer_initials",
        "cst_customer",
        ["cust_initials"],
        unique=False,
        postgresql_where=sa.text("deleted_at is null"),
    )
    op.create_index(
        "ix_cst_customer_last_activity",
        "cst_customer",
        [sa.literal_column("coalesce(cust_last_activity_at, '1970-01-01 00:00:00+00'::timestamptz)"), "cust_id"],
        unique=False,
        postgresql_where=sa.text("deleted_at is null"),
    )
    op.create_index(
        "ix_cst_customer_manager_created",
        "cst_customer",
        ["cust_manager_id", "created_at", "cust_id"],
        unique=False,
        postgresql_where=sa.text("deleted_at is null"),
    )
    op.create_index(
        "ix_cst_customer_manager_pinyin",
        "cst_customer",
        ["cust_manager_id", "cust_pinyin", "cust_id"],
        unique=False,
        postgresql_where=sa.text("deleted_at is null"),
    )
    op.create_index(
        "ix_cst_customer_pinyin",
        "cst_customer",
        ["cust_pinyin", "cust_id"],
        unique=False,
        postgresql_where=sa.text("deleted_at is null"),
    )
    op.create_index(
        "ix_cst_customer_search",
        "cst_customer",
        [sa.literal_column("crm_bigrams(cust_search)")],
        unique=False,
        postgresql_using="gin",
    )
    op.create_index(
        "ix_cst_customer_turnover",
        "cst_customer",
        [sa.literal_column("coalesce(cust_turnover, -1)"), "cust_id"],
        unique=False,
        postgresql_where=sa.text("deleted_at is null"),
    )
    op.create_index(
        "uq_cst_customer_cust_credit_code",
        "cst_customer",
        ["cust_credit_code"],
        unique=True,
        postgresql_where=sa.text("deleted_at is null"),
    )
    op.create_table(
        "sys_link",
        sa.Column("lnk_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("lnk_user_id", sa.BigInteger(), nullable=True),
        sa.Column("lnk_hash", sa.Text(), nullable=False),
        sa.Column("lnk_expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lnk_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["lnk_user_id"], ["sys_user.usr_id"], name=op.f("fk_sys_link_lnk_user_id")),
        sa.PrimaryKeyConstraint("lnk_id", name=op.f("pk_sys_link")),
        sa.UniqueConstraint("lnk_hash", name=op.f("uq_sys_link_lnk_hash")),
    )
    op.create_index(op.f("ix_sys_link_lnk_user_id"), "sys_link", ["lnk_user_id"], unique=False)
    op.create_table(
        "sys_refresh_token",
        sa.Column("rtk_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("rtk_user_id", sa.BigInteger(), nullable=False),
        sa.Column("rtk_family", sa.Text(), nullable=False),
        sa.Column("rtk_hash", sa.Text(), nullable=False),
        sa.Column("rtk_issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rtk_expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rtk_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rtk_revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["rtk_user_id"], ["sys_user.usr_id"], name=op.f("fk_sys_refresh_token_rtk_user_id")),
        sa.PrimaryKeyConstraint("rtk_id", name=op.f("pk_sys_refresh_token")),
        sa.UniqueConstraint("rtk_hash", name=op.f("uq_sys_refresh_token_rtk_hash")),
    )
    op.create_index(op.f("ix_sys_refresh_token_rtk_expires_at"), "sys_refresh_token", ["rtk_expires_at"], unique=False)
    op.create_index(op.f("ix_sys_refresh_token_rtk_family"), "sys_refresh_token", ["rtk_family"], unique=False)
    op.create_index(op.f("ix_sys_refresh_token_rtk_user_id"), "sys_refresh_token", ["rtk_user_id"], unique=False)
    op.create_table(
        "sys_user_role",
        sa.Column("ur_user_id", sa.BigInteger(), nullable=False),
        sa.Column("ur_role_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["ur_role_id"], ["sys_role.role_id"], name=op.f("fk_sys_user_role_ur_role_id")),
        sa.ForeignKeyConstraint(["ur_user_id"], ["sys_user.usr_id"], name=op.f("fk_sys_user_role_ur_user_id")),
        sa.PrimaryKeyConstraint("ur_user_id", "ur_role_id", name=op.f("pk_sys_user_role")),
    )
    op.create_index(op.f("ix_sys_user_role_ur_role_id"), "sys_user_role", ["ur_role_id"], unique=False)
    op.create_table(
        "cst_linkman",
        sa.Column("lkm_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("lkm_cust_id", sa.BigInteger(), nullable=False),
        sa.Column("lkm_name", sa.Text(), nullable=False),
        sa.Column("lkm_sex", sa.Text(), nullable=True),
        sa.Column("lkm_position", sa.Text(), nullable=True),
        sa.Column("lkm_tel", sa.Text(), nullable=True),
        sa.Column("lkm_mobile", sa.Text(), nullable=True),
        sa.Column("lkm_email", sa.Text(), nullable=True),
        sa.Column("lkm_wechat", sa.Text(), nullable=True),
        sa.Column("lkm_birthday", sa.Date(), nullable=True),
        sa.Column("lkm_hobby", sa.Text(), nullable=True),
        sa.Column("lkm_family", sa.Text(), nullable=True),
        sa.Column("lkm_background", sa.Text(), nullable=True),
        sa.Column("lkm_decision_role", sa.Text(), nullable=True),
        sa.Column("lkm_superior_id", sa.BigInteger(), nullable=True),
        sa.Column("lkm_is_primary", sa.Boolean(), nullable=False),
        sa.Column("lkm_status", sa.Text(), nullable=False),
        sa.Column("lkm_left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lkm_memo", sa.Text(), nullable=True),
        sa.Column("lkm_external_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("lkm_status in ('active', 'left')", name=op.f("ck_cst_linkman_lkm_status")),
        sa.ForeignKeyConstraint(["lkm_cust_id"], ["cst_customer.cust_id"], name=op.f("fk_cst_linkman_lkm_cust_id")),
        sa.ForeignKeyConstraint(
            ["lkm_superior_id"], ["cst_linkman.lkm_id"], name=op.f("fk_cst_linkman_lkm_superior_id")
        ),
        sa.PrimaryKeyConstraint("lkm_id", name=op.f("pk_cst_linkman")),
        sa.UniqueConstraint("lkm_external_id", name=op.f("uq_cst_linkman_lkm_external_id")),
    )
    op.create_index(
        "ix_cst_linkman_created",
        "cst_linkman",
        ["created_at", "lkm_id"],
        unique=False,
        postgresql_where=sa.text("deleted_at is null"),
    )
    op.create_index(op.f("ix_cst_linkman_lkm_cust_id"), "cst_linkman", ["lkm_cust_id"], unique=False)
    op.create_index(op.f("ix_cst_linkman_lkm_superior_id"), "cst_linkman", ["lkm_superior_id"], unique=False)
    op.create_index(
        "ix_cst_linkman_mobile_tail",
        "cst_linkman",
        [sa.literal_column("reverse(lkm_mobile)").label("tail")],
        unique=False,
        postgresql_ops={"tail": "text_pattern_ops"},
    )
    op.create_index(
        "ix_cst_linkman_name",
        "cst_linkman",
        [sa.literal_column("crm_bigrams(lkm_name)")],
        unique=False,
        postgresql_using="gin",
    )
    op.create_index(
        "ix_cst_linkman_tel_tail",
        "cst_linkman",
        [sa.literal_column("reverse(lkm_tel)").label("tail")],
        unique=False,
        postgresql_ops={"tail": "text_pattern_ops"},
    )
    op.create_index(
        "uq_cst_linkman_primary",
        "cst_linkman",
        ["lkm_cust_id"],
        unique=True,
        postgresql_where=sa.text("lkm_is_primary and deleted_at is null"),
    )
    op.create_table(
        "sal_chance",
        sa.Column("chc_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("chc_no", sa.Text(), nullable=False),
        sa.Column("chc_source", sa.Text(), nullable=True),
        sa.Column("chc_importance", sa.Text(), nullable=False),
        sa.Column("chc_cust_name", sa.Text(), nullable=False),
        sa.Column("chc_cust_id", sa.BigInteger(), nullable=True),
        sa.Column("chc_title", sa.Text(), nullable=False),
        sa.Column("chc_rate", sa.BigInteger(), nullable=False),
        sa.Column("chc_rate_is_manual", sa.Boolean(), nullable=False),
        sa.Column("chc_linkman", sa.Text(), nullable=True),
        sa.Column("chc_tel", sa.Text(), nullable=True),
        sa.Column("chc_desc", sa.Text(), nullable=True),
        sa.Column("chc_prod_id", sa.BigInteger(), nullable=True),
        sa.Column("chc_amount", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("chc_expected_close_date", sa.Date(), nullable=True),
        sa.Column("chc_stage_id", sa.BigInteger(), nullable=False),
        sa.Column("chc_create_id", sa.BigInteger(), nullable=False),
        sa.Column("chc_create_date", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chc_propose_id", sa.BigInteger(), nullable=True),
        sa.Column("chc_due_id", sa.BigInteger(), nullable=True),
        sa.Column("chc_due_date", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chc_first_due_on", sa.Date(), nullable=True),
        sa.Column("chc_status", sa.Text(), nullable=False),
        sa.Column("chc_closed_on", sa.Date(), nullable=True),
        sa.Column("chc_closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chc_close_reason_item", sa.Text(), nullable=True),
        sa.Column("chc_close_note", sa.Text(), nullable=True),
        sa.Column("chc_close_value", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("chc_last_activity_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chc_next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chc_external_id", sa.Text(), nullable=True),
        sa.Column(
            "chc_owner_id",
            sa.BigInteger(),
            sa.Computed("coalesce(chc_due_id, chc_create_id)", persisted=True),
            nullable=False,
        ),
        sa.Column(
            "chc_search", sa.Text(), sa.Computed("chc_title || ' ' || chc_cust_name", persisted=True), nullable=False
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(chc_status = 'unassigned') = (chc_due_id is null)", name=op.f("ck_sal_chance_chc_due_id")),
        sa.CheckConstraint(
            "chc_status in ('unassigned', 'assigned', 'succeeded', 'failed')", name=op.f("ck_sal_chance_chc_status")
        ),
        sa.CheckConstraint("chc_rate between 0 and 100", name=op.f("ck_sal_chance_chc_rate")),
        sa.ForeignKeyConstraint(["chc_create_id"], ["sys_user.usr_id"], name=op.f("fk_sal_chance_chc_create_id")),
        sa.ForeignKeyConstraint(["chc_cust_id"], ["cst_customer.cust_id"], name=op.f("fk_sal_chance_chc_cust_id")),
        sa.ForeignKeyConstraint(["chc_due_id"], ["sys_user.usr_id"], name=op.f("fk_sal_chance_chc_due_id")),
        sa.ForeignKeyConstraint(["chc_prod_id"], ["product.prod_id"], name=op.f("fk_sal_chance_chc_prod_id")),
        sa.ForeignKeyConstraint(["chc_propose_id"], ["sys_user.usr_id"], name=op.f("fk_sal_chance_chc_propose_id")),
        sa.ForeignKeyConstraint(["chc_stage_id"], ["sal_stage.stg_id"], name=op.f("fk_sal_chance_chc_stage_id")),
        sa.PrimaryKeyConstraint("chc_id", name=op.f("pk_sal_chance")),
        sa.UniqueConstraint("chc_external_id", name=op.f("uq_sal_chance_chc_external_id")),
        sa.UniqueConstraint("chc_no", name=op.f("uq_sal_chance_chc_no")),
    )
    op.create_index("ix_sal_chance_assignee", "sal_chance", ["chc_due_id", "chc_status"], unique=False)
    op.create_index(op.f("ix_sal_chance_chc_create_id"), "sal_chance", ["chc_create_id"], unique=False)
    op.create_index(op.f("ix_sal_chance_chc_prod_id"), "sal_chance", ["chc_prod_id"], unique=False)
    op.create_index(op.f("ix_sal_chance_chc_propose_id"), "sal_chance", ["chc_propose_id"], unique=False)
    op.create_index(
        "ix_sal_chance_created",
        "sal_chance",
        ["created_at", "chc_id"],
        unique=False,
        postgresql_where=sa.text("deleted_at is null"),
    )
    op.create_index("ix_sal_chance_customer", "sal_chance", ["chc_cust_id"], unique=False)
    op.create_index(
        "ix_sal_chance_owner_created",
        "sal_chance",
        ["chc_owner_id", "created_at", "chc_id"],
        unique=False,
        postgresql_where=sa.text("deleted_at is null"),
    )
    op.create_index(
        "ix_sal_chance_search",
        "sal_chance",
        [sa.literal_column("crm_bigrams(chc_search)")],
        unique=False,
        postgresql_using="gin",
    )
    op.create_index(
        "ix_sal_chance_stage",
        "sal_chance",
        ["chc_status", "chc_stage_id", "created_at", "chc_id"],
        unique=False,
        postgresql_where=sa.text("deleted_at is null"),
    )
    op.create_table(
        "cst_activity",
        sa.Column("atv_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("atv_cust_id", sa.BigInteger(), nullable=False),
        sa.Column("atv_lkm_id", sa.BigInteger(), nullable=True),
        sa.Column("atv_chc_id", sa.BigInteger(), nullable=True),
        sa.Column("atv_kind", sa.Text(), nullable=False),
        sa.Column("atv_purpose", sa.Text(), nullable=True),
        sa.Column("atv_date", sa.DateTime(timezone=True), nullable=False),
        sa.Column("atv_place", sa.Text(), nullable=True),
        sa.Column("atv_title", sa.Text(), nullable=False),
        sa.Column("atv_desc", sa.Text(), nullable=True),
        sa.Column("atv_next_step", sa.Text(), nullable=True),
        sa.Column("atv_next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("atv_memo", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["atv_chc_id"], ["sal_chance.chc_id"], name=op.f("fk_cst_activity_atv_chc_id")),
        sa.ForeignKeyConstraint(["atv_cust_id"], ["cst_customer.cust_id"], name=op.f("fk_cst_activity_atv_cust_id")),
        sa.ForeignKeyConstraint(["atv_lkm_id"], ["cst_linkman.lkm_id"], name=op.f("fk_cst_activity_atv_lkm_id")),
        sa.PrimaryKeyConstraint("atv_id", name=op.f("pk_cst_activity")),
    )
    op.create_index(
        "ix_cst_activity_at",
        "cst_activity",
        ["atv_date", "atv_id"],
        unique=False,
        postgresql_where=sa.text("deleted_at is null"),
    )
    op.create_index(op.f("ix_cst_activity_atv_chc_id"), "cst_activity", ["atv_chc_id"], unique=False)
    op.create_index(op.f("ix_cst_activity_atv_lkm_id"), "cst_activity", ["atv_lkm_id"], unique=False)
    op.create_index(
        "ix_cst_activity_customer_at",
        "cst_activity",
        ["atv_cust_id", "atv_date", "atv_id"],
        unique=False,
        postgresql_where=sa.text("deleted_at is null"),
    )
    op.create_table(
        "sal_chance_stage",
        sa.Column("cst_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("cst_chc_id", sa.BigInteger(), nullable=False),
        sa.Column("cst_stage_id", sa.BigInteger(), nullable=False),
        sa.Column("cst_entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cst_left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cst_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["cst_chc_id"], ["sal_chance.chc_id"], name=op.f("fk_sal_chance_stage_cst_chc_id")),
        sa.ForeignKeyConstraint(["cst_stage_id"], ["sal_stage.stg_id"], name=op.f("fk_sal_chance_stage_cst_stage_id")),
        sa.PrimaryKeyConstraint("cst_id", name=op.f("pk_sal_chance_stage")),
    )
    op.create_index(op.f("ix_sal_chance_stage_cst_chc_id"), "sal_chance_stage", ["cst_chc_id"], unique=False)
    op.create_index(op.f("ix_sal_chance_stage_cst_stage_id"), "sal_chance_stage", ["cst_stage_id"], unique=False)
    op.create_table(
        "sal_plan",
        sa.Column("pla_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("pla_chc_id", sa.BigInteger(), nullable=False),
        sa.Column("pla_date", sa.Date(), nullable=False),
        sa.Column("pla_todo", sa.Text(), nullable=False),
        sa.Column("pla_kind", sa.Text(), nullable=True),
        sa.Column("pla_status", sa.Text(), nullable=False),
        sa.Column("pla_result", sa.Text(), nullable=True),
        sa.Column("pla_done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pla_done_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("pla_status in ('open', 'done', 'cancelled')", name=op.f("ck_sal_plan_pla_status")),
        sa.ForeignKeyConstraint(["pla_chc_id"], ["sal_chance.chc_id"], name=op.f("fk_sal_plan_pla_chc_id")),
        sa.ForeignKeyConstraint(["pla_done_by"], ["sys_user.usr_id"], name=op.f("fk_sal_plan_pla_done_by")),
        sa.PrimaryKeyConstraint("pla_id", name=op.f("pk_sal_plan")),
    )
    op.create_index(
        "ix_sal_plan_open",
        "sal_plan",
        ["pla_date", "pla_id"],
        unique=False,
        postgresql_where=sa.text("pla_status = 'open'"),
    )
    op.create_index(op.f("ix_sal_plan_pla_chc_id"), "sal_plan", ["pla_chc_id"], unique=False)
    op.execute("create table sys_log_default partition of sys_log default")
    op.create_foreign_key(
        op.f("fk_sys_department_dep_leader_id"), "sys_department", "sys_user", ["dep_leader_id"], ["usr_id"]
    )
    op.create_foreign_key(
        op.f("fk_cst_customer_cust_origin_chc_id"), "cst_customer", "sal_chance", ["cust_origin_chc_id"], ["chc_id"]
    )


def downgrade() -> None:
    """There is nothing before the first tables."""
    message = "the first migration cannot be taken back; drop the database instead"
    raise RuntimeError(message)
