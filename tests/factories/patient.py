"""A client that asks again when the server asks for it: it is busy, or a row was locked for a second, as on a crowded machine."""

from typing import Any

import httpx
from fastapi import FastAPI

from tests.factories.make import Make

TRIES = 20


class Patient(httpx.AsyncClient):
    """Returns the first answer that does not say to come back, or the last of twenty; what was tried too often is an answer."""

    async def request(self, method: str, url: Any, **options: Any) -> httpx.Response:
        """Ask until there is an answer."""
        answer = await super().request(method, url, **options)
        for _ in range(TRIES - 1):
            if "retry-after" not in answer.headers or answer.status_code == 429:
                break
            answer = await super().request(method, url, **options)
        return answer


def patient(app: FastAPI, person: Any) -> Patient:
    """Return such a client of somebody who is signed in."""
    token = app.state.kith.tokens.issue(person.id, list(person.roles), 1, Make.now())
    headers = {"Authorization": f"Bearer {token}"}
    return Patient(transport=httpx.ASGITransport(app), base_url="http://test/api/v1", headers=headers)
