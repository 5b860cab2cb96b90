"""The migration that brings old rows into their normal forms, on rows as an older version left them."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from alembic import command
from alembic.config import Config

from app.core.settings import ROOT
from migrations import batches
from tests.conftest import Addresses

BEFORE = "0021"
OLD = """
insert into cst_customer (cust_no, cust_name, cust_pinyin, cust_initials, cust_status, cust_tel, cust_memo, cust_email) values
  ('K1', E'  蓝海\\u3000科技\\n有限公司 ', '', '', 'normal', '021-5550 1234', E'一\\r\\n二\\x07  ', 'nobody'),
  ('K2', E'Ce\\u0301line\\u200b S.A.', '', '', 'normal', null, null, null),
  ('K3', '蓝海科技（股份有限公司）', '', '', 'normal', '见名片', null, null),
  ('K4', E'\\u3164', '', '', 'normal', null, null, null);
insert into cst_linkman (lkm_cust_id, lkm_name, lkm_mobile, lkm_is_primary, lkm_status, lkm_birthday)
  select cust_id, E' 张\\u200b三 ', '+86 138-0000-1234', true, 'active', '1970-08-23' from cst_customer where cust_no = 'K1';
insert into sys_user (usr_name, usr_real_name, usr_flag) values
  ('mary', '玛丽', 'active'), ('rnary', ' 玛 丽 ', 'active'), (E'ａｄｍｉｎ', '旧', 'active');
"""


def upgrade(url: str, revision: str) -> None:
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("sqlalchemy.url", url)
    command.upgrade(config, revision)


async def rows(connection: Any, statement: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await connection.fetch(statement)]


async def connected(url: str) -> Any:
    return await asyncpg.connect(url.replace("+asyncpg", ""), ssl=False)


MANY = """
insert into cst_customer (cust_no, cust_name, cust_pinyin, cust_initials, cust_status, cust_memo)
  select 'K' || i, '蓝海' || i || '有限公司', '', '', 'normal', E'一\\r\\n二' from generate_series(1, {count}) as i
"""
FORMS = "select cust_id, cust_norm, cust_memo from cst_customer order by cust_id"


@pytest_asyncio.fixture
async def old(postgres: Addresses) -> AsyncIterator[str]:
    """Return the address of a database as an older version left it."""
    url = postgres.of("old_rows").owner
    admin = await connected(postgres.of("postgres").owner)
    await admin.execute("create database old_rows")
    await asyncio.to_thread(upgrade, url, BEFORE)
    yield url
    await admin.execute("drop database old_rows with (force)")
    await admin.close()


async def test_old_rows_get_their_forms(old: str) -> None:
    there = await connected(old)
    await there.execute(OLD)
    await asyncio.to_thread(upgrade, old, "head")
    customers = (
        "select cust_name, cust_norm, cust_tel, cust_tel_norm, cust_memo, version from cst_customer order by cust_no"
    )
    assert await rows(there, customers) == [
        ("蓝海 科技 有限公司", "蓝海科技", "021-5550 1234", "+862155501234", "一\n二", 1),
        ("Céline S.A.", "céline", None, None, None, 1),
        ("蓝海科技(股份有限公司)".replace("(", "（").replace(")", "）"), "蓝海科技", "见名片", None, None, 1),
        ("\u3164", "\u1160", None, None, None, 1),
    ]
    people = "select lkm_name, lkm_mobile, lkm_mobile_norm, lkm_birthday::text from cst_linkman"
    assert await rows(there, people) == [("张三", "+86 138-0000-1234", "+8613800001234", "1970-08-23")]
    names = "select usr_name, usr_skeleton, usr_real_name from sys_user order by usr_id"
    assert await rows(there, names) == [
        ("mary", "mary", "玛丽"), ("rnary", None, "玛 丽"), ("ａｄｍｉｎ", "admin", "旧"),
    ]  # fmt: skip
    logged = await rows(there, "select log_changes from sys_log where log_action = 'normalise'")
    assert [json.loads(one) for (one,) in logged] == [
        {"cst_customer": [None, 3], "cst_linkman": [None, 1], "sys_user": [None, 1]}
    ]
    found = "select cust_no from cst_customer where crm_bigrams(cust_search) @> crm_bigrams('ＣÉＬＩＮＥ')"
    assert await rows(there, found) == [("K2",)]
    await there.close()


async def waiting(there: Any) -> int:
    """Return the process of the server that waits for somebody's row."""
    while True:
        pid = await there.fetchval(
            "select pid from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0"
        )
        if pid:
            return int(pid)
        await asyncio.sleep(0.02)


