"""One PostgreSQL built by the migrations; each test runs in a transaction that is rolled back.

Tests that need real commits (concurrency) ask for `committed`, a database of their own.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import asyncpg
import httpx
import pytest
import pytest_asyncio
from alembic import command
from alembic.config import Config
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from api.logs import configure
from api.main import create_app
from app.core.db import BoundDatabase, Database, connect_args, json_text
from app.core.settings import ROOT, Settings
from app.host.postgres import TemporaryPostgres
from tests.factories.make import Make
from tests.factories.team import Team, build_team

KEY = "a-key-for-tests-that-is-long-enough-0123456789"


def migrate(url: str) -> None:
    """Build a database by running every migration."""
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("sqlalchemy.url", url)
    command.upgrade(config, "head")


async def freeze(url: str) -> None:
    """Keep a copy of the migrated database that nobody connects to: what `committed` clones."""
    base, name = url.replace("+asyncpg", "").rsplit("/", 1)
    admin = await asyncpg.connect(f"{base}/postgres", ssl=False)
    await admin.execute("drop database if exists kith_template")
    await admin.execute(f'create database kith_template template "{name}" strategy file_copy')
    await admin.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Start one server and return the URL of a migrated database (`TEST_DATABASE_URL` names another)."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        migrate(given)
        asyncio.run(freeze(given))
        yield given
        return
    with TemporaryPostgres() as url:
        migrate(url)
        asyncio.run(freeze(url))
        yield url


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


def settings(url: str = "") -> Settings:
    """Return settings for an application under test."""
    return Settings(database_url=url, secret_key=KEY, web_dir=Path("/nonexistent"))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def engine(postgres: str) -> AsyncIterator[AsyncEngine]:
    """Return the engine that all rolled-back tests share."""
    address, arguments = connect_args(postgres)
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


@pytest_asyncio.fixture(loop_scope="session")
async def app(connection: AsyncConnection) -> FastAPI:
    """Build an application on the test's connection."""
    return create_app(settings(), BoundDatabase(connection))


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


@pytest_asyncio.fixture(loop_scope="session")
async def client(app: FastAPI) -> AsyncIterator[Client]:
    """Return a client that is not signed in."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
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
            headers={"Authorization": f"Bearer {token}"},
        )
        clients.append(client)
        return client

    yield sign_in
    for client in clients:
        await client.aclose()


@pytest_asyncio.fixture(loop_scope="session")
async def committed(postgres: str) -> AsyncIterator[Database]:
    """Return a database of the test's own, cloned from the migrated one, where commits are real."""
    base = postgres.replace("+asyncpg", "")
    name = f"clone_{os.getpid()}_{id(object())}"
    admin = await asyncpg.connect(base.rsplit("/", 1)[0] + "/postgres", ssl=False)
    await admin.execute(f'create database "{name}" template kith_template strategy file_copy')
    database = Database(postgres.rsplit("/", 1)[0] + "/" + name, pool_size=10)
    yield database
    await database.dispose()
    await admin.execute(f'drop database "{name}" with (force)')
    await admin.close()
