"""Pure ASGI middleware: request id, access log, metrics, security headers, the limits on calls and bodies."""

import re
import time
import uuid
from collections.abc import Callable
from ipaddress import ip_address
from urllib.parse import quote

import structlog
from prometheus_client import Counter, Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.limits import Limit, Standing, refusal
from app.core.messages import spoken

log = structlog.get_logger("kith.access")
REQUESTS = Counter("kith_requests_total", "Answers by route and status.", ["method", "route", "status"])
SECONDS = Histogram("kith_request_seconds", "Time to answer, by route.", ["method", "route"])
GIVEN_ID = re.compile(r"^[A-Za-z0-9._-]{8,64}$")
BODY_LIMIT = 1024 * 1024
LONGEST_ADDRESS = 45
UNREAD = ("forwarded", "x-real-ip")
"""What else proxies tell of who calls: it is not read, but whoever comes by one is not on this machine."""
FOUND = 300
FOR_EVER = "public, max-age=31536000, immutable"
"""Built files bear a hash of their content in their names."""
SAFE = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)


def _local(scope: Scope, headers: Headers) -> bool:
    """Tell whether the caller is on this machine: its real peer, and every address that a proxy names beside it."""
    if any(name in headers for name in UNREAD):
        return False
    return all(_loopback(hop) for hop in (str((scope.get("client") or ("",))[0]), *_forwarded(headers)))


def _forwarded(headers: Headers) -> list[str]:
    """Return what proxies say of the way here, from far to near: some add a line where others lengthen one."""
    return [hop.strip() for name, line in headers.items() if name == "x-forwarded-for" for hop in line.split(",")]


def _loopback(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return bool((getattr(found, "ipv4_mapped", None) or found).is_loopback)


class Edge:
    """One pass around every request; inside it `scope["state"]` has `request_id`, `ip`, `local` and `language` of the caller."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        failed: Callable[[Request, Exception], Response],
        limit: Limit | None = None,
        trusted_proxies: tuple[str, ...] = (),
        production: bool = False,
        language: Callable[[], str] = lambda: "zh-CN",
    ) -> None:
        self.app = app
        self.failed = failed
        self.limit = limit
        self.trusted = frozenset(trusted_proxies)
        self.production = production
        self.language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        request_id = given if GIVEN_ID.match(given) else uuid.uuid4().hex
        scope.setdefault("state", {}).update(
            request_id=request_id,
            ip=self._address(scope, headers),
            language=spoken(headers.get("accept-language", ""), self.language()),
            local=_local(scope, headers),
        )
        started, status, read, started_to_answer = time.perf_counter(), 500, 0, False
        standing: Standing | None = None

        async def send_on(message: Message) -> None:
            nonlocal status, started_to_answer
            if message["type"] == "http.response.start":
                status, started_to_answer = message["status"], True
                answer = MutableHeaders(scope=message)
                self._decorate(answer, scope["path"], request_id, found=status < FOUND)
                if self.limit and standing:
                    self.limit.tell(standing, answer)
            await send(message)

        async def limited() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if max(read, declared) > BODY_LIMIT:
                raise HTTPException(413)
            return message

        length = headers.get("content-length", "")
        declared = int(length) if length.isascii() and length.isdigit() else 0
        try:
            standing = self.limit.count(scope, headers) if self.limit else None
            inner: ASGIApp = refusal(scope, standing) if standing and standing.left < 0 else self.app
            await inner(scope, limited, send_on)
        except Exception as error:
            if started_to_answer:
                raise
            await self.failed(Request(scope), error)(scope, receive, send_on)
        finally:
            self._note(scope, status, time.perf_counter() - started, request_id)

    def _address(self, scope: Scope, headers: Headers) -> str:
        """Return the client's address; a proxy's word for it counts only when the proxy is trusted."""
        peer = str((scope.get("client") or ("",))[0])
        if peer in self.trusted and (hops := _forwarded(headers)):
            return next((hop for hop in reversed(hops) if hop not in self.trusted), hops[0])[:LONGEST_ADDRESS]
        return peer

    def _decorate(self, headers: MutableHeaders, path: str, request_id: str, *, found: bool) -> None:
        headers["x-request-id"] = request_id
        for name, value in SAFE.items():
            headers[name] = value
        if path.startswith("/api/"):
            headers.setdefault("cache-control", "no-store")
        elif path.startswith("/assets/") and found and not headers.get("content-type", "").startswith("text/html"):
            headers.setdefault("cache-control", FOR_EVER)
        else:
            # A page names the files of its release: it is asked for again each time.
            headers.setdefault("cache-control", "no-cache")
        headers.setdefault("content-security-policy", POLICY)
        if self.production:
            headers["strict-transport-security"] = "max-age=31536000"

    def _note(self, scope: Scope, status: int, seconds: float, request_id: str) -> None:
        route = getattr(scope.get("route"), "path_format", "other")
        REQUESTS.labels(scope["method"], route, status).inc()
        SECONDS.labels(scope["method"], route).observe(seconds)
        log.info(
            "request",
            method=scope["method"],
            path=quote(scope["path"]),
            status=status,
            ms=round(seconds * 1000, 1),
            request_id=request_id,
        )
