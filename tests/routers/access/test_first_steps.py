"""The list of first steps: told by the data, one for each part in starting a company, put away and back."""

from collections.abc import Callable
from typing import Any

import pytest

from app.models.sales.goals import Goal
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]


async def steps(client: Client) -> dict[str, dict[str, Any]]:
    return {one["code"]: one for one in (await client.get("/first-steps")).json()["steps"]}


async def done(client: Client) -> set[str]:
    return {code for code, one in (await steps(client)).items() if one["done"]}


class TestFirstSteps:
    async def test_nothing_that_comes_with_kith_counts_as_done(self, make: Make, as_: As) -> None:
        alone = as_(await make.user("admin"))
        assert await done(alone) == set()
        assert (await alone.get("/first-steps")).json()["complete"] is False

    async def test_each_thing_tells_by_the_data_that_it_was_done(self, make: Make, as_: As) -> None:
        person = await make.user("admin")
        admin, before = as_(person), set[str]()
        acts: list[tuple[str, Callable[[], Any]]] = [
            ("company", lambda: _set(admin, "company.name", "蓝海科技")),
            ("departments", lambda: admin.post("/departments", json={"name": "华东部"})),
            ("people", lambda: admin.post("/users", json={"user_name": "wang", "name": "王芳", "roles": ["manager"]})),
            ("roles", lambda: admin.post("/roles", json=ROLE)),
            ("dictionary", lambda: admin.post("/dict", json={"type": "region", "item": "far", "value": "远方"})),
            ("data", lambda: make.customer(person)),
        ]
        for code, act in acts:
            answer = await act()
            assert getattr(answer, "status_code", 200) < 300, answer.text
            assert await done(admin) - before == {code}
            before |= {code}
        assert (await admin.get("/first-steps")).json()["complete"] is True
        assert "demo" not in await steps(admin)

    async def test_a_supervisor_begins_with_people_customers_chances_and_goals(
        self, team: Team, make: Make, as_: As
    ) -> None:
        boss = as_(team.supervisor)
        assert list(await steps(boss)) == ["people", "stages", "customer", "chance", "goal"]
        assert not (await steps(boss))["people"]["mine"]
        assert (await steps(boss))["customer"]["mine"]
        assert await done(boss) == {"people"}
        await make.customer(team.stranger)
        await make.chance(team.stranger)
        await make.add(Goal(user_id=team.stranger.id, month=make.today.replace(day=1), metric="won_amount", value=1))
        assert await done(boss) == {"people", "customer", "chance", "goal"}
        assert (await boss.get("/first-steps")).json()["complete"] is True

    @pytest.mark.parametrize("who", ["manager", "executive"])
    async def test_others_have_no_part_in_it(self, who: str, team: Team, as_: As) -> None:
        answer = await as_(getattr(team, who)).get("/first-steps")
        assert answer.json() == {"complete": True, "steps": []}

    async def test_the_list_is_put_away_and_back(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        for hidden in (True, False):
            me = (await admin.get("/me")).json()
            match = {"If-Match": f'"{me["version"]}"'}
            answer = await admin.patch("/me", json={"first_steps_hidden": hidden}, headers=match)
            assert answer.json()["first_steps_hidden"] is hidden
        assert (await as_(team.supervisor).get("/me")).json()["first_steps_hidden"] is False


ROLE = {"code": "helper", "name": "助理", "data_scope": "own"}


async def _set(client: Client, name: str, value: str) -> Any:
    match = {"If-Match": f'"{(await client.get(f"/settings/{name}")).json()["version"]}"'}
    return await client.put(f"/settings/{name}", json={"value": value}, headers=match)
