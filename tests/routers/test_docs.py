"""The edge: documentation without the internet, problems for everything, headers."""

from fastapi import FastAPI

from tests.conftest import Client


class TestEdge:
    async def test_the_documentation_needs_no_other_host(self, client: Client) -> None:
        page = await client.get("/api/docs")
        assert "https://" not in page.text.replace("https://fastapi.tiangolo.com", "")
        for path in ("/api/docs/files/swagger-ui-bundle.js", "/api/docs/files/swagger-ui.css", "/api/openapi.json"):
            assert (await client.get(path)).status_code == 200

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
