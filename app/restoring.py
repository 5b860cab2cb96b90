"""`crm restore`: an installation from a backup, compared with what was said of it when it was made.

Into an empty data folder, which gets a PostgreSQL of its own, or into an empty database of DATABASE_URL. What fails
leaves an empty folder and an empty database behind, but for a database that came out otherwise than it should.
"""

import asyncio
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import DDL
from sqlalchemy.exc import SQLAlchemyError

import app.models  # noqa: F401  registers the tables
from app import VERSION
from app.backup import DATABASE, FORMAT, KEY, connected
from app.core.settings import Settings
from app.host import dump
from app.host.archive import Archive
from app.host.errors import HostError
from app.host.lock import FolderLock
from app.host.migrate import knows, upgrade
from app.host.place import data_dir, open_data_dir, write_private
from app.host.postgres import Postgres
from app.jobs.unit import single_unit
from app.services.base import backup_facts, changes, verify

ANALYZE = DDL("analyze")  # type: ignore[no-untyped-call]  # of SQLAlchemy


def restore(path: Path) -> list[str]:
    """Restore a backup; return what `crm verify` finds wrong in it. Raises `HostError`."""
    archive = opened(path)
    folder = data_dir()
    if os.environ.get("DATABASE_URL"):
        key = _key_kept(folder, archive)
        wrong = into_database(archive, Settings())
        if not (key or os.environ.get("SECRET_KEY")):
            write_private(open_data_dir() / KEY, _key(archive))
        return wrong
    with _new_installation(folder):
        wrong = into_database(archive, Settings())
        write_private(folder / KEY, _key(archive))
    return wrong


def _key(archive: Archive) -> str:
    return b"".join(archive.part(KEY)).decode()


def _key_kept(folder: Path, archive: Archive) -> bool:
    """Tell whether the folder holds the backup's key already; raise `HostError` when it holds another."""
    kept = folder / KEY
    if kept.exists() and kept.read_text().strip() != _key(archive):
        raise HostError(f"{kept} is the key of another installation: name an empty DATA_DIR.")
    return kept.exists()


@contextmanager
def _new_installation(folder: Path) -> Iterator[None]:
    """Start a PostgreSQL in an empty data folder and name it in the environment; what fails is taken away again."""
    if folder.exists() and any(folder.iterdir()):
        raise HostError(f"The data folder {folder} is not empty: choose another DATA_DIR.")
    open_data_dir()
    lock = FolderLock(folder, f"Another Kith begins in {folder}: choose another DATA_DIR.")
    lock.acquire()
    postgres = Postgres(folder / "postgres")
    try:
        os.environ["OWNER_DATABASE_URL"] = postgres.start()
        os.environ["DATABASE_URL"] = postgres.application_url
        yield
    except BaseException:
        postgres.stop()
        for part in folder.iterdir():
            shutil.rmtree(part) if part.is_dir() else part.unlink()
        raise
    finally:
        postgres.stop()
        lock.release()


def opened(path: Path) -> Archive:
    """Return a backup that is whole and that this program can read. Raises `HostError`."""
    archive = Archive(path)
    told = archive.manifest
    if told["format"] != FORMAT or not knows(told["revision"]):
        raise HostError(f"{path} was made by Kith {told['version']}, which is newer than this {VERSION}: update first.")
    archive.check()
    return archive


def into_database(archive: Archive, settings: Settings) -> list[str]:
    """Fill an empty database from a backup, compare, migrate, give the rights; return what `crm verify` finds wrong.

    `settings` must be those of the environment, which the migrations read. Raises `HostError` when the database is
    not empty, is older than the backup's, or does not hold afterwards what the manifest says.
    """
    told = archive.manifest
    try:
        major = asyncio.run(_check_empty(settings.owner_url, told["postgresql"]))
        dump.restore(settings.owner_url, archive.part(DATABASE), major)
        differing = asyncio.run(_differing(settings.owner_url, told))
    except (OSError, SQLAlchemyError) as error:
        raise HostError(f"The backup cannot be restored: {error}") from error
    if differing:
        raise HostError(f"The restored database is not what was backed up: {'; '.join(differing)}.")
    upgrade()
    return asyncio.run(_verified(settings))


async def _check_empty(url: str, made_by: int) -> int:
    async with connected(url) as connection:
        major = await backup_facts.major(connection)
        if made_by > major:
            raise HostError(
                f"The backup was made by PostgreSQL {made_by}, and this is {major}: restore into a newer one."
            )
        if await backup_facts.tables(connection):
            raise HostError("The database of DATABASE_URL is not empty: name an empty one.")
    return major


async def _differing(url: str, told: dict[str, Any]) -> list[str]:
    """Return what the database holds otherwise than the manifest says."""
    async with connected(url) as connection:
        rows = await backup_facts.rows(connection, told["rows"])
        sums = await backup_facts.sums(connection, told["sums"])
        await connection.commit()
        await connection.execute(ANALYZE)
        await connection.commit()
    return [*_differ("rows of", told["rows"], rows), *_differ("sums of", told["sums"], sums)]


def _differ(what: str, told: dict[str, Any], found: dict[str, Any]) -> Iterable[str]:
    return (f"{what} {name} are {found[name]}, not {was}" for name, was in told.items() if found[name] != was)


async def _verified(settings: Settings) -> list[str]:
    async with single_unit(settings, "crm restore") as ctx:
        await changes.begin_anew(ctx)
        return await verify.sums(ctx)
