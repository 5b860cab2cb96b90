"""What an import made can go: acts are found in the log, and every reference to what goes has an index.

An act that is done in parts knows how far it has come.

Revision ID: 0039
Revises: 0038
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import indexes

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

INDEX = "ix_sys_log_act"
# Without one, PostgreSQL reads the whole table for each person or chance that goes.
REFERENCES = {
    "cst_activity": ("atv_cust_id",),
    "cst_customer": ("cust_manager_id", "cust_origin_chc_id"),
    "cst_linkman": ("lkm_manager_id",),
    "cst_lost": ("lst_owner_id",),
    "cst_lost_measure": ("lsm_by",),
    "cst_service": ("svr_create_id", "svr_due_id", "svr_due_by", "svr_visit_by", "svr_closed_by", "svr_manager_id"),
    "cst_service_note": ("srn_by",),
    "cst_service_round": ("svr_deal_id", "srd_visit_by", "srd_feedback_by"),
    "orders": ("odr_owner_id", "odr_holder_id"),
    "sal_plan": ("pla_done_by",),
    "sys_goal": ("goal_user_id",),
}


def upgrade() -> None:
    """Index only the rows that are part of an act: what people do one by one pays nothing for it."""
    op.add_column("storage_ledger", sa.Column("stl_act_id", sa.BigInteger(), nullable=True))
    op.add_column("sys_act", sa.Column("act_progress", postgresql.JSONB(), nullable=True))
    with op.get_context().autocommit_block():
        columns = "(log_act_id, log_entity, log_entity_id) where log_act_id is not null"
        indexes.build_in_parts(INDEX, "sys_log", columns)
        for table, names in REFERENCES.items():
            for name in names:
                indexes.build(f"ix_{table}_{name}", f"{table} ({name})")


def downgrade() -> None:
    for table, names in REFERENCES.items():
        for name in names:
            op.drop_index(f"ix_{table}_{name}", table)
    op.drop_index(INDEX, "sys_log")
    op.drop_column("sys_act", "act_progress")
    op.drop_column("storage_ledger", "stl_act_id")
