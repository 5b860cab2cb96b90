"""A small client of Kith's API: signs in, and sends again what fails for a moment."""

from __future__ import annotations

import asyncio
import random
import uuid
from typing import Any

import httpx

TRIES = 8
AGAIN = {409, 429, 502, 503, 504}
GONE = {404, 410}


class Stop(Exception):
    """A reason to end, in one sentence, with its exit code."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class Gone(Stop):
    """What was asked for is not there, or not any more."""


class Api:
    """The installation, behind retries: what fails for a moment is sent again under the same idempotency key."""

    def __init__(self, client: httpx.AsyncClient, user: str, password: str, pause: float = 0.5) -> None:
        self.client, self.user, self.password, self.pause = client, user, password, pause

    async def log_in(self) -> None:
        """Get a token; end when name or password is wrong."""
        form = {"username": self.user, "password": self.password, "client": "mobile"}
        answer = await self._send("POST", "/auth/token", data=form)
        if answer.status_code != httpx.codes.OK:
            raise Stop(5, f"Log-in as {self.user} was refused: {_words(answer)}")
        self.client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    async def call(self, method: str, path: str, body: Any = None) -> Any:
        """Return the answer to a call; log in again when the token has ended meanwhile."""
        headers = {"Idempotency-Key": str(uuid.uuid4())} if method == "POST" else {}
        answer = await self._send(method, path, json=body, headers=headers)
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            await self.log_in()
            answer = await self._send(method, path, json=body, headers=headers)
        if answer.status_code == httpx.codes.FORBIDDEN:
            raise Stop(5, f"{self.user} lacks a right for {path}: {_words(answer)}")
        if answer.status_code in GONE:
            raise Gone(4, f"{method} {path} was answered {answer.status_code}: {_words(answer)}")
        if answer.is_error:
            raise Stop(4, f"{method} {path} was answered {answer.status_code}: {_words(answer)}")
        return answer.json()

    async def _send(self, method: str, path: str, **more: Any) -> httpx.Response:
        for turn in range(TRIES):
            try:
                answer = await self.client.request(method, f"/api/v1{path}", **more)
                if answer.status_code not in AGAIN or turn == TRIES - 1:
                    return answer
                wait = float(answer.headers.get("Retry-After", 0))
            except httpx.TransportError as error:
                if turn == TRIES - 1:
                    again = "Start again when it is back: it goes on where it stopped."
                    raise Stop(
                        4, f"The server at {self.client.base_url} is away ({type(error).__name__}). {again}"
                    ) from error
                wait = 0
            await asyncio.sleep(max(wait, self.pause * 2**turn * random.uniform(0.5, 1)))  # noqa: S311  only a pause
        raise AssertionError


def _words(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return answer.reason_phrase
