"""What every route does around its handler: replay of kept answers, and the ETag of what it answers."""

import re
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from app.services import idempotency

VERSION = re.compile(rb'^\{"id":\d+,"version":(\d+)')
KEPT_HEADERS = ("content-type", "etag", "location")


class Replay(Exception):
    """An answer that was given before under the same Idempotency-Key."""

    def __init__(self, status: int, headers: dict[str, str], body: str) -> None:
        super().__init__(status)
        self.response = Response(body, status, headers | {"Idempotent-Replay": "true"})


class KithRoute(APIRoute):
    """A route whose answers carry an ETag from `version`, and whose POSTs may be repeated."""

    @property
    def holds_secret(self) -> bool:
        """Tell whether the answer must never be stored (it shows a one-time secret)."""
        return bool((self.openapi_extra or {}).get("x-holds-secret"))

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the handler; what is stored here is inside the request's transaction."""
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                response = await handler(request)
            except Replay as replay:
                return replay.response
            if found := VERSION.match(bytes(response.body)[:80]):
                response.headers["etag"] = f'"{found[1].decode()}"'
            claim = getattr(request.state, "claim", None)
            if claim:
                ctx, mine = claim
                headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
                answer = idempotency.Kept(response.status_code, headers, bytes(response.body).decode())
                await idempotency.keep(ctx, mine, answer)
            return response

        return handle
