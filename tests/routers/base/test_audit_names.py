"""What the log calls by ids and items is named for its reader, as far as they may see it."""

from collections.abc import Callable
from typing import Any

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]


async def told(reader: Client, entity: str) -> dict[str, Any]:
    answer = await reader.get(f"/audit?entity={entity}&action=create", headers={"Accept-Language": "en"})
    assert answer.status_code == 200, answer.text
    return answer.json()["items"][0]


async def a_chance(team: Team, as_: As) -> None:
    manager = as_(team.manager)
    customer = (await manager.post("/customers", json={"name": "蓝海科技", "region": "east"})).json()
    facts = {"title": "升级", "customer_name": "蓝海科技", "customer_id": customer["id"], "amount": "1234567.00"}
    assert (await manager.post("/chances", json=facts | {"source": "website"})).status_code == 201


async def test_ids_become_names_items_words_and_kinds_say_the_rest(team: Team, as_: As, make: Make) -> None:
    await a_chance(team, as_)
    both = as_(await make.user("admin", "supervisor", department=team.east))
    chance = await told(both, "chances")
    assert chance["record"] == "升级"
    named = {name: chance["names"].get(name) for name in ("customer_id", "creator_id", "source", "amount")}
    assert named == {
        "customer_id": [None, "蓝海科技"], "creator_id": [None, team.manager.name], "source": [None, "Website"],
        "amount": None,
    }  # fmt: skip
    kinds = {name: chance["kinds"][name] for name in ("amount", "opened_at", "rate_is_manual", "status", "stage_id")}
    assert kinds == {
        "amount": "money", "opened_at": "instant", "rate_is_manual": "boolean", "status": "text", "stage_id": "reference",
    }  # fmt: skip


async def test_what_the_reader_may_not_see_stays_an_id(team: Team, as_: As) -> None:
    await a_chance(team, as_)
    chance = await told(as_(team.admin), "chances")
    assert (chance["record"], chance["names"].get("customer_id")) == (None, None)
    assert chance["names"]["creator_id"] == [None, team.manager.name]


async def test_a_reason_to_close_is_named_by_how_it_closed(team: Team, as_: As, make: Make) -> None:
    chance = await make.chance(team.manager, team.manager)
    step = {"reason": "price", "note": "太贵"}
    manager = as_(team.manager)
    assert (await manager.post(f"/chances/{chance.id}/fail", json=step, headers={"If-Match": '"1"'})).status_code == 200
    rows = (await as_(team.admin).get("/audit?entity=chances&action=fail", headers={"Accept-Language": "zh"})).json()[
        "items"
    ]
    options = {kind["type"]: kind["items"] for kind in (await manager.get("/dict")).json()}
    word = next(one["value"] for one in options["fail_reason"] if one["item"] == "price")
    assert rows[0]["names"]["close_reason"] == [None, word]


async def test_what_guarded_facts_say_is_not_named(team: Team, as_: As) -> None:
    await as_(team.manager).post("/customers", json={"name": "蓝海科技", "credit_limit": "600006.00"})
    customer = await told(as_(team.admin), "customers")
    assert (customer["changes"]["credit_limit"], customer["names"].get("credit_limit")) == ([None, None], None)


async def test_lists_parts_and_what_has_no_name_of_its_own_are_named(team: Team, as_: As, make: Make) -> None:
    customer = await make.customer(team.manager)
    loss = await make.loss(customer)
    admin = as_(team.admin)
    made = (await admin.post("/roles", json={"code": "probe", "name": "试用", "data_scope": "own"})).json()
    body, headers = {"rights": ["customers:read"]}, {"If-Match": f'"{made["version"]}"'}
    assert (await admin.put(f"/roles/{made['id']}/rights", json=body, headers=headers)).status_code == 200
    rights = (await admin.get("/audit?entity=rbac&action=set_rights")).json()["items"][0]["names"]["rights"][1]
    assert ":" not in rights
    word = "再访"
    delayed = await as_(team.manager).post(
        f"/losses/{loss.id}/delay", json={"text": word, "review_date": "2099-01-01"}, headers={"If-Match": '"1"'}
    )
    assert delayed.status_code == 200, delayed.text
    both = as_(await make.user("admin", "supervisor", department=team.east))
    assert (await both.get("/audit?entity=losses")).json()["items"][0]["record"] == customer.name


async def test_stages_are_named_in_the_readers_language(team: Team, as_: As, make: Make) -> None:
    chance = await make.chance(team.manager, team.manager)
    both = as_(await make.user("admin", "supervisor", department=team.east))
    stages = (await both.get("/processes")).json()[0]["stages"]
    step = {"stage_id": stages[1]["id"]}
    moved = await as_(team.manager).post(f"/chances/{chance.id}/move", json=step, headers={"If-Match": '"1"'})
    assert moved.status_code == 200, moved.text
    for language, name in (("en", stages[1]["name_en"]), ("zh", stages[1]["name"])):
        rows = (await both.get("/audit?entity=chances&action=move", headers={"Accept-Language": language})).json()
        assert rows["items"][0]["names"]["stage_id"][1] == name
