"""The data dictionary over HTTP: values come, change, merge and go."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]


async def values(who: Client, kind: str) -> dict[str, Any]:
    found = (await who.get("/dict")).json()
    return {row["item"]: row for one in found if one["type"] == kind for row in one["items"]}


def match(row: dict[str, Any]) -> dict[str, str]:
    return {"If-Match": f'"{row["version"]}"'}


class TestEdit:
    async def test_labels_places_and_use(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        row = (await values(admin, "level"))["major"]
        change = {"value": "重要客户", "value_en": "Major", "enabled": False}
        answer = await admin.patch(f"/dict/{row['id']}", json=change, headers=match(row))
        assert answer.status_code == 200
        assert (answer.json()["value"], answer.json()["enabled"], answer.headers["etag"]) == ("重要客户", False, '"2"')
        customer = {"name": "甲公司", "level": "major"}
        assert (await as_(team.manager).post("/customers", json=customer)).status_code == 422
        assert (await admin.patch(f"/dict/{row['id']}", json=change, headers=match(row))).status_code == 412
        assert (await admin.patch(f"/dict/{row['id']}", json=change)).status_code == 428
        assert (await admin.patch("/dict/999999", json=change, headers=match(row))).status_code == 404
        again = {**match(row), "If-Match": '"2"'}
        assert (await admin.patch(f"/dict/{row['id']}", json={"item": "x"}, headers=again)).status_code == 422
        assert (await as_(team.supervisor).patch(f"/dict/{row['id']}", json=change, headers=again)).status_code == 403

    async def test_what_the_program_relies_on_is_protected(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        kinds = await values(admin, "service_type")
        row = kinds["complaint"]
        for body in ({"value": "抱怨"}, {"enabled": False}):
            answer = await admin.patch(f"/dict/{row['id']}", json=body, headers=match(row))
            assert (answer.status_code, answer.json()["code"]) == (409, "protected")
        assert (await admin.delete(f"/dict/{row['id']}", headers=match(row))).status_code == 409
        merged = await admin.post(f"/dict/{row['id']}/merge", json={"into_id": kinds["inquiry"]["id"]})
        assert merged.status_code == 409
        assert (await admin.patch(f"/dict/{row['id']}", json={"sort": 99}, headers=match(row))).status_code == 200

    async def test_another_order(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        ids = [row["id"] for row in (await values(admin, "source")).values()]
        answer = await admin.post("/dict/reorder", json={"type": "source", "ids": ids[::-1]})
        assert answer.status_code == 200
        assert [row["id"] for row in (await values(admin, "source")).values()] == ids[::-1]
        for wrong in (ids[1:], ids + ids[:1], []):
            assert (await admin.post("/dict/reorder", json={"type": "source", "ids": wrong})).status_code == 422


class TestUses:
    async def test_a_value_in_use_stays(self, team: Team, as_: As, make: Make) -> None:
        admin = as_(team.admin)
        row = (await values(admin, "source"))["phone"]
        await make.customer(team.manager, source="phone")
        await make.chance(team.manager, source="phone")
        await make.chance(team.manager, source="phone")
        uses = [
            {"noun": "customers", "field": "source", "count": 1, "is_exact": True},
            {"noun": "chances", "field": "source", "count": 2, "is_exact": True},
        ]
        assert (await admin.get(f"/dict/{row['id']}/uses")).json() == uses
        answer = await admin.delete(f"/dict/{row['id']}", headers=match(row))
        assert (answer.status_code, answer.json()["uses"]) == (409, uses)
        assert (await as_(team.manager).get(f"/dict/{row['id']}/uses")).status_code == 403

    async def test_an_unused_one_goes(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        new = {"type": "region", "item": "moon", "value": "月球"}
        row = (await admin.post("/dict", json=new)).json()
        assert (await admin.post("/dict", json=new)).status_code == 409
        assert (await admin.delete(f"/dict/{row['id']}", headers=match(row))).status_code == 204
        assert (await admin.get(f"/dict/{row['id']}")).status_code == 404

    async def test_a_reason_counts_where_the_outcome_is_its_own(self, team: Team, as_: As, make: Make) -> None:
        admin = as_(team.admin)
        closed = {"close_reason": "price", "closed_on": make.today}
        await make.chance(team.manager, team.manager, status="failed", **closed)
        for kind, count in (("success_reason", 0), ("fail_reason", 1)):
            row = (await values(admin, kind))["price"]
            uses = (await admin.get(f"/dict/{row['id']}/uses")).json()
            assert sum(use["count"] for use in uses) == count

    async def test_a_setting_that_names_a_value_uses_it_and_follows_a_merge(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        levels = await values(admin, "level")
        for days, after in (({"major": 60}, {"strategic": 60}), ({"partner": 30, "strategic": 90}, {"strategic": 90})):
            held = (await admin.get("/settings/lost.days_by_level")).json()
            stored = await admin.put("/settings/lost.days_by_level", json={"value": days}, headers=match(held))
            assert stored.status_code == 200
            gone = next(iter(days))
            refused = await admin.delete(f"/dict/{levels[gone]['id']}", headers=match(levels[gone]))
            assert refused.status_code == 409
            assert refused.json()["uses"] == [
                {"noun": "settings", "field": "lost.days_by_level", "count": 1, "is_exact": True}
            ]
            body = {"into_id": levels["strategic"]["id"]}
            assert (await admin.post(f"/dict/{levels[gone]['id']}/merge", json=body)).json()["moved"] == 1
            assert (await admin.get("/settings/lost.days_by_level")).json()["value"] == after


class TestMerge:
    async def test_every_use_moves_and_is_in_the_log(
        self, team: Team, as_: As, make: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("app.core.bulk.AT_ONCE", 2)
        admin = as_(team.admin)
        kinds = await values(admin, "level")
        customers = [await make.customer(team.manager, level="focus") for _ in range(3)]
        other = await make.customer(team.manager, level="regular")
        answer = await admin.post(f"/dict/{kinds['focus']['id']}/merge", json={"into_id": kinds["major"]["id"]})
        assert answer.status_code == 200
        assert (answer.json()["moved"], answer.json()["item"]["enabled"]) == (3, False)
        manager = as_(team.manager)
        for customer in customers:
            seen = (await manager.get(f"/customers/{customer.id}")).json()
            assert (seen["level"], seen["version"]) == ("major", 2)
            log = (await manager.get(f"/customers/{customer.id}/history")).json()["items"][0]
            assert (log["action"], log["changes"], log["actor"]["name"]) == (
                "merge_item", {"level": ["focus", "major"]}, "管理员",
            )  # fmt: skip
        assert (await manager.get(f"/customers/{other.id}")).json()["version"] == 1
        assert (await admin.get(f"/dict/{kinds['focus']['id']}/uses")).json() == []

    @pytest.mark.parametrize("into", ["same", "other type", "absent"])
    async def test_only_into_another_of_its_type(self, into: str, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        row = (await values(admin, "level"))["focus"]
        target = {"same": row["id"], "other type": (await values(admin, "region"))["east"]["id"], "absent": 999_999}[
            into
        ]
        answer = await admin.post(f"/dict/{row['id']}/merge", json={"into_id": target})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/into_id")
