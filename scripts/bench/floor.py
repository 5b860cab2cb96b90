"""The floor over HTTP: the statements of each request on asyncpg, their rows as JSON by msgspec, and nothing else.

It knows no person, right, rule or word, and checks nothing that is sent: nobody can answer these requests from this
database with less. It has as many processes as the API, on one socket, under the same server.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import uvicorn

from app.host import doors, ports
from scripts.bench import bare
from scripts.bench.cases import Case
from scripts.bench.installation import PROCESSES, ROOT, Server, seconds

PLAN, DSN = "BENCH_PLAN", "BENCH_DSN"
POOL = 6
"""Connections of a process, as many as the API has for reads and for writes."""
Statements = Sequence[tuple[str, Sequence[Any]]]


@dataclass(frozen=True)
class Planned:
    """One request: its statements, and whether they are one transaction."""

    statements: Statements
    writes: bool


@dataclass
class Floor:
    """Where it listens."""

    port: int
    processes: list[subprocess.Popen[bytes]]
    planned: dict[str, int]

    def case(self, original: Case) -> Case:
        """Return a case that asks the floor for what the original asks the API for."""
        first = self.planned[original.name]
        turn = [replace(ask, path=f"/{first + place}") for place, ask in enumerate(original.turns[0])]
        return replace(original, turns=[turn])

    def cpu(self) -> float:
        """Return the processor seconds used so far."""
        return sum(seconds(process.pid) for process in self.processes)


@asynccontextmanager
async def running(server: Server, cases: Sequence[Case], folder: Path) -> AsyncIterator[Floor]:
    """Hear the statements of each case, answer them, and stop at the end."""
    plan: list[Planned] = []
    planned: dict[str, int] = {}
    for case in cases:
        planned[case.name] = len(plan)
        heard = await bare.heard(server, case)
        plan += [
            Planned([(sql, list(values)) for sql, values in statements], ask.method == "POST")
            for ask, statements in zip(case.turns[0], heard, strict=True)
        ]
    file = folder / "floor.pickle"
    file.write_bytes(pickle.dumps(plan))
    listener = ports.listen("127.0.0.1", 0)
    listener.set_inheritable(True)
    handle = listener.fileno()
    command = [sys.executable, "-m", "scripts.bench.floor", str(handle)]
    told = os.environ | {PLAN: str(file), DSN: server.dsn}
    processes = [subprocess.Popen(command, cwd=ROOT, env=told, pass_fds=[handle]) for _ in range(PROCESSES)]
    try:
        await asyncio.sleep(3)
        yield Floor(listener.getsockname()[1], processes, planned)
    finally:
        listener.close()
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(15)


class Answers:
    """The application: `/api/v1/<n>` runs the nth request's statements."""

    def __init__(self, plan: Sequence[Planned], dsn: str) -> None:
        self.plan, self.dsn = plan, dsn
        self.encode = msgspec.json.Encoder(enc_hook=str).encode
        self.pool: asyncpg.Pool | None = None
        self.opening = asyncio.Lock()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request with the rows that it reads."""
        body = b""
        while (part := await receive()).get("more_body"):
            body += part.get("body", b"")
        if body := body + part.get("body", b""):
            msgspec.json.decode(body)
        rows = await self._rows(self.plan[int(scope["path"].rsplit("/", 1)[1])])
        text = self.encode(rows)
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(text)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": text})

    async def _rows(self, planned: Planned) -> list[list[dict[str, Any]]]:
        async with self.opening:
            self.pool = self.pool or await asyncpg.create_pool(
                self.dsn, ssl=False, min_size=POOL, max_size=POOL, init=_as_text
            )
        async with self.pool.acquire() as connection, _unit(connection, planned):
            found = [await connection.fetch(sql, *values) for sql, values in planned.statements]
        return [[dict(row) for row in rows] for rows in found]


def _unit(connection: Any, planned: Planned) -> Any:
    return connection.transaction() if planned.writes else contextlib.nullcontext()


async def _as_text(connection: Any) -> None:
    await connection.set_type_codec("jsonb", encoder=str, decoder=str, schema="pg_catalog")


def main(handle: int) -> None:
    """Answer on an inherited socket, under the API's own server and loop."""
    plan = pickle.loads(Path(os.environ[PLAN]).read_bytes())  # noqa: S301  written by the parent
    config = uvicorn.Config(
        Answers(plan, os.environ[DSN]), interface="asgi3", lifespan="off", log_level="warning",
        access_log=False, loop="uvloop", http="httptools",
    )  # fmt: skip
    doors.Server(config).run(sockets=[socket.socket(fileno=handle)])


if __name__ == "__main__":
    main(int(sys.argv[1]))
