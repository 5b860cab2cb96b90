"""What the application's role may do, given anew after each run of the migrations by the role that owns the tables.

It reads and writes rows and draws from sequences; in the log it reads and adds; tables, indexes and rights are not its own.
"""

from sqlalchemy import Connection, text

TABLES = "select, insert, update, delete"
SEQUENCES = "usage, select"
KNOWN = text("select to_regproc(:name) is not null")
ERASING = ("crm_log_erase", "crm_log_purge")
GUARD = "crm_log_guard"
GRANTS = (
    "grant usage on schema public to {role}",
    f"grant {TABLES} on all tables in schema public to {{role}}",
    f"grant {SEQUENCES} on all sequences in schema public to {{role}}",
    f"alter default privileges in schema public grant {TABLES} on tables to {{role}}",
    f"alter default privileges in schema public grant {SEQUENCES} on sequences to {{role}}",
    "revoke insert, update, delete on alembic_version from {role}",
    "select public.crm_log_guard()",
)


def give(connection: Connection, role: str) -> None:
    """Close the owner's functions; give another role, where there is one, what it needs here and on what comes later."""
    functions = [name for name in (GUARD, *ERASING) if connection.scalar(KNOWN, {"name": f"public.{name}"})]
    if GUARD not in functions:
        return  # migrated down to before there were two roles
    # Said again because a restored database has the rights of a new one.
    for name in functions:
        connection.execute(text(f"revoke all on function public.{name} from public"))
    quoted = connection.dialect.identifier_preparer.quote(role)
    erasing = [f"grant execute on function public.{name} to {{role}}" for name in functions if name in ERASING]
    for grant in (*GRANTS, *erasing) if role else ():
        connection.execute(text(grant.format(role=quoted)))
