"""Many chances and orders, imported again and again as they go on: sums, stays, plans and stock stay right, and nobody is told."""

from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from sqlalchemy import and_, func, select

from app.models.base.notices import Notice
from app.models.sales.chance_stages import ChanceStage
from app.models.sales.chances import OPEN, Chance
from app.models.sales.plans import Plan
from app.services.base import verify
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team
from tests.routers.imports.test_imports import outcomes, send

As = Callable[..., Client]
ROWS, ROUNDS = 60, 5
STATES = ("unassigned", "assigned", "succeeded", "failed")


def a_chance(n: int, dice: Random, stages: list[int], before: dict[str, Any]) -> dict[str, Any]:
    """Return a chance in any state; the facts of one that has ended stay while it has not been opened again."""
    status, was = dice.choice(STATES), before.get("status", "unassigned")
    row: dict[str, Any] = {
        "external_id": f"h{n}", "title": f"机会{n}", "customer_external_id": f"c{n % 4}", "creator_external_id": f"u{n % 2}",
        "opened_at": f"2020-0{dice.randint(1, 3)}-05", "status": status,
    }  # fmt: skip
    facts = {"amount": str(dice.randint(1, 9000)), "stage_id": dice.choice(stages), "rate": dice.choice([None, 35, 80])}
    frozen = {status, was}.isdisjoint({"unassigned", "assigned"})
    row |= {name: before[name] for name in facts} if frozen else facts
    if status != "unassigned":
        row |= {"assignee_external_id": f"u{dice.randint(0, 1)}", "assigned_at": f"2020-04-0{dice.randint(1, 9)}"}
    if status in {"succeeded", "failed"}:
        row |= {"closed_on": f"2020-05-0{dice.randint(1, 9)}", "close_note": dice.choice([None, "合同"])}
        row |= {"close_value": str(dice.randint(1, 9000))} if status == "succeeded" else {"close_reason": "price"}
    return row


def an_order(n: int, dice: Random, before: dict[str, Any]) -> dict[str, Any]:
    """Return an order that is as far as it was or farther; its lines are fixed once it is confirmed."""
    states = ("draft", "confirmed", "completed")
    was = states.index(before.get("status", "draft"))
    status = states[dice.randint(was, 2)]
    lines = [{"product_external_id": f"p{dice.randint(0, 1)}", "count": dice.randint(1, 4)} for _ in range(2)]
    row = {
        "external_id": f"o{n}", "customer_external_id": f"c{n % 4}", "date": f"2020-0{1 + n % 9}-01", "status": status,
        "memo": dice.choice("abc"), "lines": before["lines"] if was else lines,
    }  # fmt: skip
    payments = [*before.get("payments", ())]
    if status != "draft" and len(payments) < 3:
        payments.append({"date": f"2021-01-0{1 + len(payments)}", "amount": "1"})
    return row | ({"payments": payments} if payments else {})


async def a_house(make: Make, team: Team) -> list[int]:
    team.manager.external_id, team.colleague.external_id = "u0", "u1"
    for n in range(4):
        await make.customer(team.manager, external_id=f"c{n}")
    for n in range(2):
        await make.place(await make.product(f"产品{n}", price=Decimal(7), external_id=f"p{n}"), 80)
    return [(await make.stage(place)).id for place in range(3)]


async def sent_again(admin: Client, noun: str, rows: dict[int, dict[str, Any]]) -> None:
    """Send rows, and once more: nothing is refused, nothing changes the second time."""
    found = await send(admin, noun, *rows.values())
    assert "refused" not in outcomes(found), [one for one in found if one["errors"]]
    assert set(outcomes(await send(admin, noun, *rows.values()))) == {"unchanged"}


async def count(make: Make, what: Any, *where: Any) -> int:
    found = select(func.count()).select_from(what).where(*where).execution_options(scoped="all of them")
    return int(await make.session.scalar(found) or 0)


async def check_stays(make: Make) -> None:
    """Every open chance stands in its stage and in no other, one that has ended in none; none leaves before it came."""
    there = and_(ChanceStage.chance_id == Chance.id, ChanceStage.left_at.is_(None))
    stands = select(ChanceStage.id).where(there, ChanceStage.stage_id == Chance.stage_id)
    is_open = Chance.status.in_(OPEN)
    assert await count(make, Chance, is_open, ~stands.exists()) == 0
    assert await count(make, Chance, is_open) == await count(make, ChanceStage, ChanceStage.left_at.is_(None))
    assert await count(make, ChanceStage, ChanceStage.left_at < ChanceStage.entered_at) == 0
    assert await count(make, Plan, Plan.status == "open", Plan.chance_id.in_(select(Chance.id).where(~is_open))) == 0


@pytest.mark.parametrize("seed", range(3))
async def test_chances_go_on_and_back_and_all_sums_stay_right(seed: int, team: Team, as_: As, make: Make) -> None:
    dice, admin, stages = Random(seed), as_(team.admin), await a_house(make, team)  # noqa: S311  dice, no secret
    rows: dict[int, dict[str, Any]] = {}
    for _ in range(ROUNDS):
        rows = {n: a_chance(n, dice, stages, rows.get(n, {})) for n in range(ROWS)}
        await sent_again(admin, "chances", rows)
        assert await verify.sums(make.ctx) == []
        await check_stays(make)
        for chance in await make.session.scalars(
            select(Chance).where(Chance.status == "assigned").limit(5).execution_options(scoped="all of them")
        ):
            await make.plan(chance)
    assert await count(make, Notice) == 0


@pytest.mark.parametrize("seed", range(3))
async def test_orders_go_on_and_all_sums_and_stock_stay_right(seed: int, team: Team, as_: As, make: Make) -> None:
    dice, admin = Random(seed), as_(team.admin)  # noqa: S311  dice, no secret
    await a_house(make, team)
    rows: dict[int, dict[str, Any]] = {}
    for _ in range(ROUNDS):
        rows = {n: an_order(n, dice, rows.get(n, {})) for n in range(ROWS)}
        await sent_again(admin, "orders", rows)
        assert await verify.sums(make.ctx) == []
    assert await count(make, Notice) == 0
