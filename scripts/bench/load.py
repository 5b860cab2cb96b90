"""A small HTTP/1.1 load: keep-alive connections that each ask again as soon as they are answered.

Plain sockets, because a full client would use more of the two cores than the server it measures.
"""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass

from scripts.bench.cases import Case

WARM_UP_S = 0.5
END = b"\r\n\r\n"
ID = re.compile(rb'"id":(\d+)')


@dataclass(frozen=True)
class Result:
    """Milliseconds and requests a second."""

    p50: float
    p99: float
    rate: float
    count: int
    refused: int
    slowest: float


async def run(port: int, case: Case, connections: int, seconds: float) -> Result:
    """Ask for so many seconds and return what it took; 503 is counted, any other answer but 2xx is an error."""
    await _ask(port, case, time.perf_counter() + WARM_UP_S)
    begun = time.perf_counter()
    taken = await asyncio.gather(*(_ask(port, case, begun + seconds) for _ in range(connections)))
    elapsed = time.perf_counter() - begun
    times = sorted(each for one, _ in taken for each in one)
    count = len(times)
    return Result(
        times[count // 2] * 1e3,
        times[int(count * 0.99)] * 1e3,
        count / elapsed,
        count,
        sum(refused for _, refused in taken),
        times[-1] * 1e3,
    )


async def _ask(port: int, case: Case, until: float) -> tuple[list[float], int]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times: list[float] = []
    refused = 0
    try:
        while (begun := time.perf_counter()) < until:
            if await _one(reader, writer, case):
                times.append(time.perf_counter() - begun)
            else:
                refused += 1
    finally:
        writer.close()
    return times, refused


async def _one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, case: Case) -> bool:
    """Ask what the case asks in one turn; return whether all of it was answered."""
    row_id = ""
    for ask in case.next():
        writer.write(case.bytes(ask, ask.path.replace("{id}", row_id)))
        head = await reader.readuntil(END)
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        body = await reader.readexactly(length)
        if head.startswith(b"HTTP/1.1 503"):
            return False
        if not head.startswith(b"HTTP/1.1 2"):
            raise RuntimeError(f"{case.name}: {head[:40]!r} {body[:300]!r}")
        if ask.method == "POST" and (found := ID.search(body)):
            row_id = found[1].decode()
    return True
