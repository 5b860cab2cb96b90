"""Activities of chances that have no customer yet: they stay with the chance, and go to the customer that it gets."""

from collections.abc import Callable

import pytest

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
NOTE = {"title": "初次电话", "description": "有兴趣", "next_step": "寄样品", "next_at": "2030-01-01T01:00:00Z"}
MATCH = {"If-Match": '"1"'}


async def test_it_is_logged_and_seen_by_who_sees_the_chance(team: Team, as_: As, make: Make) -> None:
    chance = await make.chance(team.colleague, team.manager)
    answer = await as_(team.manager).post("/activities", json=NOTE | {"chance_id": chance.id})
    assert answer.status_code == 201, answer.text
    activity = answer.json()
    assert (activity["customer"], activity["chance"]["id"]) == (None, chance.id)
    sees = {"manager": 1, "colleague": 1, "supervisor": 1, "executive": 1, "stranger": 0, "other_supervisor": 0}
    for who, count in sees.items():
        person = as_(getattr(team, who))
        listed = (await person.get("/activities")).json()
        assert (who, len(listed["items"]), listed["total"]) == (who, count, count)
        status = (await person.get(f"/activities/{activity['id']}")).status_code
        assert (who, status) == (who, 200 if count else 404)
    seen = (await as_(team.manager).get(f"/chances/{chance.id}")).json()
    assert (seen["last_activity_at"], seen["next_at"]) == (activity["at"], NOTE["next_at"])


async def test_a_stranger_s_chance_is_not_written_of(team: Team, as_: As, make: Make) -> None:
    chance = await make.chance(team.manager, team.manager)
    for who, status in (("stranger", 422), ("executive", 403)):
        answer = await as_(getattr(team, who)).post("/activities", json=NOTE | {"chance_id": chance.id})
        assert answer.status_code == status, answer.text
    assert (await as_(team.manager).post("/activities", json=NOTE)).status_code == 422


async def test_it_cannot_lose_its_chance(team: Team, as_: As, make: Make) -> None:
    chance = await make.chance(team.manager, team.manager)
    manager = as_(team.manager)
    made = (await manager.post("/activities", json=NOTE | {"chance_id": chance.id})).json()
    url = f"/activities/{made['id']}"
    assert (await manager.patch(url, json={"chance_id": None}, headers=MATCH)).status_code == 422
    assert (await manager.patch(url, json={"title": "改"}, headers=MATCH)).json()["title"] == "改"


@pytest.mark.parametrize("how", ["create", "link", "edit"])
async def test_it_goes_to_the_customer_that_the_chance_gets(how: str, team: Team, as_: As, make: Make) -> None:
    chance = await make.chance(team.manager, team.manager, customer_name="蓝海科技")
    customer = await make.customer(team.manager, "大海集团")
    manager = as_(team.manager)
    made = (await manager.post("/activities", json=NOTE | {"chance_id": chance.id})).json()
    if how == "edit":
        await manager.patch(f"/chances/{chance.id}", json={"customer_id": customer.id}, headers=MATCH)
    else:
        whose = {"create_customer": True} if how == "create" else {"customer_id": customer.id}
        await manager.post(f"/chances/{chance.id}/succeed", json={"close_value": "10"} | whose)
    now = (await manager.get(f"/chances/{chance.id}")).json()["customer"]
    assert (await manager.get(f"/activities/{made['id']}")).json()["customer"] == now
    timeline = (await manager.get("/activities", params={"customer_id": now["id"]})).json()["items"]
    assert made["id"] in {row["id"] for row in timeline}
    seen = (await manager.get(f"/customers/{now['id']}")).json()
    assert seen["last_activity_at"] is not None


async def test_it_lies_in_the_bin_with_its_chance_and_is_purged_with_it(team: Team, as_: As, make: Make) -> None:
    chance = await make.chance(team.manager)
    manager, admin = as_(team.manager), as_(team.admin)
    made = (await manager.post("/activities", json=NOTE | {"chance_id": chance.id})).json()
    await manager.delete(f"/chances/{chance.id}", headers=MATCH)
    assert (await manager.get(f"/activities/{made['id']}")).status_code == 404
    url = f"/recycle-bin/chances/{chance.id}/purge"
    assert (await admin.get(url)).json()["goes"] == [{"noun": "activities", "count": 1}]
    purged = await admin.post(url, json={"confirm": chance.number}, headers={"If-Match": '"2"'})
    assert purged.status_code == 204, purged.text
