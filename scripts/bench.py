"""`make bench`: what the hot requests cost, beside the same SQL run bare on the driver in the same run.

The ratio is what counts: milliseconds differ between machines, the ratio tells what our code adds.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import asyncpg
import httpx
from sqlalchemy import event, select

from api.main import create_app
from app.core.db import Database
from app.core.settings import Settings
from app.host.migrate import upgrade
from app.host.postgres import TemporaryPostgres
from app.jobs.unit import unit
from app.models.rbac import Role
from app.models.users import User, UserRole
from app.services import demo

ROUNDS = 200
WARM_UP = 20
KEY = "a-key-for-the-benchmark-only-0123456789abcdef"
REQUESTS = (
    "/chances?limit=50",
    "/chances?limit=50&sort=-amount",
    "/chances?limit=50&q=科技",
    "/chances/summary?group_by=stage",
    "/chances/board",
    "/customers?limit=50",
    "/plans?bucket=overdue",
    "/me",
)
Statements = list[tuple[str, Any]]


async def main(url: str) -> None:
    """Fill a database, measure each request as a supervisor, print the table."""
    database = Database(url)
    async with unit(database, request_id="bench") as ctx:
        await demo.fill(ctx)
    app = create_app(Settings(database_url=url, secret_key=KEY, web_dir=Path("/nonexistent")), database)
    headers = {"Authorization": f"Bearer {await token(app, database)}"}
    bare = await asyncpg.connect(url.replace("+asyncpg", ""), ssl=False)
    transport = httpx.ASGITransport(app)
    print(f"{'request':44} {'SQL':>4} {'median':>9} {'p95':>9} {'bare SQL':>9} {'ratio':>6}")
    async with httpx.AsyncClient(transport=transport, base_url="http://bench/api/v1", headers=headers) as client:
        for path in REQUESTS:
            await measure(client, path, database, bare)
    await bare.close()
    await database.dispose()


async def token(app: Any, database: Database) -> str:
    """Return an access token of a supervisor of the demo company."""
    async with database.read() as session:
        statement = select(User.id, User.token_version).join(UserRole, UserRole.user_id == User.id).join(Role)
        person = (await session.execute(statement.where(Role.code == "supervisor", User.flag == "active"))).first()
    if person is None:
        raise SystemExit("The demo company has no supervisor.")
    async with unit(database) as ctx:
        return str(app.state.kith.tokens.issue(person.id, ["supervisor"], person.token_version, ctx.now))


async def measure(client: httpx.AsyncClient, path: str, database: Database, bare: Any) -> None:
    """Time one request, then the statements that it ran, without anything around them."""

    async def request() -> None:
        (await client.get(path)).raise_for_status()

    async def statements() -> None:
        for sql, parameters in heard:
            await bare.fetch(sql, *parameters)

    await repeat(request, WARM_UP)
    heard = await listen(request, database)
    ours = await repeat(request, ROUNDS)
    theirs = await repeat(statements, ROUNDS)
    median, floor = statistics.median(ours), statistics.median(theirs)
    worst = statistics.quantiles(ours, n=20)[-1]
    print(f"{path:44} {len(heard):4} {median:6.2f} ms {worst:6.2f} ms {floor:6.2f} ms {median / floor:6.1f}")


async def listen(request: Callable[[], Awaitable[None]], database: Database) -> Statements:
    """Return the statements of one request with their parameters."""
    heard: Statements = []

    def hear(*arguments: Any) -> None:
        _connection, _cursor, sql, parameters, *_ = arguments
        heard.append((sql, parameters))

    engines = (database.engine.sync_engine, database.read_engine.sync_engine)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", hear)
    await request()
    for engine in engines:
        event.remove(engine, "before_cursor_execute", hear)
    return heard


async def repeat(work: Callable[[], Awaitable[None]], times: int) -> list[float]:
    """Return how long each run took, in milliseconds."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        await work()
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


if __name__ == "__main__":
    import os

    with TemporaryPostgres() as address:
        os.environ |= {"DATABASE_URL": address, "SECRET_KEY": KEY}
        upgrade()
        asyncio.run(main(address))
