"""Services over HTTP: record, list, change, look; each with its refusals. The steps have a file of their own."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from httpx import Response

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
NEW = {
    "type": "request",
    "title": "打印机无法联网",
    "request": "安装后打不出来",
    "channel": "phone",
    "category": "fault",
}


def pointers(answer: Response) -> set[str]:
    return {error["pointer"] for error in answer.json()["errors"]}


def titles(answer: Response) -> list[str]:
    return [row["title"] for row in answer.json()["items"]]


class TestCreate:
    async def test_a_new_service_waits_to_be_assigned(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager, "华为")
        linkman = await make.linkman(customer, "李四")
        body = NEW | {"customer_id": customer.id, "linkman_id": linkman.id, "deadline": "2030-01-02T10:00:00+08:00"}
        answer = await as_(team.manager).post("/services", json=body)
        assert answer.status_code == 201, answer.text
        service = answer.json()
        assert (service["status"], service["priority"], service["next_step"]) == ("created", "mid", "assign")
        assert service["number"].startswith(f"FW{make.today:%Y%m%d}")
        assert (service["customer"]["name"], service["linkman"]["name"], service["assignee"]) == ("华为", "李四", None)
        assert [(step["step"], step["state"]) for step in service["steps"]] == [
            ("created", "done"), ("assigned", "current"), ("dealt", "todo"), ("feedback", "todo"), ("archived", "todo"),
        ]  # fmt: skip
        assert service["steps"][0]["who"]["name"] == "小明"
        assert service["allowed_actions"] == ["update", "note"]
        assert answer.headers["etag"].removeprefix("W/") == '"1"'

    async def test_only_managers_and_only_for_their_own_customers(self, team: Team, as_: As, make: Make) -> None:
        mine, theirs = await make.customer(team.manager), await make.customer(team.stranger)
        for person in (team.supervisor, team.executive, team.admin):
            assert (await as_(person).post("/services", json=NEW | {"customer_id": mine.id})).status_code == 403
        answer = await as_(team.manager).post("/services", json=NEW | {"customer_id": theirs.id})
        assert (answer.status_code, pointers(answer)) == (422, {"/customer_id"})
        readable = await make.customer(team.colleague)
        await make.service(readable, team.manager)
        answer = await as_(team.manager).post("/services", json=NEW | {"customer_id": readable.id})
        assert answer.status_code == 403

    async def test_nobody_may_not(self, client: Client) -> None:
        assert (await client.post("/api/v1/services", json=NEW)).status_code == 401

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"title": " "}, "/title"),
            ({"request": None}, "/request"),
            ({"type": "moon"}, "/type"),
            ({"type": None}, "/type"),
            ({"category": "moon"}, "/category"),
            ({"channel": "moon"}, "/channel"),
            ({"priority": "urgent"}, "/priority"),
            ({"customer_id": None}, "/customer_id"),
            ({"customer_id": 999_999}, "/customer_id"),
            ({"linkman_id": 999_999}, "/linkman_id"),
            ({"product_id": 999_999}, "/product_id"),
            ({"origin_id": 999_999}, "/origin_id"),
            ({"deadline": "2026-01-01"}, "/deadline"),
            ({"severity": "high"}, "/severity"),
            ({"type": "complaint", "department_id": 999_999}, "/department_id"),
            ({"chance_id": 1}, "/chance_id"),
        ],
    )
    async def test_bad_values_are_told_at_their_field(
        self, change: dict[str, object], pointer: str, team: Team, as_: As, make: Make
    ) -> None:
        customer = await make.customer(team.manager)
        answer = await as_(team.manager).post("/services", json=NEW | {"customer_id": customer.id} | change)
        assert (answer.status_code, pointers(answer)) == (422, {pointer})

    async def test_the_contact_works_for_the_customer(self, team: Team, as_: As, make: Make) -> None:
        customer, other = await make.customer(team.manager), await make.customer(team.manager)
        linkman = await make.linkman(other)
        body = NEW | {"customer_id": customer.id, "linkman_id": linkman.id}
        assert pointers(await as_(team.manager).post("/services", json=body)) == {"/linkman_id"}


class TestFollowUp:
    async def test_it_takes_over_what_its_origin_says(self, team: Team, as_: As, make: Make) -> None:
        customer, product = await make.customer(team.manager), await make.product()
        linkman = await make.linkman(customer)
        facts = {"status": "archived", "category": "fault", "product_id": product.id, "linkman_id": linkman.id}
        origin = await make.service(customer, team.manager, **facts)
        manager = as_(team.manager)
        assert "follow_up" in (await manager.get(f"/services/{origin.id}")).json()["allowed_actions"]
        answer = await manager.post("/services", json={"title": "又坏了", "request": "同一台", "origin_id": origin.id})
        assert answer.status_code == 201
        new = answer.json()
        assert (new["type"], new["category"], new["customer"]["id"]) == ("request", "fault", customer.id)
        assert (new["product"]["id"], new["linkman"]["id"]) == (product.id, linkman.id)
        assert new["origin"] == {
            "id": origin.id, "number": origin.number, "title": origin.title, "status": "archived",
        }  # fmt: skip
        seen = (await manager.get(f"/services/{origin.id}")).json()
        assert [one["id"] for one in seen["follow_ups"]] == [new["id"]]

    async def test_not_for_another_customer(self, team: Team, as_: As, make: Make) -> None:
        origin = await make.service(await make.customer(team.manager), team.manager, status="archived")
        other = await make.customer(team.manager)
        body = {"title": "x", "request": "y", "origin_id": origin.id, "customer_id": other.id}
        assert pointers(await as_(team.manager).post("/services", json=body)) == {"/customer_id"}


class TestList:
    async def test_filters(self, team: Team, as_: As, make: Make) -> None:
        one = await make.customer(team.manager, "北京云帆机械有限公司")
        two = await make.customer(team.colleague, "上海星海软件有限公司")
        product = await make.product()
        soon = datetime(2031, 5, 6, 15, 59, tzinfo=UTC)
        await make.service(one, team.manager, title="打印机", type="inquiry", channel="phone", product_id=product.id)
        await make.service(two, title="报表", category="usage", priority="high", deadline=soon)
        late = {"title": "迟了", "deadline": make.ctx.now - timedelta(hours=1)}
        await make.service(two, team.colleague, **late)
        await make.service(two, team.colleague, status="dealt", title="迟了但已处理", deadline=late["deadline"])
        boss = as_(team.supervisor)
        for query, found in (
            ("type=inquiry", ["打印机"]),
            ("channel=phone", ["打印机"]),
            (f"product_id={product.id}", ["打印机"]),
            (f"customer_id={one.id}", ["打印机"]),
            (f"assignee_id={team.manager.id}", ["打印机"]),
            ("category=usage", ["报表"]),
            ("priority=high", ["报表"]),
            ("status=created&status=dealt&sort=title", ["报表", "迟了但已处理"]),
            ("overdue=true", ["迟了"]),
            ("overdue=false&deadline_from=2000-01-01", ["迟了但已处理", "报表"]),
            ("queue=overdue", ["迟了"]),
            ("queue=unassigned", ["报表"]),
            ("deadline_from=2031-05-06&deadline_to=2031-05-06", ["报表"]),
            ("deadline_from=2031-05-07", []),
            ("q=云帆", ["打印机"]),
            ("q=报表", ["报表"]),
            ("q=FW20200101", ["迟了但已处理", "迟了", "报表", "打印机"]),
        ):
            answer = await boss.get(f"/services?{query}")
            assert titles(answer) == found, (query, answer.text)
        assert titles(await as_(team.colleague).get("/services?queue=mine&sort=title")) == ["迟了", "迟了但已处理"]
        assert (await boss.get("/services?moon=1")).status_code == 422

    async def test_counts_of_queues_follow_the_scope(self, team: Team, as_: As, make: Make) -> None:
        mine, theirs = await make.customer(team.manager), await make.customer(team.stranger)
        past = make.ctx.now - timedelta(minutes=1)
        await make.service(mine, team.manager, deadline=past)
        await make.service(mine, team.colleague, status="dealt", deadline=past)
        await make.service(mine)
        await make.service(theirs, deadline=past)
        for person, counts in (
            (team.manager, {"mine": 1, "unassigned": 1, "overdue": 1}),
            (team.colleague, {"mine": 1, "unassigned": 0, "overdue": 0}),
            (team.supervisor, {"mine": 0, "unassigned": 1, "overdue": 1}),
            (team.executive, {"mine": 0, "unassigned": 2, "overdue": 2}),
        ):
            assert (await as_(person).get("/services/queues")).json() == counts

    async def test_the_loads_of_who_can_be_assigned_to(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        await make.user("manager", name="已离开", department=team.east, flag="disabled")
        await make.service(customer, team.manager, deadline=make.ctx.now - timedelta(minutes=1))
        await make.service(customer, team.manager, status="dealt")
        await make.service(customer, team.manager, status="archived")
        answer = await as_(team.supervisor).get("/services/loads")
        assert [(row["name"], row["open"], row["overdue"]) for row in answer.json()] == [("小红", 0, 0), ("小明", 2, 1)]
        assert answer.json()[0]["department"]["name"] == "华东部"
        assert (await as_(team.manager).get("/services/loads")).status_code == 403


class TestUpdate:
    async def test_who_may_change_it_when(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        service = await make.service(customer)
        for person, title, status in (
            (team.manager, "一", 200), (team.supervisor, "二", 200), (team.executive, "三", 403), (team.colleague, "四", 404),
        ):  # fmt: skip
            version = (await as_(team.supervisor).get(f"/services/{service.id}")).json()["version"]
            answer = await as_(person).patch(
                f"/services/{service.id}", json={"title": title}, headers={"If-Match": f'"{version}"'}
            )
            assert answer.status_code == status
        assigned = await make.service(customer, team.colleague)
        for person, status in ((team.colleague, 200), (team.manager, 403)):
            answer = await as_(person).patch(
                f"/services/{assigned.id}", json={"request": "改"}, headers={"If-Match": '"1"'}
            )
            assert answer.status_code == status

    async def test_the_version_must_be_the_present_one(self, team: Team, as_: As, make: Make) -> None:
        service = await make.service(await make.customer(team.manager))
        manager = as_(team.manager)
        assert (await manager.patch(f"/services/{service.id}", json={"title": "新"})).status_code == 428
        stale = await manager.patch(f"/services/{service.id}", json={"title": "新"}, headers={"If-Match": '"9"'})
        assert (stale.status_code, stale.json()["type"]) == (412, "/problems/stale-version")

    @pytest.mark.parametrize("status", ["archived", "void"])
    async def test_what_has_ended_is_read_only(self, status: str, team: Team, as_: As, make: Make) -> None:
        service = await make.service(await make.customer(team.manager), team.manager, status=status)
        answer = await as_(team.manager).patch(
            f"/services/{service.id}", json={"title": "新"}, headers={"If-Match": '"1"'}
        )
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/illegal-transition")
        assert answer.json()["state"] == status

    async def test_a_complaint_has_facts_of_its_own(self, team: Team, as_: As, make: Make) -> None:
        service = await make.service(await make.customer(team.manager), type="complaint")
        manager, facts = (
            as_(team.manager),
            {"severity": "high", "department_id": team.west.id, "cause": "包装", "measure": "换货"},
        )
        answer = await manager.patch(f"/services/{service.id}", json=facts, headers={"If-Match": '"1"'})
        assert answer.status_code == 200
        assert (answer.json()["department"]["name"], answer.json()["severity"]) == ("西部", "high")
        answer = await manager.patch(f"/services/{service.id}", json={"type": "request"}, headers={"If-Match": '"2"'})
        assert [answer.json()[name] for name in ("severity", "department", "cause", "measure")] == [None] * 4

    async def test_its_type_stays_once_it_was_dealt_with(self, team: Team, as_: As, make: Make) -> None:
        service = await make.service(
            await make.customer(team.manager), team.manager, type="complaint", first_dealt_at=make.ctx.now
        )
        answer = await as_(team.manager).patch(
            f"/services/{service.id}", json={"type": "request"}, headers={"If-Match": '"1"'}
        )
        assert pointers(answer) == {"/type"}


class TestScope:
    async def test_an_unassigned_service_follows_its_customer_s_manager(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        waiting = await make.service(customer, creator_id=team.supervisor.id)
        assert (await as_(team.colleague).get(f"/services/{waiting.id}")).status_code == 404
        customer.manager_id = team.colleague.id
        await make.session.commit()
        assert (await as_(team.colleague).get(f"/services/{waiting.id}")).status_code == 200
        assert (await as_(team.manager).get(f"/services/{waiting.id}")).status_code == 404
        assert (await as_(team.manager).get("/services")).json()["total"] == 0

    async def test_the_assignee_of_an_open_service_reads_the_customer_and_logs_activities(
        self, team: Team, as_: As, make: Make
    ) -> None:
        customer = await make.customer(team.manager)
        await make.linkman(customer)
        service = await make.service(customer, team.stranger)
        person = as_(team.stranger)
        assert (await person.get(f"/customers/{customer.id}")).status_code == 200
        assert (await person.get("/customers")).json()["total"] == 1
        assert (await person.get(f"/linkmen?customer_id={customer.id}")).json()["total"] == 1
        note = {"customer_id": customer.id, "kind": "phone", "title": "回电"}
        assert (await person.post("/activities", json=note)).status_code == 201
        patch = await person.patch(f"/customers/{customer.id}", json={"memo": "x"}, headers={"If-Match": '"1"'})
        assert patch.status_code == 403
        service.status = "archived"
        await make.session.commit()
        assert (await person.get(f"/customers/{customer.id}")).status_code == 404
        assert (await person.get(f"/services/{service.id}")).json()["customer"] is None

    async def test_a_customer_with_open_services_stays(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        service = await make.service(customer, team.manager, status="dealt")
        boss = as_(team.supervisor)
        answer = await boss.delete(f"/customers/{customer.id}", headers={"If-Match": '"1"'})
        assert (answer.status_code, answer.json()["open_services"]) == (409, 1)
        service.status = "archived"
        await make.session.commit()
        assert (await boss.delete(f"/customers/{customer.id}", headers={"If-Match": '"1"'})).status_code == 204
        assert (await boss.get("/services")).json()["total"] == 0
        await boss.post(f"/customers/{customer.id}/restore")
        assert (await boss.get("/services")).json()["total"] == 1
