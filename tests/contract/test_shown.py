"""What a read shows is what its statements read: `openapi/shown.json` is compared with the tables.

A read that is new, or shows more or less than it did, is written there by `UPDATE=1`: look at the diff, as the settings
stand where they are the answer and nowhere else (currency, zone and names go into every one).
"""

import json
import math
import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection

from api.document import SHOWN, SHOWS, build
from app.core.cache import Cache
from app.core.db import Base
from app.core.touched import nouns_of_tables
from app.schemas.reports.reports import ReportCode
from tests.conftest import Client
from tests.factories.team import Team
from tests.routers.test_touched import NOBODY_S

As = Callable[..., Client]
TABLE = re.compile(r"(?:\bFROM|\bJOIN|,)\s+\(*([a-z_]+)(?=[\s)]|$)")
FOLLOWS = {
    str(one.local_table): why.removeprefix("follows ")
    for one in Base.registry.mappers
    if (why := NOBODY_S.get(one.class_.__name__, "")).startswith("follows ")
}
"""Sums that are kept of a noun."""
SAMPLES = {
    "q": "华", "month": "2026-03-01", "month_from": "2026-03-01", "month_to": "2026-03-01", "role": "manager",
    "holding": "plans:execute", "within": "customers:read", "id": "1", "entity": "customers", "sold": "true", "include": "lines",
}  # fmt: skip
"""Values of parameters whose schema alone does not tell a useful one."""


THE_LOG = {"listAudit": "*"}
"""Tells of every noun."""
FEEDS = "follow"
"""So begin the reads that tell what changed since they were asked last: nobody keeps their answers."""


class Heard:
    """The nouns whose tables were read since the last time."""

    def __init__(self) -> None:
        self.nouns = {str(one.local_table): "" for one in Base.registry.mappers} | nouns_of_tables() | FOLLOWS
        self.statements: list[str] = []

    def hear(self, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        """Keep a statement."""
        self.statements.append(statement)

    def take(self) -> set[str]:
        """Return them."""
        heard, self.statements = self.statements, []
        return {self.nouns[table] for one in heard for table in TABLE.findall(one) if self.nouns.get(table)}


@pytest.fixture
async def people(app: FastAPI, team: Team, as_: As) -> list[Client]:
    """Return who asks: of each it is known who they are, so that a read reads no more than what it shows."""
    app.state.kith.standings, app.state.kith.installation = Cache(math.inf), Cache(math.inf)
    clients = [as_(one) for one in (team.admin, team.supervisor, team.manager)]
    for client in clients:
        assert (await client.get("/notices/unread")).status_code == 200
    return clients


@pytest.fixture
def heard(connection: AsyncConnection) -> Heard:
    """Listen to the test's connection."""
    found = Heard()
    event.listen(connection.sync_connection, "before_cursor_execute", found.hear)
    return found


def _samples(parameter: dict[str, Any], ids: dict[str, Any]) -> list[str]:
    name, schema = parameter["name"], parameter["schema"]
    schema = schema.get("anyOf", [schema])[0]
    schema = schema.get("items", schema)
    if "enum" in schema:
        return (
            schema["enum"][::2] if name == "sort" else schema["enum"]
        )  # a column upwards reads what it reads downwards
    plain = {"boolean": "true", "integer": "1", "number": "1"}.get(schema.get("type"), "x")
    plain = "2026-03-01" if schema.get("format") == "date" else plain
    return [SAMPLES.get(name) or str(ids.get(name, plain))]


def _queries(operation: dict[str, Any], ids: dict[str, Any]) -> list[dict[str, str]]:
    """Return what is asked: the least, then each parameter with it."""
    takes = [one for one in operation.get("parameters", []) if one["in"] == "query" and one["name"] != "cursor"]
    least = {one["name"]: _samples(one, ids)[0] for one in takes if one.get("required")}
    return [least, *(least | {one["name"]: value} for one in takes for value in _samples(one, ids))]


def _places(path: str, ids: dict[str, Any]) -> Iterator[str]:
    for code in ReportCode if "{code}" in path else [""]:
        yield path.removeprefix("/api/v1").format_map({**ids, "code": code})


async def _asked(client: Client, place: str, queries: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the queries of a place; the rows behind a report are asked for each column of its tables."""
    if not place.endswith("/rows"):
        return queries
    report = await client.get(place.removesuffix("/rows"))
    tables = report.json()["tables"] if report.status_code == 200 else []
    return [{"table": one["key"], "column": column["key"]} for one in tables for column in one["columns"]]


async def _shown(client: Client, place: str, queries: list[dict[str, str]], heard: Heard) -> set[str] | None:
    """Return the nouns that a person is shown at a place; None where it is not theirs."""
    nouns: set[str] | None = None
    for query in await _asked(client, place, queries):
        heard.take()
        answer = await client.get(place, params=query)
        if answer.status_code == 200:
            nouns = (nouns or set()) | heard.take()
        elif nouns is None:
            return None
    return nouns


def _reads(app: FastAPI) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield path and operation of each read that answers with data; files are not kept."""
    for path, methods in build(app)["paths"].items():
        operation = methods.get("get", {})
        if "application/json" in operation.get("responses", {}).get("200", {}).get("content", {}):
            yield path, operation


async def _found(app: FastAPI, ids: dict[str, Any], people: list[Client], heard: Heard) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path, operation in _reads(app):
        queries = _queries(operation, ids)
        for place in _places(path, ids):
            for client in people:
                if (nouns := await _shown(client, place, queries, heard)) is not None:
                    found.setdefault(operation["operationId"], set()).update(nouns)
    return found


def _kept(wanted: dict[str, str]) -> dict[str, str]:
    """Return what is committed; written anew first where that is asked."""
    if "UPDATE" in os.environ:
        SHOWS.write_text(json.dumps(wanted, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    kept: dict[str, str] = json.loads(SHOWS.read_text(encoding="utf-8"))
    return kept


async def test_every_read_shows_the_nouns_that_its_statements_read(
    app: FastAPI, ids: dict[str, Any], people: list[Client], heard: Heard
) -> None:
    found = await _found(app, ids, people, heard)
    assert found.keys() == {operation["operationId"] for _, operation in _reads(app)}, "nobody could ask"
    wanted = {name: " ".join(sorted(nouns)) for name, nouns in found.items()} | THE_LOG
    feeds = {name for name in wanted if name.startswith(FEEDS)}
    assert {name for name, nouns in SHOWN.items() if name in feeds and nouns == ["*"]} == feeds != set()
    wanted = {name: nouns for name, nouns in wanted.items() if name not in feeds}
    assert _kept(wanted) == wanted, "openapi/shown.json is stale: UPDATE=1 writes it, then make client"
