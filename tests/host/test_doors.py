"""Several processes on one socket share the connections that come at once, and a full table of files ends none of them."""

import asyncio
import os
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any, cast

import pytest_asyncio
import uvicorn

from app.host import doors
from app.host.place import CLONE

CONNECTIONS = 40
FEWEST = CONNECTIONS // 5
TIMES = 8
ASK = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


async def who(_scope: Any, _receive: Any, send: Any) -> None:
    """Answer with the number of the process."""
    body = str(os.getpid()).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})


def answer(handle: int) -> None:
    """Be one of the processes."""
    config = uvicorn.Config(who, lifespan="off", log_level="critical")
    doors.Server(config).run(sockets=[socket.socket(fileno=handle)])


async def asked(address: tuple[str, int]) -> tuple[str, asyncio.StreamWriter]:
    """Open a connection and keep it; return who has it."""
    reader, writer = await asyncio.open_connection(*address)
    writer.write(ASK)
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 20)
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    return (await reader.readexactly(length)).decode(), writer


@pytest_asyncio.fixture(loop_scope="session")
async def address() -> AsyncIterator[tuple[str, int]]:
    listener = socket.create_server(("127.0.0.1", 0), backlog=CONNECTIONS * 2)
    listener.set_inheritable(True)
    command = [sys.executable, "-c", f"from tests.host.test_doors import answer; answer({listener.fileno()})"]
    both = [await asyncio.create_subprocess_exec(*command, cwd=CLONE, pass_fds=[listener.fileno()]) for _ in range(2)]
    where = listener.getsockname()
    heard: set[str] = set()
    async with asyncio.timeout(60):
        while len(heard) < len(both):  # both are up
            pid, writer = await asked(where)
            heard.add(pid)
            writer.close()
    yield where
    for process in both:
        process.terminate()
        await asyncio.wait_for(process.wait(), 20)
    listener.close()


async def test_connections_that_come_at_once_are_shared(address: tuple[str, int]) -> None:
    for _ in range(TIMES):
        found = await asyncio.gather(*(asked(address) for _ in range(CONNECTIONS)))
        shares = Counter(pid for pid, _ in found)
        for _, writer in found:
            writer.close()
        assert len(shares) == 2
        assert min(shares.values()) >= FEWEST, shares


class Full:
    """A listening socket of a process that may open no more files, for a while."""

    def __init__(self, listener: socket.socket) -> None:
        self.listener, self.refusals = listener, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.listener, name)

    def accept(self) -> Any:
        """Refuse once as the system does, then as it is."""
        if not self.refusals:
            self.refusals += 1
            raise OSError(24, "Too many open files")
        return self.listener.accept()


async def test_whoever_comes_when_no_file_can_be_opened_is_let_in_later(monkeypatch: Any) -> None:
    monkeypatch.setattr(doors, "NO_ROOM_S", 0.05)
    listener = socket.create_server(("127.0.0.1", 0))
    full = Full(listener)
    entered = asyncio.Event()

    class Inside(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            entered.set()
            transport.close()

    door = doors.Door(cast("socket.socket", full), Inside, lambda: 0)
    _, writer = await asyncio.open_connection(*listener.getsockname())
    await asyncio.wait_for(entered.wait(), 20)
    assert full.refusals == 1
    writer.close()
    door.close()
    listener.close()
