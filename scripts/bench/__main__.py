"""`make bench`: what the hot requests cost, beside the same SQL over HTTP with nothing around it, and on the driver alone.

Milliseconds differ between machines; the ratio tells what our code adds. Two API processes answer over
loopback, PostgreSQL keeps its durability, and the load stops by itself.

    make bench                                         100,000 customers
    make bench CUSTOMERS=1000000 ORDER_LINES=10        a million, with ten million order lines
    make bench APART=1 ORDER_LINES=15                  data as other companies bring them: Latin names, other sellers
    make bench CUSTOMERS=1000000 ORDER_LINES=3 APART=mixed REACHES=1   every kind of question under each reach
    make bench ONLY="report|create" CUSTOMERS=5000     a part of the cases, by their names
    make bench DATA=/var/tmp/bench ONLY=report         the same data again, filled by the first such run
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from scripts.bench import (
    attack,
    bare,
    cases,
    floor,
    installation,
    lists,
    load,
    reaches,
    reports,
    searches,
    sizes,
    steps,
)  # fmt: skip

ROOT = Path(__file__).resolve().parents[2]
CONNECTIONS = (1, 16)
SERVICES_SHARE = 4
"""Unless told otherwise, every fourth customer has asked for something."""


async def everything(server: installation.Server) -> list[cases.Case]:
    """Return all cases that the data allow."""
    people = await cases.people(server.dsn)
    make = cases.maker(server, people)
    found = await lists.build(server, make) + await searches.build(server, make) + await cases.build(server, make)
    return found + reports.build(make, datetime.now(UTC).date()) + await steps.build(server, make, people)


async def measure(server: installation.Server, only: str, seconds: float, folder: Path) -> None:
    """Print one line for each request (whose name has a part of `only` in it) and number of connections.

    `bare ms`: the request's statements on the driver; `floor/s`: these over HTTP with their rows as JSON, by nothing
    but asyncpg and msgspec; `share`: how much of that rate is ours.
    """
    head = (
        "request",
        "conns",
        "p50 ms",
        "p99 ms",
        "req/s",
        "API µs",
        "PG µs",
        "floor ms",
        "floor/s",
        "share",
        "bare ms",
    )
    print(f"\n{head[0]:38}" + "".join(f"{name:>9}" for name in head[1:]))
    found = await everything(server)
    wanted = [case for case in found if any(part in case.name for part in only.split("|"))]
    async with floor.running(server, wanted, folder) as ground:
        for case in wanted:
            alone = await bare.median(server, case)
            for connections in CONNECTIONS:
                before = server.cpu()
                result = await load.run(server.port, case, connections, seconds)
                used = server.cpu() - before
                least = await load.run(ground.port, ground.case(case), connections, seconds)
                tail = f"  {result.refused} answered 503" if result.refused else ""
                print(
                    f"{case.name:38}{connections:9}{result.p50:9.2f}{result.p99:9.2f}{result.rate:9.0f}"
                    f"{used.api / result.count * 1e6:9.0f}{used.database / result.count * 1e6:9.0f}"
                    f"{least.p50:9.2f}{least.rate:9.0f}{result.rate / least.rate:9.0%}{alone:9.2f}{tail}",
                    flush=True,
                )
    if any(part in attack.NAME for part in only.split("|")):
        await attack.measure(server, next(case for case in found if case.name == "customer"), seconds)


async def main() -> None:
    """Fill, search for churn, start, measure, and tell sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--order-lines", type=int, default=0, help="for each customer")
    parser.add_argument("--services", type=int, help="in all; a quarter of the customers unless told otherwise")
    parser.add_argument("--apart", nargs="?", default="", const="latin", choices=["latin", "mixed"], help="Latin names, or mixed with Chinese ones; chances and orders not the managers' own")  # fmt: skip
    parser.add_argument("--reaches", action="store_true", help="every kind of question under each reach instead")
    parser.add_argument("--only", default="", help="parts of names, with | between: what to measure")
    parser.add_argument("--seconds", type=float, default=3.0, help="of load for each request and number of connections")
    parser.add_argument("--data", type=Path, help="a folder to keep what was filled, and to use it again")
    parser.add_argument("--import-data", type=Path, default=ROOT.parent / "shared" / "data" / "crm_sales")
    given = parser.parse_args()
    services = given.customers // SERVICES_SHARE if given.services is None else given.services
    size = installation.Size(given.customers, given.order_lines, services, given.apart)
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as passing:
        folder = given.data or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)
        async with installation.running(folder, size) as server:
            print(f"start-up of an API process: {server.start_up:.2f} s")
            if given.reaches:
                make = cases.maker(server, await cases.people(server.dsn))
                await reaches.measure(server, make, given.only)
                return
            await measure(server, given.only, given.seconds, folder)
            now, peak = server.memory_mb()
            print(f"\nmemory of an API process after the load: {now:.0f} MB, at its highest {peak:.0f} MB")
            sizes.single_page_application(ROOT / "frontend" / "dist")
            if not given.data:  # what was imported before would not be imported again
                await sizes.import_rate(server, given.import_data)


if __name__ == "__main__":
    asyncio.run(main())
