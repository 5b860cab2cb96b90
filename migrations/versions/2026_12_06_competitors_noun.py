"""Competitors as records with products, who may read and keep them, and an index for whether chances name one.

Revision ID: 0051
Revises: 0050
"""

import sqlalchemy as sa
from alembic import op

from migrations import indexes

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

MODULE = {"code": "competitors", "text": "竞争对手", "english": "Competitors", "place": 25}
"""Between development plans and customers."""
RIGHTS = {
    "competitors:read": ("竞争对手:查看", "Competitors:read", 20, ("supervisor", "manager", "executive")),
    "competitors:write": ("竞争对手:维护", "Competitors:maintain", 40, ("supervisor",)),
}
"""In both languages, the place among its neighbours, and the built-in roles that hold it."""
NAME = "lower(normalize({}, NFKC))"
INDEXES = {
    "uq_mkt_competitor_name": f"({NAME.format('cpt_name')}) where deleted_at is null",
    "ix_mkt_competitor_pinyin": "(cpt_pinyin, cpt_id)",
    "ix_mkt_competitor_created": "(created_at, cpt_id) where deleted_at is null",
    "ix_mkt_competitor_updated": "(updated_at, cpt_id) where deleted_at is null",
    "ix_mkt_competitor_initials": "(cpt_initials)",
    "ix_mkt_competitor_code": "(lower(cpt_code) text_pattern_ops)",
    "ix_mkt_competitor_name": "using gin (crm_bigrams(cpt_name))",
    "ix_mkt_competitor_name_en": "using gin (crm_bigrams(cpt_name_en))",
    "ix_mkt_competitor_name_first": f'("left"({NAME.format("cpt_name")}, 1))',
    "ix_mkt_competitor_name_en_first": f'("left"({NAME.format("cpt_name_en")}, 1))',
}


def upgrade() -> None:
    """Index the chances first, beside those who work: it may be run again after a kill."""
    with op.get_context().autocommit_block():
        indexes.build("ix_sal_chance_competitor", "sal_chance (chc_competitor) where chc_competitor is not null")
    op.execute("create sequence mkt_competitor_no maxvalue 9999999 cycle")
    _competitors()
    _products()
    _rights()


def _competitors() -> None:
    op.create_table(
        "mkt_competitor",
        sa.Column("cpt_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("cpt_code", sa.Text(), nullable=False),
        sa.Column("cpt_name", sa.Text(), nullable=False),
        sa.Column("cpt_name_en", sa.Text(), nullable=True),
        sa.Column("cpt_pinyin", sa.Text(collation="C"), nullable=False),
        sa.Column("cpt_initials", sa.Text(collation="C"), nullable=False),
        sa.Column("cpt_website", sa.Text(), nullable=True),
        sa.Column("cpt_strategy", sa.Text(), nullable=True),
        sa.Column("cpt_memo", sa.Text(), nullable=True),
        sa.Column("cpt_enabled", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("cpt_updated_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("cpt_id", name=op.f("pk_mkt_competitor")),
        sa.UniqueConstraint("cpt_code", name=op.f("uq_mkt_competitor_cpt_code")),
    )
    # The table is new and empty: nobody waits for these.
    for name, on in INDEXES.items():
        op.execute(f"create {'unique ' if name.startswith('uq_') else ''}index {name} on mkt_competitor {on}")


def _products() -> None:
    op.create_table(
        "mkt_competitor_product",
        sa.Column("cpp_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("cpp_cpt_id", sa.BigInteger(), nullable=False),
        sa.Column("cpp_name", sa.Text(), nullable=False),
        sa.Column("cpp_price", sa.Numeric(18, 2), nullable=True),
        sa.Column("cpp_strengths", sa.Text(), nullable=True),
        sa.Column("cpp_weaknesses", sa.Text(), nullable=True),
        sa.Column("cpp_prod_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cpp_cpt_id"], ["mkt_competitor.cpt_id"], name=op.f("fk_mkt_competitor_product_cpp_cpt_id")
        ),
        sa.ForeignKeyConstraint(
            ["cpp_prod_id"], ["product.prod_id"], name=op.f("fk_mkt_competitor_product_cpp_prod_id")
        ),
        sa.PrimaryKeyConstraint("cpp_id", name=op.f("pk_mkt_competitor_product")),
        sa.UniqueConstraint("cpp_cpt_id", "cpp_name", name="uq_mkt_competitor_product_name"),
    )
    op.create_index(op.f("ix_mkt_competitor_product_cpp_prod_id"), "mkt_competitor_product", ["cpp_prod_id"])


def _rights() -> None:
    _say(
        "insert into sys_right (right_code, right_type, right_text, right_text_en, right_sort) "
        "values (:code, 'menu', :text, :english, :place)",
        **MODULE,
    )
    for code, (text, english, place, roles) in RIGHTS.items():
        _say(
            "insert into sys_right (right_code, right_parent_code, right_type, right_text, right_text_en, right_sort) "
            "values (:code, 'competitors', 'action', :text, :english, :place)",
            code=code, text=text, english=english, place=place,
        )  # fmt: skip
        for role in roles:
            _say(
                "insert into sys_role_right (rf_role_id, rf_right_code) "
                "select role_id, :code from sys_role where role_code = :role",
                code=code, role=role,
            )  # fmt: skip


def downgrade() -> None:
    """Take them away with what was written in them; chances keep the names that they have."""
    op.execute("delete from sys_role_right where rf_right_code in ('competitors:read', 'competitors:write')")
    op.execute("delete from sys_right where right_parent_code = 'competitors'")
    op.execute("delete from sys_right where right_code = 'competitors'")
    for table in ("mkt_competitor_product", "mkt_competitor"):
        op.drop_table(table)
    op.execute("drop sequence mkt_competitor_no")
    op.drop_index("ix_sal_chance_competitor", "sal_chance")


def _say(statement: str, **values: object) -> None:
    op.execute(sa.text(statement).bindparams(**values))
