"""A small HTTP/1.1 load: keep-alive connections that each ask again as soon as they are answered.

Plain sockets, because a full client would use more of the two cores than the server it measures.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

WARM_UP_S = 0.5
END = b"\r\n\r\n"


@dataclass(frozen=True)
class Result:
    """Milliseconds and requests a second."""

    p50: float
    p99: float
    rate: float
    count: int
    refused: int


async def run(port: int, request: Callable[[], bytes], connections: int, seconds: float) -> Result:
    """Ask for so many seconds and return what it took; 503 is counted, any other answer but 2xx is an error."""
    await _ask(port, request, time.perf_counter() + WARM_UP_S)
    begun = time.perf_counter()
    taken = await asyncio.gather(*(_ask(port, request, begun + seconds) for _ in range(connections)))
    elapsed = time.perf_counter() - begun
    times = sorted(each for one, _ in taken for each in one)
    count = len(times)
    return Result(
        times[count // 2] * 1e3,
        times[int(count * 0.99)] * 1e3,
        count / elapsed,
        count,
        sum(refused for _, refused in taken),
    )


async def _ask(port: int, request: Callable[[], bytes], until: float) -> tuple[list[float], int]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times: list[float] = []
    refused = 0
    try:
        while (begun := time.perf_counter()) < until:
            writer.write(request())
            head = await reader.readuntil(END)
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            body = await reader.readexactly(length)
            if head.startswith(b"HTTP/1.1 503"):
                refused += 1
                continue
            if not head.startswith(b"HTTP/1.1 2"):
                raise RuntimeError(f"{head[:40]!r} {body[:300]!r}")
            times.append(time.perf_counter() - begun)
    finally:
        writer.close()
    return times, refused
