"""The installation under load: a durable PostgreSQL of its own, bulk data, two API processes on one socket."""

from __future__ import annotations

import asyncio
import os
import secrets
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import asyncpg
import httpx

from app.core.db import Database
from app.demo.bench import bulk as demo_bulk
from app.demo.bench.rows import Names
from app.host import children, ports
from app.host.migrate import upgrade
from app.host.postgres import Postgres
from app.jobs.unit import unit
from scripts.bench import churn

PROCESSES = 2
TICKS = os.sysconf("SC_CLK_TCK")
ROOT = Path(__file__).resolve().parents[2]


class Size(NamedTuple):
    """How much is filled in: order lines for each customer, services in all; `apart` as other companies' data are."""

    customers: int
    order_lines: int
    services: int
    apart: Names = ""


class Cpu(NamedTuple):
    """Processor seconds used so far."""

    api: float
    database: float

    def __sub__(self, other: Cpu) -> Cpu:
        """Return what was used since."""
        return Cpu(self.api - other.api, self.database - other.database)


@dataclass
class Server:
    """Where it listens, and who its processes are."""

    url: str
    port: int
    secret: str
    postmaster: int
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    start_up: float = 0.0

    @property
    def dsn(self) -> str:
        """Return the address as the bare driver reads it."""
        return self.url.replace("+asyncpg", "")

    def cpu(self) -> Cpu:
        """Read the processor time of the API processes and of PostgreSQL's from /proc."""
        return Cpu(sum(seconds(p.pid) for p in self.processes), family(self.postmaster))

    def memory_mb(self) -> tuple[float, float]:
        """Return the resident size of the largest API process, now and at its highest."""
        now, peak = [], []
        for process in self.processes:
            status = dict(line.split(":", 1) for line in Path(f"/proc/{process.pid}/status").read_text().splitlines())
            now.append(int(status["VmRSS"].split()[0]) / 1024)
            peak.append(int(status["VmHWM"].split()[0]) / 1024)
        return max(now), max(peak)


def seconds(pid: int) -> float:
    """Return user and system time of a process, 0 when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def family(parent: int) -> float:
    """Return the processor time of a process, its living children, and those that it has outlived."""
    total = 0.0
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(entry.parent.name) == parent:
            total += (int(fields[13]) + int(fields[14])) / TICKS
        if parent in {int(entry.parent.name), int(fields[1])}:
            total += (int(fields[11]) + int(fields[12])) / TICKS
    return total


@asynccontextmanager
async def running(folder: Path, size: Size) -> AsyncIterator[Server]:
    """Yield the filled installation and stop it at the end, by pid."""
    postgres = Postgres(folder / "postgres")
    url = postgres.start()
    secret = secrets.token_urlsafe(40)
    os.environ |= {
        "DATABASE_URL": postgres.application_url,
        "OWNER_DATABASE_URL": url,
        "SECRET_KEY": secret,
        "LOG_LEVEL": "WARNING",
        "WEB_DIR": str(folder / "none"),
    }
    # A measurement calls faster than any person may: with the limit on, it would time refusals.
    os.environ["RATE_LIMIT_PER_MINUTE"] = "0"
    postmaster = next((folder / "postgres").rglob("postmaster.pid")).read_text().split()[0]
    server = Server(url, 0, secret, int(postmaster))
    try:
        await asyncio.to_thread(upgrade)
        del os.environ["OWNER_DATABASE_URL"]  # the API is not told
        if not (folder / "filled").exists():
            await _fill(url, size)
            await _settle(url)
            await churn.search(url, size.customers)
            await _settle(url)
            (folder / "filled").touch()
        await _start(server)
        yield server
    finally:
        for process in server.processes:
            process.terminate()
        for process in server.processes:
            process.wait(60)
        postgres.stop()


async def _fill(url: str, size: Size) -> None:
    database = Database(url)
    async with unit(database, request_id="bench") as ctx:
        count, more = size.customers, {"order_lines": size.order_lines, "services": size.services}
        pace = await demo_bulk.customers(ctx, count, **more, apart=size.apart)
    await database.dispose()
    print(
        f"{size.customers:,} customers with a contact and a chance each, {pace.lines:,} order lines, "
        f"{size.services:,} services: {pace.rate:,.0f} customers a second copied ({pace.copying:.1f} s), "
        f"indexes, sums and services {pace.indexing:.1f} s",
        flush=True,
    )


async def _settle(url: str) -> None:
    """Vacuum what was just filled, so that no measurement shares the disk with the first automatic one."""
    connection = await asyncpg.connect(url.replace("+asyncpg", ""), ssl=False)
    await connection.execute("vacuum analyze")
    await connection.close()


async def _start(server: Server) -> None:
    listener = ports.listen("127.0.0.1", 0)
    server.port = listener.getsockname()[1]
    listener.set_inheritable(True)
    begun = time.perf_counter()
    command = children.api(listener.fileno())
    for _ in range(PROCESSES):
        server.processes.append(subprocess.Popen(command, cwd=ROOT, pass_fds=[listener.fileno()]))
        if not server.start_up:
            await _ready(server.port)
            server.start_up = time.perf_counter() - begun
    listener.close()
    await asyncio.sleep(3)


async def _ready(port: int) -> None:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        (await client.get("/readyz")).raise_for_status()
