"""The life cycle of a service over HTTP: every step by who may take it, and what refuses it."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from httpx import Response

from app.models.care.services import Service
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
DEAL, GOOD, BAD = {"deal": "换了网卡"}, {"result": "好了", "satisfaction": 5}, {"result": "还是不行", "satisfaction": 2}


async def step(who: Client, service: Service, verb: str, **body: Any) -> Response:
    return await who.post(f"/services/{service.id}/{verb}", json=body)


def told(answer: Response) -> list[tuple[str, str | None]]:
    return [(row["kind"], row["reason"]) for row in answer.json()["items"]]


class TestWay:
    async def test_from_created_to_archived_with_one_reopening(self, team: Team, as_: As, make: Make) -> None:
        service = await make.service(await make.customer(team.manager))
        boss, worker = as_(team.supervisor), as_(team.colleague)
        assigned = (await step(boss, service, "assign", assignee_id=team.colleague.id)).json()
        assert (assigned["status"], assigned["assignee"]["name"], assigned["next_step"]) == ("assigned", "小红", "deal")
        dealt = (await step(worker, service, "deal", **DEAL)).json()
        assert (dealt["status"], dealt["next_step"], len(dealt["rounds"])) == ("dealt", "feedback", 1)
        again = (await step(worker, service, "feedback", **BAD)).json()
        assert (again["status"], again["reopen_count"], again["reopen_reason"]) == ("assigned", 1, "还是不行")
        assert [place["state"] for place in again["steps"]] == ["done", "done", "current", "todo", "todo"]
        await step(worker, service, "deal", deal="换了主板")
        done = (await step(worker, service, "feedback", **GOOD)).json()
        assert (done["status"], done["satisfaction"], done["next_step"], done["reopen_reason"]) == (
            "archived",
            5,
            None,
            None,
        )
        assert [(r["n"], r["deal"], r["result"], r["satisfaction"]) for r in done["rounds"]] == [
            (1, "换了网卡", "还是不行", 2), (2, "换了主板", "好了", 5),
        ]  # fmt: skip
        assert [(place["state"], place["who"]["name"]) for place in done["steps"]] == [
            ("done", "小明"), ("done", "小红"), ("done", "小红"), ("done", "小红"), ("done", "小红"),
        ]  # fmt: skip
        assert all(place["at"] for place in done["steps"])
        actions = [row["action"] for row in (await worker.get(f"/services/{service.id}/history")).json()["items"]]
        # A step writes the service and its round in one transaction: between those two there is no order.
        assert Counter(a for a in actions if a in {"assign", "deal", "reopen", "feedback"}) == {
            "assign": 1, "deal": 4, "reopen": 1, "feedback": 3,
        }  # fmt: skip

    @pytest.mark.parametrize("verb", ["assign", "take-back", "return", "deal", "visit", "feedback", "void"])
    async def test_an_archived_service_is_final(self, verb: str, team: Team, as_: As, make: Make) -> None:
        service = await make.service(await make.customer(team.manager), team.manager, status="archived")
        body = {
            "assign": {"assignee_id": team.colleague.id}, "take-back": {"reason": "x"}, "return": {"reason": "x"}, "deal": DEAL, "visit": {},
            "feedback": GOOD, "void": {"reason": "x"},
        }[verb]  # fmt: skip
        who = team.supervisor if verb in {"assign", "take-back", "void"} else team.manager
        answer = await step(as_(who), service, verb, **body)
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/illegal-transition")
        assert answer.json()["state"] == "archived"
        shown = (await as_(who).get(f"/services/{service.id}")).json()["allowed_actions"]
        assert answer.json()["allowed"] == shown


class TestAssign:
    async def test_both_are_told_of_a_reassignment(self, team: Team, as_: As, make: Make) -> None:
        service = await make.service(await make.customer(team.manager))
        boss = as_(team.supervisor)
        await step(boss, service, "assign", assignee_id=team.manager.id)
        first = service.first_assigned_at
        answer = await step(boss, service, "assign", assignee_id=team.colleague.id, reason="休假")
        assert (answer.status_code, answer.json()["assignee"]["name"]) == (200, "小红")
        assert told(await as_(team.manager).get("/notices")) == [
            ("service_reassigned", "休假"),
            ("service_assigned", None),
        ]
        assert told(await as_(team.colleague).get("/notices")) == [("service_assigned", "休假")]
        await make.session.refresh(service)
        assert first is None
        assert service.first_assigned_at <= service.assigned_at

    async def test_only_supervisors_in_scope(self, team: Team, as_: As, make: Make) -> None:
        service = await make.service(await make.customer(team.manager))
        for person, status in ((team.manager, 403), (team.executive, 403), (team.other_supervisor, 404)):
            answer = await step(as_(person), service, "assign", assignee_id=team.manager.id)
            assert answer.status_code == status

    async def test_only_to_active_people_in_scope_who_can_deal(self, team: Team, as_: As, make: Make) -> None:
        service = await make.service(await make.customer(team.manager))
        gone = await make.user("manager", department=team.east, flag="disabled")
        for person in (team.supervisor, team.stranger, gone):
            answer = await step(as_(team.supervisor), service, "assign", assignee_id=person.id)
            assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/assignee_id")

    async def test_not_twice_to_the_same(self, team: Team, as_: As, make: Make) -> None:
        service = await make.service(await make.customer(team.manager), team.manager)
        answer = await step(as_(team.supervisor), service, "assign", assignee_id=team.manager.id)
        assert answer.json()["errors"][0]["code"] == "same"

    async def test_a_stale_version_is_refused(self, team: Team, as_: As, make: Make) -> None:
        service = await make.service(await make.customer(team.manager))
        body = {"assignee_id": team.manager.id}
        answer = await as_(team.supervisor).post(
            f"/services/{service.id}/assign", json=body, headers={"If-Match": '"7"'}
        )
        assert answer.status_code == 412


class TestReturn:
    async def test_it_waits_again_and_who_assigned_it_is_told(self, team: Team, as_: As, make: Make) -> None:
        service = await make.service(await make.customer(team.manager))
        await step(as_(team.supervisor), service, "assign", assignee_id=team.colleague.id)
        answer = await step(as_(team.colleague), service, "return", reason="不是我的专业")
        assert answer.json() == {"id": service.id, "version": 3, "number": service.number, "status": "created"}
        assert (await as_(team.colleague).get(f"/services/{service.id}")).status_code == 404
        seen = (await as_(team.manager).get(f"/services/{service.id}")).json()
        assert (seen["assignee"], seen["steps"][1]["state"]) == (None, "current")
        for person in (team.supervisor, team.manager):
            assert told(await as_(person).get("/notices")) == [("service_returned", "不是我的专业")]

    async def test_only_by_the_assignee_with_a_reason(self, team: Team, as_: As, make: Make) -> None:
        service = await make.service(await make.customer(team.manager), team.colleague)
        assert (await step(as_(team.manager), service, "return", reason="x")).status_code == 403
        assert (await step(as_(team.supervisor), service, "return", reason="x")).status_code == 403
        assert (await step(as_(team.stranger), service, "return", reason="x")).status_code == 404
        assert (await step(as_(team.colleague), service, "return")).status_code == 422


class TestTakeBack:
    async def test_a_first_assignment_is_undone_and_who_had_it_is_told(self, team: Team, as_: As, make: Make) -> None:
        service = await make.service(await make.customer(team.manager))
        boss = as_(team.supervisor)
        given = (await step(boss, service, "assign", assignee_id=team.colleague.id)).json()
        match = {"If-Match": f'"{given["version"]}"'}
        answer = await boss.post(f"/services/{service.id}/take-back", json={"reason": "撤销"}, headers=match)
        assert answer.json() == {"id": service.id, "version": 3, "number": service.number, "status": "created"}
        seen = (await boss.get(f"/services/{service.id}")).json()
        assert (seen["assignee"], seen["next_step"]) == (None, "assign")
        assert ("service_taken_back", "撤销") in told(await as_(team.colleague).get("/notices"))
        log = (await boss.get(f"/services/{service.id}/history")).json()["items"]
        assert (log[0]["action"], log[0]["changes"]["reason"]) == ("take_back", [None, "撤销"])

    async def test_only_by_who_assigns_and_not_over_somebody_s_change(self, team: Team, as_: As, make: Make) -> None:
        service = await make.service(await make.customer(team.manager), team.colleague)
        for person, code in ((team.manager, 403), (team.colleague, 403), (team.other_supervisor, 404)):
            assert (await step(as_(person), service, "take-back", reason="x")).status_code == code
        boss = as_(team.supervisor)
        assert (await step(boss, service, "take-back")).status_code == 422
        stale = await boss.post(f"/services/{service.id}/take-back", json={"reason": "x"}, headers={"If-Match": '"7"'})
        assert stale.status_code == 412
        assert (await boss.get(f"/services/{service.id}")).json()["status"] == "assigned"


class TestDealAndFeedback:
    @pytest.mark.parametrize(("verb", "body", "status"), [("deal", DEAL, "assigned"), ("feedback", GOOD, "dealt")])
    async def test_only_by_the_assignee(
        self, verb: str, body: dict[str, Any], status: str, team: Team, as_: As, make: Make
    ) -> None:
        service = await make.service(await make.customer(team.manager), team.colleague, status=status)
        for person, code in ((team.manager, 403), (team.supervisor, 403), (team.stranger, 404)):
            assert (await step(as_(person), service, verb, **body)).status_code == code

    async def test_steps_out_of_order_say_what_is_open(self, team: Team, as_: As, make: Make) -> None:
        service = await make.service(await make.customer(team.manager), team.manager)
        answer = await step(as_(team.manager), service, "feedback", **GOOD)
        assert (answer.status_code, answer.json()["state"]) == (409, "assigned")
        assert answer.json()["allowed"] == ["update", "note", "return", "deal"]

    @pytest.mark.parametrize("stars", [0, 6, None])
    async def test_stars_are_one_to_five(self, stars: object, team: Team, as_: As, make: Make) -> None:
        service = await make.service(await make.customer(team.manager), team.manager, status="dealt")
        answer = await step(as_(team.manager), service, "feedback", result="x", satisfaction=stars)
        assert answer.status_code == 422


class TestComplaint:
    async def test_it_is_archived_only_after_a_visit_of_the_round(self, team: Team, as_: As, make: Make) -> None:
        service = await make.service(await make.customer(team.manager), team.manager, type="complaint")
        manager = as_(team.manager)
        dealt = (await step(manager, service, "deal", **DEAL)).json()
        assert (dealt["next_step"], "visit" in dealt["allowed_actions"]) == ("visit", True)
        early = await step(manager, service, "feedback", **GOOD)
        assert (early.status_code, early.json()["code"]) == (409, "visit_first")
        assert "回访" in early.json()["detail"]
        visited = (await step(manager, service, "visit", visitor_id=team.supervisor.id, note="当面致歉")).json()
        assert (visited["visit_by"]["name"], visited["next_step"]) == ("东主管", "feedback")
        assert (visited["rounds"][0]["visit_note"], "visit" in visited["allowed_actions"]) == ("当面致歉", False)
        assert (await step(manager, service, "visit")).status_code == 409
        await step(manager, service, "feedback", **BAD)
        await step(manager, service, "deal", deal="再换一台")
        assert (await step(manager, service, "feedback", **GOOD)).status_code == 409
        await step(manager, service, "visit")
        done = (await step(manager, service, "feedback", **GOOD)).json()
        assert done["status"] == "archived"
        assert [r["visit_by"]["name"] for r in done["rounds"]] == ["东主管", "小明"]

    async def test_bad_feedback_needs_no_visit(self, team: Team, as_: As, make: Make) -> None:
        service = await make.service(await make.customer(team.manager), team.manager, type="complaint")
        await step(as_(team.manager), service, "deal", **DEAL)
        assert (await step(as_(team.manager), service, "feedback", **BAD)).json()["status"] == "assigned"

    @pytest.mark.parametrize(("minutes", "code"), [(60, "in_future"), (-60, "before_deal")])
    async def test_when_it_was(self, minutes: int, code: str, team: Team, as_: As, make: Make) -> None:
        service = await make.service(await make.customer(team.manager), team.manager, type="complaint")
        await step(as_(team.manager), service, "deal", **DEAL)
        at = (make.now() + timedelta(minutes=minutes)).isoformat()
        answer = await step(as_(team.manager), service, "visit", at=at)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, code)

    async def test_nothing_else_is_visited(self, team: Team, as_: As, make: Make) -> None:
        service = await make.service(await make.customer(team.manager), team.manager)
        await step(as_(team.manager), service, "deal", **DEAL)
        assert (await step(as_(team.manager), service, "visit")).status_code == 409


class TestVoid:
    async def test_a_supervisor_ends_it_with_a_reason(self, team: Team, as_: As, make: Make) -> None:
        service = await make.service(await make.customer(team.manager), team.manager)
        assert (await step(as_(team.manager), service, "void", reason="x")).status_code == 403
        assert (await step(as_(team.other_supervisor), service, "void", reason="x")).status_code == 404
        assert (await step(as_(team.supervisor), service, "void")).status_code == 422
        ended = (await step(as_(team.supervisor), service, "void", reason="重复")).json()
        assert (ended["status"], ended["void_reason"], ended["closed_by"]["name"]) == ("void", "重复", "东主管")
        assert [place["state"] for place in ended["steps"]] == ["done", "done", "skipped", "skipped", "skipped"]
        assert told(await as_(team.manager).get("/notices")) == [("service_voided", "重复")]

    async def test_not_once_it_was_dealt_with(self, team: Team, as_: As, make: Make) -> None:
        service = await make.service(await make.customer(team.manager), team.manager, status="dealt")
        assert (await step(as_(team.supervisor), service, "void", reason="x")).status_code == 409


class TestChance:
    async def test_an_inquiry_becomes_a_chance_once(self, team: Team, as_: As, make: Make) -> None:
        customer, product = await make.customer(team.manager, "华为"), await make.product()
        linkman = await make.linkman(customer, "李四", mobile="13800000001")
        service = await make.service(
            customer, team.manager, type="inquiry", title="问报价", request="十台打印机",
            product_id=product.id, linkman_id=linkman.id,
        )  # fmt: skip
        manager = as_(team.manager)
        answer = await step(manager, service, "chance")
        assert answer.status_code == 201, answer.text
        chance = answer.json()
        assert (chance["title"], chance["description"], chance["source"]) == ("问报价", "十台打印机", "presales")
        assert (chance["customer"]["name"], chance["linkman"], chance["tel"]) == ("华为", "李四", "13800000001")
        assert (chance["product"]["id"], chance["service"]) == (product.id, {"id": service.id, "name": "问报价"})
        seen = (await manager.get(f"/services/{service.id}")).json()
        assert seen["chance"] == {"id": chance["id"], "name": "问报价"}
        assert "chance" not in seen["allowed_actions"]
        again = await step(manager, service, "chance")
        assert (again.status_code, again.json()["chance_id"]) == (409, chance["id"])
        assert (await manager.get("/chances")).json()["total"] == 1

    async def test_only_an_inquiry_that_is_open(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        request = await make.service(customer, team.manager)
        ended = await make.service(customer, team.manager, type="inquiry", status="archived")
        for service in (request, ended):
            assert (await step(as_(team.manager), service, "chance")).status_code == 409
        assert (await step(as_(team.executive), request, "chance")).status_code == 403
        assert (await step(as_(team.stranger), request, "chance")).status_code == 404
