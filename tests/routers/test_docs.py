"""The edge: documentation without the internet, problems for everything, headers."""

import base64
import hashlib
import re

import pytest
from fastapi import FastAPI

from api.docs import DOCUMENT
from tests.conftest import Client


class TestEdge:
    async def test_the_documentation_needs_no_other_host(self, client: Client) -> None:
        page = await client.get("/api/docs")
        assert "https://" not in page.text.replace("https://fastapi.tiangolo.com", "")
        for path in ("/api/docs/files/swagger-ui-bundle.js", "/api/docs/files/swagger-ui.css", "/api/openapi.json"):
            assert (await client.get(path)).status_code == 200

    async def test_its_pages_run_their_own_scripts_alone(self, client: Client) -> None:
        for path in ("/api/docs", "/api/docs/oauth2-redirect"):
            page = await client.get(path)
            scripts = re.findall(r"<script>(.*?)</script>", page.text, re.DOTALL)
            allowed = re.findall(r"'sha256-([^']+)'", page.headers["content-security-policy"])
            assert [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts] == allowed
            assert allowed

    async def test_the_document_is_the_committed_file(
        self, app: FastAPI, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(app, "openapi", pytest.fail)  # to build it anew would hold up everybody for seconds
        assert (await client.get("/api/openapi.json")).content == DOCUMENT.read_bytes()

    async def test_unknown_addresses_and_methods_are_problems(self, client: Client) -> None:
        for method, path, status in (("GET", "/api/v1/moon", 404), ("PUT", "/api/v1/me", 405)):
            answer = await client.request(method, path)
            assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
            assert answer.json()["request_id"] == answer.headers["x-request-id"]

    async def test_a_given_request_id_comes_back(self, client: Client) -> None:
        answer = await client.get("/livez", headers={"X-Request-Id": "mine-1234"})
        assert answer.headers["x-request-id"] == "mine-1234"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'self'" in answer.headers["content-security-policy"]

    async def test_an_unexpected_error_is_a_problem_without_its_words(self, app: FastAPI, client: Client) -> None:
        @app.get("/boom")
        async def boom() -> None:
            raise ZeroDivisionError("secret")

        client._transport.raise_app_exceptions = False  # type: ignore[attr-defined]  # noqa: SLF001
        answer = await client.get("/boom")
        assert (answer.status_code, answer.json()["type"]) == (500, "/problems/internal")
        assert "secret" not in answer.text

    async def test_the_database_is_ready(self, client: Client) -> None:
        assert (await client.get("/readyz")).json() == {"status": "ready"}
