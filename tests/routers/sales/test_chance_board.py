"""The board: a column a stage, with counts and sums that are kept, and counted again where a filter asks."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
OPEN = "status=assigned&status=unassigned"
"""A filter that leaves out nothing: what it finds is counted, not kept."""


async def columns(person: Client, query: str = "") -> list[dict[str, Any]]:
    answer = await person.get(f"/chances/board?{query}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["columns"]
    return found


async def given_chances(make: Make, team: Team) -> None:
    """Chances of everybody, some without an amount, closed or in the bin, some with somebody else than who made them."""
    people = [team.manager, team.colleague, team.stranger]
    for place, maker in enumerate(people):
        for assignee in (*people, None):
            await make.chance(maker, assignee, amount=None if place == 1 else Decimal(100 + place))
        await make.chance(maker, maker, status="failed", closed_on=make.today)
    await make.chance(team.stranger, team.stranger, deleted_at=make.ctx.now, deleted_by=team.stranger.id)
    await make.ctx.session.flush()


@pytest.mark.parametrize("who", ["manager", "supervisor", "executive", "stranger"])
async def test_what_is_kept_is_what_is_counted(who: str, make: Make, team: Team, as_: As) -> None:
    await given_chances(make, team)
    person = as_(getattr(team, who))
    kept = await columns(person)
    assert kept == await columns(person, OPEN)
    rows = (await person.get(f"/chances?limit=200&{OPEN}")).json()["items"]
    places = Counter(f"stage-{row['stage']['id']}" if row["status"] == "assigned" else "unassigned" for row in rows)
    assert {one["key"]: one["count"] for one in kept if one["count"]} == places
    assert sum(Decimal(one["amount"]) for one in kept) == sum(Decimal(row["amount"] or 0) for row in rows)
    assert all(len(one["items"]) == one["count"] for one in kept)


async def test_what_one_made_and_somebody_else_has_is_counted_once(make: Make, team: Team, as_: As) -> None:
    await make.chance(team.manager, team.stranger, amount=Decimal(5))
    await make.chance(team.manager, team.manager, amount=Decimal(7))
    found = [one for one in await columns(as_(team.manager)) if one["count"]]
    assert [(one["count"], Decimal(one["amount"])) for one in found] == [(2, Decimal(12))]
