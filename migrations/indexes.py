"""Building indexes beside those who work: none of these may run in a transaction, and all may be run again after a kill."""

from alembic import context, op
from sqlalchemy import text

HALF_BUILT = text(
    "select 1 from pg_index join pg_class on pg_class.oid = indexrelid where relname = :name and not indisvalid"
)


def build(name: str, on: str) -> None:
    """Build an index concurrently unless it is there; one that a kill left half-built is built anew."""
    _drop_half_built(name)
    op.execute(f"create index concurrently if not exists {name} on {on}")


def rebuild(name: str) -> None:
    """Build an index anew beside itself."""
    _drop_half_built(f"{name}_ccnew")
    op.execute(f"reindex index concurrently {name}")


def _drop_half_built(name: str) -> None:
    if not context.is_offline_mode() and op.get_bind().scalar(HALF_BUILT, {"name": name}):
        op.execute(f"drop index concurrently {name}")
