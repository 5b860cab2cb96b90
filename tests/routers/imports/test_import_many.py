"""Many orders, imported again and again as they go on: sums and stock stay right, and nobody is told."""

from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select

from app.models.base.notices import Notice
from app.services.base import verify
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team
from tests.routers.imports.test_imports import outcomes, send

As = Callable[..., Client]
ROWS, ROUNDS = 60, 5


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


async def a_house(make: Make, team: Team) -> None:
    team.manager.external_id, team.colleague.external_id = "u0", "u1"
    for n in range(4):
        await make.customer(team.manager, external_id=f"c{n}")
    for n in range(2):
        await make.place(await make.product(f"产品{n}", price=Decimal(7), external_id=f"p{n}"), 80)


async def sent_again(admin: Client, noun: str, rows: dict[int, dict[str, Any]]) -> None:
    """Send rows, and once more: nothing is refused, nothing changes the second time."""
    found = await send(admin, noun, *rows.values())
    assert "refused" not in outcomes(found), [one for one in found if one["errors"]]
    assert set(outcomes(await send(admin, noun, *rows.values()))) == {"unchanged"}


async def count(make: Make, what: Any, *where: Any) -> int:
    found = select(func.count()).select_from(what).where(*where).execution_options(scoped="all of them")
    return int(await make.session.scalar(found) or 0)


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
