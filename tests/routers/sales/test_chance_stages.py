"""The way through the stages over HTTP: conditions for going on, a reason for going back."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from app.models.sales.chances import Chance
from app.models.sales.processes import CONDITIONS
from app.schemas.sales.processes import Condition
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
NAMES = ("接触", "需求", "报价", "签约")
FILLED = {"amount": "5.00", "expected_close_date": "2030-01-01", "linkman": "张三"}


async def process(admin: Client, *conditions: list[str]) -> list[dict[str, Any]]:
    """Make the default process anew, with conditions from the second stage on; return its stages."""
    asked = [[], *conditions, *([[]] * (3 - len(conditions)))]
    stages = [
        {"name": name, "rate": 20, "conditions": list(one)} for name, one in zip(NAMES, asked, strict=True)
    ]  # fmt: skip
    old = (await admin.get("/processes")).json()[0]
    match = {"If-Match": f'"{old["version"]}"'}
    answer = await admin.put(f"/processes/{old['id']}/stages", json={"stages": stages}, headers=match)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["stages"])


async def move(who: Client, chance: Chance, stage: dict[str, Any], **more: Any) -> Any:
    return await who.post(f"/chances/{chance.id}/move", json={"stage_id": stage["id"], **more})


class TestForward:
    async def test_what_is_not_met_is_named_stage_by_stage_and_nothing_moves(
        self, team: Team, as_: As, make: Make
    ) -> None:
        stages = await process(as_(team.admin), ["amount"], ["linkman", "amount"], ["plan_done"])
        chance, manager = await make.chance(team.manager, team.manager), as_(team.manager)
        refused = await move(manager, chance, stages[2])
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/stage-conditions")
        assert refused.json()["unmet"] == [
            {"stage": {"id": stages[1]["id"], "name": "需求"}, "conditions": ["amount"]},
            {"stage": {"id": stages[2]["id"], "name": "报价"}, "conditions": ["amount", "linkman"]},
        ]
        seen = (await manager.get(f"/chances/{chance.id}")).json()
        assert (seen["stage"]["id"], seen["version"]) == (stages[0]["id"], 1)
        assert len((await manager.get(f"/chances/{chance.id}/stages")).json()) == 1

    @pytest.mark.parametrize("condition", CONDITIONS)
    async def test_each_condition_is_met_by_its_own_fact(self, condition: str, team: Team, as_: As, make: Make) -> None:
        stages = await process(as_(team.admin), [condition])
        product = await make.product()
        facts: dict[str, Any] = FILLED | {"product_id": product.id}
        own = {"product": "product_id"}.get(condition, condition)
        manager = as_(team.manager)
        chance = await make.chance(team.manager, team.manager)
        others = {name: value for name, value in facts.items() if name != own}
        await manager.patch(f"/chances/{chance.id}", json=others, headers={"If-Match": '"1"'})
        for status in ("open", "cancelled"):
            await make.plan(chance, status=status)
        refused = await move(manager, chance, stages[1])
        assert (refused.status_code, refused.json()["unmet"][0]["conditions"]) == (409, [condition])
        if condition == "plan_done":
            await make.plan(chance, status="done")
        else:
            await manager.patch(f"/chances/{chance.id}", json={own: facts[own]}, headers={"If-Match": '"2"'})
        assert (await move(manager, chance, stages[1])).status_code == 200

    async def test_those_of_the_stages_behind_do_not_count(self, team: Team, as_: As, make: Make) -> None:
        stages = await process(as_(team.admin), ["amount"])
        chance = await make.chance(team.manager, team.manager, stage_id=stages[1]["id"])
        assert (await move(as_(team.manager), chance, stages[3])).status_code == 200

    async def test_another_one_s_executed_plan_item_does_not_count(self, team: Team, as_: As, make: Make) -> None:
        stages = await process(as_(team.admin), ["plan_done"])
        chance, other = [await make.chance(team.manager, team.manager) for _ in range(2)]
        await make.plan(other, status="done")
        assert (await move(as_(team.manager), chance, stages[1])).status_code == 409

    async def test_an_edit_is_no_way_around_but_its_facts_count(self, team: Team, as_: As, make: Make) -> None:
        stages = await process(as_(team.admin), ["amount"])
        chance, manager = await make.chance(team.manager, team.manager), as_(team.manager)
        path, match, body = f"/chances/{chance.id}", {"If-Match": '"1"'}, {"stage_id": stages[1]["id"]}
        refused = await manager.patch(path, json=body, headers=match)
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/stage-conditions")
        done = await manager.patch(path, json=body | {"amount": "7"}, headers=match)
        assert (done.status_code, done.json()["stage"]["name"]) == (200, "需求")

    async def test_an_import_is_exempt(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        stages = await process(admin, ["amount"])
        row = {"external_id": "x", "title": "甲", "customer_name": "乙", "stage_id": stages[2]["id"]}
        for stage in (2, 1, 0, 1):
            sent = await admin.post("/imports/chances", json={"rows": [row | {"stage_id": stages[stage]["id"]}]})
            assert sent.json()["results"][0]["outcome"] in {"created", "updated"}


class TestBack:
    async def test_it_needs_a_reason_that_is_kept(self, team: Team, as_: As, make: Make) -> None:
        stages = await process(as_(team.admin), ["amount"], ["amount"])
        chance = await make.chance(team.manager, team.manager, stage_id=stages[2]["id"], rate=60)
        manager = as_(team.manager)
        for reason in ({}, {"reason": None}, {"reason": "  "}):
            refused = await move(manager, chance, stages[1], **reason)
            assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/reason")
        done = await move(manager, chance, stages[1], reason=" 客户推迟了预算 ")
        assert (done.status_code, done.json()["rate"]) == (200, 20)
        stays = (await manager.get(f"/chances/{chance.id}/stages")).json()
        assert [stay["reason"] for stay in stays] == [None, "客户推迟了预算"]
        log = (await manager.get(f"/chances/{chance.id}/history")).json()["items"][0]
        assert (log["action"], log["changes"]["reason"]) == ("move", [None, "客户推迟了预算"])

    async def test_an_edit_needs_it_too(self, team: Team, as_: As, make: Make) -> None:
        first, second = [await make.stage(place) for place in (0, 1)]
        chance = await make.chance(team.manager, team.manager, stage_id=second.id)
        manager, match, body = as_(team.manager), {"If-Match": '"1"'}, {"stage_id": first.id}
        refused = await manager.patch(f"/chances/{chance.id}", json=body, headers=match)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/reason")
        done = await manager.patch(f"/chances/{chance.id}", json=body | {"reason": "误操作"}, headers=match)
        assert (done.status_code, done.json()["stage"]["id"]) == (200, first.id)
        assert (await manager.get(f"/chances/{chance.id}/stages")).json()[-1]["reason"] == "误操作"

    async def test_the_same_stage_is_no_step(self, team: Team, as_: As, make: Make) -> None:
        chance, manager = await make.chance(team.manager, team.manager), as_(team.manager)
        same = await move(manager, chance, {"id": (await make.stage()).id}, rate=33)
        assert (same.status_code, same.json()["rate"]) == (200, 33)
        assert len((await manager.get(f"/chances/{chance.id}/stages")).json()) == 1


class TestProcess:
    async def test_conditions_belong_to_the_revision(self, team: Team, as_: As, make: Make) -> None:
        admin = as_(team.admin)
        chance = await make.chance(team.manager, team.manager, amount=Decimal(1))
        old = (await admin.get("/processes")).json()[0]
        assert [stage["conditions"] for stage in old["stages"]] == [[]] * 5
        new = await process(admin, ["plan_done", "amount"])
        assert [stage["conditions"] for stage in new] == [[], ["amount", "plan_done"], [], []]
        assert (await move(as_(team.manager), chance, old["stages"][4])).status_code == 200

    @pytest.mark.parametrize(
        ("place", "conditions", "pointer"),
        [
            (0, ["amount"], "/stages/0/conditions"),
            (1, ["colour"], "/stages/1/conditions/0"),
            (1, ["amount", "amount"], "/stages/1/conditions"),
            (1, None, "/stages/1/conditions"),
        ],
    )
    async def test_what_cannot_be_one_is_422(
        self, place: int, conditions: Any, pointer: str, team: Team, as_: As
    ) -> None:
        stages: list[dict[str, Any]] = [{"name": "一", "rate": 1}, {"name": "二", "rate": 2}]
        stages[place]["conditions"] = conditions
        refused = await as_(team.admin).post("/processes", json={"name": "新", "stages": stages})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)

    def test_the_schema_and_the_table_name_the_same(self) -> None:
        assert Condition.__args__ == CONDITIONS
