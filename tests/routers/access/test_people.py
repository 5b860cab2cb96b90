"""People in pickers, and how much work they have."""

from collections.abc import Callable

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
LOADS = "/people/loads"


class TestLoads:
    async def test_what_is_open_of_each_is_counted(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        await make.customer(team.manager, status="lost")
        await make.chance(team.supervisor, team.manager)
        await make.chance(team.supervisor, team.manager, status="failed")
        await make.service(customer, team.manager)
        await make.service(customer, team.colleague, status="archived")
        asked = {"ids": [team.manager.id, team.colleague.id], "within": "chances:assign"}
        found = (await as_(team.supervisor).get(LOADS, params=asked)).json()
        assert found == [
            {"id": team.manager.id, "customers": 1, "chances": 1, "services": 1},
            {"id": team.colleague.id, "customers": 0, "chances": 0, "services": 0},
        ]

    async def test_who_is_out_of_reach_is_not_told(self, team: Team, as_: As) -> None:
        asked = {"ids": [team.manager.id, team.stranger.id], "within": "chances:assign"}
        found = (await as_(team.supervisor).get(LOADS, params=asked)).json()
        assert [person["id"] for person in found] == [team.manager.id]
        assert (await as_(team.manager).get(LOADS, params=asked)).json()[1:] == []

    async def test_the_question_is_bounded(self, team: Team, as_: As) -> None:
        asked = {"ids": list(range(1, 202)), "within": "chances:assign"}
        assert (await as_(team.supervisor).get(LOADS, params=asked)).status_code == 422
