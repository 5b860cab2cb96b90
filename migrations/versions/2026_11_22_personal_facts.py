"""The right to see and erase the personal facts of contacts, for who works with them.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

RIGHT = "linkmen:personal"
ROLES = ("supervisor", "manager")


def upgrade() -> None:
    """Name the right and give it to the two roles."""
    op.execute(
        sa.text(
            "insert into sys_right (right_code, right_parent_code, right_type, right_text) "
            "values (:right, 'linkmen', 'action', '联系人:个人信息')"
        ).bindparams(right=RIGHT)
    )
    for role in ROLES:
        op.execute(
            sa.text(
                "insert into sys_role_right (rf_role_id, rf_right_code) "
                "select role_id, :right from sys_role where role_code = :code"
            ).bindparams(right=RIGHT, code=role)
        )


def downgrade() -> None:
    """Take it from every role, and out of the list."""
    op.execute(sa.text("delete from sys_role_right where rf_right_code = :right").bindparams(right=RIGHT))
    op.execute(sa.text("delete from sys_right where right_code = :right").bindparams(right=RIGHT))
