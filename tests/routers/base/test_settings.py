"""Settings over HTTP: types and ranges hold, and what is changed is in force."""

import base64
import struct
from collections.abc import AsyncIterator, Callable
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from sqlalchemy import select

from app.core.db import Database
from app.models.access.users import User
from app.models.base.audit import LogEntry
from app.services.base import settings
from tests.conftest import Client
from tests.factories.application import application
from tests.factories.make import Make
from tests.factories.team import Team, build_team

As = Callable[..., Client]


JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080010002001011100ffd9")
WEBP = base64.b64decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height) + b"\x08\x06\0\0\0"


PNG = png(64, 32)
FULL = PNG.ljust(64 * 1024, b"\0")


def data_url(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def days(count: int) -> list[dict[str, str]]:
    return [{"date": (date(2026, 1, 1) + timedelta(n)).isoformat()} for n in range(count)]


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
            "company_language": "zh-CN", "company_logo": None, "work_days": [1, 2, 3, 4, 5], "work_start": "09:00",
            "work_end": "18:00", "work_holidays": [], "work_extra_days": [], "password_min_length": 10,
            "customers_required": [], "customers_hidden": [],
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
            ("lost.days", None), ("company.name", [1]), ("lost.days", "9" * 20_000), ("work.start", None),
            ("work.start", "9:00"), ("work.start", "24:00"), ("work.start", "09:60"), ("work.start", "09:00\n"),
            ("work.start", "18:00"), ("work.end", "08:59"), ("work.end", 900),
            ("work.days", []), ("work.days", [0]), ("work.days", [8]), ("work.days", [1, 1]), ("work.days", [True]),
            ("work.days", "1"), ("work.days", [1.5]), ("work.days", [{"date": "2026-10-01"}]),
            ("work.holidays", "2026-10-01"), ("work.holidays", [20261001]), ("work.holidays", None),
            ("work.holidays", [{"date": "2026-02-30"}]), ("work.holidays", [{"date": "20261001"}]),
            ("work.holidays", [{"date": "2026-10-01T00:00:00Z"}]), ("work.holidays", [{"date": "0001-01-01"}]),
            ("work.holidays", [{"name": "国庆节"}]), ("work.holidays", [{"date": "2026-10-01", "paid": True}]),
            ("work.holidays", [{"date": "2026-10-01", "name": "长" * 81}]),
            ("work.holidays", [{"date": "2026-10-01", "name": " "}]),
            ("work.holidays", [{"date": "2026-10-01"}, {"date": "2026-10-01", "name": "国庆节"}]),
            ("customers.required", ["moon"]), ("customers.required", ["name"]), ("customers.required", "tel"),
            ("customers.hidden", ["tel", "tel"]), ("customers.hidden", [1]), ("customers.hidden", None),
            ("customers.hidden", [{"date": "2026-10-01"}]), ("work.days", ["1"]), ("work.holidays", ["2026-10-01"]),
            ("work.holidays", days(401)), ("work.extra_days", days(101)),
        ],
    )  # fmt: skip
    async def test_type_and_range_hold(self, name: str, value: object, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        version = (await admin.get(f"/settings/{name}")).json()["version"]
        answer = await put(admin, name, value, version)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"][:6]) == (422, "/value")


class TestWorkingTime:
    async def test_days_off_are_kept_in_order_with_their_names(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        given = [{"date": "2026-10-02", "name": " 国庆节 "}, {"date": "2026-10-01", "name": None}]
        answer = await put(admin, "work.holidays", given, 0)
        kept = [{"date": "2026-10-01", "name": None}, {"date": "2026-10-02", "name": "国庆节"}]
        assert (answer.status_code, answer.json()["type"], answer.json()["value"]) == (200, "dates", kept)
        assert (await put(admin, "work.extra_days", [{"date": "2026-10-10"}], 0)).status_code == 200
        assert (await put(admin, "work.days", [6, 1], 0)).json()["value"] == [1, 6]
        seen = (await as_(team.manager).get("/settings/public")).json()
        assert (seen["work_holidays"], seen["work_days"]) == (kept, [1, 6])
        assert seen["work_extra_days"] == [{"date": "2026-10-10", "name": None}]
        log = (await admin.get("/audit?entity=settings")).json()["items"]
        assert {row["changes"]["name"][1] for row in log} == {"work.holidays", "work.extra_days", "work.days"}

    async def test_as_many_as_fit(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        assert (await put(admin, "work.holidays", days(400), 0)).status_code == 200
        assert (await put(admin, "work.holidays", [], 1)).json()["value"] == []
        assert (await put(admin, "work.holidays", days(1), 1)).status_code == 412
        assert (await put(as_(team.supervisor), "work.holidays", [], 2)).status_code == 403

    async def test_work_starts_before_it_ends(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        assert (await put(admin, "work.end", "17:30", 0)).status_code == 200
        answer = await put(admin, "work.start", "17:30", 0)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "out_of_order")
        assert "17:30 to 17:30" in answer.json()["detail"]
        assert (await put(admin, "work.start", "08:00", 0)).status_code == 200


class TestLogo:
    async def test_it_is_set_shown_to_everybody_and_removed(
        self, team: Team, as_: As, client: httpx.AsyncClient
    ) -> None:
        admin = as_(team.admin)
        assert (await client.get("/api/v1/settings/logo")).status_code == 404
        answer = await put(admin, "company.logo", data_url("image/png", PNG), 0)
        version = answer.json()["value"]
        assert (answer.status_code, answer.json()["type"], len(version)) == (200, "image", 12)
        assert (await as_(team.manager).get("/settings/public")).json()["company_logo"] == version
        assert (await as_(team.manager).get("/me")).json()["company_logo"] == version
        assert (await client.get("/api/v1/auth/state")).json()["company_logo"] == version
        listed = (await admin.get("/settings")).text
        assert version in listed
        assert "base64" not in listed

        shown = await client.get(f"/api/v1/settings/logo?v={version}")
        assert (shown.content, shown.headers["content-type"]) == (PNG, "image/png")
        assert shown.headers["x-content-type-options"] == "nosniff"
        assert "immutable" in shown.headers["cache-control"]
        other = await client.get("/api/v1/settings/logo?v=old")
        assert (other.content, other.headers["cache-control"]) == (PNG, "no-cache")
        again = await client.get("/api/v1/settings/logo", headers={"If-None-Match": shown.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")

        gone = await put(admin, "company.logo", None, 1)
        assert (gone.json()["value"], gone.json()["version"]) == (None, 2)
        assert (await client.get(f"/api/v1/settings/logo?v={version}")).status_code == 404
        assert (await admin.get("/me")).json()["company_logo"] is None
        log = (await admin.get("/audit?entity=settings")).json()["items"]
        assert [row["changes"]["value"] for row in log] == [[version, None], [None, version]]

    async def test_only_who_may(self, team: Team, as_: As) -> None:
        for person in (team.supervisor, team.manager, team.executive):
            assert (await put(as_(person), "company.logo", None, 0)).status_code == 403
        assert (await as_(team.admin).get("/settings/company.logo.image")).status_code == 404
        assert (await put(as_(team.admin), "company.logo.image", "x", 0)).status_code == 404

    @pytest.mark.parametrize(("kind", "content"), [("image/jpeg", JPEG), ("image/webp", WEBP), ("image/png", FULL)])
    async def test_what_fits(self, kind: str, content: bytes, team: Team, as_: As, client: httpx.AsyncClient) -> None:
        assert (await put(as_(team.admin), "company.logo", data_url(kind, content), 0)).status_code == 200
        shown = await client.get("/api/v1/settings/logo")
        assert (shown.headers["content-type"], shown.content) == (kind, content)

    @pytest.mark.parametrize(
        ("value", "code"),
        [
            (data_url("image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "not_an_image"),
            (data_url("image/png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "not_an_image"),
            (data_url("image/jpeg", PNG), "not_an_image"),
            (data_url("image/png", PNG[:20]), "not_an_image"),
            (data_url("image/png", png(2049, 1)), "too_many_pixels"),
            (data_url("image/png", png(0, 1)), "too_many_pixels"),
            (data_url("image/png", FULL + b"!"), "too_large"),
            (data_url("image/png", PNG) + "\n", "not_an_image"),
            ("data:image/png;base64,A", "not_an_image"),
            ("https://example.com/logo.png", "not_an_image"),
            ("", "not_an_image"),
            (7, "wrong_type"),
        ],
    )  # fmt: skip
    async def test_what_does_not(self, value: object, code: str, team: Team, as_: As) -> None:
        answer = await put(as_(team.admin), "company.logo", value, 0)
        found = answer.json()["errors"][0]
        assert (answer.status_code, found["pointer"], found["code"]) == (422, "/value", code)


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
            yield application(committed), make, await build_team(make)

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
