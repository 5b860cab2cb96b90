"""What the application's role may do, given anew after each run of the migrations by the role that owns the tables.

It reads and writes rows and draws from sequences; in the log it reads and adds; tables, indexes and rights are not its own.
"""

from sqlalchemy import Connection, text

TABLES = "select, insert, update, delete"
SEQUENCES = "usage, select"
CLOSED = (
    "revoke all on function public.crm_log_erase from public",
    "revoke all on function public.crm_log_guard from public",
)
"""Said again because a restored database has the rights of a new one."""
GRANTS = (
    "grant usage on schema public to {role}",
    f"grant {TABLES} on all tables in schema public to {{role}}",
    f"grant {SEQUENCES} on all sequences in schema public to {{role}}",
    f"alter default privileges in schema public grant {TABLES} on tables to {{role}}",
    f"alter default privileges in schema public grant {SEQUENCES} on sequences to {{role}}",
    "revoke insert, update, delete on alembic_version from {role}",
    "grant execute on function public.crm_log_erase to {role}",
    "select public.crm_log_guard()",
)


def give(connection: Connection, role: str) -> None:
    """Close the owner's functions; give another role, where there is one, what it needs here and on what comes later."""
    if connection.scalar(text("select to_regproc('public.crm_log_guard')")) is None:
        return  # migrated down to before there were two roles
    quoted = connection.dialect.identifier_preparer.quote(role)
    for grant in (*CLOSED, *(GRANTS if role else ())):
        connection.execute(text(grant.format(role=quoted)))
