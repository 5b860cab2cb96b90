"""Sales processes over HTTP: what chances went through stays, an edit makes the next revision."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
TWO = [{"name": "立项", "name_en": "Start", "rate": 20}, {"name": "签约", "rate": 90, "expected_days": 7}]


async def default(who: Client) -> dict[str, Any]:
    return (await who.get("/processes")).json()[0]


def match(row: dict[str, Any]) -> dict[str, str]:
    return {"If-Match": f'"{row["version"]}"'}


class TestCreate:
    async def test_chances_may_start_in_it(self, team: Team, as_: As) -> None:
        answer = await as_(team.admin).post("/processes", json={"name": "大客户流程", "stages": TWO})
        assert answer.status_code == 201
        process = answer.json()
        assert [(s["name"], s["sort"], s["rate"]) for s in process["stages"]] == [("立项", 0, 20), ("签约", 1, 90)]
        new = {"title": "x", "customer_name": "y", "process_id": process["id"]}
        manager = as_(team.manager)
        chance = (await manager.post("/chances", json=new)).json()
        assert (chance["stage"]["name"], chance["rate"]) == ("立项", 20)
        other = (await default(manager))["stages"][1]["id"]
        path = f"/chances/{chance['id']}/move"
        assert (await manager.post(path, json={"stage_id": other})).status_code == 422
        assert (await manager.post(path, json={"stage_id": process["stages"][1]["id"]})).json()["rate"] == 90
        assert (await manager.post("/chances", json=new | {"process_id": 999_999})).status_code == 422

    @pytest.mark.parametrize("stages", [[], [TWO[0], TWO[0]], [{"name": "x", "rate": 101}], [TWO[0] | {"id": 1}]])
    async def test_bad_stages_are_refused(self, stages: list[Any], team: Team, as_: As) -> None:
        answer = await as_(team.admin).post("/processes", json={"name": "x", "stages": stages})
        assert answer.status_code == 422

    async def test_a_taken_name_and_a_missing_right(self, team: Team, as_: As) -> None:
        name = (await default(as_(team.admin)))["name"]
        answer = await as_(team.admin).post("/processes", json={"name": name, "stages": TWO})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (409, "/name")
        assert (await as_(team.supervisor).post("/processes", json={"name": "x", "stages": TWO})).status_code == 403


class TestUpdate:
    async def test_another_default(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        new = (await admin.post("/processes", json={"name": "新", "stages": TWO})).json()
        old = await default(admin)
        assert (
            await admin.patch(f"/processes/{old['id']}", json={"enabled": False}, headers=match(old))
        ).status_code == 409
        changed = await admin.patch(f"/processes/{new['id']}", json={"is_default": True}, headers=match(new))
        assert (changed.status_code, changed.json()["is_default"]) == (200, True)
        chance = (await as_(team.manager).post("/chances", json={"title": "x", "customer_name": "y"})).json()
        assert chance["stage"]["name"] == "立项"
        old = (await admin.get(f"/processes/{old['id']}")).json()
        assert old["is_default"] is False
        off = await admin.patch(f"/processes/{old['id']}", json={"enabled": False, "name": "旧"}, headers=match(old))
        assert (off.json()["enabled"], off.json()["name"]) == (False, "旧")
        body = {"title": "x", "customer_name": "y", "process_id": old["id"]}
        assert (await as_(team.manager).post("/chances", json=body)).status_code == 422
        assert (await admin.patch(f"/processes/{new['id']}", json={}, headers=match(new))).status_code == 412
        assert (await admin.patch("/processes/999999", json={}, headers=match(new))).status_code == 404


class TestStages:
    async def test_unused_ones_are_changed_in_place(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        process = (await admin.post("/processes", json={"name": "新", "stages": TWO})).json()
        first = process["stages"][0]
        stages = [{"name": "评估", "rate": 10}, {"id": first["id"], "name": "立项会", "rate": 30}]
        path = f"/processes/{process['id']}/stages"
        assert (await admin.put(path, json={"stages": stages})).status_code == 428
        changed = (await admin.put(path, json={"stages": stages}, headers=match(process))).json()
        assert (changed["id"], changed["revision"]) == (process["id"], 2)
        assert [(s["name"], s["rate"]) for s in changed["stages"]] == [("评估", 10), ("立项会", 30)]
        assert changed["stages"][1]["id"] == first["id"]
        assert (await admin.put(path, json={"stages": stages}, headers=match(process))).status_code == 412

    async def test_chances_that_are_in_it_keep_theirs(self, team: Team, as_: As, make: Make) -> None:
        admin, manager = as_(team.admin), as_(team.manager)
        chance = await make.chance(team.manager, team.manager)
        old = await default(admin)
        answer = await admin.put(f"/processes/{old['id']}/stages", json={"stages": TWO}, headers=match(old))
        new = answer.json()
        assert (answer.status_code, new["is_default"], new["revision"], new["replaces_id"]) == (200, True, 2, old["id"])
        listed = (await manager.get("/processes")).json()
        assert [(p["id"], p["retired"], p["open_chances"]) for p in listed] == [
            (new["id"], False, 0),
            (old["id"], True, 1),
        ]
        moved = await manager.post(f"/chances/{chance.id}/move", json={"stage_id": old["stages"][2]["id"]})
        assert (moved.status_code, moved.json()["stage"]["name"]) == (200, "方案报价")
        wrong = await manager.post(f"/chances/{chance.id}/move", json={"stage_id": new["stages"][0]["id"]})
        assert wrong.status_code == 422
        started = (await manager.post("/chances", json={"title": "x", "customer_name": "y"})).json()
        assert started["stage"]["id"] == new["stages"][0]["id"]
        board = (await manager.get("/chances/board")).json()["columns"]
        assert [column["process"]["id"] for column in board[1:]] == [new["id"]] * 2 + [old["id"]] * 5
        assert [c["count"] for c in board if c["stage"] and c["stage"]["name"] == "方案报价"] == [1]
        retired = (await admin.get(f"/processes/{old['id']}")).json()
        for call in (
            admin.patch(f"/processes/{old['id']}", json={"name": "x"}, headers=match(retired)),
            admin.put(f"/processes/{old['id']}/stages", json={"stages": TWO}, headers=match(retired)),
        ):
            assert (await call).json()["code"] == "retired"
        await manager.post(f"/chances/{chance.id}/fail", json={"reason": "price"})
        assert [p["id"] for p in (await manager.get("/processes")).json()] == [new["id"]]
