"""Pure ASGI middleware: answers leave packed. Built files were packed when they were built, answers in JSON are as they go."""

import zlib
from http import HTTPStatus
from os.path import isfile
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FORMS = {"br": ".br", "gzip": ".gz"}
"""How a form is asked for, and how its file ends: the smaller first."""
TEXT = (".css", ".js", ".svg")
"""Of which files there are forms; pages are small, and come for addresses of many kinds."""
JSON = ("application/json", "application/problem+json")
SMALLEST = 1024
"""Bytes below which packing costs more than it saves."""
LEVEL = 3
"""What zlib does fast: the next level takes half as much CPU again for 3 % (decision 43 has the figures)."""
GZIP = 16 + zlib.MAX_WBITS


def accepted(headers: Headers) -> set[str]:
    """Return the forms that a caller takes: `gzip;q=0` refuses one, `*` stands for those not named (RFC 9110, 12.5.3)."""
    said: dict[str, bool] = {}
    for item in ",".join(headers.getlist("accept-encoding")).lower().split(","):
        name, _, weight = item.partition(";")
        said[name.strip()] = weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return {form for form in FORMS if said.get(form, said.get("*", False))}


class StoredForms:
    """Answers for a built file with the form of it that lies beside it, where the caller takes one.

    A part of a file (`Range`) is one of the file as it is. Each form has an ETag of its own: the files differ in size.
    """

    def __init__(self, app: ASGIApp, *, folder: Path) -> None:
        self.app = app
        self.folder = folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        forms = self._forms(scope["path"]) if scope["type"] == "http" else []
        if not forms:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        form = next((one for one in forms if one in accepted(headers) and "range" not in headers), None)

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                answer.add_vary_header("Accept-Encoding")
                if form and message["status"] == HTTPStatus.OK:
                    answer["content-encoding"] = form
            await send(message)

        asked = scope["path"]
        scope["path"] = asked + FORMS[form] if form else asked
        try:
            await self.app(scope, receive, named)
        finally:
            scope["path"] = asked

    def _forms(self, path: str) -> list[str]:
        """Return the forms that lie beside a file; whether the path may be read at all is judged by who reads it."""
        if not path.endswith(TEXT):
            return []
        # A name that is too long is no file; Path would raise.
        return [form for form, ending in FORMS.items() if isfile(f"{self.folder}{path}{ending}")]  # noqa: PTH113


class PackedJson:
    """Packs whole answers in JSON; streams, files and what is packed already pass as they are.

    An answer that holds a secret is never packed: how long it is would tell of what stands beside it (BREACH).
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        taken = scope["method"] != "HEAD" and "gzip" in accepted(Headers(scope=scope))
        start: Message | None = None

        async def pack(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _may_be_packed(message, scope):
                start = message
                return
            if start:
                held, start = start, None
                await send(_packed(held, message) if taken else _told(held))
            await send(message)

        await self.app(scope, receive, pack)


def _may_be_packed(start: Message, scope: Scope) -> bool:
    headers = Headers(raw=start["headers"])
    kind = headers.get("content-type", "").partition(";")[0]
    return kind in JSON and "content-encoding" not in headers and not getattr(scope.get("route"), "holds_secret", False)


def _told(start: Message) -> Message:
    MutableHeaders(scope=start).add_vary_header("Accept-Encoding")
    return start


def _packed(start: Message, body: Message) -> Message:
    """Pack the body in place, where it is whole and long enough, and return the head that goes with it."""
    content = body.get("body", b"")
    if body.get("more_body") or len(content) < SMALLEST:
        return _told(start)
    body["body"] = zlib.compress(content, LEVEL, GZIP)
    headers = MutableHeaders(scope=_told(start))
    headers["content-encoding"], headers["content-length"] = "gzip", str(len(body["body"]))
    if "etag" in headers and not headers["etag"].startswith("W/"):
        # The same version in other bytes: only a weak tag may stand for both (RFC 9110, 8.8.1).
        headers["etag"] = f"W/{headers['etag']}"
    return start
