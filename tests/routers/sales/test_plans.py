"""Development plans over HTTP."""

from collections.abc import Callable
from datetime import timedelta

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]


class TestWrite:
    async def test_items_are_added_changed_and_deleted_while_assigned(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.supervisor, team.manager)
        manager = as_(team.manager)
        body = {"date": str(make.today), "todo": "拜访客户", "kind": "visit"}
        plan = (await manager.post(f"/chances/{chance.id}/plans", json=body)).json()
        assert (plan["status"], plan["overdue"], plan["chance"]["id"]) == ("open", False, chance.id)
        moved = await manager.patch(
            f"/plans/{plan['id']}", json={"date": str(make.today - timedelta(days=1))}, headers={"If-Match": '"1"'}
        )
        assert moved.json()["overdue"] is True
        assert (await manager.delete(f"/plans/{plan['id']}", headers={"If-Match": '"2"'})).status_code == 204
        assert (await manager.get("/plans")).json()["total"] == 0

    async def test_an_unassigned_chance_has_no_plan(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.manager)
        body = {"date": str(make.today), "todo": "拜访客户"}
        answer = await as_(team.manager).post(f"/chances/{chance.id}/plans", json=body)
        assert (answer.status_code, answer.json()["state"]) == (409, "unassigned")

    async def test_another_manager_s_chance_is_404(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.supervisor, team.manager)
        body = {"date": str(make.today), "todo": "拜访客户"}
        assert (await as_(team.colleague).post(f"/chances/{chance.id}/plans", json=body)).status_code == 404

    async def test_a_creator_may_read_but_not_plan(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.manager, team.colleague)
        body = {"date": str(make.today), "todo": "拜访客户"}
        assert (await as_(team.manager).post(f"/chances/{chance.id}/plans", json=body)).status_code == 403

    async def test_unknown_kinds_are_refused(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.manager, team.manager)
        body = {"date": str(make.today), "todo": "拜访客户", "kind": "pigeon"}
        assert (await as_(team.manager).post(f"/chances/{chance.id}/plans", json=body)).status_code == 422


class TestExecute:
    async def test_it_writes_result_time_and_person(self, team: Team, as_: As, make: Make) -> None:
        plan = await make.plan(await make.chance(team.supervisor, team.manager))
        done = (await as_(team.manager).post(f"/plans/{plan.id}/execute", json={"result": "客户有兴趣"})).json()
        assert (done["status"], done["result"], done["done_by"]["name"]) == ("done", "客户有兴趣", "小明")
        again = await as_(team.manager).post(f"/plans/{plan.id}/execute", json={"result": "再来"})
        assert (again.status_code, again.json()["allowed"]) == (409, ["correct"])

    async def test_a_supervisor_may_not_execute_for_the_assignee(self, team: Team, as_: As, make: Make) -> None:
        plan = await make.plan(await make.chance(team.supervisor, team.manager))
        answer = await as_(team.supervisor).post(f"/plans/{plan.id}/execute", json={"result": "我来"})
        assert answer.status_code == 403
        assert (await as_(team.supervisor).get(f"/plans/{plan.id}")).json()["status"] == "open"

    async def test_it_may_be_logged_as_an_activity(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        plan = await make.plan(await make.chance(team.supervisor, team.manager, customer_id=customer.id), kind="visit")
        manager = as_(team.manager)
        await manager.post(f"/plans/{plan.id}/execute", json={"result": "见面了", "log_activity": True})
        written = (await manager.get(f"/activities?customer_id={customer.id}")).json()["items"]
        assert [(row["kind"], row["description"]) for row in written] == [("visit", "见面了")]
        assert (await manager.get(f"/customers/{customer.id}")).json()["last_activity_at"] is not None

    async def test_without_a_customer_it_is_logged_at_the_chance(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.supervisor, team.manager)
        plan = await make.plan(chance)
        manager = as_(team.manager)
        done = await manager.post(f"/plans/{plan.id}/execute", json={"result": "见面了", "log_activity": True})
        assert done.status_code == 200, done.text
        written = (await manager.get(f"/activities?chance_id={chance.id}")).json()["items"]
        assert [(row["customer"], row["description"]) for row in written] == [(None, "见面了")]

    async def test_a_result_is_corrected_by_its_writer_on_the_same_day(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.supervisor, team.manager)
        done = {"status": "done", "result": "一", "done_by": team.manager.id}
        today = await make.plan(chance, done_at=make.ctx.now, **done)
        before = await make.plan(chance, done_at=make.ctx.now - timedelta(days=1), **done)
        match = {"If-Match": '"1"'}
        manager = as_(team.manager)
        assert (await manager.patch(f"/plans/{today.id}", json={"result": "二"}, headers=match)).json()[
            "result"
        ] == "二"
        assert (await manager.patch(f"/plans/{before.id}", json={"result": "二"}, headers=match)).status_code == 403
        boss = as_(team.supervisor)
        assert (
            await boss.patch(f"/plans/{today.id}", json={"result": "三"}, headers={"If-Match": '"2"'})
        ).status_code == 403


class TestBuckets:
    async def test_buckets_go_by_the_company_s_day(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.supervisor, team.manager)
        days = {"overdue": -1, "today": 0, "later": 30}
        ids = {name: (await make.plan(chance, date=make.today + timedelta(days=n))).id for name, n in days.items()}
        await make.plan(chance, date=make.today - timedelta(days=9), status="cancelled")
        manager = as_(team.manager)
        for name, plan_id in ids.items():
            found = (await manager.get(f"/plans?bucket={name}")).json()["items"]
            assert [row["id"] for row in found] == [plan_id], name
        assert (await manager.get("/plans/counts")).json() == {"overdue": 1, "today": 1, "week": 0, "later": 1}
        assert (await as_(team.supervisor).get(f"/plans?assignee_id={team.colleague.id}")).json()["total"] == 0
