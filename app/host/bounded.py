"""What one client may cost before its request is known: bounds on the size, the time and the number of connections.

uvicorn bounds none of them with httptools, whose parser moreover joins an unfinished header value anew with every
piece of it: one of 80 MB cost 12 seconds of CPU.
"""

import asyncio
import json
from http import HTTPStatus
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES = 64 * 1024
"""Of a request line with its headers; also of trailers, and of whatever else comes between two pieces of a body."""
HEAD_S = 10.0
BODY_PAUSE_S = 30.0
"""The longest silence within a body: a phone in a lift."""
MOST_CONNECTIONS = 2000
"""To one process. Each may hold 64 KB of a head, so that all of them hold 128 MB at worst."""
SPARE_FILES = 100
"""For the connections to the database, the log and the files of the SPA."""


class Bounded(HttpToolsProtocol):
    """uvicorn's protocol; a head that is too large, too slow or one of too many ends its connection."""

    unfinished: ClassVar[dict["Bounded", None]] = {}
    """Whose head is awaited, the longest first; of this process."""
    most_connections = MOST_CONNECTIONS
    head_s = HEAD_S
    body_pause_s = BODY_PAUSE_S

    _unanswered = 0
    """Bytes since the parser last told of something that the application gets."""
    _in_head = True
    _had_request = False
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Admit a connection; when there are too many, it takes the place of the head that is unfinished longest."""
        super().connection_made(transport)
        if len(self.connections) > self.most_connections:
            oldest = next(iter(self.unfinished), self)
            oldest.refuse(HTTPStatus.SERVICE_UNAVAILABLE, "Too many connections; try again shortly.")
        if not transport.is_closing():
            self._wait_for_more()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._settle()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse a piece, then see whether what is unfinished stays within its bounds."""
        if self.transport.is_closing():
            return
        self._unanswered += len(data)
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self._unanswered > HEAD_BYTES:
            self._too_large()
        elif self._unanswered or self._body_is_open:
            self._wait_for_more()

    def on_message_begin(self) -> None:
        """Begin a head."""
        super().on_message_begin()
        self._in_head = True

    def on_headers_complete(self) -> None:
        """Hand the request on, unless the head that came in one piece with its body was too large."""
        if self.transport.is_closing():
            return
        if self._unanswered > HEAD_BYTES and self._head_size() > HEAD_BYTES:
            self._too_large()
            return
        self._in_head, self._had_request, self._unanswered = False, True, 0
        self._settle()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Hand on a piece of the body."""
        self._unanswered = 0
        if not self.transport.is_closing():
            super().on_body(body)

    def on_message_complete(self) -> None:
        """End the request."""
        self._unanswered = 0
        self._settle()
        if not self.transport.is_closing():
            super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP: a problem, as everything else that is refused."""
        if not self.transport.is_closing():
            self.refuse(HTTPStatus.BAD_REQUEST, msg)

    def refuse(self, status: HTTPStatus, detail: str) -> None:
        """Answer with a problem, unless an answer is on its way, and close."""
        if not self._answering:
            kind = "/problems/" + status.phrase.lower().replace(" ", "-")
            problem = {"type": kind, "title": status.phrase, "status": status, "detail": detail, "request_id": ""}
            self.transport.write(_answer(status, json.dumps(problem).encode()))
        self._settle()
        self.transport.close()

    @property
    def _body_is_open(self) -> bool:
        return not self._in_head and self.cycle.more_body

    @property
    def _answering(self) -> bool:
        return self._had_request and not self.cycle.response_complete

    def _head_size(self) -> int:
        return len(self.url) + sum(len(name) + len(value) + len(": \r\n") for name, value in self.headers)

    def _too_large(self) -> None:
        most = HEAD_BYTES // 1024
        self.refuse(
            HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, f"The request line and headers take more than {most} KB."
        )

    def _wait_for_more(self) -> None:
        """Set the time for what is unfinished: once for a head, anew with each piece of a body."""
        if self._in_head and self._timer:
            return
        self._settle()
        if self._in_head:
            self.unfinished[self] = None
        self._timer = self.loop.call_later(self.head_s if self._in_head else self.body_pause_s, self._too_slow)

    def _too_slow(self) -> None:
        self._timer = None
        if self.flow.read_paused:
            # The application is busy with what came: the client could not send more.
            self._wait_for_more()
        elif self._in_head and not self._unanswered:
            self._settle()
            self.transport.close()  # opened in advance, as browsers do, and never used: there is nothing to answer
        else:
            self.refuse(HTTPStatus.REQUEST_TIMEOUT, "The rest of the request did not come in time.")

    def _settle(self) -> None:
        self.unfinished.pop(self, None)
        if self._timer:
            self._timer.cancel()
            self._timer = None


def _answer(status: HTTPStatus, body: bytes) -> bytes:
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: application/problem+json\r\n"
        f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
    )
    return head.encode() + body


def bounds(most_files: int) -> dict[str, Any]:
    """Return what uvicorn is configured with, for a process that may open so many files."""
    Bounded.most_connections = max(1, min(MOST_CONNECTIONS, most_files - SPARE_FILES))
    return {"http": Bounded}
