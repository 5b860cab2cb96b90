"""Why a chance went back to a stage, and why somebody is told, may be a code: an undo has no words of its own.

Revision ID: 0047
Revises: 0044
"""

from alembic import op

revision = "0047"
down_revision = "0044"
branch_labels = None
depends_on = None

COLUMNS = (("sys_notice", "ntc_told", "ntc_reason"), ("sal_chance_stage", "cst_told", "cst_reason"))


def upgrade() -> None:
    """Add the columns; what was written in words before stays in words."""
    for table, column, _ in COLUMNS:
        op.execute(f"alter table {table} add column if not exists {column} jsonb")


def downgrade() -> None:
    """Write words where they were."""
    for table, column, words in COLUMNS:
        op.execute(f"update {table} set {words} = '撤销刚才的操作' where {column} ->> 'code' = 'undo'")
        op.drop_column(table, column)
