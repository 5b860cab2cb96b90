"""Each report that leaves the house as a file stands in the log: a download is a read, its row a commit of its own."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from api.main import create_app
from app.core.db import Database
from tests.conftest import settings
from tests.factories.make import Make
from tests.factories.team import Team, build_team


@pytest.fixture
def app(committed: Database) -> FastAPI:
    return create_app(settings(), committed)


@pytest.fixture
async def team(committed: Database) -> AsyncIterator[Team]:
    async with committed.write() as session:
        yield await build_team(Make(session))


def client(app: FastAPI, person: object) -> httpx.AsyncClient:
    token = app.state.kith.tokens.issue(person.id, list(person.roles), 1, Make.now())
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test/api/v1", headers=headers)


async def test_each_file_leaves_a_row_with_who_what_and_the_filters(app: FastAPI, team: Team) -> None:
    async with client(app, team.executive) as person, client(app, team.admin) as admin:
        assert (await person.get("/reports/pipeline/export?format=csv&region=east")).status_code == 200
        asked = {"code": "contribution", "format": "xlsx", "language": "zh-CN", "query": {}}
        assert (await person.post("/reports/exports", json=asked)).status_code == 202
        rows = (await admin.get("/audit", params={"action": "export"})).json()["items"]
    told = [(row["actor"]["id"], {name: both[1] for name, both in row["changes"].items()}) for row in rows]
    assert told == [
        (team.executive.id, {"code": "contribution", "format": "xlsx"}),
        (team.executive.id, {"code": "pipeline", "format": "csv", "region": "east"}),
    ]
