"""Building indexes beside those who work: none of these may run in a transaction, and all may be run again after a kill."""

from alembic import context, op
from sqlalchemy import text

HALF_BUILT = text(
    "select 1 from pg_index join pg_class on pg_class.oid = indexrelid where relname = :name and not indisvalid"
)
BARE = text(
    "select inhrelid::regclass::text from pg_inherits where inhparent = cast(:table as regclass) and not exists ("
    "select from pg_index join pg_inherits as attached on attached.inhrelid = indexrelid "
    "where indrelid = pg_inherits.inhrelid and attached.inhparent = cast(:name as regclass))"
)
"""The parts of a table that have no part of an index."""


def build(name: str, on: str, *, unique: bool = False) -> None:
    """Build an index concurrently unless it is there; one that a kill left half-built is built anew."""
    _drop_half_built(name)
    op.execute(f"create {'unique ' if unique else ''}index concurrently if not exists {name} on {on}")


def rebuild(name: str) -> None:
    """Build an index anew beside itself."""
    _drop_half_built(f"{name}_ccnew")
    op.execute(f"reindex index concurrently {name}")


def _drop_half_built(name: str) -> None:
    if not context.is_offline_mode() and op.get_bind().scalar(HALF_BUILT, {"name": name}):
        op.execute(f"drop index concurrently {name}")


def build_in_parts(name: str, table: str, columns: str) -> None:
    """Build an index of a table in parts (`sys_log`): that of the whole holds for parts to come, then each part's beside it."""
    # On the whole alone it holds nothing yet, so that there is nothing to wait for.
    ignored = "-- squawk-ignore require-concurrent-index-creation"
    op.execute(f"{ignored}\ncreate index if not exists {name} on only {table} {columns}")
    bare = (
        ["sys_log_default"]
        if context.is_offline_mode()
        else op.get_bind().scalars(BARE, {"table": table, "name": name}).all()
    )
    for part in bare:
        build(f"{name}_{part}", f"{part} {columns}")
        op.execute(f"alter index {name} attach partition {name}_{part}")
