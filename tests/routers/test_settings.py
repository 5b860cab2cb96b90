"""Settings over HTTP: types and ranges hold, and what is changed is in force."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.conftest import Client
from tests.factories.team import Team

As = Callable[..., Client]


async def put(who: Client, name: str, value: object, version: int) -> Any:
    return await who.put(f"/settings/{name}", json={"value": value}, headers={"If-Match": f'"{version}"'})


class TestSettings:
    async def test_everything_about_each(self, team: Team, as_: As) -> None:
        rows = {row["name"]: row for row in (await as_(team.admin).get("/settings")).json()}
        assert "demo.enabled" not in rows
        days = rows["lost.days"]
        assert (days["type"], days["value"], days["default"], days["minimum"], days["maximum"], days["changed_by"]) == (
            "integer", 180, 180, 1, 3650, None,
        )  # fmt: skip
        for person in (team.supervisor, team.manager, team.executive):
            assert (await as_(person).get("/settings")).status_code == 403

    async def test_everybody_reads_the_public_ones(self, team: Team, as_: As) -> None:
        assert (await as_(team.manager).get("/settings/public")).json() == {
            "company_name": "客智", "company_timezone": "Asia/Shanghai", "company_currency": "CNY",
            "company_language": "zh-CN", "password_min_length": 10,
        }  # fmt: skip

    async def test_a_change_is_kept_with_who_and_logged(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        answer = await put(admin, "company.name", " 云启 ", 1)
        assert answer.status_code == 200
        assert (answer.json()["value"], answer.json()["version"]) == ("云启", 2)
        assert answer.json()["changed_by"]["name"] == "管理员"
        assert (await put(admin, "company.name", "晚了", 1)).status_code == 412
        assert (await admin.put("/settings/company.name", json={"value": "x"})).status_code == 428
        log = (await admin.get("/audit?entity=settings")).json()["items"][0]
        assert log["changes"] == {
            "value": ["客智", "云启"],
            "changed_by": [None, team.admin.id],
            "name": [None, "company.name"],
        }
        assert (await as_(team.manager).get("/settings/public")).json()["company_name"] == "云启"
        assert (await put(as_(team.supervisor), "company.name", "x", 2)).status_code == 403
        assert (await put(admin, "company.moon", "x", 0)).status_code == 404
        assert (await put(admin, "demo.enabled", "x", 1)).status_code == 404

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("lost.days", 0), ("lost.days", 3651), ("lost.days", "180"), ("lost.days", True), ("lost.days", 1.5),
            ("company.name", " "), ("company.name", "长" * 101), ("company.name", 5), ("company.currency", "XXX"),
            ("company.timezone", "Moon/Base"), ("company.language", "fr"), ("password.min_length", 7),
        ],
    )  # fmt: skip
    async def test_type_and_range_hold(self, name: str, value: object, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        version = (await admin.get(f"/settings/{name}")).json()["version"]
        answer = await put(admin, name, value, version)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"][:6]) == (422, "/value")


class TestInForce:
    async def test_the_length_of_passwords(self, team: Team, as_: As, client: httpx.AsyncClient) -> None:
        admin = as_(team.admin)
        link = (await admin.post(f"/users/{team.manager.id}/link")).json()["path"].split("token=")[1]
        assert (await put(admin, "password.min_length", 16, 0)).status_code == 200
        body = {"token": link, "new_password": "abcd-efgh-ij"}
        answer = await client.post("/api/v1/auth/link", json=body)
        assert (answer.status_code, answer.json()["least"]) == (422, 16)
        answer = await client.post("/api/v1/auth/link", json=body | {"new_password": "abcd-efgh-ijkl-mn"})
        assert answer.status_code == 200

    async def test_the_length_of_sessions(self, team: Team, as_: As, client: httpx.AsyncClient) -> None:
        admin = as_(team.admin)
        await put(admin, "session.days", 2, 0)
        link = (await admin.post(f"/users/{team.manager.id}/link")).json()["path"].split("token=")[1]
        answer = await client.post("/api/v1/auth/link", json={"token": link, "new_password": "abcd-efgh-ij"})
        assert "Max-Age=172800" in answer.headers["set-cookie"]
