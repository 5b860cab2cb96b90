"""What leaves is packed where the caller takes it: built files as they were stored, answers in JSON as they go."""

import gzip
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.responses import Response, StreamingResponse

from api.packed import SMALLEST, accepted
from app.routers.access.auth import router as auth
from app.routers.route import KithRoute
from tests.conftest import Client
from tests.factories.application import application
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
SCRIPT = b"export const words = 'one two three';\n" * 100
STORED = {".br": b"as brotli", ".gz": gzip.compress(SCRIPT)}
IMMUTABLE = "public, max-age=31536000, immutable"


class TestAccepted:
    @pytest.mark.parametrize(
        ("said", "forms"),
        [
            ([], set()),
            (["gzip, deflate, br"], {"gzip", "br"}),
            (["gzip", "br;q=0.5"], {"gzip", "br"}),
            (["GZIP;q=1.0, br; q=0"], {"gzip"}),
            (["*"], {"gzip", "br"}),
            (["*, br;q=0.000"], {"gzip"}),
            (["identity"], set()),
        ],
    )
    def test_it_is_what_the_header_names(self, said: list[str], forms: set[str]) -> None:
        assert accepted(Headers(raw=[(b"accept-encoding", one.encode()) for one in said])) == forms


@pytest_asyncio.fixture
async def browser(tmp_path: Path) -> AsyncIterator[Client]:
    """A client of a built SPA with one script in its three forms, and a picture in one."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html>")
    (tmp_path / "assets" / "logo-1.svg").write_text("<svg/>")
    for ending, content in {"": SCRIPT, **STORED}.items():
        (tmp_path / "assets" / f"index-1.js{ending}").write_bytes(content)
    app = application(None, web_dir=tmp_path)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        yield client


async def raw(client: Client, method: str, path: str, **headers: str) -> tuple[httpx.Response, bytes]:
    """Return an answer with its bytes as they came."""
    headers = {"accept-encoding": "identity"} | {name.replace("_", "-"): value for name, value in headers.items()}
    async with client.stream(method, path, headers=headers) as answer:
        return answer, b"".join([part async for part in answer.aiter_raw()])


class TestBuiltFiles:
    @pytest.mark.parametrize(("form", "ending"), [("br", ".br"), ("gzip", ".gz")])
    async def test_they_come_in_the_form_that_is_taken(self, browser: Client, form: str, ending: str) -> None:
        answer, content = await raw(browser, "GET", "/assets/index-1.js", accept_encoding=form)
        assert (content, answer.headers["content-encoding"]) == (STORED[ending], form)
        assert answer.headers["content-type"].startswith("text/javascript")
        assert answer.headers["content-length"] == str(len(content))
        assert (answer.headers["vary"], answer.headers["cache-control"]) == ("Accept-Encoding", IMMUTABLE)

    async def test_who_takes_none_gets_the_file(self, browser: Client) -> None:
        answer, content = await raw(browser, "GET", "/assets/index-1.js")
        assert (content, answer.headers["vary"]) == (SCRIPT, "Accept-Encoding")
        assert "content-encoding" not in answer.headers

    async def test_each_form_has_a_tag_and_is_not_sent_twice(self, browser: Client) -> None:
        tags = set()
        for form in ("br", "gzip", "identity"):
            tag = (await raw(browser, "HEAD", "/assets/index-1.js", accept_encoding=form))[0].headers["etag"]
            again, content = await raw(browser, "GET", "/assets/index-1.js", accept_encoding=form, if_none_match=tag)
            assert (again.status_code, content) == (304, b"")
            assert "content-encoding" not in again.headers
            tags.add(tag)
        assert len(tags) == 3

    async def test_head_tells_what_get_would(self, browser: Client) -> None:
        answers = [(await raw(browser, way, "/assets/index-1.js", accept_encoding="br"))[0] for way in ("HEAD", "GET")]
        told = ("content-encoding", "content-length", "content-type", "etag", "vary", "cache-control")
        head, get = ([answer.headers[name] for name in told] for answer in answers)
        assert head == get

    async def test_a_part_is_one_of_the_file_itself(self, browser: Client) -> None:
        answer, content = await raw(browser, "GET", "/assets/index-1.js", accept_encoding="br", range="bytes=7-11")
        assert (answer.status_code, content) == (206, SCRIPT[7:12])
        assert answer.headers["content-range"] == f"bytes 7-11/{len(SCRIPT)}"
        assert "content-encoding" not in answer.headers

    @pytest.mark.parametrize("path", [f"/{'a' * 5000}.js", "/assets/a%00.js", "/assets/%2e%2e/%2e%2e/x.js"])
    async def test_a_name_that_no_file_can_have_is_none(self, browser: Client, path: str) -> None:
        assert (await raw(browser, "GET", path, accept_encoding="br"))[0].status_code == 404

    async def test_what_has_one_form_comes_in_it(self, browser: Client) -> None:
        answer, content = await raw(browser, "GET", "/assets/logo-1.svg", accept_encoding="br, gzip")
        assert (content, "content-encoding" in answer.headers) == (b"<svg/>", False)


LONG = '{"words":"' + "客户 " * SMALLEST + '"}'


@pytest.fixture
def told(app: FastAPI) -> FastAPI:
    """An application that also answers what no route of ours does yet."""

    async def secret() -> Response:
        return Response(LONG, media_type="application/json")

    async def events() -> Response:
        return StreamingResponse(iter([b"data: 1\n\n" * SMALLEST]), media_type="text/event-stream")

    async def lines() -> Response:
        return StreamingResponse(iter([LONG, LONG]), media_type="application/json")

    async def sheet() -> Response:
        return Response(
            b"0" * 2 * SMALLEST, media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        )

    app.router.routes.append(KithRoute("/secret", secret, openapi_extra={"x-holds-secret": True}))
    for one in (events, lines, sheet):
        app.add_api_route(f"/{one.__name__}", one)
    return app


class TestAnswers:
    async def test_a_list_is_packed(self, make: Make, team: Team, as_: As) -> None:
        for _ in range(5):
            await make.customer(team.manager)
        manager = as_(team.manager)
        packed, content = await raw(manager, "GET", "/customers", accept_encoding="gzip")
        plain, whole = await raw(manager, "GET", "/customers")
        assert (packed.headers["content-encoding"], packed.headers["content-length"]) == ("gzip", str(len(content)))
        assert gzip.decompress(content) == whole
        assert len(content) < len(whole) / 2
        assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"

    async def test_a_short_answer_is_not(self, client: Client) -> None:
        answer, content = await raw(client, "GET", "/api/v1/moon", accept_encoding="gzip")
        assert (len(content) < SMALLEST, "content-encoding" in answer.headers) == (True, False)

    async def test_its_tag_is_weak_and_still_names_the_version(self, make: Make, team: Team, as_: As) -> None:
        customer = await make.customer(team.manager, memo="长 " * SMALLEST)
        manager = as_(team.manager)
        path = f"/customers/{customer.id}"
        packed, _ = await raw(manager, "GET", path, accept_encoding="gzip")
        plain, _ = await raw(manager, "GET", path)
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.headers["etag"] == f"W/{plain.headers['etag']}"
        changed = await manager.patch(path, json={"memo": "x"}, headers={"If-Match": packed.headers["etag"]})
        assert changed.status_code == 200, changed.text

    @pytest.mark.parametrize("path", ["/secret", "/events", "/lines", "/sheet"])
    async def test_secrets_streams_and_what_is_packed_pass_as_they_are(self, told: FastAPI, path: str) -> None:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(told), base_url="http://test") as client:
            answer, content = await raw(client, "GET", path, accept_encoding="gzip")
        assert (answer.status_code, len(content) > SMALLEST) == (200, True)
        assert "content-encoding" not in answer.headers

    def test_who_logs_in_gets_a_secret(self) -> None:
        """Whatever hands out a token says so, which also keeps it from being packed."""
        handing = [route for route in auth.routes if "TokenRead" in str(getattr(route, "response_model", ""))]
        assert len(handing) == 6
        assert all(route.holds_secret for route in handing)  # type: ignore[attr-defined]
