"""The plan of every list at 100,000 customers whose chances and orders are others' than their manager's.

Under each reach, in each order and for each kind of text that is searched: no table of owned rows is read from end to end, and a page touches few blocks. Looked at
are the plan that PostgreSQL keeps and the one that it makes for these values.
"""

import json
from collections.abc import Iterator
from itertools import product
from typing import Any

import asyncpg
import httpx
import pytest
from sqlalchemy import event

from app.core.db import Base, Database
from app.core.owners import declared
from app.core.walks import COUNT_CAP
from app.demo.bench import bulk as demo_bulk
from app.jobs.unit import unit
from app.services.care import losses, services
from app.services.customers import activities, customers, linkmen
from app.services.orders import orders
from app.services.sales import chances
from scripts.bench import cases
from tests.conftest import Addresses, Client
from tests.factories.application import application

pytestmark = [pytest.mark.soak, pytest.mark.commits]
CUSTOMERS = 100_000
FEW_BLOCKS = 12_000
"""Of 8 KB: a department's 3,300 customers by their holder are 3,300, its chances 4,600."""
BLOCKS_OF_A_TEXT = 4 * COUNT_CAP
"""Each row that it finds, to the cap, with the record that it follows."""
TEXTS = ("A", "张", "务", "ab", "stone", "Trading", "Rowe Tr", "数据", "4490", "KH2", "JH2")
"""One character of Latin and Chinese names and of none, initials, a rare and a common word, a telephone's end, numbers."""
LISTINGS: dict[str, Any] = {
    "customers": customers.listing, "linkmen": linkmen.listing, "chances": chances.listing, "orders": orders.listing,
    "services": services.listing, "losses": losses.listing, "activities": activities.listing,
}  # fmt: skip
SORTED = {
    "chances": {
        "title",
        "customer_name",
        "stage",
        "rate",
        "status",
        "opened_at",
        "last_activity_at",
        "next_at",
        "closed_on",
    },
    "services": {"number", "title", "status", "priority", "satisfaction", "opened_at", "closed_at"},
    "losses": {"last_order_date", "lost_date"},
    "activities": {"next_at"},
}
"""Orders without an index of their own: who reaches everything has all rows sorted (0.1 s here, 1 s at a million)."""
UNINDEXED = {"activities"}
"""Their titles are asked one by one."""
OWNED = {mapper.local_table.name for mapper in Base.registry.mappers if declared(mapper.class_)}
REACHES = ("all", "department", "own", "old department")


def parts(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Return a node of a plan and all below it."""
    yield plan
    for below in plan.get("Plans", ()):
        yield from parts(below)


def whole(plan: dict[str, Any]) -> set[str]:
    """Return the owned tables that were read from end to end; a total stops at its cap."""
    read = [node for node in parts(plan) if node["Node Type"] == "Seq Scan"]
    many = [node for node in read if node["Actual Rows"] + node.get("Rows Removed by Filter", 0) > COUNT_CAP + 1]
    return {node["Relation Name"] for node in many} & OWNED


async def filled(addresses: Addresses) -> asyncpg.Connection:
    """Fill the database; return a connection that looks at plans."""
    owner = Database(addresses.owner)
    async with unit(owner, request_id="soak") as ctx:
        await demo_bulk.customers(ctx, CUSTOMERS, order_lines=15, services=CUSTOMERS // 4, apart="latin")
    await owner.dispose()
    look = await asyncpg.connect(addresses.owner.replace("+asyncpg", ""), ssl=False)
    await look.execute("vacuum analyze")
    # An index built over rows that the same transaction had changed waits until no older one is left: anybody's, so by chance.
    for row in await look.fetch("select indexrelid::regclass::text as name from pg_index where indcheckxmin"):
        await look.execute(f"reindex index {row['name']}")
    await look.set_type_codec("jsonb", encoder=str, decoder=str, schema="pg_catalog")
    return look


async def test_no_list_reads_a_table_whole(cloned: Addresses) -> None:
    look, database = await filled(cloned), Database(cloned.application)
    app = application(database)
    people = await cases.people(cloned.owner.replace("+asyncpg", ""))
    heard: list[tuple[str, Any]] = []
    event.listen(
        database.read_engine.sync_engine, "before_cursor_execute", lambda *given: heard.append((given[2], given[3]))
    )
    wrong: list[str] = []
    looked = 0
    async with Client(transport=httpx.ASGITransport(app), base_url="http://soak/api/v1") as client:
        for reach, (noun, listing) in product(REACHES, LISTINGS.items()):
            token = str(cases.Pass(app.state.kith.tokens, people[reach]))
            sorts = listing.sorts.keys() - (SORTED.get(noun, set()) if reach == "all" else set())
            texts = TEXTS if noun not in UNINDEXED else ()
            for query in (*({"sort": f"-{sort}"} for sort in sorts), *({"q": text} for text in texts)):
                heard.clear()
                answer = await client.get(
                    f"/{noun}", params={"limit": 20, **query}, headers={"Authorization": f"Bearer {token}"}
                )
                assert answer.status_code == 200, answer.text
                about = [one for one in heard if f"FROM {listing.model.__tablename__}" in one[0]]
                for mode, (sql, values) in product(("force_generic_plan", "force_custom_plan"), about):
                    plan, looked = await explained(look, mode, sql, values), looked + 1
                    most = BLOCKS_OF_A_TEXT if "q" in query else FEW_BLOCKS
                    wrong += [f"{noun} {query} for {reach} ({mode}) {what}" for what in faults(plan, most)]
    await look.close()
    await database.dispose()
    assert looked > len(REACHES) * sum(len(listing.sorts) + len(TEXTS) for listing in LISTINGS.values())
    assert not wrong, "\n".join(wrong)


def faults(plan: dict[str, Any], most: int) -> Iterator[str]:
    """Say what is wrong with a plan."""
    if read := whole(plan):
        yield f"reads all of {', '.join(sorted(read))}"
    blocks = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    if blocks > most:
        yield f"touches {blocks} blocks"


async def explained(look: asyncpg.Connection, mode: str, sql: str, values: Any) -> dict[str, Any]:
    """Run a statement and return its plan."""
    async with look.transaction():
        await look.execute(f"set local plan_cache_mode = {mode}")
        found = json.loads(await look.fetchval(f"explain (analyze, buffers, format json) {sql}", *values))
    return dict(found[0]["Plan"])
