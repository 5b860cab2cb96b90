"""Against whom a chance was won or lost: said when it is closed, by the code of a competitor."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
WON = {"close_value": "9", "create_customer": True, "confirm_new": True}
LOST = {"reason": "price"}
NOW = datetime(2026, 3, 1, tzinfo=UTC)


class TestClose:
    @pytest.mark.parametrize(("step", "body"), [("succeed", WON), ("fail", LOST)])
    async def test_it_is_shown_and_in_the_history(
        self, step: str, body: dict[str, Any], team: Team, as_: As, make: Make
    ) -> None:
        rival = await make.competitor("北方软件", code="north", name_en="North Software")
        chance, person = await make.chance(team.manager, team.manager), as_(team.manager)
        closed = await person.post(f"/chances/{chance.id}/{step}", json=body | {"competitor": "north"})
        assert (closed.status_code, closed.json()["competitor"]) == (200, "north")
        assert closed.json()["competitor_ref"] == {"id": rival.id, "name": "北方软件", "name_en": "North Software"}
        log = (await person.get(f"/chances/{chance.id}/history")).json()["items"][0]
        assert log["changes"]["competitor_id"] == [None, rival.id]
        reopened = await as_(team.supervisor).post(f"/chances/{chance.id}/reopen", json={"reason": "又有预算"})
        assert [reopened.json()[name] for name in ("competitor", "competitor_ref")] == [None, None]

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

    @pytest.mark.parametrize("gone", [{"enabled": False}, {"deleted_at": NOW}])
    async def test_one_that_is_met_no_more_is_not_named_anew(
        self, gone: dict[str, Any], team: Team, as_: As, make: Make
    ) -> None:
        await make.competitor(code="north", **gone)
        chance, person = await make.chance(team.manager, team.manager), as_(team.manager)
        refused = await person.post(f"/chances/{chance.id}/fail", json=LOST | {"competitor": "north"})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/competitor")
        assert (await person.get(f"/chances/{chance.id}")).json()["status"] == "assigned"

    async def test_of_a_chance_that_names_it_a_disabled_one_is_told(self, team: Team, as_: As, make: Make) -> None:
        rival = await make.competitor(code="north", enabled=False)
        lost = {"status": "failed", "closed_on": make.today, "close_reason": "price", "competitor_id": rival.id}
        chance = await make.chance(team.manager, team.manager, **lost)
        read = (await as_(team.manager).get(f"/chances/{chance.id}")).json()
        assert (read["competitor"], read["competitor_ref"]["id"]) == ("north", rival.id)


class TestReports:
    async def test_a_competitor_is_called_as_the_reader_says_under_its_code(
        self, team: Team, as_: As, make: Make
    ) -> None:
        rival = await make.competitor("北方软件", code="north", name_en="North Software")
        lost = {"status": "failed", "closed_on": make.today, "close_reason": "price", "amount": 5}
        chance = await make.chance(team.manager, team.manager, **lost, competitor_id=rival.id)
        await make.chance(team.manager, team.manager, **lost)
        person, names = as_(team.supervisor), {}
        for language in ("zh-CN", "en-US"):
            report = await person.get("/reports/reasons", headers={"Accept-Language": language})
            (table,) = [one for one in report.json()["tables"] if one["key"] == "competitors"]
            names[language] = {row["key"]: (row["name"], row["values"][1]) for row in table["rows"]}
        assert names["zh-CN"] == {"north": ("北方软件", "1"), "none": (None, "1")}
        assert names["en-US"]["north"][0] == "North Software"
        asked = {"table": "competitors", "key": "north"}
        behind = (await person.get("/reports/reasons/rows", params=asked)).json()["items"]
        assert [row["id"] for row in behind] == [chance.id]


class TestImport:
    async def test_a_closed_chance_may_bring_one(self, team: Team, as_: As, make: Make) -> None:
        admin = as_(team.admin)
        await make.competitor(code="north", enabled=False)
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
            ("/rows/1/competitor", "not_found"), ("/rows/2/competitor", "not_in_state"),
        ]  # fmt: skip
        again = (await admin.post("/imports/chances", json={"rows": rows[:1]})).json()["results"]
        assert again[0]["outcome"] == "unchanged"
