"""The migration that brings old rows into their normal forms, on rows as an older version left them."""

import asyncio
import json
from typing import Any

import asyncpg
from alembic import command
from alembic.config import Config

from app.core.settings import ROOT
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


async def test_old_rows_get_their_forms(postgres: Addresses) -> None:
    url = postgres.of("old_rows").owner
    admin = await connected(postgres.of("postgres").owner)
    await admin.execute("create database old_rows")
    try:
        await asyncio.to_thread(upgrade, url, BEFORE)
        there = await connected(url)
        await there.execute(OLD)
        await asyncio.to_thread(upgrade, url, "head")
        customers = "select cust_name, cust_norm, cust_tel, cust_tel_norm, cust_memo, version from cst_customer order by cust_no"
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
    finally:
        await admin.execute("drop database old_rows")
        await admin.close()
