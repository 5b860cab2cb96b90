"""Sizes and rates beside the requests: the SPA's first load, the import of a real pipeline."""

from __future__ import annotations

import asyncio
import gzip
import os
import re
import sys
import time
from pathlib import Path

from app.core.db import Database
from app.core.devices import Device
from app.core.tokens import Tokens
from app.jobs.unit import OPERATOR, unit
from app.schemas.access.users import UserWrite
from app.services.access import auth, users
from app.services.access.doors import Door
from scripts.bench.installation import Server

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "only for the benchmark"  # noqa: S105  an installation that is thrown away


def single_page_application(folder: Path) -> None:
    """Print what a browser loads before the first page shows, gzipped."""
    index = folder / "index.html"
    if not index.exists():
        print("the SPA is not built (make run builds it)")
        return
    names = re.findall(r'(?:src|href)="/?(assets/[^"]+\.(?:js|css))"', index.read_text(encoding="utf-8"))
    sizes = {name: len(gzip.compress((folder / name).read_bytes(), 6)) for name in dict.fromkeys(names)}
    scripts = sum(size for name, size in sizes.items() if name.endswith(".js"))
    styles = sum(size for name, size in sizes.items() if name.endswith(".css"))
    print(f"first load of the SPA, gzipped: {scripts / 1024:.1f} KB of JavaScript, {styles / 1024:.1f} KB of CSS")


async def import_rate(server: Server, data: Path) -> None:
    """Run the example import against the server and print rows a second."""
    if not data.is_dir():
        print(f"no pipeline to import at {data}")
        return
    database = Database(server.url)
    body = UserWrite(user_name="bench-import", name="导入", roles=["admin"])
    async with unit(database, OPERATOR) as ctx:
        person = await users.create(ctx, body)
        link = await users.link(ctx, person["id"])
        door = Door(Tokens(server.secret), server.secret, Device(), lambda _ctx: unit(database))
        await auth.log_in_by_link(ctx, door, link["token"], PASSWORD)
    await database.dispose()
    rows = sum(len(file.read_text(encoding="utf-8-sig").splitlines()) - 1 for file in _files(data))
    command = [sys.executable, "examples/import_sales_pipeline.py", "--url", f"http://127.0.0.1:{server.port}"]
    command += ["--user", "bench-import", "--data", str(data)]
    environment = os.environ | {"KITH_PASSWORD": PASSWORD}
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=environment, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    took = time.perf_counter() - begun
    if process.returncode:
        print(f"the import ended with {process.returncode}: {said.decode()[-300:]}")
        return
    print(f"import of {rows:,} rows over the API: {took:.1f} s, {rows / took:,.0f} rows a second")


def _files(data: Path) -> list[Path]:
    return [data / f"{name}.csv" for name in ("accounts", "products", "sales_teams", "sales_pipeline")]
