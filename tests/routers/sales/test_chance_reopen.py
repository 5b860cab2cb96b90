"""Chances that are opened again, over HTTP: whose they are then, and what a second win finds."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select

from app.core.ctx import NOBODY, Ctx
from app.models.customers.customers import Customer
from app.models.customers.linkmen import Linkman
from app.services.base import verify
from tests.conftest import Client
from tests.factories.make import SHANGHAI, Make
from tests.factories.team import Team

As = Callable[..., Client]
WHY = {"reason": "有预算了"}


class TestWhose:
    async def _failed(self, make: Make, team: Team) -> tuple[Any, Any]:
        gone = await make.user("manager", name="小离", department=team.east)
        chance = await make.chance(team.supervisor, gone, status="failed", closed_on=make.today, amount=7)
        gone.flag = "disabled"
        await make.session.commit()
        return chance, gone

    async def test_work_never_goes_back_to_who_has_left(self, team: Team, as_: As, make: Make) -> None:
        chance, _ = await self._failed(make, team)
        answer = (await as_(team.supervisor).post(f"/chances/{chance.id}/reopen", json=WHY)).json()
        assert (answer["status"], answer["assignee"]) == ("unassigned", None)
        assert "assign" in answer["allowed_actions"]
        assert await verify.sums(Ctx(make.session, NOBODY, Make.now(), SHANGHAI)) == []

    async def test_nor_to_who_cannot_do_it_any_more(self, team: Team, as_: As, make: Make) -> None:
        former = await make.user("executive", department=team.east)
        chance = await make.chance(team.supervisor, former, status="failed", closed_on=make.today)
        answer = (await as_(team.supervisor).post(f"/chances/{chance.id}/reopen", json=WHY)).json()
        assert (answer["status"], answer["assignee"]) == ("unassigned", None)

    async def test_the_caller_may_name_somebody(self, team: Team, as_: As, make: Make) -> None:
        chance, gone = await self._failed(make, team)
        url, boss = f"/chances/{chance.id}/reopen", as_(team.supervisor)
        refused = await boss.post(url, json=WHY | {"assignee_id": gone.id})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/assignee_id")
        answer = (await boss.post(url, json=WHY | {"assignee_id": team.colleague.id})).json()
        assert (answer["status"], answer["assignee"]["name"]) == ("assigned", "小红")
        assert (await as_(team.colleague).get("/notices")).json()["items"][0]["kind"] == "chance_assigned"


class TestSecondWin:
    async def test_it_keeps_the_customer_that_the_first_one_made(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(
            team.manager, team.manager, customer_name="蓝海科技", linkman="王总", tel="13800001111"
        )
        manager, url = as_(team.manager), f"/chances/{chance.id}"
        won = {"close_value": "10", "create_customer": True}
        first = (await manager.post(f"{url}/succeed", json=won)).json()
        await as_(team.supervisor).post(f"{url}/reopen", json={"reason": "合同改签"})
        again = await manager.post(f"{url}/succeed", json=won)
        assert again.status_code == 200, again.text
        assert again.json()["customer"]["id"] == first["customer"]["id"]
        for model in (Customer, Linkman):
            counted = select(func.count()).select_from(model).execution_options(scoped="test")
            assert await make.session.scalar(counted) == 1

    async def test_a_chance_of_an_existing_customer_may_still_make_its_own(
        self, team: Team, as_: As, make: Make
    ) -> None:
        group = await make.customer(team.manager, "大海集团")
        chance = await make.chance(team.manager, team.manager, customer_id=group.id, customer_name="小溪软件")
        won = {"close_value": "10", "create_customer": True}
        answer = (await as_(team.manager).post(f"/chances/{chance.id}/succeed", json=won)).json()
        assert answer["customer"]["id"] != group.id
