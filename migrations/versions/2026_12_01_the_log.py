"""The log: found by person, told of files of reports when they leave, and emptied of what is purged by one call.

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import indexes

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

INDEX = "ix_sys_log_actor"
# The search path is fixed and everything is schema-qualified, as in `crm_log_erase` (0022); nothing is emptied without the
# row that says so. The records that go are `entities` and `ids`, in pairs.
PURGE = """
create function public.crm_log_purge(
  record_entity text, record_id bigint, changes jsonb, entities text[], ids bigint[],
  actor_id bigint, address text, request_id text
) returns bigint language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  emptied bigint;
begin
  update public.sys_log set log_changes = (
    select jsonb_object_agg(key, '[null, null]'::jsonb) from jsonb_object_keys(log_changes) as key
  )
  from unnest(entities, ids) as gone(entity, id)
  where log_entity = gone.entity and log_entity_id = gone.id and log_changes <> '{}';
  get diagnostics emptied = row_count;
  insert into public.sys_log (
    log_at, log_actor_id, log_action, log_entity, log_entity_id, log_changes, log_ip, log_request_id
  )
  values (now(), actor_id, 'purge', record_entity, record_id, changes, address, request_id);
  return emptied;
end $$
"""


def upgrade() -> None:
    """By id, as the log is listed: with the time instead, all that a person ever did would be sorted for a page."""
    with op.get_context().autocommit_block():
        indexes.build_in_parts(INDEX, "sys_log", "(log_actor_id, log_id)")
    op.add_column("rpt_export", sa.Column("exp_told", postgresql.JSONB(), nullable=True))
    op.execute(PURGE)
    op.execute("revoke all on function public.crm_log_purge from public")


def downgrade() -> None:
    op.execute("drop function public.crm_log_purge")
    op.drop_column("rpt_export", "exp_told")
    op.drop_index(INDEX, "sys_log")