async def test_batches_are_committed_and_a_killed_run_goes_on(old: str) -> None:
    count = 2 * batches.AT_ONCE + 1
    there, holder = await connected(old), await connected(old)
    await asyncio.to_thread(upgrade, old, "0028")
    await there.execute(MANY.format(count=count))
    last = await there.fetchval("select max(cust_id) from cst_customer")
    held = holder.transaction()
    await held.start()
    await holder.execute("select from cst_customer where cust_id = $1 for update", last)
    running = asyncio.ensure_future(asyncio.to_thread(upgrade, old, "head"))
    pid = await asyncio.wait_for(waiting(there), 60)
    await there.execute("set lock_timeout = '1s'")
    done = await there.execute(
        "update cst_customer set cust_memo = E'三\\r\\n四' where cust_norm is not null and cust_id <> $1", last
    )
    assert done == f"UPDATE {2 * batches.AT_ONCE}"  # seen, and nobody's any more
    await there.execute("select pg_terminate_backend($1)", pid)
    with pytest.raises(Exception, match=r"terminat|closed"):
        await running
    await held.rollback()
    assert await there.fetchval("select to_regclass('ix_cst_customer_norm')") is None
    await asyncio.to_thread(upgrade, old, "head")
    found = await there.fetch(FORMS)
    assert [row["cust_norm"] for row in found] == [f"蓝海{i}" for i in range(1, count + 1)]
    assert [row["cust_memo"] for row in found] == ["三\r\n四"] * (count - 1) + [
        "一\n二"
    ]  # what was done is not done again
    logged = await rows(there, "select log_changes from sys_log where log_action = 'normalise'")
    assert [json.loads(one) for (one,) in logged] == [{"cst_customer": [None, count]}]
    assert await rows(there, "select set_name from sys_setting where set_name like 'migration%'") == []
    assert await rows(there, "select indexrelid::regclass::text from pg_index where not indisvalid") == []
    await there.close()
    await holder.close()


async def test_rows_that_an_earlier_version_brought_into_their_forms_are_left_alone(old: str) -> None:
    await asyncio.to_thread(upgrade, old, "0028")
    there = await connected(old)
    await there.execute(OLD + "create index ix_cst_customer_norm on cst_customer (cust_norm) where deleted_at is null")
    await asyncio.to_thread(upgrade, old, "head")
    assert await rows(there, "select cust_norm from cst_customer where cust_norm is not null") == []
    assert await there.fetchval("select to_regclass('ix_cst_linkman_mobile_norm_tail')") is not None
    await there.close()


async def test_each_part_of_the_log_is_found_by_person(old: str) -> None:
    await asyncio.to_thread(upgrade, old, "0029")
    there = await connected(old)
    month = "create table sys_log_{0} partition of sys_log for values from ('{0}-01-01') to ('{0}-02-01')"
    await there.execute(month.format(2101))
    await asyncio.to_thread(upgrade, old, "head")
    await there.execute(month.format(2102))
    told = "select indrelid::regclass::text, indisvalid from pg_index where pg_get_indexdef(indexrelid) like '%(log_actor_id, log_id)'"
    assert sorted(await rows(there, told)) == [
        ("sys_log", True), ("sys_log_2101", True), ("sys_log_2102", True), ("sys_log_default", True),
    ]  # fmt: skip
    await there.close()


LOCAL = """
insert into cst_customer (cust_no, cust_name, cust_pinyin, cust_initials, cust_status, cust_tel, cust_tel_norm) values
  ('K1', '甲', '', '', 'normal', '5550 1234', '+8655501234'), ('K2', '乙', '', '', 'normal', '95588', '+8695588'),
  ('K3', '丙', '', '', 'normal', '0571-8888123', '+865718888123'), ('K4', '丁', '', '', 'normal', '+65 6123 4567', '+6561234567');
"""


async def test_old_telephones_without_their_area_become_digits(old: str) -> None:
    await asyncio.to_thread(upgrade, old, "0033")
    there = await connected(old)
    await there.execute(LOCAL)
    await asyncio.to_thread(upgrade, old, "head")
    forms = await rows(there, "select cust_tel_norm from cst_customer order by cust_no")
    assert forms == [("55501234",), ("+8695588",), ("+865718888123",), ("+6561234567",)]
    await there.close()


async def test_customers_are_opened_on_the_company_s_day_of_their_record(old: str) -> None:
    there = await connected(old)
    await asyncio.to_thread(upgrade, old, "0036")
    await there.execute("update sys_setting set set_value = '\"Europe/Berlin\"' where set_name = 'company.timezone'")
    made = "insert into cst_customer (cust_no, cust_name, cust_pinyin, cust_initials, cust_status, created_at) values "
    await there.execute(
        made + "('K1', 'A', '', '', 'normal', '2025-12-31 22:59Z'), ('K2', 'B', '', '', 'normal', '2025-12-31 23:00Z')"
    )
    await asyncio.to_thread(upgrade, old, "head")
    days = "select cust_no, cust_opened_on::text, version from cst_customer order by cust_no"
    assert await rows(there, days) == [("K1", "2025-12-31", 1), ("K2", "2026-01-01", 1)]
    await there.execute(
        "insert into cst_customer (cust_no, cust_name, cust_pinyin, cust_initials, cust_status) values ('K3', 'C', '', '', 'normal')"
    )
    assert await there.fetchval("select cust_opened_on is not null from cst_customer where cust_no = 'K3'")
    await there.close()
