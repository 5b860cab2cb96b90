"""Settings over HTTP: types and ranges hold, and what is changed is in force."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from sqlalchemy import select

from api.main import create_app
from app.core.db import Database
from app.models.audit import LogEntry
from app.models.users import User
from app.services import settings
from tests.conftest import Client
from tests.conftest import settings as configuration
from tests.factories.make import Make
from tests.factories.team import Team, build_team

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


class TestLogOfViews:
    """Setting `log.views`: who read a record is logged, once in ten minutes, and stands in the whole log alone.

    The views are written beside the reading session, so each test has a database where commits are real.
    """

    @pytest_asyncio.fixture(loop_scope="session")
    async def installation(self, committed: Database) -> AsyncIterator[tuple[FastAPI, Make, Team]]:
        async with committed.write() as session:
            make = Make(session)
            yield create_app(configuration(), committed), make, await build_team(make)

    async def read(self, app: FastAPI, person: User, path: str) -> httpx.Response:
        token = app.state.kith.tokens.issue(person.id, sorted(person.roles), person.token_version, Make.now())
        transport, badge = httpx.ASGITransport(app), {"Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(transport=transport, base_url="http://test/api/v1", headers=badge) as client:
            return await client.get(path)

    async def views(self, make: Make) -> list[tuple[int | None, str, int | None]]:
        asked = select(LogEntry.actor_id, LogEntry.entity, LogEntry.entity_id).where(LogEntry.action == "view")
        return [tuple(row) for row in await make.session.execute(asked.order_by(LogEntry.id))]

    async def test_is_off_until_somebody_wants_it(self, installation: tuple[FastAPI, Make, Team]) -> None:
        app, make, team = installation
        customer = await make.customer(team.manager)
        assert (await self.read(app, team.manager, f"/customers/{customer.id}")).status_code == 200
        assert await self.views(make) == []

    async def test_each_reader_and_record_once(self, installation: tuple[FastAPI, Make, Team]) -> None:
        app, make, team = installation
        await settings.put(make.session, "log.views", "on")
        customer = await make.customer(team.manager)
        linkman, chance = await make.linkman(customer), await make.chance(team.manager)
        pages = [f"/customers/{customer.id}", f"/linkmen/{linkman.id}", f"/chances/{chance.id}"]
        for page in (*pages, *pages):
            assert (await self.read(app, team.manager, page)).status_code == 200
        await self.read(app, team.executive, pages[0])
        mine, reader = team.manager.id, team.executive.id
        assert await self.views(make) == [
            (mine, "customers", customer.id), (mine, "linkmen", linkman.id), (mine, "chances", chance.id),
            (reader, "customers", customer.id),
        ]  # fmt: skip
        history = (await self.read(app, team.manager, f"/customers/{customer.id}/history")).json()["items"]
        assert {row["action"] for row in history} == {"create"}

    async def test_lists_refusals_and_products_are_no_views(self, installation: tuple[FastAPI, Make, Team]) -> None:
        app, make, team = installation
        await settings.put(make.session, "log.views", "on")
        customer, product = await make.customer(team.manager), await make.product()
        assert (await self.read(app, team.colleague, f"/customers/{customer.id}")).status_code == 404
        assert (await self.read(app, team.manager, "/customers")).status_code == 200
        assert (await self.read(app, team.manager, f"/products/{product.id}")).status_code == 200
        assert await self.views(make) == []
