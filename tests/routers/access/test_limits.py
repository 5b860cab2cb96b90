"""The edge refuses what is too much or of the wrong kind, in words, and tells beforehand how much is left."""

import re
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncConnection

from api import limits
from api.document import build
from app.core.db import BoundDatabase
from tests.conftest import Client
from tests.factories.application import application
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
PER_MINUTE = 3


class Clock:
    """The time that the limit sees."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("api.limits.monotonic", clock)
    return clock


def limited(database: Any, per_minute: int = PER_MINUTE, proxies: tuple[str, ...] = ()) -> FastAPI:
    return application(database, rate_limit_per_minute=per_minute, trusted_proxies=proxies)


def caller(app: FastAPI, address: str = "1.1.1.1", **headers: str) -> Client:
    """Return a client at an address."""
    transport = httpx.ASGITransport(app, client=(address, 1))
    return httpx.AsyncClient(transport=transport, base_url="http://test", headers=headers)


class TestCalls:
    """On an application that allows three calls a minute."""

    @pytest_asyncio.fixture(loop_scope="session")
    async def app(self, connection: AsyncConnection, clock: Clock) -> FastAPI:  # noqa: ARG002  time stands
        return limited(BoundDatabase(connection))

    async def test_each_answer_tells_how_many_are_left(self, app: FastAPI, as_: As, team: Team, clock: Clock) -> None:
        person = as_(team.manager)
        found = [await person.get("/me"), await person.get("/chances/999999999")]
        clock.now += 17.5
        found.append(await person.get("/chances?limit=x"))
        assert [answer.status_code for answer in found] == [200, 404, 422]
        assert {answer.headers["ratelimit-policy"] for answer in found} == {'"default";q=3;w=60'}
        told = [answer.headers["ratelimit"] for answer in found]
        assert told == ['"default";r=2;t=60', '"default";r=1;t=60', '"default";r=0;t=43']
        async with caller(app) as stranger:
            answers = [await stranger.get("/api/v1/me"), await stranger.get("/api/v1/nowhere")]
        assert [answer.status_code for answer in answers] == [401, 404]
        assert [answer.headers["ratelimit"] for answer in answers] == ['"default";r=2;t=60', '"default";r=1;t=60']

    async def test_one_too_many_is_429_until_the_minute_is_over(self, as_: As, team: Team, clock: Clock) -> None:
        person = as_(team.manager)
        for _ in range(PER_MINUTE):
            assert (await person.get("/me")).status_code == 200
        clock.now += 20
        refused = await person.get("/me", headers={"X-Request-Id": "one-too-many"})
        assert (refused.status_code, refused.headers["content-type"]) == (429, "application/problem+json")
        body = refused.json()
        assert (body["type"], body["status"], body["retry_after"]) == ("/problems/too-many", 429, 40)
        assert body["request_id"] == refused.headers["x-request-id"] == "one-too-many"
        assert (refused.headers["retry-after"], refused.headers["ratelimit"]) == ("40", '"default";r=0;t=40')
        assert refused.headers["x-content-type-options"] == "nosniff"
        clock.now += 39
        assert (await person.get("/me")).headers["retry-after"] == "1"
        clock.now += 1
        again = await person.get("/me")
        assert (again.status_code, again.headers["ratelimit"]) == (200, '"default";r=2;t=60')

    async def test_what_is_refused_is_not_done(self, as_: As, team: Team) -> None:
        person, wish = as_(team.manager), {"title": "一次", "customer_name": "某公司"}
        answers = [await person.post("/chances", json=wish) for _ in range(PER_MINUTE + 1)]
        assert [answer.status_code for answer in answers] == [201, 201, 201, 429]
        assert (await as_(team.supervisor).get("/chances")).json()["total"] == PER_MINUTE

    async def test_everybody_has_calls_of_their_own(self, app: FastAPI, as_: As, team: Team) -> None:
        for _ in range(PER_MINUTE + 1):
            last = await as_(team.manager).get("/me")
        assert last.status_code == 429
        assert (await as_(team.colleague).get("/me")).status_code == 200
        async with caller(app, "127.0.0.1") as same_place, caller(app, "2.2.2.2") as elsewhere:
            for _ in range(PER_MINUTE + 1):
                last = await same_place.get("/api/v1/auth/state")
            assert last.status_code == 429
            assert (await elsewhere.get("/api/v1/auth/state")).status_code == 200
        assert (await as_(team.colleague).get("/me")).status_code == 200

    async def test_a_token_that_is_not_ours_is_an_address(self, app: FastAPI, as_: As, team: Team) -> None:
        real = as_(team.manager).headers["Authorization"]
        forged = real[:-8] + ("AAAAAAAA" if real[-8:] != "AAAAAAAA" else "BBBBBBBB")
        async with caller(app, Authorization=forged) as thief, caller(app) as neighbour:
            for _ in range(PER_MINUTE):
                assert (await thief.get("/api/v1/me")).status_code == 401
            assert (await neighbour.get("/api/v1/auth/state")).status_code == 429
        assert (await as_(team.manager).get("/me")).headers["ratelimit"] == '"default";r=2;t=60'

    async def test_only_the_api_is_counted(self, app: FastAPI) -> None:
        async with caller(app) as stranger:
            for path in ("/livez", "/readyz", "/api/openapi.json", "/api/docs") * 2:
                answer = await stranger.get(path)
                assert answer.status_code == 200
                assert "ratelimit" not in answer.headers
            assert (await stranger.get("/api/v1/auth/state")).headers["ratelimit"] == '"default";r=2;t=60'

    async def test_behind_a_proxy_the_client_is_counted(self) -> None:
        app = limited(None, proxies=("10.0.0.5",))
        async with caller(app, "10.0.0.5") as proxy:
            for address in ("1.1.1.1", "2.2.2.2", "1.1.1.1"):
                answer = await proxy.get("/api/v1/nowhere", headers={"X-Forwarded-For": address})
        assert answer.headers["ratelimit"].startswith('"default";r=1')

    async def test_0_counts_nothing(self) -> None:
        async with caller(limited(None, 0)) as stranger:
            answers = [await stranger.get("/api/v1/nowhere") for _ in range(PER_MINUTE + 1)]
        assert {answer.status_code for answer in answers} == {404}
        assert not any(name.startswith("ratelimit") for answer in answers for name in answer.headers)


def test_made_up_addresses_do_not_fill_the_memory(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_CALLERS", 10)
    calls = limits.Calls(PER_MINUTE)
    for number in range(9):
        calls.count(f"old {number}")
    clock.now += 40
    calls.count(7)
    clock.now += 40
    assert calls.count("new").left == 2
    assert calls.count(7).left == 1, "who still has a minute keeps it when those that ended make room"
    for number in range(1000):
        calls.count(f"made up {number}")
    assert len(calls._minutes) <= 10  # noqa: SLF001  memory has no other face


class TestKindOfBody:
    """Refused before anything else: these need neither a session nor a record."""

    @pytest_asyncio.fixture(loop_scope="session")
    async def web(self) -> AsyncIterator[Client]:
        async with caller(limited(None, 0)) as web:
            yield web

    async def test_every_operation_that_reads_a_body_refuses_another_kind(self, web: Client) -> None:
        told = {}
        for path, verbs in build(limited(None, 0))["paths"].items():
            for verb, operation in verbs.items():
                if "requestBody" not in operation:
                    assert "415" not in operation["responses"], (verb, path)
                    continue
                (kind,) = operation["requestBody"]["content"]
                assert "415" in operation["responses"], (verb, path)
                address = re.sub(r"{\w+}", "1", path.replace("{name}", "lost.days"))
                answer = await web.request(verb, address, content=b"x", headers={"Content-Type": "text/plain"})
                told[verb, path] = (answer.status_code, answer.headers.get("accept"), answer.json()["type"])
                assert told[verb, path] == (415, kind, "/problems/unsupported-media-type"), (verb, path)
        assert len(told) > 70

    @pytest.mark.parametrize(
        "kind",
        ["", "text/json", "application/jsonp", "application/x-www-form-urlencoded", "application/json, text/plain", "a/b/c+json"],
    )  # fmt: skip
    async def test_what_is_not_json(self, web: Client, kind: str) -> None:
        headers = {"Accept-Language": "en"} | ({"Content-Type": kind} if kind else {})
        answer = await web.post("/api/v1/chances", content=b'{"title": "a"}', headers=headers)
        assert (answer.status_code, answer.json()["detail"]) == (415, "Send the body as application/json.")

    async def test_a_body_in_pieces_is_a_body(self, web: Client) -> None:
        async def pieces() -> AsyncIterator[bytes]:
            yield b"{}"

        answer = await web.post("/api/v1/chances", content=pieces())
        assert ("content-length" in answer.request.headers, answer.status_code) == (False, 415)

    @pytest.mark.parametrize(
        "kind", ["application/json", "application/json; charset=utf-8", "Application/JSON", "application/merge-patch+json"]
    )  # fmt: skip
    async def test_every_spelling_of_json_is_read(self, as_: As, team: Team, kind: str) -> None:
        body = '{"title": "一次", "customer_name": "某公司"}'.encode()
        answer = await as_(team.manager).post("/chances", content=body, headers={"Content-Type": kind})
        assert answer.status_code == 201

    async def test_the_log_in_takes_its_form(self, client: Client) -> None:
        form = {"username": "nobody", "password": "x"}
        found = [
            await client.post("/api/v1/auth/token", **sent)
            for sent in ({"data": form}, {"files": {name: (None, value) for name, value in form.items()}}, {"json": form})
        ]  # fmt: skip
        assert [answer.status_code for answer in found] == [401, 401, 415]
        assert found[-1].headers["accept"] == "application/x-www-form-urlencoded"

    async def test_no_body_is_of_no_kind(self, client: Client, as_: As, team: Team, make: Make) -> None:
        assert (await client.post("/api/v1/auth/logout")).status_code == 204
        assert (await client.post("/api/v1/auth/logout", headers={"Content-Type": "text/plain"})).status_code == 204
        person = as_(team.manager)
        needed = await person.post("/chances", headers={"Content-Type": "text/plain"})
        assert (needed.status_code, needed.json()["type"]) == (422, "/problems/invalid")
        customer = await make.customer(team.manager)
        headers = {"Content-Type": "text/plain", "If-Match": '"1"'}
        gone = await as_(team.supervisor).request("DELETE", f"/customers/{customer.id}", content=b"x", headers=headers)
        assert gone.status_code == 204
