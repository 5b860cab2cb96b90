"""A linked chance bears its customer's name, and a draft that copied the customer's address goes with the customer."""

from collections.abc import Callable

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
FIRST = {"If-Match": '"1"'}


async def test_a_renamed_customer_is_renamed_on_its_chances_and_found_there(team: Team, as_: As, make: Make) -> None:
    customer = await make.customer(team.manager, "蓝海科技")
    facts = {"customer_id": customer.id, "customer_name": "蓝海科技"}
    chances = [
        await make.chance(team.manager, team.manager, **facts),
        await make.chance(team.manager, team.manager, **facts, status="failed", closed_on=make.today),
    ]
    other = await make.chance(team.manager, team.manager, customer_name="蓝海科技")
    manager = as_(team.manager)
    await manager.patch(f"/customers/{customer.id}", json={"name": "深海重工"}, headers=FIRST)
    found = (await manager.get("/chances", params={"q": "深海", "sort": "customer_name"})).json()["items"]
    assert {(row["id"], row["customer_name"]) for row in found} == {(one.id, "深海重工") for one in chances}
    assert (await manager.get(f"/chances/{other.id}")).json()["customer_name"] == "蓝海科技"
    history = (await manager.get(f"/chances/{chances[0].id}/history")).json()["items"]
    assert history[0]["changes"]["customer_name"] == ["蓝海科技", "深海重工"]


async def test_a_linked_chance_takes_no_name_of_its_own(team: Team, as_: As, make: Make) -> None:
    customer = await make.customer(team.manager, "蓝海科技")
    chance = await make.chance(team.manager, team.manager, customer_id=customer.id, customer_name="蓝海科技")
    manager, url = as_(team.manager), f"/chances/{chance.id}"
    refused = await manager.patch(url, json={"customer_name": "别的"}, headers=FIRST)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/customer_name")
    same = {"customer_name": "蓝海科技", "title": "改"}
    assert (await manager.patch(url, json=same, headers=FIRST)).json()["title"] == "改"
    freed = {"customer_id": None, "customer_name": "别的"}
    assert (await manager.patch(url, json=freed, headers={"If-Match": '"2"'})).json()["customer_name"] == "别的"


async def test_a_win_with_an_existing_customer_takes_its_name(team: Team, as_: As, make: Make) -> None:
    customer = await make.customer(team.manager, "蓝海科技")
    chance = await make.chance(team.manager, team.manager, customer_name="兰海")
    won = {"close_value": "1", "customer_id": customer.id}
    answer = (await as_(team.manager).post(f"/chances/{chance.id}/succeed", json=won)).json()
    assert answer["customer_name"] == "蓝海科技"


async def test_a_copied_address_follows_the_customer_of_a_draft_one_by_hand_stays(
    team: Team, as_: As, make: Make
) -> None:
    one, two = (
        await make.customer(team.manager, address="甲路 1 号"),
        await make.customer(team.manager, address="乙路 2 号"),
    )
    manager = as_(team.manager)
    for given, wanted in (({}, "乙路 2 号"), ({"address": "工地 3 号"}, "工地 3 号")):
        order = (await manager.post("/orders", json={"customer_id": one.id} | given)).json()
        match = {"If-Match": f'"{order["version"]}"'}
        moved = await manager.patch(f"/orders/{order['id']}", json={"customer_id": two.id}, headers=match)
        assert moved.json()["address"] == wanted, moved.text
