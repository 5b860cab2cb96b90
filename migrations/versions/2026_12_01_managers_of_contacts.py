"""A contact repeats its customer's manager, so that the contacts of a person or department are found by one index.

Revision ID: 0031
Revises: 0030
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from migrations import batches, indexes

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

NOTE = "migration.managers_of_contacts"
INDEXES = {
    "ix_cst_linkman_manager_created": "cst_linkman (lkm_manager_id, created_at, lkm_id) where deleted_at is null",
    "ix_cst_linkman_manager_name": "cst_linkman (lkm_manager_id, lkm_name, lkm_id) where deleted_at is null",
    "ix_cst_linkman_by_name": "cst_linkman (lkm_name, lkm_id) where deleted_at is null",
}
FILL = sa.text(
    "update cst_linkman set lkm_manager_id = cust_manager_id from cst_customer where cust_id = lkm_cust_id "
    "and lkm_id = any(:ids) and lkm_manager_id is distinct from cust_manager_id"
)


def upgrade() -> None:
    """Add the column, then fill it beside those who work, then build the indexes."""
    op.execute("alter table cst_linkman add column if not exists lkm_manager_id bigint")
    # Of a run that was killed below; nothing relies on it before this migration is through.
    ignored = "-- squawk-ignore ban-drop-constraint"
    op.execute(f"{ignored}\nalter table cst_linkman drop constraint if exists fk_cst_linkman_lkm_manager_id")
    op.execute(
        "alter table cst_linkman add constraint fk_cst_linkman_lkm_manager_id foreign key (lkm_manager_id) "
        "references sys_user (usr_id) not valid"
    )
    with op.get_context().autocommit_block():
        op.execute("alter table cst_linkman validate constraint fk_cst_linkman_lkm_manager_id")
        if not context.is_offline_mode():
            batches.walk(op.get_bind(), NOTE, "cst_linkman", "lkm_id", ["lkm_cust_id"], _fill)
        for name, on in INDEXES.items():
            indexes.build(name, on)
    if not context.is_offline_mode():
        batches.finish(op.get_bind(), NOTE)


def _fill(connection: sa.Connection, rows: Sequence[Any]) -> int:
    connection.execute(FILL, {"ids": [row[0] for row in rows]})
    return 0


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, "cst_linkman")
    op.drop_column("cst_linkman", "lkm_manager_id")
