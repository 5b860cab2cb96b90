"""Runs migrations on the async driver, under bounded waits and one advisory lock for all starters.

They run as the role that owns the tables, which then gives the application's role its rights.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

import app.models  # noqa: F401  registers the tables
from app.core.db import Base, connect_args
from app.core.settings import Settings
from migrations import rights

LOCK = 0x6B697468


def include(name: str | None, kind: str, parents: dict[str, str | None]) -> bool:
    """Leave the queue's own tables and the log's partitions out of comparisons."""
    del parents
    return not (kind == "table" and name and name.startswith(("pgqueuer", "sys_log_")))


def run(connection: Connection, application: str = "") -> None:
    """Migrate on an open connection, each step in its transaction, then give the rights of the application's role.

    The lock and the waits are the session's: steps that build indexes beside those who work commit on their way.
    """
    with _alone(connection):
        context.configure(
            connection=connection, target_metadata=Base.metadata, include_name=include, transaction_per_migration=True
        )
        with context.begin_transaction():
            context.run_migrations()
        rights.give(connection, application)
        connection.commit()


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    """Keep other starters waiting; what a killed one holds ends with its session."""
    with connection.begin():
        connection.execute(text("set statement_timeout = '15min'"))
        connection.execute(text("select pg_advisory_lock(:key)"), {"key": LOCK})
        connection.execute(text("set lock_timeout = '5s'"))
    try:
        yield
    finally:
        connection.rollback()
        with connection.begin():
            connection.execute(text("select pg_advisory_unlock(:key)"), {"key": LOCK})


async def online() -> None:
    """Connect as the settings say."""
    settings = Settings()
    url = context.config.get_main_option("sqlalchemy.url") or settings.owner_url
    application = context.config.get_main_option("application_role") or settings.application_role
    address, arguments = connect_args(url)
    engine = create_async_engine(address, connect_args=arguments)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(run, application)
    finally:
        await engine.dispose()


def offline() -> None:
    """Print the SQL instead (for the linter of migrations)."""
    context.configure(url="postgresql://", target_metadata=Base.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


shared = context.config.attributes.get("connection")
if context.is_offline_mode():
    offline()
elif shared is not None:
    run(shared)
else:
    asyncio.run(online())
