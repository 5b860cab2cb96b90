"""Columns for the normal forms of names beside them: companies for twins, telephones, looks of log-in names.

People are few: their log-in names get their looks here.

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import context, op

from app.core.lookalikes import skeleton

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

FORMS = {"cst_customer": ("cust_norm", "cust_tel_norm"), "cst_linkman": ("lkm_tel_norm", "lkm_mobile_norm")}
BIGRAMS = """
create or replace function public.crm_bigrams(t text) returns text[] language plpgsql immutable parallel safe strict as $$
declare
  letters text[] := string_to_array(lower({text}), null);
  pairs text[] := '{{}}';
begin
  for i in 1 .. coalesce(array_length(letters, 1), 0) - 1 loop
    pairs := pairs || (letters[i] || letters[i + 1]);
  end loop;
  return pairs;
end $$
"""
READING_BIGRAMS = (
    "ix_cst_customer_search", "ix_cst_linkman_name", "ix_sal_chance_search", "ix_cst_service_title", "ix_product_name",
    "ix_orders_contract",
)  # fmt: skip


def upgrade() -> None:
    """Add the columns and read bigrams of folded text. The rows get their forms, and these their indexes, later on (0029)."""
    op.create_table(
        "cst_norm",
        sa.Column("norm", sa.Text(collation="C"), nullable=False),
        sa.PrimaryKeyConstraint("norm", name=op.f("pk_cst_norm")),
    )
    for table, columns in FORMS.items():
        for column in columns:
            op.add_column(table, sa.Column(column, sa.Text(collation="C"), nullable=True))
    op.add_column("sys_user", sa.Column("usr_skeleton", sa.Text(), nullable=True))
    op.execute(BIGRAMS.format(text="normalize(t, NFKC)"))
    if not context.is_offline_mode():
        _skeletons(op.get_bind())
    op.create_unique_constraint("uq_sys_user_usr_skeleton", "sys_user", ["usr_skeleton"])


def _skeletons(connection: sa.Connection) -> None:
    """Give each person the look of their log-in name; of those who look the same, the first."""
    seen: dict[str, int] = {}
    for row_id, name in connection.execute(sa.text("select usr_id, usr_name from sys_user order by usr_id")):
        seen.setdefault(skeleton(name), row_id)
    for look, row_id in seen.items():
        connection.execute(
            sa.text("update sys_user set usr_skeleton = :look where usr_id = :id"), {"look": look, "id": row_id}
        )


def downgrade() -> None:
    """Take the forms away; texts stay in theirs."""
    op.drop_constraint("uq_sys_user_usr_skeleton", "sys_user")
    op.drop_column("sys_user", "usr_skeleton")
    for table, columns in FORMS.items():
        for column in columns:
            op.drop_column(table, column)
    op.execute(BIGRAMS.format(text="t"))
    for index in READING_BIGRAMS:
        op.execute(f"reindex index {index}")
    op.drop_table("cst_norm")
