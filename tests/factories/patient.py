"""A client that asks again when the server asks for it: it is busy, or a row was locked for a second, as on a crowded machine."""

from typing import Any

import httpx


class Patient(httpx.AsyncClient):
    """Returns the first answer that is not 503."""

    async def request(self, method: str, url: Any, **options: Any) -> httpx.Response:
        """Ask until there is an answer."""
        answer = await super().request(method, url, **options)
        while answer.status_code == 503:
            answer = await super().request(method, url, **options)
        return answer
