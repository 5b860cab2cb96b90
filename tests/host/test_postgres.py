"""The embedded PostgreSQL: starts, keeps what was committed, and refuses a damaged folder in one sentence."""

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy.engine import make_url

from app.host.account import database_account
from app.host.errors import HostError
from app.host.postgres import Postgres

Server = Callable[[], Postgres]


@pytest.fixture
def home(enterable: Callable[[str], Path]) -> Path:
    return enterable("kith 客智") / "postgres"


@pytest.fixture
def server(home: Path) -> Iterator[Callable[[], Postgres]]:
    """Make servers on one folder; whatever still runs at the end is stopped."""
    made: list[Postgres] = []

    def make() -> Postgres:
        made.append(Postgres(home, initdb=["--no-sync"]))
        return made[-1]

    yield make
    for postgres in made:
        postgres.stop()


async def ask(url: str, sql: str) -> object:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""), ssl=False)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


class TestStart:
    async def test_a_warm_start_finds_what_the_cold_one_left(self, server: Server) -> None:
        postgres = server()
        first = postgres.start()
        await ask(first, "create table note as select 1 as n")
        postgres.stop()
        begun = time.monotonic()
        second = postgres.start()
        assert time.monotonic() - begun < 10
        assert second == first
        assert await ask(second, "select n from note") == 1
        postgres.stop()
        assert not postgres.alive

    async def test_the_locale_knows_chinese_and_the_role_is_no_superuser(self, server: Server) -> None:
        postgres = server()
        url = postgres.start()
        assert await ask(url, "select lower('À') || ('华' ~ '\\w')::text") == "àtrue"
        assert await ask(url, "select current_setting('is_superuser')") == "off"
        assert await ask(url, "select current_setting('data_checksums')") == "on"
        assert await ask(url, "select current_setting('listen_addresses')") == "127.0.0.1"

    def test_secrets_are_private_and_the_password_is_asked_for(self, home: Path, server: Server) -> None:
        postgres = server()
        postgres.start()
        assert (home / "password").stat().st_mode & 0o077 == 0
        assert "scram-sha-256" in (home / "data" / "pg_hba.conf").read_text()

    async def test_committed_rows_survive_a_kill(self, home: Path, server: Server) -> None:
        postgres = server()
        url = postgres.start()
        await ask(url, "create table note as select 7 as n")
        postmaster = int((home / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, signal.SIGKILL)
        postgres.stop()
        again = server()
        assert await ask(again.start(), "select n from note") == 7

    async def test_a_taken_port_is_replaced_and_remembered(self, home: Path, server: Server) -> None:
        postgres = server()
        postgres.start()
        postgres.stop()
        with socket.create_server(("127.0.0.1", postgres.port)):
            other = server()
            url = other.start()
            assert other.port != postgres.port
            assert await ask(url, "select 1") == 1
            other.stop()
        assert int((home / "port").read_text()) == other.port

    def test_a_start_that_was_interrupted_leaves_nothing_half_made(self, home: Path, server: Server) -> None:
        (home / "data.tmp1").mkdir(parents=True)
        postgres = server()
        postgres.start()
        assert not list(home.glob("data.tmp*"))


class TestRoles:
    async def test_the_application_has_a_role_and_a_private_password_of_its_own(
        self, home: Path, server: Server
    ) -> None:
        postgres = server()
        postgres.start()
        assert (home / "app-password").stat().st_mode & 0o077 == 0
        assert await ask(postgres.application_url, "select current_user") == "kith_app"
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await ask(postgres.application_url, "create table mine ()")

    @pytest.mark.parametrize("role", ["gone", "there"])
    async def test_a_folder_of_before_gets_it_at_the_next_start(self, home: Path, server: Server, role: str) -> None:
        """`there`: the start before was interrupted when the role was made and its password not yet kept."""
        postgres = server()
        before = postgres.start()
        await ask(before, "create table note as select 1 as n")
        if role == "gone":
            admin = make_url(before).set(username="postgres", password=(home / "admin-password").read_text())
            await ask(admin.render_as_string(hide_password=False), "drop role kith_app")
        postgres.stop()
        (home / "app-password").unlink()
        assert postgres.start() == before
        assert await ask(postgres.application_url, "select current_user") == "kith_app"
        assert await ask(before, "select n from note") == 1


class TestRefusals:
    def test_two_cannot_share_one_folder(self, server: Server) -> None:
        postgres = server()
        postgres.start()
        with pytest.raises(HostError, match="already uses the database"):
            server().start()
        assert postgres.alive

    def test_a_folder_without_its_version_file(self, home: Path, server: Server) -> None:
        self.damaged(home).joinpath("base").mkdir()
        with pytest.raises(HostError, match="no readable PG_VERSION"):
            server().start()

    def test_a_folder_of_another_major_version(self, home: Path, server: Server) -> None:
        self.damaged(home).joinpath("PG_VERSION").write_text("9\n")
        with pytest.raises(HostError, match="written by PostgreSQL 9"):
            server().start()

    def test_a_damaged_folder_is_told_with_postgresqls_own_words(self, home: Path, server: Server) -> None:
        postgres = server()
        postgres.start()
        postgres.stop()
        (home / "data" / "global" / "pg_control").unlink()
        with pytest.raises(HostError, match=r"PostgreSQL did not start: .*pg_control"):
            server().start()

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
    def test_a_folder_of_another_owner(self, home: Path, server: Server) -> None:
        data = self.damaged(home)
        (data / "PG_VERSION").write_text("18\n")
        os.chown(data, 12345, 12345)
        with pytest.raises(HostError, match="belongs to another user"):
            server().start()

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root lends an account")
    def test_a_closed_parent_folder(self, home: Path, server: Server) -> None:
        home.parent.chmod(0o700)
        with pytest.raises(HostError, match="cannot enter"):
            server().start()

    def damaged(self, home: Path) -> Path:
        data = home / "data"
        data.mkdir(parents=True)
        database_account().own(data)
        return data
