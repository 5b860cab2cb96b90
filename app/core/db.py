"""The one session factory, with every wait bounded by settings of the connection.

Writes run in a transaction; reads use a second engine in AUTOCOMMIT that refuses to write, which
saves a quarter of the CPU and is where reads go to a replica later.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import asyncpg
from pydantic_core import to_json
from sqlalchemy import BigInteger, Date, DateTime, MetaData, Numeric, Text, event, text
from sqlalchemy.engine import ExceptionContext, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Session

from app.core.cache import Cache
from app.core.own import Kept
from app.core.presence import Presence, Probe

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
WAITS = {
    "statement_timeout": "5s",
    "lock_timeout": "1s",
    "idle_in_transaction_session_timeout": "10s",
}
POOL_WAIT_S = 2.0
CONNECT_WAIT_S = 5.0
COMMAND_WAIT_S = 5.8
"""The driver's own limit, above the statement's: a frozen server does not end its statements. The answer is out in six."""


class Base(DeclarativeBase):
    """The parent of all mapped classes: PostgreSQL types by Python type, names by convention."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012  SQLAlchemy reads it from the class
        int: BigInteger,
        str: Text,
        datetime: DateTime(timezone=True),
        date: Date,
        Decimal: Numeric(18, 2),
    }


class KithSession(Session):
    """The session class that the flush listeners (audit, kept sums, stamps) are attached to."""


def json_text(value: object) -> str:
    """Serialise for jsonb columns: decimals as strings, times as ISO 8601."""
    return to_json(value).decode()


def connect_args(url: str, **settings: str) -> tuple[str, dict[str, Any]]:
    """Split libpq's `sslmode` off a URL and return what asyncpg needs: the URL and its arguments.

    Loopback servers get `ssl=False`: otherwise the driver looks for keys under HOME, which may not be readable.
    """
    parsed = make_url(url)
    query = dict(parsed.query)
    mode = query.pop("sslmode", None)
    local = parsed.host in (None, "127.0.0.1", "localhost", "::1")
    ssl: str | bool = str(mode) if mode else (False if local else "prefer")
    arguments: dict[str, Any] = {"ssl": ssl, "server_settings": {"application_name": "kith", **settings}}
    return parsed.set(query=query).render_as_string(hide_password=False), arguments


def _engine(
    url: str, pool_size: int, settings: Mapping[str, str], command_wait_s: float | None, **options: Any
) -> AsyncEngine:
    address, arguments = connect_args(url, **settings)
    engine = create_async_engine(
        address,
        connect_args=arguments | {"timeout": CONNECT_WAIT_S, "command_timeout": command_wait_s},
        pool_size=pool_size,
        max_overflow=0,
        pool_use_lifo=True,  # the fewer connections are in use, the fewer keep statements prepared
        pool_timeout=POOL_WAIT_S,
        pool_recycle=1800,
        json_serializer=json_text,
        query_cache_size=2000,
        **options,
    )
    event.listen(engine.sync_engine, "handle_error", _give_up)
    return engine


def _give_up(context: ExceptionContext) -> None:
    """Drop a connection whose server said nothing in time: a friendly goodbye would wait for it once more."""
    if not isinstance(context.original_exception, TimeoutError) or context.connection is None:
        return
    driver = context.connection.connection.driver_connection
    if driver is not None:
        driver.terminate()
    context.is_disconnect = True


class Database:
    """The pair of engines behind an application, or one test connection in their place."""

    def __init__(
        self, url: str, read_url: str = "", pool_size: int = 6, *, command_wait_s: float | None = None
    ) -> None:
        """Make the engines; `command_wait_s` for who answers requests: commands and jobs may lift their limits."""
        self._url = url
        self.engine = _engine(url, pool_size, WAITS, command_wait_s)
        self.read_engine = _engine(
            read_url or url,
            pool_size,
            WAITS | {"default_transaction_read_only": "on"},
            command_wait_s,
            isolation_level="AUTOCOMMIT",
            pool_reset_on_return=None,
        )
        self.presence = Presence()
        own: Kept = {}
        self._write, self._read = _sessions(self.engine, own), _sessions(self.read_engine, own)

    def write(self) -> AsyncSession:
        """Open a session for a transaction. Raises `Unavailable` while the database is known to be away."""
        self.presence.require()
        return self._write()

    def read(self) -> AsyncSession:
        """Open a session that only reads. Raises `Unavailable` while the database is known to be away."""
        self.presence.require()
        return self._read()

    async def watch(self) -> None:
        """Probe the server until cancelled, on a direct connection: one of the pool may have to be waited for."""

        async def connect() -> Probe:
            address, arguments = connect_args(self._url, **WAITS)
            dsn = make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
            found: Probe = await asyncpg.connect(dsn, **arguments)
            return found

        await self.presence.watch(connect)

    async def check(self) -> None:
        """Read the bounded waits back; raise `RuntimeError` when the server ignores them (a pooler in between)."""
        async with self.engine.connect() as connection:
            for name, wanted in WAITS.items():
                found = await connection.scalar(text(f"show {name}"))
                if found != wanted:
                    message = f"the database keeps {name}={found} instead of {wanted}; set it on the role"
                    raise RuntimeError(message)

    async def dispose(self) -> None:
        """Close both pools."""
        await self.engine.dispose()
        await self.read_engine.dispose()


class BoundDatabase(Database):
    """Both factories on one open connection whose outer transaction a test rolls back."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.presence = Presence()
        self._write = self._read = _sessions(connection, {}, join_transaction_mode="create_savepoint")

    async def watch(self) -> None:
        """Nothing to watch: the connection was opened by the test."""

    async def check(self) -> None:
        """Nothing to check: the connection was opened by the test."""

    async def dispose(self) -> None:
        """Leave the connection to the test."""


def _sessions(bind: AsyncEngine | AsyncConnection, own: Kept, **options: Any) -> async_sessionmaker[AsyncSession]:
    # What is the database's own is one for both sides; what may be seconds old is each side's.
    return async_sessionmaker(
        bind,
        sync_session_class=KithSession,
        expire_on_commit=False,
        autoflush=False,
        info={"cache": Cache[Any](), "own": own},
        **options,
    )
