"""One PostgreSQL built by the migrations; each test runs in a transaction that is rolled back.

Tests that need real commits (concurrency) ask for `committed`, a database of their own.
"""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import asyncpg
import httpx
import pytest
import pytest_asyncio
from alembic import command
from alembic.config import Config
from fastapi import FastAPI
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from api.logs import configure
from app.core.db import BoundDatabase, Database, connect_args, json_text
from app.core.settings import ROOT, Settings
from app.host.cluster import APPLICATION
from app.host.postgres import TemporaryPostgres
from tests.factories.application import application
from tests.factories.make import Make
from tests.factories.team import Team, build_team


class Addresses(NamedTuple):
    """One database for the role that owns its tables, and for the one that only reads and writes rows."""

    owner: str
    application: str

    def of(self, database: str) -> "Addresses":
        """Return both addresses of another database of the server."""
        return Addresses(*(f"{url.rsplit('/', 1)[0]}/{database}" for url in self))


def migrate(addresses: Addresses) -> None:
    """Build a database by running every migration as its owner."""
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("sqlalchemy.url", addresses.owner)
    config.set_main_option("application_role", str(make_url(addresses.application).username))
    command.upgrade(config, "head")


async def freeze(url: str) -> None:
    """Keep a copy of the migrated database that nobody connects to: what `committed` clones."""
    base, name = url.replace("+asyncpg", "").rsplit("/", 1)
    admin = await asyncpg.connect(f"{base}/postgres", ssl=False)
    await admin.execute("drop database if exists kith_template")
    await admin.execute(f'create database kith_template template "{name}" strategy file_copy')
    await admin.close()


async def with_application(url: str) -> Addresses:
    """Make the application's role on a given server, whose own role must be allowed to make roles."""
    password = secrets.token_urlsafe(12)
    admin = await asyncpg.connect(url.replace("+asyncpg", ""), ssl=False)
    if not await admin.fetchval("select 1 from pg_roles where rolname = $1", APPLICATION):
        await admin.execute(f"create role {APPLICATION}")
    await admin.execute(f"alter role {APPLICATION} login password '{password}'")
    await admin.close()
    application = make_url(url).set(username=APPLICATION, password=password)
    return Addresses(url, application.render_as_string(hide_password=False))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Addresses]:
    """Start one server and return the addresses of a migrated database (`TEST_DATABASE_URL` names another)."""
    given = os.environ.get("TEST_DATABASE_URL")
    with ExitStack() as closing:
        if given:
            addresses = asyncio.run(with_application(given))
        else:
            server = closing.enter_context(TemporaryPostgres())
            addresses = Addresses(server.url, server.application_url)
        migrate(addresses)
        asyncio.run(freeze(addresses.owner))
        yield addresses


@pytest.fixture
def enterable(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Make folders that other users can enter: root's PostgreSQL runs as somebody else."""

    def make(name: str) -> Path:
        folder = tmp_path_factory.mktemp(name)
        above = 3 if "PYTEST_XDIST_WORKER" in os.environ else 2  # each process has a folder of its own between
        for step in (folder, *folder.parents[:above]):
            step.chmod(0o711)
        return folder

    return make


configure(Settings(log_level="CRITICAL"))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def engine(postgres: Addresses) -> AsyncIterator[AsyncEngine]:
    """Return the engine that all rolled-back tests share: the application's role, so that each proves its rights."""
    address, arguments = connect_args(postgres.application)
    engine = create_async_engine(address, connect_args=arguments, json_serializer=json_text)
    yield engine
    await engine.dispose()


@pytest_asyncio.fixture(loop_scope="session")
async def connection(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Open the test's outer transaction."""
    async with engine.connect() as connection:
        outer = await connection.begin()
        yield connection
        await outer.rollback()


@pytest.fixture
def app(request: pytest.FixtureRequest) -> FastAPI:
    """Build an application on the test's connection; of tests marked `commits`, on a database of their own.

    `make` and `team` go where it goes.
    """
    if request.node.get_closest_marker("commits"):
        return application(request.getfixturevalue("committed"))
    return application(BoundDatabase(request.getfixturevalue("connection")))


@pytest_asyncio.fixture(loop_scope="session")
async def make(app: FastAPI) -> AsyncIterator[Make]:
    """Return the factories, which commit into the test's transaction."""
    async with app.state.kith.database.write() as session:
        yield Make(session)


@pytest_asyncio.fixture(loop_scope="session")
async def team(make: Make) -> Team:
    """Return the usual people: an administrator, an executive, two supervisors with two managers each."""
    return await build_team(make)


Client = httpx.AsyncClient
ENGLISH = {"Accept-Language": "en"}
"""Tests speak of what the code says; the company's own language is Chinese."""


@pytest_asyncio.fixture(loop_scope="session")
async def client(app: FastAPI) -> AsyncIterator[Client]:
    """Return a client that is not signed in."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test", headers=ENGLISH) as client:
        yield client


@pytest_asyncio.fixture(loop_scope="session")
async def as_(app: FastAPI) -> AsyncIterator[Callable[..., Client]]:
    """Return a function from a person to a client signed in as them."""
    clients: list[Client] = []

    def sign_in(person: object) -> Client:
        token = app.state.kith.tokens.issue(person.id, sorted(person.roles), person.token_version, Make.now())
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app),
            base_url="http://test/api/v1",
            headers={"Authorization": f"Bearer {token}"} | ENGLISH,
        )
        clients.append(client)
        return client

    yield sign_in
    for client in clients:
        await client.aclose()


@asynccontextmanager
async def clone(postgres: Addresses) -> AsyncIterator[Addresses]:
    """Make a database like the migrated one, which goes at the end."""
    name = f"clone_{os.getpid()}_{secrets.token_hex(6)}"
    base = postgres.of("postgres").owner.replace("+asyncpg", "")
    admin = await asyncpg.connect(base, ssl=False)
    await admin.execute(f'create database "{name}" template kith_template strategy file_copy')
    yield postgres.of(name)
    await admin.execute(f'drop database "{name}"')
    await admin.close()


@pytest_asyncio.fixture(loop_scope="session")
async def cloned(postgres: Addresses) -> AsyncIterator[Addresses]:
    """Return the addresses of a database of the test's own, cloned from the migrated one."""
    async with clone(postgres) as addresses:
        yield addresses


@pytest_asyncio.fixture(loop_scope="session")
async def committed(cloned: Addresses) -> AsyncIterator[Database]:
    """Return the application's way into a database of the test's own, where commits are real."""
    database = Database(cloned.application, pool_size=10)
    yield database
    await database.dispose()


@pytest_asyncio.fixture(loop_scope="session")
async def owned(cloned: Addresses) -> AsyncIterator[Database]:
    """Return the way of the tables' owner into the same database as `committed`."""
    database = Database(cloned.owner, pool_size=2)
    yield database
    await database.dispose()
