"""What a client may cost before its request is known, tried over real sockets on uvicorn itself."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio
import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from app.host.bounded import HEAD_BYTES, Bounded, bounds
from app.host.doors import Server

SHORT_S = 0.3
GOOD = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: a\r\n"
Connect = Callable[[], "asyncio.Future[Caller]"]


async def length_of_body(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with how many bytes came."""
    body = await Request(scope, receive).body()
    await PlainTextResponse(str(len(body)))(scope, receive, send)


class Caller:
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def say(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def goes_on(self, data: bytes, times: int, pause: float = 0) -> None:
        for _ in range(times):
            await self.say(data)
            await asyncio.sleep(pause)

    async def hears(self) -> tuple[int, bytes]:
        """Read one answer: its status and its body."""
        head = await asyncio.wait_for(self.reader.readuntil(b"\r\n\r\n"), 20)
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if line)
        return int(head.split(b" ")[1]), await self.reader.readexactly(int(fields[b"content-length"]))

    async def ended(self) -> bool:
        """Whether the server closed without another word."""
        try:
            return await asyncio.wait_for(self.reader.read(), 20) == b""
        except ConnectionError:
            return True


class Impatient(Bounded):
    """The same bounds of time, short enough for a test."""

    head_s = SHORT_S
    body_pause_s = SHORT_S


async def running(**more: object) -> AsyncIterator[Callable[[], object]]:
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(length_of_body, lifespan="off", log_level="critical", **more)
    server = Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    callers: list[Caller] = []

    async def connect() -> Caller:
        callers.append(Caller(*await asyncio.open_connection(*listener.getsockname())))
        return callers[-1]

    yield connect
    for caller in callers:
        caller.writer.close()
    server.should_exit = True
    await serving
    listener.close()


@pytest_asyncio.fixture(loop_scope="session")
async def connect() -> AsyncIterator[Connect]:
    async for found in running(**bounds(10_000)):
        yield found


@pytest_asyncio.fixture(loop_scope="session")
async def connect_impatient() -> AsyncIterator[Connect]:
    async for found in running(http=Impatient):
        yield found


class TestSize:
    async def test_a_header_that_never_ends_is_refused_at_64_kb(self, connect: Connect) -> None:
        caller = await connect()
        await caller.say(GOOD[:-2] + b"X: " + b"a" * HEAD_BYTES)
        status, body = await caller.hears()
        assert (status, json.loads(body)["type"]) == (431, "/problems/request-header-fields-too-large")

    async def test_who_goes_on_all_the_same_is_cut_off(self, connect: Connect) -> None:
        caller = await connect()
        await caller.say(GOOD[:-2] + b"X: ")
        with pytest.raises(ConnectionError):  # long before 80 MB
            await caller.goes_on(b"a" * HEAD_BYTES, times=1280)

    @pytest.mark.parametrize("extra", [-200, 200])
    async def test_a_head_in_one_piece_is_measured_too(self, connect: Connect, extra: int) -> None:
        caller = await connect()
        await caller.say(GOOD[:-2] + b"X: " + b"a" * (HEAD_BYTES + extra) + b"\r\n\r\n")
        assert (await caller.hears())[0] == (431 if extra > 0 else 200)

    async def test_a_body_larger_than_a_head_may_come_with_it(self, connect: Connect) -> None:
        caller = await connect()
        length = 3 * HEAD_BYTES
        await caller.say(POST + f"Content-Length: {length}\r\n\r\n".encode() + b"a" * length)
        assert await caller.hears() == (200, str(length).encode())
        await caller.say(GOOD)
        assert await caller.hears() == (200, b"0")

    async def test_a_trailer_that_never_ends_closes_the_connection(self, connect: Connect) -> None:
        caller = await connect()
        await caller.say(POST + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: ")
        with pytest.raises(ConnectionError):
            await caller.goes_on(b"a" * HEAD_BYTES, times=1280)

    async def test_what_is_no_http_is_a_problem(self, connect: Connect) -> None:
        caller = await connect()
        await caller.say(b"\x16\x03\x01\x00\xa5\r\n\r\n")
        status, body = await caller.hears()
        assert (status, json.loads(body)["status"]) == (400, 400)


class TestTime:
    async def test_half_a_head_is_given_up(self, connect_impatient: Connect) -> None:
        caller = await connect_impatient()
        await caller.say(GOOD[:10])
        assert (await caller.hears())[0] == 408
        assert await caller.ended()

    async def test_drops_do_not_lengthen_it(self, connect_impatient: Connect) -> None:
        caller = await connect_impatient()
        await caller.say(GOOD)
        await caller.hears()
        await caller.say(b"GET / HTTP/1.1\r\nX: ")
        with pytest.raises(ConnectionError):
            await caller.goes_on(b"a", times=200, pause=SHORT_S / 10)

    async def test_a_connection_that_says_nothing_is_closed_without_a_word(self, connect_impatient: Connect) -> None:
        assert await (await connect_impatient()).ended()

    async def test_half_a_body_is_given_up(self, connect_impatient: Connect) -> None:
        caller = await connect_impatient()
        await caller.say(POST + b"Content-Length: 10\r\n\r\nabc")
        assert await caller.ended()

    async def test_a_slow_body_that_goes_on_is_heard(self, connect_impatient: Connect) -> None:
        caller = await connect_impatient()
        await caller.say(POST + b"Content-Length: 8\r\n\r\n")
        for letter in b"abcdefgh":
            await asyncio.sleep(SHORT_S / 5)
            await caller.say(bytes([letter]))
        assert await caller.hears() == (200, b"8")


class TestNumber:
    async def test_who_waits_longest_makes_room(self, connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Bounded, "most_connections", 2)
        first, second = await connect(), await connect()
        for half_open in (first, second):
            await half_open.say(GOOD[:10])
        third = await connect()
        await third.say(GOOD)
        assert await third.hears() == (200, b"0")
        assert (await first.hears())[0] == 503
        await second.say(GOOD[10:])
        assert await second.hears() == (200, b"0")

    async def test_with_nobody_to_make_room_the_new_one_is_refused(
        self, connect: Connect, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Bounded, "most_connections", 1)
        busy = await connect()
        await busy.say(POST + b"Content-Length: 2\r\n\r\na")
        other = await connect()
        assert (await other.hears())[0] == 503
        await busy.say(b"b")
        assert await busy.hears() == (200, b"2")

    def test_files_that_may_be_open_bound_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Bounded, "most_connections", 0)
        assert bounds(300)["http"].most_connections == 200
