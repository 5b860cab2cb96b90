"""The database itself keeps the application's role from changing the log, on the whole and on every part of it."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import asyncpg
import pytest
from sqlalchemy.engine import make_url

from app.core.audit import log
from app.core.db import Database
from app.core.settings import Settings
from app.host.cluster import APPLICATION
from app.jobs.unit import unit
from app.services.base import health, housekeeping
from tests.conftest import Addresses, migrate
from tests.factories.application import KEY

PARTS = "select relid::regclass::text from pg_partition_tree('sys_log') where relid <> 'sys_log'::regclass order by 1"
CHANGES = (
    "update {part} set log_changes = '{{}}'",
    "delete from {part}",
    "insert into {part} select * from sys_log where false",
    "truncate {part}",
    "drop table {part}",
    "alter table {part} disable trigger all",
    "create trigger hide before insert on {part} for each row execute function fn_pgqueuer_changed()",
)


async def connect(url: str) -> "asyncpg.Connection[Any]":
    return await asyncpg.connect(url.replace("+asyncpg", ""), ssl=False)


async def refused(connection: "asyncpg.Connection[Any]", statement: str) -> bool:
    try:
        await connection.execute(statement)
    except asyncpg.InsufficientPrivilegeError:
        return True
    return False


async def months_ahead(owned: Database) -> None:
    async with unit(owned) as ctx:
        await housekeeping.extend_log(ctx)


async def test_the_application_cannot_change_any_part_of_the_log(
    committed: Database, owned: Database, cloned: Addresses
) -> None:
    await months_ahead(owned)
    async with unit(committed) as ctx:
        log(ctx, "create", "probe", 1, {"name": [None, "甲"]})
    application = await connect(cloned.application)
    parts = [row[0] for row in await application.fetch(PARTS)]
    assert len(parts) == 1 + housekeeping.MONTHS_AHEAD
    statements = [change.format(part=part) for part in ("sys_log", *parts) for change in CHANGES]
    statements.remove("insert into sys_log select * from sys_log where false")  # the one thing that it may do
    statements += [f"alter table sys_log detach partition {part}" for part in parts]
    statements += ["select crm_log_guard()", "drop function crm_log_erase", f"grant kith to {APPLICATION}"]
    assert [statement for statement in statements if not await refused(application, statement)] == []
    assert await application.fetchval("select log_changes from sys_log where log_entity = 'probe'") is not None
    await application.close()


async def test_rows_of_the_coming_months_find_their_part(
    committed: Database, owned: Database, cloned: Addresses
) -> None:
    await months_ahead(owned)
    application = await connect(cloned.application)
    day = datetime.now(UTC).replace(day=1).date()
    coming = housekeeping._next(day)  # noqa: SLF001
    found = await application.fetchval(
        "insert into sys_log (log_at, log_action, log_entity, log_changes) values ($1, 'a', 'b', '{}')"
        " returning tableoid::regclass::text",
        datetime(coming.year, coming.month, 2, tzinfo=UTC),
    )
    assert found == f"sys_log_{coming:%Y_%m}"
    await application.close()
    async with unit(committed) as ctx:
        assert await health.log_guarded(ctx)


async def test_tables_and_sequences_that_come_later_are_the_application_s_to_use(cloned: Addresses) -> None:
    owner, application = await connect(cloned.owner), await connect(cloned.application)
    await owner.execute("create table later (id bigint generated always as identity, n bigserial)")
    await application.execute("insert into later default values; update later set n = 2; delete from later")
    for statement in ("drop table later", "truncate later", "create table mine ()", "create schema mine"):
        assert await refused(application, statement), statement
    await owner.close()
    await application.close()


async def test_a_right_given_by_hand_is_taken_back_by_the_next_migration(cloned: Addresses) -> None:
    owner, application = await connect(cloned.owner), await connect(cloned.application)
    await owner.execute(f"grant all on sys_log, sys_log_default to {APPLICATION}")
    assert not await refused(application, "delete from sys_log_default")
    await asyncio.to_thread(migrate, cloned)
    assert await refused(application, "delete from sys_log_default")
    assert await refused(application, "delete from sys_log")
    await owner.close()
    await application.close()


@pytest.mark.parametrize("part", ["sys_log", "sys_log_default"])
async def test_health_says_when_the_log_is_not_guarded(
    part: str, owned: Database, committed: Database, cloned: Addresses
) -> None:
    async with unit(owned) as ctx:
        assert not await health.log_guarded(ctx)
    owner = await connect(cloned.owner)
    await owner.execute(f"grant delete on {part} to {APPLICATION}")
    await owner.close()
    async with unit(committed) as ctx:
        assert not await health.log_guarded(ctx)


async def test_erasing_runs_in_a_search_path_of_its_own(cloned: Addresses) -> None:
    application = await connect(cloned.application)
    await application.execute("create temp table sys_log (like public.sys_log)")
    await application.execute(
        "insert into public.sys_log (log_at, log_action, log_entity, log_entity_id, log_changes)"
        " values (now(), 'create', 'probe', 5, '{\"name\": [null, \"x\"]}')"
    )
    await application.execute("select public.crm_log_erase('probe', 5, null, null, null, null)")
    assert await application.fetchval("select count(*) from pg_temp.sys_log") == 0
    rows = await application.fetch("select log_changes from public.sys_log where log_entity_id = 5")
    assert {row[0] for row in rows} == {'{"name": [null, null]}'}
    await application.close()


def test_one_role_is_both_where_no_owner_is_named() -> None:
    one = Settings(database_url="postgres://app@db/kith", secret_key=KEY)
    assert (one.owner_url, one.application_role) == (one.database_url, "")
    two = Settings(database_url="postgres://app@db/kith", owner_database_url="postgres://owner@db/kith", secret_key=KEY)
    assert (make_url(two.owner_url).username, two.application_role) == ("owner", "app")
