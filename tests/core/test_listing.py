"""Lists page completely and without repeats, whatever the sort, over nulls and ties, for every reach."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from app.core import nouns
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]


async def fill(make: Make, team: Team) -> None:
    """Make rows with nulls and ties in every sortable column, some out of sight."""
    today, now = make.today, make.ctx.now
    for place in range(7):
        some = place % 3
        owner = team.manager if place % 2 else team.colleague
        facts = {"employees": 10 * some, "turnover": Decimal(some), "last_activity_at": now} if some else {}
        dates = {"last_order_date": today, "next_at": now + timedelta(days=some)} if some == 1 else {}
        customer = await make.customer(owner, "同名" if some else "", **facts, **dates)
        await make.linkman(customer, "同名" if some else f"人{place}")
        late = {"deadline": now + timedelta(days=some), "satisfaction": some, "title": "同名"} if some else {}
        await make.service(customer, owner if place % 2 else None, priority=("high", "mid", "low")[some], **late)
        await make.activity(customer, owner, at=now - timedelta(days=some))
        amounts = {"amount": Decimal(some), "expected_close_date": today} if some else {}
        chance = await make.chance(owner, owner if place % 2 else None, title="同名", rate=10 * some, **amounts)
        await make.plan(chance, date=today + timedelta(days=some), todo="同事" if some else f"事{place}")
        await make.order(customer, date=today - timedelta(days=some), total=Decimal(some))
        await make.loss(customer, **({"lost_date": today, "status": "lost"} if some else {}))
        await make.chance(team.stranger, team.stranger)
        product = await make.product(f"产品{some}")
        await make.competitor(f"{'铜同童桐瞳潼佟'[place]}名")
        await make.place(product, some)
        known = {"delivered_on": today, "warranty_until": today + timedelta(days=some)} if some else {}
        await make.asset(customer, product_id=product.id, **known)
        await make.arrival(product, 1 + some, expected_on=today + timedelta(days=some))


async def walked(person: Client, noun: str, sort: str) -> list[int]:
    """Return the ids of a list page by page, once it is sure that they are the whole without repeats."""
    whole = (await person.get(f"/{noun}?limit=200&sort={sort}")).json()
    ids, cursor = [], ""
    while True:
        page = (await person.get(f"/{noun}?limit=2&sort={sort}{cursor}")).json()
        ids += [row["id"] for row in page["items"]]
        if not page["next_cursor"]:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert ids == [row["id"] for row in whole["items"]], sort
    assert len(ids) == len(set(ids)) == whole["total"] == 7, sort
    return ids


@pytest.mark.parametrize("noun", nouns.known())
async def test_pages_add_up_to_the_whole_in_both_directions(noun: str, make: Make, team: Team, as_: As) -> None:
    await fill(make, team)
    person = as_(team.admin if noun == "users" else team.supervisor)
    for sort in nouns.known()[noun].listing.sorts:
        assert await walked(person, noun, sort) == (await walked(person, noun, f"-{sort}"))[::-1], sort


@pytest.mark.parametrize(("who", "count"), [("executive", 14), ("supervisor", 7), ("manager", 3), ("stranger", 7)])
async def test_each_reach_sees_its_rows_in_order(who: str, count: int, make: Make, team: Team, as_: As) -> None:
    await fill(make, team)
    page = (await as_(getattr(team, who)).get("/chances?sort=created_at&limit=200")).json()
    created = [row["created_at"] for row in page["items"]]
    assert created == sorted(created)
    assert len(created) == page["total"] == count


async def test_a_list_is_two_statements_and_a_detail_at_most_four(
    make: Make, team: Team, as_: As, engine: AsyncEngine
) -> None:
    customer = await make.customer(team.manager)
    chance = await make.chance(team.manager, team.manager, customer_id=customer.id)
    service = await make.service(customer, team.manager)
    boss = as_(team.supervisor)
    await boss.get("/me")
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            seen.append(statement)

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    try:
        for path, most in (
            ("/chances", 2), ("/customers", 2), ("/customers?q=云", 2), ("/orders?q=云", 2), ("/linkmen", 2), ("/activities", 2), ("/plans", 2), ("/services", 2), ("/services/queues", 1), ("/services/loads", 1),
            (f"/chances/{chance.id}", 4), (f"/customers/{customer.id}", 4),
            (f"/services/{service.id}", 4),
        ):  # fmt: skip
            seen.clear()
            assert (await boss.get(path)).status_code == 200
            assert 1 <= len(seen) <= most, (path, seen)
    finally:
        event.remove(engine.sync_engine, "before_cursor_execute", note)
