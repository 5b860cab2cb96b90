"""Twins of customers: what is the same name to a person is the same to the server."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from app.core.db import Database
from app.models.customers.customer_norms import norm
from app.models.customers.customers import Customer
from app.services.base import settings
from app.services.customers import customer_norms, twins
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]


@pytest.mark.parametrize(
    ("stored", "given"),
    [
        ("蓝海科技有限公司", "蓝海科技（股份有限公司）"),
        ("蓝海科技有限公司", "蓝海·科技 有限责任公司"),
        ("ＡＢＣ Trading Co., Ltd.", "abc trading"),
        ("Müller & Söhne GmbH", "MU\u0308LLER & SÖHNE"),
        ("「蓝海」科技", "蓝海—科技"),
        ("蓝海科技有限公司", "蓝海科技北方有限公司"[:5] + "有限公司"),
        ("上海蓝海软件科技有限公司", "上海蓝海软件科技发展有限公司"),
        ("上海蓝海软件科技发展有限公司", "上海蓝海软件科技有限公司"),
    ],
)
async def test_a_customer_of_the_same_name_is_found(stored: str, given: str, team: Team, as_: As, make: Make) -> None:
    there = await make.customer(team.manager, stored)
    answer = await as_(team.manager).post("/customers", json={"name": given})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/duplicate-customer"), answer.text
    assert [one["id"] for one in answer.json()["candidates"]] == [there.id]


@pytest.mark.parametrize(
    ("stored", "given"),
    [
        ("上海蓝海科技有限公司", "北京蓝海科技有限公司"),
        ("蓝海科技有限公司", "红海科技有限公司"),
        ("C++ 软件有限公司", "C# 软件有限公司"),
        ("蓝海", "蓝海科技发展有限公司"),
    ],
)
async def test_another_customer_is_none(stored: str, given: str, team: Team, as_: As, make: Make) -> None:
    await make.customer(team.manager, stored)
    assert (await as_(team.manager).post("/customers", json={"name": given})).status_code == 201


async def test_the_same_telephone_is_a_twin(team: Team, as_: As, make: Make) -> None:
    there = await make.customer(team.manager, "蓝海科技", tel="021-5550 1234 转 8")
    manager = as_(team.manager)
    answer = await manager.post("/customers", json={"name": "另一家公司", "tel": "+86 21 55501234"})
    assert [one["id"] for one in answer.json()["candidates"]] == [there.id]
    assert (await manager.post("/customers", json={"name": "第三家公司", "tel": "见名片"})).status_code == 201


async def test_what_is_confirmed_is_created(team: Team, as_: As, make: Make) -> None:
    await make.customer(team.manager, "蓝海科技")
    body = {"name": "蓝海科技", "confirm_new": True}
    assert (await as_(team.manager).post("/customers", json=body)).status_code == 201


async def test_a_rename_looks_for_twins_too(team: Team, as_: As, make: Make) -> None:
    there = await make.customer(team.manager, "蓝海科技有限公司")
    mine = await make.customer(team.manager, "红海贸易有限公司")
    manager, path = as_(team.manager), f"/customers/{mine.id}"
    match = {"If-Match": '"1"'}
    answer = await manager.patch(path, json={"name": "蓝海·科技"}, headers=match)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/duplicate-customer"), answer.text
    assert [one["id"] for one in answer.json()["candidates"]] == [there.id]
    assert (await manager.get(path)).json()["name"] == "红海贸易有限公司"
    renamed = await manager.patch(path, json={"name": "蓝海·科技", "confirm_new": True}, headers=match)
    assert (renamed.status_code, renamed.json()["name"]) == (200, "蓝海·科技"), renamed.text


async def test_the_same_name_in_other_letters_is_no_rename(team: Team, as_: As, make: Make) -> None:
    await make.customer(team.manager, "蓝海科技有限公司")
    mine = await make.customer(team.manager, "蓝海科技")
    answer = await as_(team.manager).patch(
        f"/customers/{mine.id}", json={"name": "蓝海科技（股份有限公司）"}, headers={"If-Match": '"1"'}
    )
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("name", ["有限公司", "。。。", "Co., Ltd.", "①", "😀公司", "㈱"])
def test_every_name_has_a_form(name: str) -> None:
    assert norm(name)


MANY = text(
    "insert into cst_customer (cust_no, cust_name, cust_norm, cust_pinyin, cust_initials, cust_status, cust_tel_norm) "
    "select 'X' || n, 'n' || n, 'n' || n, '', '', 'normal', '+86' || n from generate_series(1, 20000) n"
)


async def test_twins_are_looked_for_by_indexes(owned: Database) -> None:
    async with owned.engine.begin() as connection:
        await connection.execute(MANY)
        await connection.execute(text("analyze cst_customer"))  # the planner's figures are the owner's to take
        await _look_at_plans(connection)


async def _look_at_plans(connection: AsyncConnection) -> None:
    for clause in twins.questions(twins.Known("n12345678", None, "+8613800001234"), "n12345678"):
        statement = select(Customer.id).where(clause, Customer.deleted_at.is_(None)).limit(50)
        compiled = statement.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
        plan = "\n".join(await connection.scalars(text(f"explain {compiled}".replace(":", "\\:"))))
        assert "ix_cst_customer_norm" in plan or "ix_cst_customer_tel" in plan, plan


async def test_another_rule_is_read_in_ranges(make: Make, team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(customer_norms, "AT_ONCE", 2)
    made = [await make.customer(team.manager, name) for name in ("甲有限公司", "乙有限公司", "丙有限公司")]
    await make.session.execute(text("update cst_customer set cust_norm = 'old'"))
    await settings.put(make.session, customer_norms.SETTING, {"rule": 0, "after": None})
    assert await customer_norms.stale(make.ctx)
    while await customer_norms.read_again(make.ctx):
        pass
    assert not await customer_norms.stale(make.ctx)
    for row in made:
        await make.session.refresh(row)
    assert [(row.norm, row.version) for row in made] == [("甲", 1), ("乙", 1), ("丙", 1)]
