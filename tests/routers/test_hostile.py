"""What a hostile or broken caller sends: every answer is a refusal in words, nothing is changed, nothing breaks."""

import base64
import json
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from api.middleware import Edge
from app.core import cursor
from app.models.access.rbac import Role, RoleRight
from app.models.base.audit import LogEntry
from app.schemas.sales.chances import ChanceQuery
from tests.conftest import Client
from tests.factories.application import application, settings
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
HALF = "\\ud800"


def forged(sort: str, value: object, row_id: object) -> str:
    """Return a cursor as this list makes them, with a value of our own."""
    under = cursor.digest(ChanceQuery().model_dump(exclude={"limit", "cursor", "sort"}, exclude_none=True))
    return base64.urlsafe_b64encode(json.dumps([sort, under, value, row_id]).encode()).decode().rstrip("=")


class TestValues:
    @pytest.mark.parametrize(
        ("sort", "value", "row_id"),
        [
            ("-created_at", "2026-01-01T00:00:00Z", 2**70),
            ("-created_at", "0001-01-01T00:00:00+14:00", 1),
            ("-rate", 10**30, 1),
            ("-amount", "1E+999999", 1),
            ("-title", "a\x00b", 1),
            ("-title", ["x"], 1),
        ],
    )
    async def test_a_forged_cursor_is_refused(
        self, as_: As, team: Team, sort: str, value: object, row_id: object
    ) -> None:
        answer = await as_(team.manager).get("/chances", params={"sort": sort, "cursor": forged(sort, value, row_id)})
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid")

    @pytest.mark.parametrize(
        "body",
        [
            f'{{"title": "a", "customer_name": "b", "{HALF}": 1}}',
            f'{{"title": "{HALF}", "customer_name": "b"}}',
            '{"title": "a", "customer_name": "b\\u0000c"}',
            '{"title": "a", "customer_name": "b", "amount": NaN}',
            '{"title": "a", "customer_name": "b", "amount": "1E+400"}',
            '{"title": "a", "customer_name": "b", "expected_close_date": "0001-01-01"}',
            '{"title": "a", "customer_name": "b", "product_id": 99999999999999999999}',
        ],
    )
    async def test_values_that_no_column_takes_are_422(self, as_: As, team: Team, body: str) -> None:
        answer = await as_(team.manager).post("/chances", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 422, answer.text
        assert answer.json()["errors"]

    @pytest.mark.parametrize("body", ["[" * 200_000, '{"title": ' + "9" * 5000 + "}", b'{"title": "\xff"}'])
    async def test_a_body_that_cannot_be_read_is_400(self, as_: As, team: Team, body: str | bytes) -> None:
        answer = await as_(team.manager).post("/chances", content=body, headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["type"]) == (400, "/problems/bad-request")

    @pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
    async def test_moments_at_the_ends_of_the_calendar_are_422(self, make: Make, team: Team, as_: As, at: str) -> None:
        customer = await make.customer(team.manager)
        answer = await as_(team.manager).post(
            "/activities", json={"customer_id": customer.id, "title": "t", "next_at": at}
        )
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "/next_at"

    @pytest.mark.parametrize("tag", ['"²"'.encode("latin-1"), b'"-1"', b"*", b'"1", "2"', b'"99999999999999999999"'])
    async def test_an_odd_if_match_is_422(self, make: Make, team: Team, as_: As, tag: bytes) -> None:
        customer = await make.customer(team.manager)
        answer = await as_(team.manager).patch(f"/customers/{customer.id}", json={}, headers=[(b"If-Match", tag)])
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "bad_etag")

    async def test_a_bad_row_of_an_import_does_not_refuse_its_neighbours(self, as_: As, team: Team) -> None:
        rows = ['{"external_id": "a\\u0000b"}', f'{{"external_id": "{HALF}", "{HALF}": 1}}']
        rows.append('{"external_id": "D1", "name": "北部"}')
        body = f'{{"rows": [{", ".join(rows)}]}}'
        answer = await as_(team.admin).post(
            "/imports/departments", content=body, headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 200, answer.text
        assert [row["outcome"] for row in answer.json()["results"]] == ["refused", "refused", "created"]


class TestDoors:
    async def test_a_token_nested_too_deep_is_401(self, client: Client) -> None:
        deep = base64.urlsafe_b64encode(b"[" * 20_000).decode()
        answer = await client.get("/api/v1/me", headers={"Authorization": f"Bearer {deep}.a.b"})
        assert answer.status_code == 401

    async def test_a_huge_password_tells_nothing_of_names(self, client: Client, make: Make) -> None:
        from app.core.passwords import hash_password  # noqa: PLC0415  Argon2 is loaded where it is used

        await make.user("manager", user_name="xiaoming", password=await hash_password("a long enough one"))
        answers = [
            await client.post("/api/v1/auth/token", data={"username": name, "password": "x" * 5000})
            for name in ("xiaoming", "nobody")
        ]
        assert {(answer.status_code, answer.json()["type"]) for answer in answers} == {(401, "/problems/login-failed")}

    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            ({"Origin": "http://test"}, 401),
            ({"Origin": "null"}, 403),
            ({"Origin": "http://test.evil.example"}, 403),
            ({"Sec-Fetch-Site": "cross-site"}, 403),
            ({"Sec-Fetch-Site": "same-site"}, 403),
            ({"Sec-Fetch-Site": "same-origin"}, 401),
            ({}, 401),
        ],
    )
    async def test_the_cookie_s_routes_take_calls_of_our_own_pages_only(
        self, client: Client, headers: dict[str, str], status: int
    ) -> None:
        assert (await client.post("/api/v1/auth/refresh", headers=headers)).status_code == status

    async def test_in_production_the_cookie_needs_https_and_goes_at_log_out(self, app: FastAPI) -> None:
        held = app.state.kith
        held.settings = settings().model_copy(update={"production": True})
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="https://test") as client:
            answer = await client.post("/api/v1/auth/logout")
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-kith_refresh=")
        assert all(part in cookie for part in ("Max-Age=0", "Path=/;", "Secure", "HttpOnly"))

    async def test_a_one_time_link_ends_what_was_signed_in(
        self, client: Client, make: Make, team: Team, as_: As
    ) -> None:
        from app.core.passwords import hash_password  # noqa: PLC0415  the same

        person = await make.user("manager", user_name="xm", password=await hash_password("a long enough one"))
        form = {"username": "xm", "password": "a long enough one", "client": "mobile"}
        thief = (await client.post("/api/v1/auth/token", data=form)).json()["refresh_token"]
        link = (await as_(team.admin).post(f"/users/{person.id}/link")).json()
        body = {"token": link["token"], "new_password": "quite another one"}
        assert (await client.post("/api/v1/auth/link", json=body)).status_code == 200
        client.cookies.clear()
        assert (await client.post("/api/v1/auth/refresh", json={"refresh_token": thief})).status_code == 401
        made = select(func.count()).where(LogEntry.action == "make_link", LogEntry.entity_id == person.id)
        assert await make.session.scalar(made) == 1

    async def test_nobody_makes_a_link_into_rights_that_they_lack(self, make: Make, team: Team, as_: As) -> None:
        role = await make.add(Role(code="helpdesk", name="帮助台", flag="active", data_scope="all"))
        for right in ("users:read", "users:write", "people:read", "settings:public"):
            await make.add(RoleRight(role_id=role.id, right_code=right))
        helper = await make.user("helpdesk")
        assert (await as_(helper).post(f"/users/{helper.id}/link")).status_code == 200
        refused = await as_(helper).post(f"/users/{team.admin.id}/link")
        assert (refused.status_code, refused.json()["type"]) == (403, "/problems/forbidden")


