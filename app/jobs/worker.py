"""The worker process: takes jobs from the queue and runs the schedules until SIGTERM."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from datetime import timedelta

import asyncpg
import pgqueuer
from pgqueuer.core.executors import DatabaseRetryEntrypointExecutor
from pgqueuer.db import AsyncpgDriver
from pgqueuer.models import Job
from pgqueuer.models import Schedule as Due
from pydantic_core import from_json
from sqlalchemy.engine import make_url

import app.jobs.customer_norms
import app.jobs.housekeeping
import app.jobs.losses
import app.jobs.periodic
import app.jobs.reports  # noqa: F401  they fill the registry
from app import services
from app.core.ctx import Actor
from app.core.db import Database, connect_args
from app.core.settings import Settings
from app.jobs.registry import Handler, registry
from app.jobs.unit import unit

services.load()  # what follows from a step is said beside each noun, also of those that no job names
POOL = 4
AWAY = (asyncpg.PostgresConnectionError, asyncpg.CannotConnectNowError, asyncpg.InterfaceError)
POLL = timedelta(seconds=5)
"""How late a retry may be noticed; a new job is noticed at once, by NOTIFY."""


async def run(settings: Settings) -> None:
    """Work until SIGTERM. Raises `ConnectionError` when the database goes away: whoever started us starts us again."""
    try:
        await _run(settings)
    except AWAY as error:
        raise ConnectionError(f"The database does not answer: {error}.") from error


async def _run(settings: Settings) -> None:
    database = Database(settings.database_url, pool_size=POOL)
    owner = Database(settings.owner_url, pool_size=1)
    connection = await _listen(settings.database_url)
    queue = assemble(AsyncpgDriver(connection), database, owner)
    asked = asyncio.Event()

    def stop() -> None:
        asked.set()
        queue.shutdown.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop)
    connection.add_termination_listener(lambda _: queue.shutdown.set())
    try:
        await queue.run(dequeue_timeout=POLL, shutdown_on_listener_failure=True)
    finally:
        await connection.close()
        await database.dispose()
        await owner.dispose()
    if not asked.is_set():
        raise ConnectionError("The database closed the worker's connection.")


def assemble(driver: AsyncpgDriver, database: Database, owner: Database) -> pgqueuer.PgQueuer:
    """Bind every handler and schedule of the registry to a queue; `owner` is the same database for its tables' owner."""
    queue = pgqueuer.PgQueuer(driver)
    for name, handler in registry.handlers.items():
        bind = queue.entrypoint(name, on_failure="hold", executor_factory=DatabaseRetryEntrypointExecutor)
        bind(_job(database, handler))
    for schedule in registry.schedules:
        whose = owner if schedule.owner else database
        queue.schedule(schedule.name, schedule.cron, clean_old=True)(_scheduled(whose, schedule.handler))
    return queue


def _job(database: Database, handler: Handler) -> Callable[[Job], Awaitable[None]]:
    async def handle(job: Job) -> None:
        message = from_json(job.payload or b"{}")
        async with unit(database, Actor(message["actor_id"]), message["request_id"]) as ctx:
            await handler(ctx, message["payload"])

    return handle


def _scheduled(database: Database, handler: Handler) -> Callable[[Due], Awaitable[None]]:
    async def handle(due: Due) -> None:
        async with unit(database, request_id=f"schedule-{due.id}") as ctx:
            await handler(ctx, {})

    return handle


async def _listen(url: str) -> "asyncpg.Connection[asyncpg.Record]":
    # A direct connection: LISTEN does not pass a pooler in transaction mode.
    address, arguments = connect_args(url)
    dsn = make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
    return await asyncpg.connect(dsn, **arguments)
