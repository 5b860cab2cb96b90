"""Sessions end for good at a day that renewing does not move; links last hours, apart for invitations and resets.

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

from migrations import indexes

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

INDEX, TABLE = "ix_sys_refresh_token_live", "sys_refresh_token"
LIVE = "rtk_used_at is null and rtk_revoked_at is null"


def upgrade() -> None:
    """A setting of invitations in days goes on in hours."""
    with op.get_context().autocommit_block():  # first: what is committed by it, and begun anew, is only this
        indexes.build(INDEX, f"{TABLE} (rtk_user_id) where {LIVE}")
    op.add_column(TABLE, sa.Column("rtk_ends_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "insert into sys_setting (set_name, set_value, set_changed_by) "
        "select 'session.invite_hours', to_jsonb((set_value #>> '{}')::bigint * 24), set_changed_by "
        "from sys_setting where set_name = 'session.invite_days'"
    )
    op.execute("delete from sys_setting where set_name = 'session.invite_days'")


def downgrade() -> None:
    op.execute(
        "insert into sys_setting (set_name, set_value, set_changed_by) "
        "select 'session.invite_days', to_jsonb(greatest(1, (set_value #>> '{}')::bigint / 24)), set_changed_by "
        "from sys_setting where set_name = 'session.invite_hours'"
    )
    op.execute(
        "delete from sys_setting where set_name in ('session.invite_hours', 'session.reset_hours', 'session.longest_days')"
    )
    op.drop_index(INDEX, TABLE)
    op.drop_column(TABLE, "rtk_ends_at")
