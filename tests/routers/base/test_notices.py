"""Notices over HTTP: who works on a chance is told when it comes and when it goes."""

from collections.abc import Callable

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]


class TestNotices:
    async def test_a_reassignment_tells_both(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.supervisor, team.manager)
        body = {"assignee_id": team.colleague.id, "reason": "休假"}
        await as_(team.supervisor).post(f"/chances/{chance.id}/assign", json=body)
        for person, kind in ((team.manager, "chance_reassigned"), (team.colleague, "chance_assigned")):
            told = (await as_(person).get("/notices")).json()["items"]
            assert [(row["kind"], row["entity_id"], row["reason"], row["actor"]["name"]) for row in told] == [
                (kind, chance.id, "休假", "东主管")
            ]
        assert (await as_(team.supervisor).get("/notices")).json()["total"] == 0

    async def test_bulk_and_taking_back_tell_too_but_nobody_tells_themself(
        self, team: Team, as_: As, make: Make
    ) -> None:
        one, two = await make.chance(team.manager), await make.chance(team.manager)
        boss = as_(team.supervisor)
        items = [{"id": one.id}, {"id": two.id}]
        await boss.post("/chances/bulk-assign", json={"items": items, "assignee_id": team.colleague.id})
        await boss.post(f"/chances/{one.id}/take-back", json={"reason": "重新安排"})
        await boss.post(f"/chances/{one.id}/assign", json={"assignee_id": team.supervisor.id})
        kinds = [row["kind"] for row in (await as_(team.colleague).get("/notices")).json()["items"]]
        assert sorted(kinds) == ["chance_assigned", "chance_assigned", "chance_taken_back"]
        assert (await boss.get("/notices/unread")).json() == {"count": 0}

    async def test_reading_marks_only_one_s_own(self, team: Team, as_: As, make: Make) -> None:
        boss, colleague = as_(team.supervisor), as_(team.colleague)
        for _ in range(2):
            chance = await make.chance(team.manager)
            await boss.post(f"/chances/{chance.id}/assign", json={"assignee_id": team.colleague.id})
        ids = [row["id"] for row in (await colleague.get("/notices?unread=true")).json()["items"]]
        assert (await as_(team.manager).post("/notices/read", json={"ids": ids})).json() == {"count": 0}
        assert (await colleague.get("/notices/unread")).json() == {"count": 2}
        assert (await colleague.post("/notices/read", json={"ids": ids[:1]})).json() == {"count": 1}
        assert (await colleague.post("/notices/read", json={})).json() == {"count": 0}

    async def test_a_refused_step_tells_nobody(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.supervisor, team.manager)
        body = {"assignee_id": team.colleague.id}
        assert (await as_(team.supervisor).post(f"/chances/{chance.id}/assign", json=body)).status_code == 422
        assert (await as_(team.colleague).get("/notices")).json()["total"] == 0
