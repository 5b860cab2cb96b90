"""A backup is made while people write, and what is restored from it is what it says; the rest is refused."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from alembic import command
from alembic.config import Config
from sqlalchemy.exc import DBAPIError

from app import backup, restoring
from app.core.db import Database
from app.core.settings import ROOT, Settings
from app.host.archive import Archive, ArchiveWriter
from app.host.errors import HostError
from app.jobs.unit import unit
from app.models.orders.orders import Order, OrderLine
from tests.conftest import Addresses
from tests.factories.application import KEY
from tests.factories.make import Make
from tests.factories.team import build_team

WRITERS = 20
COUNT = "select count(*) from {table}"
ERA = "select set_value from sys_setting where set_name = 'changes.era'"


def environment(addresses: Addresses, folder: Path) -> dict[str, str]:
    told = {"DATABASE_URL": addresses.application, "OWNER_DATABASE_URL": addresses.owner, "DATA_DIR": str(folder)}
    return {name: value for name, value in os.environ.items() if name != "SECRET_KEY"} | told


async def crm(addresses: Addresses, folder: Path, *words: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "app.cli", *words), cwd=ROOT, env=environment(addresses, folder),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


async def ask(url: str, sql: str) -> Any:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""), ssl=False)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


@contextmanager
def empty_database(postgres: Addresses, name: str) -> Iterator[Addresses]:
    server = postgres.of("postgres").owner
    asyncio.run(ask(server, f'create database "{name}"'))
    yield postgres.of(name)
    asyncio.run(ask(server, f'drop database "{name}"'))


@pytest_asyncio.fixture(loop_scope="session")
async def empty(postgres: Addresses) -> AsyncIterator[Addresses]:
    name, server = f"empty_{os.getpid()}", postgres.of("postgres").owner
    await ask(server, f"create database {name}")
    yield postgres.of(name)
    await ask(server, f"drop database {name}")


async def test_twenty_write_meanwhile_and_what_is_restored_is_what_the_manifest_says(
    cloned: Addresses, empty: Addresses, tmp_path: Path
) -> None:
    database, file = Database(cloned.application, pool_size=WRITERS), tmp_path / "kith.tar"
    async with database.write() as session:
        make = Make(session)
        team, product = await build_team(make), await make.product(price=Decimal(5))
        customers = [await make.customer(team.manager) for _ in range(WRITERS)]
        await session.commit()
    facts = {"status": "confirmed", "owner_id": team.manager.id, "holder_id": team.manager.id, "total": 5, "paid": 0}
    line = {"product_id": product.id, "count": 1, "price": 5, "amount": 5}
    done = asyncio.Event()

    async def write(place: int) -> int:
        count = 0
        while not done.is_set():
            # All of them add to the same kept sums: on a busy machine one may have waited for its lock too long.
            with suppress(DBAPIError):
                async with unit(database) as ctx:
                    order = Order(**facts, number=f"W{place}-{count}", customer_id=customers[place].id, date=ctx.today)
                    ctx.session.add(order)
                    await ctx.session.flush()
                    ctx.session.add(OrderLine(**line, order_id=order.id))
                count += 1
        return count

    writers = [asyncio.create_task(write(place)) for place in range(WRITERS)]
    code, said = await crm(cloned, tmp_path / "data", "backup", str(file))
    done.set()
    written = sum(await asyncio.gather(*writers))
    await database.dispose()
    assert (code, "rows of" in said) == (0, True), said
    told = Archive(file).manifest
    assert 0 < told["rows"]["orders"] < written
    assert told["rows"]["orders"] == told["rows"]["orders_line"]

    code, said = await crm(empty, tmp_path / "restored", "restore", str(file))
    assert (code, said.splitlines()[-1]) == (0, "Restored: every row and kept sum is as in the backup."), said
    for table in ("orders", "orders_line", "orders_sum", "sys_log", "cst_customer"):
        assert await ask(empty.owner, COUNT.format(table=table)) == told["rows"][table]
    # Cursors of before are of another era: transactions are counted from elsewhere here.
    assert told["rows"]["sys_change"] > 0
    assert await ask(empty.owner, COUNT.format(table="sys_change")) == 0
    assert await ask(empty.owner, ERA) != await ask(cloned.owner, ERA)
    kept = await ask(empty.owner, "select sum(ors_total) from orders_sum")
    assert str(kept) == told["sums"]["orders_sum"]["ors_total"]
    keys = [(tmp_path / name / "secret_key").read_text() for name in ("data", "restored")]
    assert keys[0] == keys[1]
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await ask(empty.application, "delete from sys_log")
    assert await ask(empty.application, "select count(*) from orders") == told["rows"]["orders"]
    public = "select has_function_privilege('public', 'crm_log_erase(text,bigint,text[],bigint,text,text)', 'execute')"
    assert await ask(empty.owner, public) is False
    code, said = await crm(empty, tmp_path / "again", "restore", str(file))
    assert (code, "is not empty" in said) == (1, True)


@pytest.fixture
def made(postgres: Addresses, tmp_path: Path) -> Path:
    """Back up the migrated database."""
    settings = Settings(database_url=postgres.application, owner_database_url=postgres.owner, secret_key=KEY)
    backup.write(settings, tmp_path / "made.tar")
    return tmp_path / "made.tar"


def retold(file: Path, **changes: Any) -> Path:
    """Write the same backup with another manifest."""
    archive, target = Archive(file), file.with_name("retold.tar")
    with ArchiveWriter(target) as writer:
        for name in ("database.dump", "secret_key"):
            writer.add(name, archive.part(name))
        writer.finish({**archive.manifest, **changes})
    return target


def test_what_a_newer_kith_made_is_refused(made: Path) -> None:
    with pytest.raises(HostError, match=r"made by Kith 99\.0, which is newer"):
        restoring.opened(retold(made, revision="9999", version="99.0"))


@pytest.fixture
def target(postgres: Addresses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Addresses]:
    """Name an empty database and an empty data folder in the environment."""
    with empty_database(postgres, f"target_{os.getpid()}") as addresses:
        for name, value in environment(addresses, tmp_path / "data").items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv("SECRET_KEY", raising=False)
        yield addresses


def test_what_a_newer_postgresql_made_is_refused(made: Path, target: Addresses) -> None:
    with pytest.raises(HostError, match="made by PostgreSQL 99, and this is"):
        restoring.restore(retold(made, postgresql=99))
    assert asyncio.run(ask(target.owner, "select count(*) from pg_tables where schemaname = 'public'")) == 0


def test_a_table_that_differs_from_the_manifest_is_named(made: Path, target: Addresses) -> None:
    del target
    rows = Archive(made).manifest["rows"] | {"sys_role": 77}
    with pytest.raises(HostError, match=r"rows of sys_role are \d+, not 77"):
        restoring.restore(retold(made, rows=rows))


def test_an_older_schema_is_migrated_after_the_comparison(
    postgres: Addresses, target: Addresses, tmp_path: Path
) -> None:
    with empty_database(postgres, f"older_{os.getpid()}") as older:
        config = Config(ROOT / "alembic.ini")
        config.set_main_option("sqlalchemy.url", older.owner)
        command.upgrade(config, "0021")
        settings = Settings(database_url=older.application, owner_database_url=older.owner, secret_key=KEY)
        told = backup.write(settings, tmp_path / "older.tar")
    assert told["revision"] == "0021"
    assert restoring.restore(tmp_path / "older.tar") == []
    assert asyncio.run(ask(target.application, "select version_num from alembic_version")) > "0021"


def test_a_data_folder_that_is_not_empty_is_kept(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "note").write_text("mine")
    for name in ("DATABASE_URL", "OWNER_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    with pytest.raises(HostError, match="is not empty"):
        restoring.restore(made)
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["note"]


def test_a_restore_that_fails_leaves_the_data_folder_empty(
    made: Path, enterable: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = enterable("kith-restored")
    for name in ("DATABASE_URL", "OWNER_DATABASE_URL"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("DATA_DIR", str(folder))
    with pytest.raises(HostError, match="not what was backed up"):
        restoring.restore(retold(made, rows={"sys_role": 77}))
    assert list(folder.iterdir()) == []


def test_the_key_of_another_installation_is_kept(made: Path, target: Addresses, tmp_path: Path) -> None:
    del target
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secret_key").write_text("another key, and long enough to be one of them")
    with pytest.raises(HostError, match="key of another installation"):
        restoring.restore(made)


def test_a_dump_that_cannot_be_made_leaves_no_file(postgres: Addresses, tmp_path: Path) -> None:
    settings = Settings(database_url=postgres.of("nowhere").application, secret_key=KEY)
    with pytest.raises(HostError, match="cannot be backed up"):
        backup.write(settings, tmp_path / "none.tar")
    assert list(tmp_path.iterdir()) == []


def test_the_manifest_is_for_people_too(made: Path) -> None:
    told = Archive(made).manifest
    assert list(told) == ["format", "made_at", "version", "revision", "postgresql", "rows", "sums", "parts"]
    assert json.loads(json.dumps(told)) == told
    assert told["parts"].keys() == {"database.dump", "secret_key"}
