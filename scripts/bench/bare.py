"""The floor: the very statements that a request ran, on the driver alone, with nothing around them."""

from __future__ import annotations

import json
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
WARM_UP = 10


async def median(server: Server, case: Case) -> float:
    """Return the milliseconds of the request's statements, run in turn on one connection."""
    statements = await heard(server, case)
    connection = await asyncpg.connect(server.url.replace("+asyncpg", ""), ssl=False)
    await connection.set_type_codec("jsonb", encoder=_same, decoder=_same, schema="pg_catalog")
    ready = [(await connection.prepare(sql), parameters) for sql, parameters in statements]
    times = []
    for turn in range(WARM_UP + ROUNDS):
        begun = time.perf_counter()
        if case.body:
            async with connection.transaction():
                for statement, parameters in ready:
                    await statement.fetch(*parameters)
        else:
            for statement, parameters in ready:
                await statement.fetch(*parameters)
        if turn >= WARM_UP:
            times.append((time.perf_counter() - begun) * 1e3)
    await connection.close()
    return statistics.median(times)


async def heard(server: Server, case: Case) -> list[tuple[str, Any]]:
    """Answer the request in this process and return its statements with their parameters."""
    settings = Settings(web_dir=Path("/nonexistent"))
    configure(settings)
    database = Database(server.url)
    app = create_app(settings, database)
    found: list[tuple[str, Any]] = []

    def hear(*arguments: Any) -> None:
        sql, parameters = arguments[2], arguments[3]
        found.extend((sql, each) for each in (parameters if isinstance(parameters, list) else [parameters]))

    transport = httpx.ASGITransport(app)
    headers = {"Authorization": f"Bearer {case.token}"}
    async with httpx.AsyncClient(transport=transport, base_url="http://bench/api/v1", headers=headers) as client:
        (await client.get("/me")).raise_for_status()
        for turn in range(2):
            if turn:
                for engine in (database.engine, database.read_engine):
                    event.listen(engine.sync_engine, "before_cursor_execute", hear)
            method, body = ("POST", json.dumps(case.body).encode()) if case.body else ("GET", None)
            kind = {"Content-Type": "application/json"}
            answer = await client.request(method, case.path, content=body, headers=kind)
            answer.raise_for_status()
    await database.dispose()
    return found


def _same(value: str) -> str:
    return value
