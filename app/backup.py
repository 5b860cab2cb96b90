"""`crm backup`: the whole installation in one file, made while it runs.

The dump and what is said of it are of one snapshot, which a transaction of ours exports and holds until the dump is read.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

import app.models  # noqa: F401  registers the tables
from app import VERSION
from app.core.db import connect_args
from app.core.settings import Settings
from app.host import dump
from app.host.archive import ArchiveWriter
from app.host.errors import HostError
from app.services.base import backup_facts

FORMAT = 1
DATABASE, KEY = "database.dump", "secret_key"
WAITS = {"statement_timeout": "10min", "lock_timeout": "60s", "idle_in_transaction_session_timeout": "0"}
"""Of the one connection that counts, and then holds the snapshot for as long as the dump takes."""


def write(settings: Settings, target: Path, *, force: bool = False) -> dict[str, Any]:
    """Write a backup of the installation to `target` and return its manifest. Raises `HostError`."""
    with ArchiveWriter(target, force=force) as archive, asyncio.Runner() as runner:
        closing = AsyncExitStack()
        try:
            snapshot, facts = runner.run(_snapshot(settings.owner_url, closing))
            archive.add(DATABASE, dump.dump(settings.owner_url, snapshot, facts["postgresql"]))
        except (OSError, SQLAlchemyError) as error:
            raise HostError(f"The database cannot be backed up: {error}") from error
        finally:
            runner.run(closing.aclose())
        archive.add(KEY, [settings.secret_key.get_secret_value().encode()])
        archive.finish(facts)
    return facts


async def _snapshot(url: str, closing: AsyncExitStack) -> tuple[str, dict[str, Any]]:
    """Export a snapshot, and tell what is in it; it lives until `closing` ends."""
    connection = await closing.enter_async_context(connected(url))
    snapshot = await connection.scalar(select(func.pg_export_snapshot()))
    facts = {
        "format": FORMAT,
        "made_at": datetime.now(UTC).isoformat(),
        "version": VERSION,
        "revision": await backup_facts.revision(connection),
        "postgresql": await backup_facts.major(connection),
        "rows": await backup_facts.rows(connection, await backup_facts.tables(connection)),
        "sums": await backup_facts.sums(connection, backup_facts.kept()),
    }
    return str(snapshot), facts


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[AsyncConnection]:
    """Open a transaction that sees one snapshot, with waits for much counting."""
    address, arguments = connect_args(url, **WAITS)
    engine = create_async_engine(address, connect_args=arguments, isolation_level="REPEATABLE READ")
    try:
        async with engine.connect() as connection:
            yield connection
    finally:
        await engine.dispose()
