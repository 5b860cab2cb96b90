"""A process that serves two databases: what it keeps of one is not seen by who asks the other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import pytest_asyncio

from app.core import prepared, walks
from app.core.db import Database
from app.services.reports import desk
from tests.conftest import ENGLISH, Addresses, Client, clone
from tests.factories.application import application
from tests.factories.make import Make
from tests.factories.team import Team, build_team


@dataclass
class Company:
    """A database with its own application; its executive, whose id and rights are those of the other's."""

    make: Make
    team: Team
    executive: Client
    manager: Client
    administrator: Client


@asynccontextmanager
async def company(postgres: Addresses) -> AsyncIterator[Company]:
    async with AsyncExitStack() as closing:
        database = Database((await closing.enter_async_context(clone(postgres))).application, pool_size=4)
        closing.push_async_callback(database.dispose)
        app = application(database)
        make = Make(await closing.enter_async_context(database.write()))
        team = await build_team(make)

        async def client(person: Any) -> Client:
            token = app.state.kith.tokens.issue(person.id, list(person.roles), 1, Make.now())
            client = httpx.AsyncClient(
                transport=httpx.ASGITransport(app),
                base_url="http://test/api/v1",
                headers={"Authorization": f"Bearer {token}"} | ENGLISH,
            )
            return await closing.enter_async_context(client)

        yield Company(make, team, *[await client(each) for each in (team.executive, team.manager, team.admin)])


@pytest_asyncio.fixture(loop_scope="session")
async def companies(postgres: Addresses) -> AsyncIterator[tuple[Company, Company]]:
    async with company(postgres) as one, company(postgres) as other:
        assert one.team.executive.id == other.team.executive.id
        yield one, other


async def open_chances(asked: Company) -> Any:
    """Return what the analysis of the pipeline says of open chances."""
    answer = (await asked.executive.get("/reports/pipeline")).json()
    return next(figure["value"] for figure in answer["figures"] if figure["key"] == "count")


async def waiting(asked: Company) -> None:
    """Return when somebody waits for an answer of a company's."""
    async with asyncio.timeout(5):
        while not desk.DESK.of(asked.make.session).answers._waiting:  # noqa: ASYNC110, SLF001  nothing else tells of it
            await asyncio.sleep(0)


async def test_the_same_question_to_each_is_answered_from_each(companies: tuple[Company, Company]) -> None:
    one, other = companies
    await one.make.chance(one.team.manager, one.team.manager)
    async with asyncio.timeout(20), asyncio.TaskGroup() as asking, AsyncExitStack() as crowd:
        for _ in range(desk.PLACES):
            await crowd.enter_async_context(desk.DESK.of(one.make.session).turn())
        answer = asking.create_task(open_chances(one))
        await waiting(one)
        assert await open_chances(other) == "0"
        assert not answer.done()
        await crowd.aclose()
        assert await answer == "1"


async def test_what_may_be_seconds_old_is_old_for_one_alone(
    companies: tuple[Company, Company], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = companies
    monkeypatch.setattr(walks, "COUNT_CAP", 1)
    prepared.BUILT.clear()
    totals = []
    for each, customers in ((one, 3), (other, 1), (one, 0)):
        for _ in range(customers):
            await each.make.customer(each.team.manager)
        totals.append((await each.executive.get("/customers")).json()["total_is_exact"])
    prepared.BUILT.clear()
    assert totals == [False, True, False]


async def test_a_value_of_one_dictionary_is_none_of_the_other(companies: tuple[Company, Company]) -> None:
    one, other = companies
    moon = {"type": "region", "item": "moon", "value": "月亮", "value_en": "Moon"}
    assert (await one.administrator.post("/dict", json=moon)).status_code == 201
    body = {"name": "云启", "region": "moon"}
    statuses = [(await each.manager.post("/customers", json=body)).status_code for each in (one, other, one)]
    assert statuses == [201, 422, 409]


async def test_who_is_no_longer_let_in_by_one_is_by_the_other(companies: tuple[Company, Company]) -> None:
    one, other = companies
    for each in companies:
        assert (await each.manager.get("/me")).status_code == 200
    person = one.team.manager.id
    row = (await one.administrator.get(f"/users/{person}")).json()
    match = {"If-Match": f'"{row["version"]}"'}
    gone = await one.administrator.patch(f"/users/{person}", json={"flag": "disabled"}, headers=match)
    assert gone.status_code == 200, gone.text
    assert [(await each.manager.get("/me")).status_code for each in (one, other)] == [401, 200]


async def test_each_company_goes_by_its_own_settings(companies: tuple[Company, Company]) -> None:
    one, other = companies
    settings = (await one.administrator.get("/settings")).json()
    version = next(each["version"] for each in settings if each["name"] == "company.language")
    match = {"If-Match": f'"{version}"'}
    answer = await one.administrator.put("/settings/company.language", json={"value": "en-US"}, headers=match)
    assert answer.status_code == 200, answer.text
    said = [await each.manager.get("/customers/1", headers={"Accept-Language": "*"}) for each in (one, other)]
    assert said[0].json()["title"].isascii()
    assert not said[1].json()["title"].isascii()
