"""The migration that lets chances name competitors by their rows, on values and chances as an older version left them."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest_asyncio
from alembic import command
from alembic.config import Config

from app.core.settings import ROOT
from tests.conftest import Addresses

BEFORE = "0052"
OLD = """
insert into bas_dict (dict_type, dict_item, dict_value, dict_value_en, dict_sort, dict_enabled) values
  ('competitor', 'ht', '恒通', 'Hengtong', 10, true), ('competitor', 'bc', '北辰', null, 20, false),
  ('competitor', 'yt', '云图', null, 30, true);
insert into mkt_competitor (cpt_code, cpt_name, cpt_pinyin, cpt_initials) values
  ('ht', '恒通软件', 'hengtongruanjian', 'htrj'), ('JZ1', '云图', 'yuntu', 'yt');
insert into sys_user (usr_name, usr_real_name, usr_flag) values ('a', '甲', 'active');
insert into sal_chance (chc_no, chc_importance, chc_cust_name, chc_title, chc_rate, chc_rate_is_manual, chc_stage_id,
    chc_create_id, chc_create_date, chc_due_id, chc_status, chc_competitor)
  select 'JH' || n, 'mid', '客户', '机会', 10, false, (select min(stg_id) from sal_stage), usr_id, now(), usr_id, 'failed', said
  from sys_user, unnest(array['ht', 'bc', 'yt', 'gone', null]) with ordinality as told(said, n) where usr_name = 'a';
insert into sys_log (log_at, log_action, log_entity, log_entity_id, log_changes) values
  (now(), 'fail', 'chances', 1, '{"competitor": [null, "ht"], "status": ["assigned", "failed"]}'),
  (now(), 'reopen', 'chances', 1, '{"competitor": ["ht", null]}'),
  (now(), 'update', 'customers', 1, '{"competitor": ["ht", null]}');
"""
NAMED = "select chc_no, cpt_code, cpt_name, cpt_enabled from sal_chance left join mkt_competitor on cpt_id = chc_competitor_id order by 1"
LOG = "select log_changes from sys_log where log_entity_id = 1 order by log_id"
VALUES = "select count(*) from bas_dict where dict_type = 'competitor'"


def alembic(url: str, step: Any, revision: str) -> None:
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("sqlalchemy.url", url)
    step(config, revision)


@pytest_asyncio.fixture
async def old(postgres: Addresses) -> AsyncIterator[tuple[str, Any]]:
    """Return the address of a database as an older version left it, and a connection to it."""
    url = postgres.of("old_competitors").owner
    admin = await asyncpg.connect(postgres.of("postgres").owner.replace("+asyncpg", ""), ssl=False)
    await admin.execute("create database old_competitors")
    await asyncio.to_thread(alembic, url, command.upgrade, BEFORE)
    there = await asyncpg.connect(url.replace("+asyncpg", ""), ssl=False)
    await there.execute(OLD)
    yield url, there
    await there.close()
    await admin.execute("drop database old_competitors with (force)")
    await admin.close()


async def test_values_become_rows_and_chances_and_their_log_name_them(old: tuple[str, Any]) -> None:
    url, there = old
    await asyncio.to_thread(alembic, url, command.upgrade, "0053")
    assert [tuple(row) for row in await there.fetch(NAMED)] == [
        ("JH1", "ht", "恒通软件", True),  # one of that code was kept already
        ("JH2", "bc", "北辰", False),
        ("JH3", "yt", "云图 (yt)", True),  # another one has the name
        ("JH4", "gone", "gone", False),  # in no dictionary
        ("JH5", None, None, None),
    ]
    assert await there.fetchval(VALUES) == 0
    row_id = await there.fetchval("select cpt_id from mkt_competitor where cpt_code = 'ht'")
    assert [json.loads(row["log_changes"]) for row in await there.fetch(LOG)] == [
        {"competitor_id": [None, row_id], "status": ["assigned", "failed"]},
        {"competitor_id": [row_id, None]},
        {"competitor": ["ht", None]},  # of another noun
    ]


async def test_the_way_back_says_the_codes_again(old: tuple[str, Any]) -> None:
    url, there = old
    await asyncio.to_thread(alembic, url, command.upgrade, "0053")
    await asyncio.to_thread(alembic, url, command.downgrade, BEFORE)
    said = await there.fetch("select chc_competitor from sal_chance order by chc_no")
    assert [row["chc_competitor"] for row in said] == ["ht", "bc", "yt", "gone", None]
    assert await there.fetchval(VALUES) == 5
    assert json.loads((await there.fetch(LOG))[1]["log_changes"]) == {"competitor": ["ht", None]}
