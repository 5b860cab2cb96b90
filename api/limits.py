"""The limit on calls: it stops a loop that ran away, not work. Counted by caller, in this process.

Answers tell where the caller stands in the fields of draft-ietf-httpapi-ratelimit-headers-11.
"""

from math import ceil
from time import monotonic
from typing import NamedTuple

from fastapi.security.utils import get_authorization_scheme_param
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from api.errors import render
from app.core.errors import TooMany, Unauthenticated
from app.core.tokens import Tokens
from app.routers import PREFIX

WINDOW_S = 60
MOST_CALLERS = 10_000
COUNTED = PREFIX + "/"


class Standing(NamedTuple):
    """How many calls a caller has left, below zero for one too many, and the seconds until there are all again."""

    left: int
    seconds: int


class Calls:
    """The calls that each caller made in their present minute, which begins with the first of them."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._minutes: dict[int | str, tuple[float, int]] = {}

    def count(self, caller: int | str) -> Standing:
        """Count one call."""
        now = monotonic()
        ends, made = self._minutes.get(caller, (0.0, 0))
        if ends <= now:
            self._make_room(now)
            ends, made = now + WINDOW_S, 0
        self._minutes[caller] = ends, made + 1
        return Standing(self.per_minute - made - 1, ceil(ends - now))

    def _make_room(self, now: float) -> None:
        if len(self._minutes) < MOST_CALLERS:
            return
        self._minutes = {caller: minute for caller, minute in self._minutes.items() if minute[0] > now}
        if len(self._minutes) >= MOST_CALLERS:
            # So many at once are made-up addresses: memory is worth more than their counts.
            self._minutes.clear()


class Limit:
    """What the edge asks at each call."""

    def __init__(self, tokens: Tokens, per_minute: int) -> None:
        self._tokens = tokens
        self._calls = Calls(per_minute)
        self._policy = f'"default";q={per_minute};w={WINDOW_S}'

    def count(self, scope: Scope, headers: Headers) -> Standing | None:
        """Count a call of the API; None for anything else."""
        return self._calls.count(self._caller(scope, headers)) if scope["path"].startswith(COUNTED) else None

    def _caller(self, scope: Scope, headers: Headers) -> int | str:
        """Return the person of a token that was verified, else the client's address."""
        _, token = get_authorization_scheme_param(headers.get("authorization"))
        try:
            # Verified once: the door that asks again finds it known.
            return self._tokens.read(token).user_id if token else str(scope["state"]["ip"])
        except Unauthenticated:
            return str(scope["state"]["ip"])

    def tell(self, standing: Standing, headers: MutableHeaders) -> None:
        """Write into an answer's headers where the caller stands."""
        headers.append("ratelimit-policy", self._policy)
        headers.append("ratelimit", f'"default";r={max(standing.left, 0)};t={standing.seconds}')


def refusal(scope: Scope, standing: Standing) -> Response:
    """Return the answer to one call too many."""
    words = "Too many requests in one minute; wait before the next one."
    wait = standing.seconds
    return render(Request(scope), TooMany(words, headers={"Retry-After": str(wait)}, retry_after=wait))
