"""What happened bears ids of other systems, too.

Revision ID: 0040
Revises: 0039
"""

from alembic import op

from migrations import indexes

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

COLUMNS = {
    "cst_activity": "atv_external_id",
    "sal_plan": "pla_external_id",
    "cst_service": "svr_external_id",
    "cst_lost": "lst_external_id",
    "orders_shipment": "shp_external_id",
}


def upgrade() -> None:
    for table, column in COLUMNS.items():
        op.execute(f"alter table {table} add column if not exists {column} text")
    with op.get_context().autocommit_block():
        for table, column in COLUMNS.items():
            indexes.build(f"uq_{table}_{column}", f"{table} ({column})", unique=True)
    for table, column in COLUMNS.items():
        name = f"uq_{table}_{column}"
        op.execute(f"alter table {table} add constraint {name} unique using index {name}")


def downgrade() -> None:
    for table, column in COLUMNS.items():
        op.drop_column(table, column)
