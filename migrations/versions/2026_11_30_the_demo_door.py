"""The demo company's door closes wherever somebody else is too: whoever came in by it could administrate.

Revision ID: 0026
Revises: 0025
"""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

BESIDE_OTHERS = (
    "exists (select from sys_user where usr_is_demo) and exists (select from sys_user where not usr_is_demo)"
)
DEMO_PEOPLE = f"(select usr_id from sys_user where usr_is_demo and {BESIDE_OTHERS})"
CLOSE = (
    f"""
insert into sys_setting (set_name, set_value)
select name, value::jsonb from (values ('demo.enabled', 'false'), ('demo.closed', 'true')) as given (name, value)
where {BESIDE_OTHERS}
on conflict (set_name) do update set set_value = excluded.set_value
""",
    f"update sys_refresh_token set rtk_revoked_at = now() where rtk_revoked_at is null and rtk_user_id in {DEMO_PEOPLE}",
    f"update sys_link set lnk_used_at = now() where lnk_used_at is null and lnk_user_id in {DEMO_PEOPLE}",
    f"""
update sys_user set usr_password = null, usr_token_version = usr_token_version + 1 where usr_id in {DEMO_PEOPLE}
""",
)
"""As `app.services.demo_door.close` does it: sessions, links and passwords of the demo people end."""


def upgrade() -> None:
    for statement in CLOSE:
        op.execute(statement)


def downgrade() -> None:
    """Nothing: a door that was open to everybody does not open again."""
