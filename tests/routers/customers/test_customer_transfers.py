"""Customers go to another manager, over HTTP: one and many, with the open work that was ticked."""

from collections.abc import Callable
from typing import Any

import pytest

from app.core import handover
from app.core.ctx import NOBODY, Ctx
from app.services.base import verify
from app.services.customers import customer_transfers
from tests.conftest import Client
from tests.factories.application import application
from tests.factories.make import SHANGHAI, Make
from tests.factories.team import Team, with_rights

As = Callable[..., Client]


def to(person: Any, **more: Any) -> dict[str, Any]:
    return {"manager_id": person.id, "reason": "离职交接"} | more


def titles(rows: list[dict[str, Any]]) -> list[str]:
    return [row["title"] for row in rows]


class TestPreview:
    async def test_it_shows_the_open_work_of_the_manager_and_writes_nothing(
        self, team: Team, as_: As, make: Make
    ) -> None:
        customer = await make.customer(team.manager, "蓝海科技")
        await make.chance(team.manager, team.manager, customer_id=customer.id, title="在谈")
        await make.chance(team.manager, team.colleague, customer_id=customer.id, title="同事的")
        await make.chance(team.manager, customer_id=customer.id, title="未指派")
        await make.chance(
            team.manager, team.manager, customer_id=customer.id, title="已成", status="succeeded", closed_on=make.today
        )
        await make.service(customer, team.manager, title="处理中")
        await make.service(customer, team.manager, title="已处理", status="dealt")
        await make.service(customer, team.manager, title="已归档", status="archived")
        supervisor = as_(team.supervisor)
        seen = (await supervisor.get(f"/customers/{customer.id}/transfer")).json()
        assert (titles(seen["chances"]), titles(seen["services"])) == (["在谈"], ["处理中", "已处理"])
        assert seen["customers"][0]["manager"] == {"id": team.manager.id, "name": "小明"}
        many = await supervisor.post("/customers/bulk-transfer/preview", json={"items": [{"id": customer.id}]})
        assert many.json() == seen
        assert (await supervisor.get(f"/customers/{customer.id}")).json()["version"] == 1

    async def test_who_is_not_in_reach_is_told_row_by_row(self, team: Team, as_: As, make: Make) -> None:
        mine, theirs = await make.customer(team.manager), await make.customer(team.stranger)
        items = [{"id": theirs.id}, {"id": mine.id, "version": 7}]
        seen = (await as_(team.supervisor).post("/customers/bulk-transfer/preview", json={"items": items})).json()
        assert {one["id"]: one["type"] for one in seen["refused"]} == {
            theirs.id: "/problems/not-found", mine.id: "/problems/stale-version",
        }  # fmt: skip
        assert (await as_(team.supervisor).get(f"/customers/{theirs.id}/transfer")).status_code == 404


