"""The right to see the financial facts of customers, for every role that reads customers: nothing changes by itself.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

RIGHT = "customers:finance"


def upgrade() -> None:
    """Name the right and give it to who could see the facts so far."""
    op.execute(
        sa.text(
            "insert into sys_right (right_code, right_parent_code, right_type, right_text) "
            "values (:right, 'customers', 'action', '客户:财务信息')"
        ).bindparams(right=RIGHT)
    )
    op.execute(
        sa.text(
            "insert into sys_role_right (rf_role_id, rf_right_code) "
            "select rf_role_id, :right from sys_role_right where rf_right_code = 'customers:read'"
        ).bindparams(right=RIGHT)
    )


def downgrade() -> None:
    """Take it from every role, and out of the list."""
    op.execute(sa.text("delete from sys_role_right where rf_right_code = :right").bindparams(right=RIGHT))
    op.execute(sa.text("delete from sys_right where right_code = :right").bindparams(right=RIGHT))
