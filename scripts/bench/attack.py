"""What others feel of an attack on heads: a customer asked for in quiet, then beside half-open connections and a huge header."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from scripts.bench import load
from scripts.bench.cases import Case
from scripts.bench.installation import Server

NAME = "under attack"
HALF_OPEN = 1000
HEADER_BYTES = 100 * 1024 * 1024
PIECE = b"a" * 65536
HEAD = b"GET / HTTP/1.1\r\nHost: a\r\nX-Endless: "


async def measure(server: Server, case: Case, seconds: float) -> None:
    """Print the case's times in quiet and under attack, and by how much the slowest answer is late."""
    quiet = await load.run(server.port, case, 1, seconds)
    attackers = [asyncio.create_task(_half_open(server.port)) for _ in range(HALF_OPEN)]
    attackers.append(asyncio.create_task(_endless_header(server.port)))
    await asyncio.sleep(1)
    attacked = await load.run(server.port, case, 1, seconds)
    for attacker in attackers:
        attacker.cancel()
    await asyncio.gather(*attackers, return_exceptions=True)
    for name, result in (("in quiet", quiet), (f"{HALF_OPEN} half-open, a header of 100 MB", attacked)):
        print(
            f"{NAME}: {case.name}, {name}: p50 {result.p50:.2f}, p99 {result.p99:.2f}, slowest {result.slowest:.2f} ms"
        )
    print(f"{NAME}: the slowest is {attacked.slowest - quiet.slowest:.1f} ms later than in quiet")


async def _half_open(port: int) -> None:
    """Keep half a request open, again whenever the server gives it up."""
    while True:
        with suppress(OSError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(HEAD)
            await reader.read()
            writer.close()


async def _endless_header(port: int) -> None:
    """Send one header of 100 MB after another, each as far as the server listens."""
    while True:
        with suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(HEAD)
            for _ in range(HEADER_BYTES // len(PIECE)):
                writer.write(PIECE)
                await writer.drain()
            writer.close()
        await asyncio.sleep(0.01)
