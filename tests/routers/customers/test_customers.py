"""Customers over HTTP."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
MATCH = {"If-Match": '"1"'}


class TestCreate:
    async def test_its_manager_is_the_caller(self, team: Team, as_: As, make: Make) -> None:
        body = {"name": "蓝海科技有限公司", "level": "major", "credit_code": "91350100M000100Y43", "turnover": "1.00"}
        answer = await as_(team.manager).post("/customers", json=body)
        assert answer.status_code == 201, answer.text
        customer = answer.json()
        assert customer["number"].startswith(f"KH{make.today:%Y%m%d}")
        assert (customer["manager"]["name"], customer["status"], customer["level"]) == ("小明", "normal", "major")
        actions = {"update", "add_asset", "add_linkman", "add_order", "add_service", "add_activity"}
        assert set(customer["allowed_actions"]) == actions

    async def test_a_manager_creates_for_nobody_else_a_supervisor_for_the_team(self, team: Team, as_: As) -> None:
        body = {"name": "蓝海科技", "manager_id": team.colleague.id}
        assert (await as_(team.manager).post("/customers", json=body)).status_code == 422
        assert (await as_(team.supervisor).post("/customers", json=body)).json()["manager"]["name"] == "小红"
        other = {"name": "红山科技", "manager_id": team.stranger.id}
        assert (await as_(team.supervisor).post("/customers", json=other)).status_code == 422

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"name": ""}, "/name"),
            ({"credit_code": "91350100M000100Y44"}, "/credit_code"),
            ({"level": "moon"}, "/level"),
            ({"satisfaction": 6}, "/satisfaction"),
            ({"email": "nobody"}, "/email"),
            ({"tel": "12\n34"}, "/tel"),
            ({"parent_id": 999_999}, "/parent_id"),
            ({"colour": "red"}, "/colour"),
        ],
    )
    async def test_bad_values_are_told_at_their_field(
        self, change: dict[str, object], pointer: str, team: Team, as_: As
    ) -> None:
        answer = await as_(team.manager).post("/customers", json={"name": "蓝海科技"} | change)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)

    async def test_a_twin_of_a_colleague_is_told_without_showing_it(self, team: Team, as_: As, make: Make) -> None:
        await make.customer(team.stranger, "蓝海科技有限公司", tel="021-777")
        answer = await as_(team.manager).post("/customers", json={"name": "蓝海科技"})
        assert (answer.status_code, answer.json()["candidates"], answer.json()["ask"]) == (409, [], ["小强"])
        assert "021-777" not in answer.text
        assert (
            await as_(team.manager).post("/customers", json={"name": "蓝海科技", "confirm_new": True})
        ).status_code == 201

    async def test_a_taken_credit_code_is_409_at_the_field(self, team: Team, as_: As, make: Make) -> None:
        await make.customer(team.stranger, "甲乙丙丁", credit_code="91350100M000100Y43")
        body = {"name": "戊己庚辛", "credit_code": "91350100M000100Y43", "confirm_new": True}
        answer = await as_(team.manager).post("/customers", json=body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (409, "/credit_code")


class TestList:
    async def test_search_finds_parts_of_names_pinyin_and_numbers(self, team: Team, as_: As) -> None:
        manager = as_(team.manager)
        ids = {}
        for name in ("华为技术有限公司", "中兴通讯股份", "Acme Corp"):
            ids[name] = (await manager.post("/customers", json={"name": name})).json()
        expected = {
            "华为": ["华为技术有限公司"], "为技": ["华为技术有限公司"], "华": ["华为技术有限公司"], "术": [],
            "zxtx": ["中兴通讯股份"], "zhongxing": ["中兴通讯股份"], "acme": ["Acme Corp"], "%": [], "华%公司": [],
            ids["Acme Corp"]["number"]: ["Acme Corp"],
        }  # fmt: skip
        for text, names in expected.items():
            found = (await manager.get("/customers", params={"q": text})).json()["items"]
            assert [row["name"] for row in found] == names, text

    async def test_names_sort_by_pinyin(self, team: Team, as_: As) -> None:
        manager = as_(team.manager)
        for name in ("中兴通讯", "阿里巴巴", "华为技术"):
            await manager.post("/customers", json={"name": name})
        names = [row["name"] for row in (await manager.get("/customers?sort=name")).json()["items"]]
        assert names == ["阿里巴巴", "华为技术", "中兴通讯"]

    async def test_filters(self, team: Team, as_: As, make: Make) -> None:
        one = await make.customer(team.manager, level="major", region="east", status="warning")
        await make.customer(team.colleague, level="regular")
        boss = as_(team.supervisor)
        for query in ("level=major", "region=east", "status=warning", f"manager_id={team.manager.id}"):
            assert [row["id"] for row in (await boss.get(f"/customers?{query}")).json()["items"]] == [one.id], query

    async def test_who_works_on_an_open_chance_reads_its_customer(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.colleague)
        chance = await make.chance(team.supervisor, team.manager, customer_id=customer.id)
        manager = as_(team.manager)
        assert (await manager.get(f"/customers/{customer.id}")).json()["allowed_actions"] == ["add_activity"]
        assert (await manager.get("/customers")).json()["total"] == 1
        assert (await manager.patch(f"/customers/{customer.id}", json={"memo": "x"}, headers=MATCH)).status_code == 403
        await manager.post(f"/chances/{chance.id}/fail", json={"reason": "price"})
        assert (await manager.get(f"/customers/{customer.id}")).status_code == 404


class TestUpdate:
    async def test_history_tells_old_and_new(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager, level="regular")
        manager = as_(team.manager)
        await manager.patch(f"/customers/{customer.id}", json={"level": "major"}, headers=MATCH)
        entry = (await manager.get(f"/customers/{customer.id}/history")).json()["items"][0]
        assert (entry["action"], entry["changes"], entry["actor"]["name"]) == (
            "update", {"level": ["regular", "major"]}, "小明",
        )  # fmt: skip

    async def test_a_customer_cannot_belong_to_itself(self, team: Team, as_: As, make: Make) -> None:
        top = await make.customer(team.manager)
        below = await make.customer(team.manager, parent_id=top.id)
        answer = await as_(team.manager).patch(f"/customers/{top.id}", json={"parent_id": below.id}, headers=MATCH)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "circle")

    async def test_an_unchanged_patch_keeps_the_version(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager, memo="同")
        answer = await as_(team.manager).patch(f"/customers/{customer.id}", json={"memo": "同"}, headers=MATCH)
        assert answer.json()["version"] == 1


class TestDelete:
    async def test_it_takes_its_own_along_and_brings_them_back(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        await make.linkman(customer)
        gone_before = await make.linkman(customer, "早走的", deleted_at=make.ctx.now - timedelta(days=1))
        await make.activity(customer, team.manager)
        await make.chance(team.manager, team.manager, customer_id=customer.id, status="failed", closed_on=make.today)
        boss = as_(team.supervisor)

        async def totals() -> list[int]:
            return [
                (await boss.get(f"/{noun}")).json()["total"]
                for noun in ("customers", "linkmen", "activities", "chances")
            ]

        assert (await boss.delete(f"/customers/{customer.id}", headers=MATCH)).status_code == 204
        assert await totals() == [0, 0, 0, 0]
        bin_ = (await boss.get("/recycle-bin")).json()["items"]
        assert [(row["id"], row["name"]) for row in bin_] == [(customer.id, customer.name)]
        assert (await boss.post(f"/customers/{customer.id}/restore")).status_code == 200
        assert await totals() == [1, 1, 1, 1]
        assert (await boss.get(f"/linkmen/{gone_before.id}")).status_code == 404

    async def test_open_chances_hold_it(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        await make.chance(team.stranger, team.stranger, customer_id=customer.id)
        answer = await as_(team.supervisor).delete(f"/customers/{customer.id}", headers=MATCH)
        assert (answer.status_code, answer.json()["open_chances"]) == (409, 1)

    async def test_managers_may_not(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        assert (await as_(team.manager).delete(f"/customers/{customer.id}", headers=MATCH)).status_code == 403

    async def test_an_administrator_sees_number_and_name_in_the_bin_only(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager, deleted_at=make.ctx.now, deleted_by=team.supervisor.id)
        row = (await as_(team.admin).get("/recycle-bin")).json()["items"][0]
        assert (row["id"], row["deleted_by"]["name"]) == (customer.id, "东主管")
        assert (await as_(team.other_supervisor).get("/recycle-bin")).json()["items"] == []
        assert (await as_(team.admin).post(f"/customers/{customer.id}/restore")).status_code == 403
