"""What packing an answer costs: bytes and CPU of each level, over pages of 50 rows of a running demo company.

`python -m scripts.bench.packing http://127.0.0.1:8700`; decision 43 was made with its figures.
"""

from __future__ import annotations

import sys
import time
import zlib
from typing import TYPE_CHECKING

import httpx

from api.packed import GZIP, LEVEL

if TYPE_CHECKING:
    from collections.abc import Callable

LISTS = ("customers", "chances", "orders")
ROWS = 50
TRIES, EACH = 7, 100


def main(address: str) -> None:
    """Print a line for each list and level; the level in force is marked."""
    with httpx.Client(base_url=f"{address}/api/v1") as client:
        people = client.get("/auth/state").json()["people"]
        supervisor = next(person["id"] for person in people if person["role"] == "supervisor")
        token = client.post("/auth/demo", json={"user_id": supervisor}).json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        for name in LISTS:
            content = client.get(f"/{name}", params={"limit": ROWS}).content
            print(f"{name}: {len(content):,} bytes as they are")
            for level in range(1, 10):
                print(_line(level, content))


def _line(level: int, content: bytes) -> str:
    size, micro = len(zlib.compress(content, level, GZIP)), _best(lambda: zlib.compress(content, level, GZIP))
    return f"  level {level}: {size:7,} bytes {micro:6.0f} µs{'  <- in force' if level == LEVEL else ''}"


def _best(work: Callable[[], object]) -> float:
    """Return the CPU time of one run in µs, as the quickest of several tries has it."""
    tries = []
    for _ in range(TRIES):
        begun = time.process_time_ns()
        for _ in range(EACH):
            work()
        tries.append((time.process_time_ns() - begun) / EACH / 1000)
    return min(tries)


if __name__ == "__main__":
    main(sys.argv[1])
