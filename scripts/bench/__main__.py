"""`make bench`: what the hot requests cost, beside the same SQL run bare on the same data in the same run.

Milliseconds differ between machines; the ratio tells what our code adds. Two API processes answer over
loopback, PostgreSQL keeps its durability, and the load stops by itself.

    make bench                       100,000 customers
    make bench CUSTOMERS=1000000     a million
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path

from scripts.bench import bare, cases, installation, load, sizes

ROOT = Path(__file__).resolve().parents[2]


SECONDS = 3.0
CONNECTIONS = (1, 16)


async def measure(server: installation.Server, only: str) -> None:
    """Print one line for each request (whose name has `only` in it) and number of connections."""
    people = await cases.people(server)
    head = ("request", "conns", "p50 ms", "p99 ms", "req/s", "API µs", "PG µs", "bare ms", "ratio")
    print(f"\n{head[0]:30}" + "".join(f"{name:>9}" for name in head[1:]))
    for case in await cases.build(server, people):
        if only not in case.name:
            continue
        floor = await bare.median(server, case)
        for connections in CONNECTIONS:
            before = server.cpu()
            result = await load.run(server.port, case.request(), connections, SECONDS)
            used = server.cpu() - before
            one = connections == CONNECTIONS[0]
            tail = f"{floor:9.2f}{result.p50 / floor:9.1f}" if one else ""
            tail += f"  {result.refused} answered 503" if result.refused else ""
            print(
                f"{case.name:30}{connections:9}{result.p50:9.2f}{result.p99:9.2f}{result.rate:9.0f}"
                f"{used.api / result.count * 1e6:9.0f}{used.database / result.count * 1e6:9.0f}{tail}",
                flush=True,
            )


async def main() -> None:
    """Fill, start, measure, and tell sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--only", default="", help="a part of the names of the requests to measure")
    parser.add_argument("--import-data", type=Path, default=ROOT.parent / "shared" / "data" / "crm_sales")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as folder:
        Path(folder).chmod(0o755)
        async with installation.running(Path(folder), given.customers) as server:
            print(f"start-up of an API process: {server.start_up:.2f} s")
            await measure(server, given.only)
            print(f"\nmemory of an API process after the load: {server.memory_mb():.0f} MB")
            sizes.single_page_application(ROOT / "frontend" / "dist")
            await sizes.import_rate(server, given.import_data)


if __name__ == "__main__":
    asyncio.run(main())
