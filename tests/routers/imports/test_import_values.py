"""What imports say of values that they cannot take, in whose language, and what they may set aside."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
ROW = {"external_id": "c9", "name": "蓝海科技有限公司", "manager_external_id": "u9"}


async def sent(client: Client, row: dict[str, Any], noun: str = "customers", **options: Any) -> dict[str, Any]:
    answer = await client.post(f"/imports/{noun}", json={"rows": [row]} | options)
    assert answer.status_code == 200, answer.text
    return answer.json()["results"][0]


async def importer(team: Team, as_: As, make: Make, language: str = "en") -> Client:
    await make.user("manager", external_id="u9")
    client = as_(team.admin)
    client.headers["Accept-Language"] = language
    return client


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "“nobody”: Give an e-mail address"), ("zh-CN", "“nobody”：请填写电子邮件地址"), ("de", "“nobody”：请填写")],
)
async def test_a_refused_value_is_named_in_the_caller_s_language(
    language: str, words: str, team: Team, as_: As, make: Make
) -> None:
    result = await sent(await importer(team, as_, make, language), ROW | {"email": "nobody"})
    assert (result["outcome"], result["errors"][0]["pointer"]) == ("refused", "/rows/0/email")
    assert result["errors"][0]["message"].startswith(words)
    assert "pattern" not in str(result)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "nobody"),
        ("level", "moon"),
        ("founded_year", "soon"),
        ("parent_external_id", "none"),
        ("turnover", -1),
    ],
)
async def test_a_value_that_the_row_can_do_without_is_set_aside(
    field: str, value: Any, team: Team, as_: As, make: Make
) -> None:
    client = await importer(team, as_, make)
    assert (await sent(client, ROW | {field: value}))["outcome"] == "refused"
    result = await sent(client, ROW | {field: value}, on_invalid_optional="set_aside")
    assert (result["outcome"], result["errors"]) == ("created", [])
    assert [(one["pointer"], one["value"]) for one in result["set_aside"]] == [(f"/rows/0/{field}", value)]
    assert result["set_aside"][0]["message"]


async def test_what_is_there_stays_when_a_new_value_is_set_aside(team: Team, as_: As, make: Make) -> None:
    client = await importer(team, as_, make)
    await sent(client, ROW | {"level": "major", "email": "info@example.com"})
    result = await sent(client, ROW | {"level": "moon", "email": "?"}, on_invalid_optional="set_aside")
    assert (result["outcome"], len(result["set_aside"])) == ("unchanged", 2)


@pytest.mark.parametrize("change", [{"name": ""}, {"colour": "red"}, {"manager_external_id": "nobody"}])
async def test_what_a_row_needs_is_never_set_aside(change: dict[str, Any], team: Team, as_: As, make: Make) -> None:
    client = await importer(team, as_, make)
    assert (await sent(client, ROW | change, on_invalid_optional="set_aside"))["outcome"] == "refused"


@pytest.mark.parametrize("value", ["20240305", 45000, "45000", "86400", "05.03.2024"])
async def test_a_number_is_no_date(value: Any, team: Team, as_: As, make: Make) -> None:
    client = await importer(team, as_, make)
    await sent(client, ROW)
    person = {"external_id": "p9", "name": "张三", "customer_external_id": "c9", "birthday": value}
    result = await sent(client, person, "linkmen")
    assert (result["outcome"], result["errors"][0]["code"]) == ("refused", "date_text")
    chance = {"external_id": "w9", "title": "机会", "customer_external_id": "c9", "opened_at": value}
    assert (await sent(client, chance, "chances"))["errors"][0]["code"] == "date_text"


@pytest.mark.parametrize("tel", ["+86 (21) 5550-1234 转 801", "见名片", "021－55501234；13800001234", "電話 5550 1234"])
async def test_a_telephone_is_kept_as_it_is_written(tel: str, team: Team, as_: As, make: Make) -> None:
    result = await sent(await importer(team, as_, make), ROW | {"tel": tel, "fax": tel})
    assert (result["outcome"], result["set_aside"]) == ("created", [])


async def test_a_batch_can_refuse_twins(team: Team, as_: As, make: Make) -> None:
    client = await importer(team, as_, make)
    await make.customer(team.manager, "红海科技")
    rows = [
        ROW,
        ROW | {"external_id": "c10", "name": "蓝海·科技"},
        ROW | {"external_id": "c11", "name": "红海 科技 有限公司"},
    ]
    refused = await client.post("/imports/customers", json={"rows": rows, "on_twin": "refuse"})
    assert [row["outcome"] for row in refused.json()["results"]] == ["created", "refused", "refused"]
    kept = await client.post("/imports/customers", json={"rows": rows})
    assert [row["outcome"] for row in kept.json()["results"]] == ["unchanged", "created", "created"]


async def test_every_refusal_is_in_the_caller_s_language(team: Team, as_: As, make: Make) -> None:
    manager = as_(team.manager)
    manager.headers["Accept-Language"] = "zh-CN,zh;q=0.9,en;q=0.1"
    answer = await manager.post("/customers", json={"name": "", "satisfaction": 6, "colour": 1})
    problem = answer.json()
    assert problem["title"] == "部分提交的值不可用。"
    assert {one["message"] for one in problem["errors"]} == {"至少 1 个字符", "应不大于 5", "没有这个字段"}
    assert answer.headers["content-language"] == "zh"
    assert (await manager.get("/customers/999999")).json()["detail"] == "记录不存在，或不在您的数据范围内。"
    del manager.headers["Accept-Language"]
    assert (await manager.get("/customers/999999")).json()["detail"] == "记录不存在，或不在您的数据范围内。"
    await make.session.commit()


async def test_people_are_found_by_telephones_however_written(team: Team, as_: As, make: Make) -> None:
    customer = await make.customer(team.manager, "蓝海科技", tel="010-5550 1234")
    person = await make.linkman(customer, mobile="+86 138-0000-1234")
    manager = as_(team.manager)
    for text in ("1234", "13800001234", "+86 138 0000 1234", "008613800001234", "１３８００００１２３４", " 00001234 "):
        found = (await manager.get("/linkmen", params={"q": text})).json()["items"]
        assert [row["id"] for row in found] == [person.id], text
    found = (await manager.get("/customers", params={"q": "(010) 55501234"})).json()["items"]
    assert [row["id"] for row in found] == [customer.id]
    assert (await manager.get(f"/linkmen/{person.id}")).json()["mobile_normal"] == "+8613800001234"


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ("ＡＢＣ科技", "abc科技"),
        ("ABC科技", " ＡＢＣ科技 "),
        ("Ce\u0301line SA", "c\u00e9line"),
        ("C\u00e9line SA", "ce\u0301line"),
    ],
)
async def test_search_minds_neither_width_nor_composition(
    stored: str, asked: str, team: Team, as_: As, make: Make
) -> None:
    customer = await make.customer(team.manager, stored)
    await make.chance(team.manager, title=stored)
    manager = as_(team.manager)
    assert [row["id"] for row in (await manager.get("/customers", params={"q": asked})).json()["items"]] == [
        customer.id
    ]
    assert len((await manager.get("/chances", params={"q": asked})).json()["items"]) == 1


async def test_every_search_minds_neither_width_nor_blanks(team: Team, as_: As, make: Make) -> None:
    customer = await make.customer(team.manager, "ＡＢＣ科技")
    chance = await make.chance(team.manager, team.manager, title="ＡＢＣ机会", number="JH202001010000042")
    await make.plan(chance, todo="ＡＢＣ计划")
    await make.activity(customer, team.manager, title="ＡＢＣ通话")
    await make.user("manager", name="ＡＢＣ人员")
    manager, admin = as_(team.manager), as_(team.admin)
    for client, noun in ((manager, "plans"), (manager, "activities"), (admin, "users"), (manager, "chances")):
        found = (await client.get(f"/{noun}", params={"q": " abc "})).json()
        assert len(found["items"]) == 1, noun
    found = (await manager.get("/chances", params={"q": "ＪＨ２０２００１０１０００００４２"})).json()["items"]
    assert [row["id"] for row in found] == [chance.id]


@pytest.mark.parametrize("value", ["\\ud800", "[1]", '{"a": "\\ud800"}', "1e400", "NaN", "1.5"])
async def test_whatever_was_set_aside_can_be_told(value: str, team: Team, as_: As, make: Make) -> None:
    client = await importer(team, as_, make)
    given = value if value[0] in "[{1N" else f'"{value}"'
    row = f'{{"external_id": "c9", "name": "蓝海", "manager_external_id": "u9", "email": {given}}}'
    for option in ("refuse", "set_aside"):
        body = f'{{"on_invalid_optional": "{option}", "rows": [{row}]}}'.encode()
        answer = await client.post("/imports/customers", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 200, answer.text
    assert len(answer.json()["results"][0]["set_aside"]) == 1
