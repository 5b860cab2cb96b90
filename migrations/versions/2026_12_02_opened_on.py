"""Since when somebody is a customer: the day that reports count by, the day of the record where nobody told otherwise.

Revision ID: 0037
Revises: 0036
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from migrations import batches, indexes

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

NOTE = "migration.opened_on"
INDEXES = {
    "ix_cst_customer_opened": "cst_customer (cust_opened_on, cust_id) where deleted_at is null",
    "ix_cst_customer_manager_opened": "cst_customer (cust_manager_id, cust_opened_on, cust_id) where deleted_at is null",
}
ZONE = sa.text("select set_value #>> '{}' from sys_setting where set_name = 'company.timezone'")
FILL = sa.text(
    "update cst_customer set cust_opened_on = (created_at at time zone :zone)::date "
    "where cust_id = any(:ids) and cust_opened_on is null"
)
SET = "cust_opened_on is not null"


def upgrade() -> None:
    """Add the column, then fill it beside those who work, then demand it."""
    # Without a value for the rows that are there; who writes a customer without a day gets the day of writing.
    op.execute("alter table cst_customer add column if not exists cust_opened_on date")
    op.execute("alter table cst_customer alter column cust_opened_on set default current_date")
    ignored = "-- squawk-ignore ban-drop-constraint"
    op.execute(f"{ignored}\nalter table cst_customer drop constraint if exists cust_opened_on_set")
    op.execute(f"alter table cst_customer add constraint cust_opened_on_set check ({SET}) not valid")
    with op.get_context().autocommit_block():
        if not context.is_offline_mode():
            batches.walk(op.get_bind(), NOTE, "cst_customer", "cust_id", ["created_at"], _fill)
        op.execute("alter table cst_customer validate constraint cust_opened_on_set")
        for name, on in INDEXES.items():
            indexes.build(name, on)
    # What was validated is not looked at again.
    op.execute(
        "-- squawk-ignore adding-not-nullable-field\nalter table cst_customer alter column cust_opened_on set not null"
    )
    op.execute(f"{ignored}\nalter table cst_customer drop constraint cust_opened_on_set")
    if not context.is_offline_mode():
        batches.finish(op.get_bind(), NOTE)


def _fill(connection: sa.Connection, rows: Sequence[Any]) -> int:
    zone = connection.scalar(ZONE) or "Asia/Shanghai"
    return connection.execute(FILL, {"ids": [row[0] for row in rows], "zone": zone}).rowcount


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, "cst_customer")
    op.drop_column("cst_customer", "cust_opened_on")
