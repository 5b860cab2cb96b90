"""Values that an older version took: told, never in the way of a change of something else."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from app.services.base import health_values
from app.services.reports.sheets import harmless
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]


async def test_an_old_invalid_value_is_not_in_the_way_of_a_change(team: Team, as_: As, make: Make) -> None:
    odd = {"email": "nobody", "tel": "?", "zip": "x" * 80, "level": "moon"}
    customer = await make.customer(team.manager, "旧\n客户", **odd)
    linkman = await make.linkman(customer, "旧\x07人", email="nobody", mobile="-")
    product = await make.product("旧\n产品")
    activity = await make.activity(customer, team.manager, title="旧\n题", kind="moon")
    chance = await make.chance(team.manager, team.manager, title="旧\n机会", source="moon", tel="?")
    manager, admin = as_(team.manager), as_(team.admin)
    for client, noun, row in (
        (manager, "customers", customer), (manager, "linkmen", linkman), (admin, "products", product),
        (manager, "activities", activity), (manager, "chances", chance),
    ):  # fmt: skip
        body = {"description" if noun in {"chances", "activities"} else "memo": "新"}
        answer = await client.patch(f"/{noun}/{row.id}", json=body, headers={"If-Match": f'"{row.version}"'})
        assert answer.status_code == 200, f"{noun}: {answer.text}"
    same = {"memo": "又", "level": "moon"}
    answer = await manager.patch(f"/customers/{customer.id}", json=same, headers={"If-Match": '"2"'})
    assert answer.status_code == 200, "a value that stays is not checked"
    answer = await manager.patch(f"/customers/{customer.id}", json={"level": "sun"}, headers={"If-Match": '"3"'})
    assert answer.status_code == 422


async def test_names_that_look_alike_are_told_and_still_log_in(team: Team, as_: As, make: Make, client: Client) -> None:
    one = await make.user("manager", name="甲", user_name="rnary")
    two = await make.user("manager", name="乙", user_name="other")
    await make.session.execute(
        text("update sys_user set usr_name = 'mary', usr_skeleton = null where usr_id = :id"), {"id": two.id}
    )
    await make.session.commit()
    assert "sys_user mary: looks like rnary" in await health_values.doubts(make.ctx)
    admin = as_(team.admin)
    assert (await admin.get("/health/overview")).json()["alike_names"] == 1
    body = {"user_name": "MARY1", "name": "丙", "roles": ["manager"]}
    assert (await admin.post("/users", json=body)).status_code == 201
    again = await admin.post("/users", json=body | {"user_name": "rnaryl"})
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "look_alike")
    for person in (one, two):
        link = (await admin.post(f"/users/{person.id}/link")).json()
        word = {"token": link["token"], "new_password": "a-long-password-1"}
        assert (await client.post("/api/v1/auth/link", json=word)).status_code == 200
    for name in ("rnary", " ｍａｒｙ ", "Mary"):
        form = {"username": name, "password": "a-long-password-1"}
        assert (await client.post("/api/v1/auth/token", data=form)).status_code == 200, name


async def test_days_that_numbers_became_are_told(team: Team, as_: As, make: Make) -> None:
    customer = await make.customer(team.manager)
    born = await make.linkman(customer, birthday=make.today.replace(1970, 5, 3))
    shifted = await make.linkman(customer, birthday=make.today.replace(1970, 8, 23))
    order = await make.order(customer, date=make.today.replace(1970, 1, 1))
    told = "\n".join(await health_values.doubts(make.ctx))
    assert f"cst_linkman {shifted.id} birthday: 1970-08-23" in told
    assert f"orders {order.id} date: 1970-01-01" in told
    assert f"cst_linkman {born.id} " not in told
    await health_values.note(make.ctx)
    await make.session.commit()
    assert (await as_(team.admin).get("/health/overview")).json()["days_of_1970"] == 2


@pytest.mark.parametrize("zone", ["localtime", "Factory", "posixrules", "Asia/Shanghai ", "right/UTC"])
async def test_only_iana_s_zones_are_zones(zone: str, team: Team, as_: As) -> None:
    answer = await as_(team.admin).put("/settings/company.timezone", json={"value": zone}, headers={"If-Match": '"0"'})
    assert answer.status_code == 422


async def test_a_day_is_a_holiday_or_a_working_day(team: Team, as_: As) -> None:
    admin = as_(team.admin)
    day: dict[str, Any] = {"value": [{"date": "2026-10-01", "name": "国庆节"}]}
    assert (await admin.put("/settings/work.holidays", json=day, headers={"If-Match": '"0"'})).status_code == 200
    answer = await admin.put("/settings/work.extra_days", json=day, headers={"If-Match": '"0"'})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "holiday_and_working")


@pytest.mark.parametrize(
    "text", ["=1+1", "＝1+1", "\u200b=1", "\u3000＋1", " -1", "\ufeff@x", "\t=1", "－1", "＠x", "\n=1"]
)
def test_a_formula_is_harmless_however_it_begins(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", " ", "蓝海=科技", "1-1", "\u200b蓝海"])
def test_what_is_no_formula_stays(text: str) -> None:
    assert harmless(text) == text
