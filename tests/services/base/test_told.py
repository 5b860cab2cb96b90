"""What Kith itself says in data has no language; what it said in Chinese before is read back, and nothing else is."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio

from app.core.told import telling
from app.models.customers.activities import Activity
from tests.conftest import Addresses, Client
from tests.factories.make import Make
from tests.factories.team import Team
from tests.services.base.test_old_rows import connected, rows, upgrade

As = Callable[..., Client]
BEFORE = "0041"
OLD = """
insert into sys_user (usr_name, usr_real_name, usr_flag) values ('mary', '玛丽', 'active');
insert into cst_customer (cust_no, cust_name, cust_pinyin, cust_initials, cust_status) values ('K1', '蓝海', '', '', 'normal');
insert into cst_activity (atv_cust_id, atv_kind, atv_date, atv_title)
  select cust_id, 'phone', now(), title from cst_customer, unnest(array[
    '由销售机会 JH202603010000001 开发成功', '由销售机会 JH202603010000001 开发成功，很好', '由展会认识'
  ]) as title;
insert into product (prod_name, prod_enabled) values ('传感器', true);
insert into storage (stk_prod_id, stk_warehouse, stk_ware) select prod_id, 'main', 'A' from product;
insert into orders (odr_no, odr_cust_id, odr_date, odr_status, odr_total, odr_holder_id)
  select 'DD1', cust_id, '2026-03-01', 'draft', 0, usr_id from cst_customer, sys_user;
insert into storage_ledger (stl_stk_id, stl_change, stl_reason, stl_count_after, stl_order_id, stl_at)
  select stk_id, 1, reason, 1, case when reason like '%%盘点%%' or reason = '订单 手写' then null else odr_id end, now()
  from storage, orders, unnest(array[
    '发货 FH1，订单 DD1', '撤销发货 FH1，订单 DD1', '订单 DD1', '发货 FH2', '订单 手写', '盘点'
  ]) as reason;
"""


@pytest_asyncio.fixture
async def old(postgres: Addresses) -> AsyncIterator[str]:
    """Return the address of a database as it was before anything was told in codes."""
    url = postgres.of("old_words").owner
    admin = await connected(postgres.of("postgres").owner)
    await admin.execute("create database old_words")
    await asyncio.to_thread(upgrade, url, BEFORE)
    yield url
    await admin.execute("drop database old_words with (force)")
    await admin.close()


async def test_old_words_become_codes_and_other_texts_stay(old: str) -> None:
    there = await connected(old)
    await there.execute(OLD.replace("%%", "%"))
    await asyncio.to_thread(upgrade, old, "head")
    won = {"code": "chance_won", "facts": {"number": "JH202603010000001"}}
    found = await rows(there, "select atv_title, atv_told from cst_activity order by atv_id")
    assert [(title, told and json.loads(told)) for title, told in found] == [
        ("JH202603010000001", won), ("由销售机会 JH202603010000001 开发成功，很好", None), ("由展会认识", None),
    ]  # fmt: skip
    ledger = await rows(there, "select stl_reason, stl_told from storage_ledger order by stl_id")
    assert [(reason, told and json.loads(told)) for reason, told in ledger] == [
        ("FH1", telling("shipment", number="FH1", order="DD1")),
        ("FH1", telling("shipment_removed", number="FH1", order="DD1")),
        ("DD1", telling("order_taken", order="DD1")),
        ("FH2", telling("shipment", number="FH2")),
        ("订单 手写", None),
        ("盘点", None),
    ]
    await there.close()


async def test_a_won_chance_tells_its_customer_s_beginning_in_no_language(team: Team, as_: As, make: Make) -> None:
    chance = await make.chance(team.manager, team.manager)
    manager = as_(team.manager)
    body = {"create_customer": True, "close_value": "10.00"}
    won = (await manager.post(f"/chances/{chance.id}/succeed", json=body)).json()
    (entry,) = (await manager.get(f"/activities?customer_id={won['customer']['id']}")).json()["items"]
    assert (entry["title"], entry["told"]) == (chance.number, telling("chance_won", number=chance.number))


@pytest.mark.parametrize(("change", "stays"), [({"memo": "好"}, True), ({"title": "自己写的"}, False)])
async def test_who_writes_other_words_over_it_speaks_for_themselves(
    change: dict[str, Any], *, stays: bool, team: Team, as_: As, make: Make
) -> None:
    customer = await make.customer(team.manager)
    facts = {
        "customer_id": customer.id,
        "kind": "phone",
        "at": make.now(),
        "title": "JH1",
        "created_by": team.manager.id,
    }
    entry = await make.add(Activity(**facts, told=telling("chance_won", number="JH1")))
    path = f"/activities/{entry.id}"
    answer = await as_(team.manager).patch(path, json=change, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.json()["told"] is not None) == (200, stays)


WHY = {"reason": {"code": "undo"}}


async def undone(client: Client, path: str, **body: Any) -> None:
    answer = await client.post(path, json=WHY | body)
    assert answer.status_code == 200, answer.text


async def test_an_undo_says_why_by_a_code_wherever_a_reason_is_kept(team: Team, as_: As, make: Make) -> None:
    chance = await make.chance(team.manager, team.manager, stage_id=(await make.stage(1)).id)
    service = await make.service(await make.customer(team.manager), team.manager)
    customer = await make.customer(team.manager)
    supervisor, path, to = as_(team.supervisor), f"/chances/{chance.id}", team.colleague.id
    await undone(supervisor, f"{path}/move", stage_id=(await make.stage(0)).id)
    await undone(supervisor, f"{path}/assign", assignee_id=to)
    await undone(supervisor, "/chances/bulk-assign", assignee_id=team.manager.id, items=[{"id": chance.id}])
    await undone(supervisor, f"{path}/take-back")
    await undone(supervisor, f"/services/{service.id}/assign", assignee_id=to)
    await undone(supervisor, f"/services/{service.id}/take-back")
    await undone(supervisor, "/customers/bulk-transfer", manager_id=to, items=[{"id": customer.id}])
    told = [
        (one["reason"], one["told"])
        for person in (team.manager, team.colleague)
        for one in (await as_(person).get("/notices")).json()["items"]
    ]
    assert (len(told), [one for one in told if one != (None, telling("undo"))]) == (10, [])
    stay = (await supervisor.get(f"{path}/stages")).json()[-1]
    assert (stay["reason"], stay["told"]) == (None, telling("undo"))
    for noun, one, times in (("chances", chance, 4), ("services", service, 2)):
        rows = (await supervisor.get(f"/{noun}/{one.id}/history")).json()["items"]
        reasons = [row["changes"]["reason"] for row in rows if "reason" in row["changes"]]
        assert reasons == [[None, telling("undo")]] * times


@pytest.mark.parametrize("reason", [{"code": "arrival"}, {"code": "undo", "facts": {"number": "1"}}, {}, " ", None, 1])
async def test_no_other_code_is_a_reason(reason: Any, team: Team, as_: As, make: Make) -> None:
    chance = await make.chance(team.manager, team.manager)
    answer = await as_(team.supervisor).post(f"/chances/{chance.id}/take-back", json={"reason": reason})
    assert (answer.status_code, [one["pointer"] for one in answer.json()["errors"]]) == (422, ["/reason"])