class TestOne:
    async def test_manager_open_work_and_plan_go_along_the_rest_stays(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager, "蓝海科技")
        goes = await make.chance(team.manager, team.manager, customer_id=customer.id)
        await make.plan(goes)
        won = await make.chance(
            team.manager, team.manager, customer_id=customer.id, status="succeeded", closed_on=make.today
        )
        dealt = await make.service(customer, team.manager, status="dealt")
        archived = await make.service(customer, team.manager, status="archived")
        draft = await make.order(customer)
        sold = await make.order(customer, status="confirmed", owner_id=team.manager.id)
        answer = await as_(team.supervisor).post(f"/customers/{customer.id}/transfer", json=to(team.colleague))
        assert answer.status_code == 200, answer.text
        assert answer.json() == {
            "id": customer.id, "version": 2, "manager": {"id": team.colleague.id, "name": "小红"}, "chances": 1, "services": 1,
        }  # fmt: skip
        supervisor, new = as_(team.supervisor), as_(team.colleague)

        async def holder(noun: str, row: Any) -> str:
            return str((await supervisor.get(f"/{noun}/{row.id}")).json()["assignee"]["name"])

        assert [await holder("chances", goes), await holder("services", dealt)] == ["小红", "小红"]
        assert [await holder("chances", won), await holder("services", archived)] == ["小明", "小明"]
        assert (await new.get("/plans")).json()["items"][0]["chance"]["id"] == goes.id
        assert (await supervisor.get(f"/orders/{sold.id}")).json()["owner"]["name"] == "小明"
        assert [row["id"] for row in (await new.get("/orders")).json()["items"]] == [draft.id]
        assert (await supervisor.get(f"/services/{dealt.id}")).json()["status"] == "dealt"

    async def test_what_was_not_ticked_stays(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        goes, stays = [await make.chance(team.manager, team.manager, customer_id=customer.id) for _ in "ab"]
        service = await make.service(customer, team.manager)
        body = to(team.colleague, chance_ids=[goes.id], service_ids=[])
        supervisor = as_(team.supervisor)
        assert (await supervisor.post(f"/customers/{customer.id}/transfer", json=body)).json()["services"] == 0
        with_whom = [(await supervisor.get(f"/chances/{one.id}")).json()["assignee"]["id"] for one in (goes, stays)]
        assert with_whom == [team.colleague.id, team.manager.id]
        assert (await supervisor.get(f"/services/{service.id}")).json()["assignee"]["id"] == team.manager.id

    async def test_both_are_told_once_and_the_log_says_why(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager, "蓝海科技")
        chance = await make.chance(team.manager, team.manager, customer_id=customer.id)
        supervisor = as_(team.supervisor)
        await supervisor.post(f"/customers/{customer.id}/transfer", json=to(team.colleague))
        for person, kind in ((team.manager, "customer_handed_over"), (team.colleague, "customer_received")):
            told = (await as_(person).get("/notices")).json()["items"]
            assert [(one["kind"], one["title"], one["reason"]) for one in told] == [(kind, "蓝海科技", "离职交接")]
        for noun, row, step in (("customers", customer, "transfer"), ("chances", chance, "reassign")):
            last = (await supervisor.get(f"/{noun}/{row.id}/history")).json()["items"][0]
            assert (last["action"], last["changes"]["reason"]) == (step, [None, "离职交接"])

    async def test_kept_sums_follow(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        await make.chance(team.manager, team.manager, customer_id=customer.id, amount=100)
        await make.loss(customer)
        await make.order(customer)
        await make.service(customer)
        await as_(team.supervisor).post(f"/customers/{customer.id}/transfer", json=to(team.colleague))
        assert await verify.sums(Ctx(make.session, NOBODY, Make.now(), SHANGHAI)) == []


class TestRefusals:
    @pytest.mark.parametrize("who", ["stranger", "executive", "manager", "gone"])
    async def test_the_target_is_active_in_reach_and_can_do_the_work(
        self, who: str, team: Team, as_: As, make: Make
    ) -> None:
        customer = await make.customer(team.manager)
        gone = await make.user("manager", department=team.east, flag="disabled")
        person = gone if who == "gone" else getattr(team, who)
        answer = await as_(team.supervisor).post(f"/customers/{customer.id}/transfer", json=to(person))
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/manager_id")
        assert (await as_(team.manager).get(f"/customers/{customer.id}")).json()["version"] == 1

    async def test_services_go_only_to_who_can_deal_with_them(self, team: Team, as_: As, make: Make) -> None:
        seller = await with_rights(make, team, own=("plans:execute", "customers:read"))
        customer = await make.customer(team.manager)
        await make.service(customer, team.manager)
        supervisor, url = as_(team.supervisor), f"/customers/{customer.id}/transfer"
        refused = await supervisor.post(url, json=to(seller))
        problem = refused.json()["errors"][0]
        assert (refused.status_code, problem["pointer"], problem["code"]) == (422, "/manager_id", "no_services")
        assert (await supervisor.post(url, json=to(seller, service_ids=[]))).status_code == 200

    async def test_a_reason_a_right_a_version_and_fresh_ticks_are_asked_for(
        self, team: Team, as_: As, make: Make
    ) -> None:
        customer = await make.customer(team.manager)
        closed = await make.chance(team.manager, team.manager, customer_id=customer.id, status="failed")
        url, supervisor = f"/customers/{customer.id}/transfer", as_(team.supervisor)
        assert (await supervisor.post(url, json={"manager_id": team.colleague.id})).status_code == 422
        assert (await as_(team.manager).post(url, json=to(team.colleague))).status_code == 403
        stale = await supervisor.post(url, json=to(team.colleague), headers={"If-Match": '"9"'})
        assert stale.status_code == 412
        ticked = await supervisor.post(url, json=to(team.colleague, chance_ids=[closed.id]))
        assert (ticked.status_code, ticked.json()["errors"][0]["pointer"]) == (422, "/chance_ids/0")
        assert (await supervisor.get(f"/customers/{customer.id}")).json()["manager"]["name"] == "小明"


class TestMany:
    async def test_the_fifty_customers_of_who_left_are_found_and_moved(self, team: Team, as_: As, make: Make) -> None:
        gone = await make.user("manager", name="小离", department=team.east)
        customers = [await make.customer(gone) for _ in range(50)]
        for customer in customers[:20]:
            await make.chance(gone, gone, customer_id=customer.id)
        gone.flag = "disabled"
        await make.session.commit()
        supervisor = as_(team.supervisor)
        asked = {"holding": "plans:execute", "within": "customers:read", "q": "小离"}
        assert (await supervisor.get("/people", params=asked)).json()["items"] == []
        people = (await supervisor.get("/people", params=asked | {"left": True})).json()["items"]
        assert [(one["id"], one["active"]) for one in people] == [(gone.id, False)]
        listed = (await supervisor.get("/customers", params={"manager_id": gone.id, "limit": 200})).json()["items"]
        body = to(team.colleague, items=[{"id": row["id"], "version": row["version"]} for row in listed])
        answer = (await supervisor.post("/customers/bulk-transfer", json=body)).json()
        assert ({one["outcome"] for one in answer["results"]}, answer["chances"]) == ({"done"}, 20)
        assert (await as_(team.colleague).get("/customers")).json()["total"] == 50
        assert (await as_(team.colleague).get("/chances")).json()["total"] == 20
        told = (await as_(team.colleague).get("/notices")).json()["items"]
        assert [(one["kind"], one["title"]) for one in told] == [("customers_received", "50")]

    async def test_each_row_is_done_or_refused_by_itself(self, team: Team, as_: As, make: Make) -> None:
        mine, theirs = await make.customer(team.manager), await make.customer(team.stranger)
        already, stale = await make.customer(team.colleague), await make.customer(team.manager)
        left = await make.chance(team.manager, team.manager, customer_id=stale.id)
        items = [
            {"id": mine.id},
            {"id": theirs.id},
            {"id": already.id},
            {"id": stale.id, "version": 9},
            {"id": mine.id},
        ]
        body = to(team.colleague, items=items, chance_ids=[left.id])
        answer = (await as_(team.supervisor).post("/customers/bulk-transfer", json=body)).json()
        assert [one["type"] for one in answer["results"]] == [
            None, "/problems/not-found", "/problems/invalid", "/problems/stale-version", None,
        ]  # fmt: skip
        assert (answer["results"][0]["version"], answer["chances"]) == (2, 0)
        assert (await as_(team.other_supervisor).get(f"/customers/{theirs.id}")).json()["manager"]["name"] == "小强"


def test_every_kind_of_open_work_says_how_it_is_handed_over() -> None:
    application()  # all that serves requests is loaded
    assert handover.nouns() == customer_transfers.WORKED_ON.keys()
