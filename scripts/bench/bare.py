"""The floor: the very statements that a request ran, on the driver alone, with nothing around them."""

from __future__ import annotations

import contextlib
import statistics
import time
from pathlib import Path
from typing import Any

import asyncpg
import httpx
from sqlalchemy import event

from api.logs import configure
from api.main import create_app
from app.core.db import Database
from app.core.settings import Settings
from scripts.bench.cases import Case
from scripts.bench.installation import Server

ROUNDS = 100
FEWEST, ENOUGH_S = 5, 2.0
"""A slow case is run five times at least, and for two seconds."""
WARM_UP = 3


async def median(server: Server, case: Case) -> float:
    """Return the milliseconds of a turn's statements, run in order on one connection, a transaction for each write.

    A write is run again with the same parameters: what it changes by version is then there already, so that
    its floor is rather too low than too high.
    """
    asked = await heard(server, case)
    connection = await asyncpg.connect(server.dsn, ssl=False)
    await connection.set_type_codec("jsonb", encoder=_same, decoder=_same, schema="pg_catalog")
    ready = [[(await connection.prepare(sql), values) for sql, values in one] for one in asked]
    writes = case.turns[0][0].method == "POST"
    times: list[float] = []
    begun = time.perf_counter()
    while len(times) < FEWEST + WARM_UP or (len(times) < ROUNDS + WARM_UP and time.perf_counter() - begun < ENOUGH_S):
        start = time.perf_counter()
        for statements in ready:
            async with connection.transaction() if writes else contextlib.nullcontext():
                for statement, values in statements:
                    await statement.fetch(*values)
        times.append((time.perf_counter() - start) * 1e3)
    await connection.close()
    return statistics.median(times[WARM_UP:])


async def heard(server: Server, case: Case) -> list[list[tuple[str, Any]]]:
    """Answer a turn in this process and return the statements of each request with their parameters."""
    settings = Settings(web_dir=Path("/nonexistent"))
    configure(settings)
    database = Database(server.url)
    app = create_app(settings, database)
    found: list[list[tuple[str, Any]]] = []

    def hear(*arguments: Any) -> None:
        sql, values = arguments[2], arguments[3]
        if found:
            found[-1].extend((sql, each) for each in (values if isinstance(values, list) else [values]))

    for engine in (database.engine, database.read_engine):
        event.listen(engine.sync_engine, "before_cursor_execute", hear)
    transport = httpx.ASGITransport(app)
    headers = {"Authorization": f"Bearer {case.token}", "Content-Type": "application/json"}
    async with httpx.AsyncClient(transport=transport, base_url="http://bench/api/v1", headers=headers) as client:
        (await client.get("/me")).raise_for_status()
        for _ in range(2):
            found.clear()
            row_id = ""
            for ask in case.next():
                found.append([])
                answer = await client.request(ask.method, ask.path.replace("{id}", row_id), content=ask.content)
                answer.raise_for_status()
                row_id = str(answer.json().get("id", ""))
    await database.dispose()
    return found


def _same(value: str) -> str:
    return value
