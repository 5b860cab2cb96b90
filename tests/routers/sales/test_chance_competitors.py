"""Against whom a chance was won or lost: said when it is closed, kept by the dictionary as any value."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
WON = {"close_value": "9", "create_customer": True, "confirm_new": True}
LOST = {"reason": "price"}


async def rival(admin: Client, item: str = "north", value: str = "北方软件") -> dict[str, Any]:
    answer = await admin.post("/dict", json={"type": "competitor", "item": item, "value": value})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


class TestClose:
    @pytest.mark.parametrize(("step", "body"), [("succeed", WON), ("fail", LOST)])
    async def test_it_is_shown_and_in_the_history(
        self, step: str, body: dict[str, Any], team: Team, as_: As, make: Make
    ) -> None:
        await rival(as_(team.admin))
        chance, person = await make.chance(team.manager, team.manager), as_(team.manager)
        closed = await person.post(f"/chances/{chance.id}/{step}", json=body | {"competitor": "north"})
        assert (closed.status_code, closed.json()["competitor"]) == (200, "north")
        log = (await person.get(f"/chances/{chance.id}/history")).json()["items"][0]
        assert log["changes"]["competitor"] == [None, "north"]
        reopened = await as_(team.supervisor).post(f"/chances/{chance.id}/reopen", json={"reason": "又有预算"})
        assert (reopened.status_code, reopened.json()["competitor"]) == (200, None)

    @pytest.mark.parametrize(("step", "body"), [("succeed", WON), ("fail", LOST)])
    async def test_nobody_needs_to_name_one_but_it_has_to_be_one(
        self, step: str, body: dict[str, Any], team: Team, as_: As, make: Make
    ) -> None:
        chance, person = await make.chance(team.manager, team.manager), as_(team.manager)
        refused = await person.post(f"/chances/{chance.id}/{step}", json=body | {"competitor": "nobody"})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/competitor")
        closed = await person.post(f"/chances/{chance.id}/{step}", json=body | {"competitor": ""})
        assert (closed.status_code, closed.json()["competitor"]) == (200, None)

    async def test_of_an_open_chance_it_cannot_be_said(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.manager, team.manager)
        person, match = as_(team.manager), {"If-Match": '"1"'}
        refused = await person.patch(f"/chances/{chance.id}", json={"competitor": "north"}, headers=match)
        assert refused.status_code == 422


class TestDictionary:
    async def test_the_type_is_there_before_its_first_value(self, team: Team, as_: As) -> None:
        kinds = {one["type"]: one["items"] for one in (await as_(team.manager).get("/dict")).json()}
        assert kinds["competitor"] == []
        body = {"type": "competitors", "item": "x", "value": "x"}
        refused = await as_(team.admin).post("/dict", json=body)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/type")

    async def test_a_value_in_use_stays_and_can_be_merged(self, team: Team, as_: As, make: Make) -> None:
        admin = as_(team.admin)
        north, south = await rival(admin), await rival(admin, "south", "南方软件")
        lost = {"status": "failed", "closed_on": make.today, "close_reason": "price", "competitor": "north"}
        chance = await make.chance(team.manager, team.manager, **lost)
        refused = await admin.delete(f"/dict/{north['id']}", headers={"If-Match": '"1"'})
        used = [{"noun": "chances", "field": "competitor", "count": 1, "is_exact": True}]
        assert (refused.status_code, refused.json()["uses"]) == (409, used)
        merged = await admin.post(f"/dict/{north['id']}/merge", json={"into_id": south["id"]})
        assert merged.json()["moved"] == 1
        assert (await as_(team.manager).get(f"/chances/{chance.id}")).json()["competitor"] == "south"


class TestImport:
    async def test_a_closed_chance_may_bring_one(self, team: Team, as_: As, make: Make) -> None:
        admin = as_(team.admin)
        await rival(admin)
        await make.customer(team.manager, external_id="c1")
        await make.user("manager", external_id="p1", department=team.east)
        common = {"customer_external_id": "c1", "assignee_external_id": "p1", "opened_at": "2026-01-05"}
        lost = common | {"status": "failed", "closed_on": "2026-01-09", "close_reason": "price"}
        rows = [
            lost | {"external_id": "a", "title": "甲", "competitor": "north"},
            lost | {"external_id": "b", "title": "乙", "competitor": "unknown"},
            common | {"external_id": "c", "title": "丙", "competitor": "north"},
        ]
        results = (await admin.post("/imports/chances", json={"rows": rows})).json()["results"]
        assert [one["outcome"] for one in results] == ["created", "refused", "refused"]
        wrong = [one["errors"][0] for one in results[1:]]
        assert [(one["pointer"], one["code"]) for one in wrong] == [
            ("/rows/1/competitor", "not_in_dictionary"), ("/rows/2/competitor", "not_in_state"),
        ]  # fmt: skip
        again = (await admin.post("/imports/chances", json={"rows": rows[:1]})).json()["results"]
        assert again[0]["outcome"] == "unchanged"
