"""A mirror that follows the feed is the table: twenty writers whose transactions last up to three seconds."""

import asyncio
import random
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.core.db import Database
from app.core.scope import unscoped
from app.jobs.unit import unit
from app.models.customers.customers import Customer
from tests.conftest import Addresses
from tests.factories.patient import patient
from tests.factories.team import Team

pytestmark = pytest.mark.commits

WRITERS, ROUNDS, LONGEST_S, GOES = 20, 4, 3.0, 0.3


class Mirror:
    """A copy of id -> version, kept as the page on mirroring says."""

    def __init__(self, client: httpx.AsyncClient, noun: str) -> None:
        self.client, self.noun = client, noun
        self.rows: dict[int, int] = {}
        self.cursor = ""

    async def begin(self) -> None:
        """Take the cursor of now, then the whole list."""
        self.cursor = (await self._get("/changes"))["next_cursor"]
        page: dict[str, Any] = {"next_cursor": None}
        while True:
            more = {"cursor": page["next_cursor"]} if page["next_cursor"] else {}
            page = await self._get("", limit=200, **more)
            self.rows |= {row["id"]: row["version"] for row in page["items"]}
            if not page["next_cursor"]:
                return

    async def follow(self) -> None:
        """Take what there is now, a few at a time."""
        more = True
        while more:
            page = await self._get("/changes", after=self.cursor, limit=7)
            for row in page["items"]:
                self.rows.pop(row["id"], None)
                if not row["deleted"]:
                    self.rows[row["id"]] = row["version"]
            self.cursor, more = page["next_cursor"], page["more"]

    async def _get(self, path: str, **query: Any) -> dict[str, Any]:
        answer = await self.client.get(f"/{self.noun}{path}", params=query)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


async def table(database: Database) -> dict[int, int]:
    async with unit(database) as ctx:
        here = select(Customer.id, Customer.version).where(Customer.deleted_at.is_(None))
        rows = await ctx.session.execute(unscoped(here, "what there is"))
        return {row.id: row.version for row in rows}


async def write(database: Database, chance: random.Random, own: list[int], name: str) -> None:
    """Make one customer and change or delete another of the writer's own, in a transaction that takes its time."""
    async with unit(database) as ctx:
        new = Customer(number=name, name=name, pinyin="", initials="", status="normal")
        ctx.session.add(new)
        if own:
            row = await ctx.session.get_one(Customer, own.pop(), execution_options={"scoped": "the writer's own"})
            row.memo = name
            if chance.random() < GOES:
                row.deleted_at = ctx.now
            else:
                own.insert(0, row.id)
        await ctx.session.flush()
        await asyncio.sleep(chance.uniform(0, LONGEST_S))
        own.append(new.id)


@pytest.fixture
async def busy(cloned: Addresses) -> AsyncIterator[Database]:
    """Return the way of many writers into the database of the test."""
    database = Database(cloned.application, pool_size=WRITERS)
    yield database
    await database.dispose()


async def test_a_mirror_under_twenty_writers_is_the_table(app: FastAPI, team: Team, busy: Database) -> None:
    done = asyncio.Event()

    async def writer(number: int) -> None:
        chance, own = random.Random(number), list[int]()  # noqa: S311  no secret
        for turn in range(ROUNDS):
            await write(busy, chance, own, f"{number}-{turn}")

    async def reader(mirror: Mirror) -> None:
        await mirror.begin()
        while not done.is_set():
            await mirror.follow()
            await asyncio.sleep(0.02)
        await mirror.follow()

    async with patient(app, team.executive) as everybody:
        mirror = Mirror(everybody, "customers")
        following = asyncio.create_task(reader(mirror))
        await asyncio.gather(*(writer(number) for number in range(WRITERS)))
        done.set()
        await following
        assert mirror.rows == await table(busy)
        assert WRITERS < len(mirror.rows) < WRITERS * ROUNDS
