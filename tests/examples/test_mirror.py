"""The example that mirrors records: begins, follows, begins anew, goes on after a kill."""

import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from app.core.db import Database
from app.core.passwords import hash_password
from app.core.settings import ROOT
from app.jobs.unit import unit
from app.services.base import changes
from tests.factories.make import Make
from tests.factories.team import Team

sys.path.insert(0, str(ROOT / "examples"))

from kith_api import Api
from mirror import Mirror, parsed

pytestmark = pytest.mark.commits

PASSWORD = "a long pass phrase"


@pytest.fixture
async def api(app: FastAPI, make: Make, team: Team) -> AsyncIterator[Api]:
    team.executive.password = await hash_password(PASSWORD)
    await make.session.commit()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        api = Api(client, str(team.executive.user_name), PASSWORD)
        await api.log_in()
        yield api


async def test_a_copy_begins_follows_and_begins_anew(
    api: Api, make: Make, team: Team, tmp_path: Path, committed: Database
) -> None:
    file = tmp_path / "customers.json"
    stays, goes = await make.customer(team.manager), await make.customer(team.manager)

    async def names() -> set[str]:
        await Mirror(api, "customers", file).run()
        return {row["name"] for row in json.loads(file.read_text(encoding="utf-8"))["rows"].values()}

    assert await names() == {stays.name, goes.name}
    goes.deleted_at, stays.name = make.now(), "新的名字"
    await make.session.commit()
    new = await make.customer(team.colleague)
    assert await names() == {"新的名字", new.name}
    async with unit(committed) as ctx:
        await changes.begin_anew(ctx)
    new.name = "又一个名字"
    await make.session.commit()
    assert await names() == {"新的名字", "又一个名字"}
    cursor = json.loads(file.read_text(encoding="utf-8"))["cursor"]
    assert await names() == {"新的名字", "又一个名字"}
    assert cursor


def test_the_command_line_names_noun_and_file() -> None:
    found = parsed(["--url", "http://x", "--user", "u", "--noun", "orders", "--file", "o.json"])
    assert (found.noun, found.file) == ("orders", Path("o.json"))