class TestEdge:
    async def test_what_breaks_answers_like_everything_else(self, app: FastAPI, as_: As, team: Team) -> None:
        def broken(_claims: object) -> None:
            raise ZeroDivisionError

        app.state.kith.tokens.read = broken
        answer = await as_(team.manager).get("/me", headers={"X-Request-Id": "my-request-1"})
        assert (answer.status_code, answer.json()["type"]) == (500, "/problems/internal")
        assert answer.json()["request_id"] == answer.headers["x-request-id"] == "my-request-1"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "ZeroDivision" not in answer.text

    async def test_a_path_cannot_write_lines_into_the_log(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        noted = {}
        monkeypatch.setattr("api.middleware.log.info", lambda _event, **values: noted.update(values))
        await client.get("/api/v1/x%0A2026-01-01 [info] login%1B[31m")
        assert noted["path"] == "/api/v1/x%0A2026-01-01%20%5Binfo%5D%20login%1B%5B31m"

    @pytest.mark.parametrize(
        ("peer", "forwarded", "address"),
        [
            ("9.9.9.9", "1.1.1.1", "9.9.9.9"),
            ("10.0.0.5", "1.1.1.1", "1.1.1.1"),
            ("10.0.0.5", "6.6.6.6, 1.1.1.1", "1.1.1.1"),
            ("10.0.0.5", "6.6.6.6, 1.1.1.1, 10.0.0.6", "1.1.1.1"),
        ],
    )
    def test_only_trusted_proxies_name_the_caller(self, peer: str, forwarded: str, address: str) -> None:
        edge = Edge(None, failed=None, trusted_proxies=("10.0.0.5", "10.0.0.6"))
        assert edge._address({"client": (peer, 1)}, {"x-forwarded-for": forwarded}) == address  # noqa: SLF001

    async def test_the_pages_end_where_the_api_begins(self, tmp_path: Path) -> None:
        (tmp_path / "assets").mkdir()
        (tmp_path / "index.html").write_text("<html>", encoding="utf-8")
        (tmp_path / "assets" / "a-1.js").write_text("1", encoding="utf-8")
        transport = httpx.ASGITransport(application(None, web_dir=tmp_path))
        async with httpx.AsyncClient(
            transport=transport, base_url="http://test", headers={"Accept": "text/html"}
        ) as web:
            found = {
                path: await web.get(path) for path in ("/chances/7", "/assets/a-1.js", "/assets/b.js", "/api/v1/x")
            }
            assert (await web.get("/api/v1/auth/token")).status_code == 405
        told = [(answer.status_code, answer.headers["cache-control"]) for answer in found.values()]
        assert told == [
            (200, "no-cache"), (200, "public, max-age=31536000, immutable"), (200, "no-cache"), (404, "no-store"),
        ]  # fmt: skip
        assert found["/api/v1/x"].json()["type"] == "/problems/not-found"

    async def test_a_body_over_the_limit_is_413(self, as_: As, team: Team) -> None:
        headers = {"Content-Type": "application/json"}
        answer = await as_(team.manager).post("/chances", content=b" " * (1024 * 1024 + 1), headers=headers)
        assert answer.status_code == 413
