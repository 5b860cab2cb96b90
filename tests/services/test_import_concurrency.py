"""Batches of one run at the same moment: one import, one act, nothing lost."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from app.core.db import Database
from app.models.acts import Act
from app.models.imports import Import
from tests.factories.application import application
from tests.factories.make import Make
from tests.factories.team import Team, build_team
from tests.services.test_order_concurrency import call, client


@pytest.fixture
def app(committed: Database) -> FastAPI:
    return application(committed)


@pytest.fixture
async def make(committed: Database) -> AsyncIterator[Make]:
    async with committed.write() as session:
        yield Make(session)


@pytest.fixture
async def team(make: Make) -> Team:
    return await build_team(make)


def products(batch: int, count: int = 40) -> list[dict[str, Any]]:
    return [{"external_id": f"p{batch}-{n}", "name": f"产品 {batch} {n}"} for n in range(count)]


async def test_first_batches_of_a_run_at_once_are_one_import(app: FastAPI, team: Team, make: Make) -> None:
    runs = [str(uuid4()) for _ in range(3)]
    async with client(app, team.admin) as http:
        answers = await asyncio.gather(
            *(
                call(http, "POST", "/imports/products", json={"run": run, "rows": products(place * 10 + n)})
                for place, run in enumerate(runs) for n in range(4)
            )
        )  # fmt: skip
        assert [answer.status_code for answer in answers] == [200] * 12, [answer.text for answer in answers]
        found = (await http.get("/imports/runs")).json()["items"]
    assert {one["run"]: one["nouns"][0]["created"] for one in found} == dict.fromkeys(runs, 160)
    counts = select(select(func.count(Import.id)).scalar_subquery(), select(func.count(Act.id)).scalar_subquery())
    assert tuple((await make.session.execute(counts)).one()) == (3, 3)
    acts = (await make.session.scalars(select(Act.count))).all()
    assert list(acts) == [160] * 3
