"""The log is only added to: the two functions of its owner, one that empties values and one that keeps others away.

Revision ID: 0022
Revises: 0021
"""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

# Runs with the rights of who owns the log: the application may empty values by it, and change the log in no other way.
# The search path is fixed and everything is schema-qualified, so that no caller can slip in tables of its own.
ERASE = """
create function public.crm_log_erase(
  record_entity text, record_id bigint, field_names text[], actor_id bigint, address text, request_id text
) returns bigint language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  names text[] := field_names;
  emptied bigint;
begin
  if names is null then
    select coalesce(array_agg(distinct field), '{}') into names
    from public.sys_log, jsonb_object_keys(log_changes) as field
    where log_entity = record_entity and log_entity_id = record_id;
  end if;
  update public.sys_log set log_changes = (
    select jsonb_object_agg(key, case when key = any(names) then '[null, null]'::jsonb else value end)
    from jsonb_each(log_changes)
  )
  where log_entity = record_entity and log_entity_id = record_id and log_changes ?| names;
  get diagnostics emptied = row_count;
  insert into public.sys_log (
    log_at, log_actor_id, log_action, log_entity, log_entity_id, log_changes, log_ip, log_request_id
  )
  select now(), actor_id, 'erase', record_entity, record_id,
    coalesce(jsonb_object_agg(field, '[null, null]'::jsonb), '{}'), address, request_id
  from unnest(names) as field;
  return emptied;
end $$
"""
# Rows reach partitions through the log alone, so nobody but the owner needs a right on one; on the log itself
# everybody else keeps reading and adding. Called whenever rights are given and partitions are made.
GUARD = """
create function public.crm_log_guard() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  held record;
begin
  for held in
    select class.oid::regclass as log_table, class.oid <> 'public.sys_log'::regclass as is_partition,
      acl.grantee, acl.privilege_type
    from pg_class as class, aclexplode(class.relacl) as acl
    where acl.grantee <> class.relowner and (
      class.oid = 'public.sys_log'::regclass
      or class.oid in (select relid from pg_partition_tree('public.sys_log'))
    )
  loop
    continue when not held.is_partition and held.privilege_type in ('SELECT', 'INSERT');
    execute format(
      'revoke %s on %s from %s', held.privilege_type, held.log_table,
      case when held.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(held.grantee)) end
    );
  end loop;
end $$
"""


def upgrade() -> None:
    op.execute(ERASE)
    op.execute(GUARD)
    op.execute("revoke all on function public.crm_log_erase from public")
    op.execute("revoke all on function public.crm_log_guard from public")


def downgrade() -> None:
    op.execute("drop function public.crm_log_erase")
    op.execute("drop function public.crm_log_guard")
