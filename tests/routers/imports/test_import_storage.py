"""Importing stock by place: as it was counted, before or after the orders and shipments that it is for."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.models.base.audit import LogEntry
from app.services.base import verify
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team
from tests.routers.imports.test_import_keys import one
from tests.routers.imports.test_import_shipments import CONFIRMED, SENT
from tests.routers.imports.test_imports import codes, outcomes, send
from tests.routers.imports.test_order_imports import a_house, found

As = Callable[..., Client]
PLACE: dict[str, Any] = {"product_external_id": "p1", "warehouse": "main", "bin": "A-1", "count": 7}


async def stock(client: Client) -> list[tuple[str, int, int]]:
    """Return bin, count and reserved of every place."""
    places = (await client.get("/storage?sort=bin")).json()["items"]
    return [(place["bin"], place["count"], place["reserved"]) for place in places]


async def test_a_count_without_a_reason_is_told_as_a_code(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    admin = as_(team.admin)
    result = await one(admin, "storage", PLACE)
    (row,) = (await admin.get(f"/storage/{result['id']}/ledger")).json()["items"]
    assert (row["change"], row["told"]) == (7, {"code": "imported", "facts": {}})


async def test_a_place_is_made_counted_again_and_unchanged(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    admin = as_(team.admin)
    row = PLACE | {"counted_at": "2021-03-01T08:00:00+08:00", "reason": "年初盘点", "memo": "靠门"}
    for outcome in ("created", "unchanged"):
        result = await one(admin, "storage", row)
        assert result["outcome"] == outcome, result
    assert (await one(admin, "storage", PLACE | {"count": 4}, source="ERP"))["outcome"] == "updated"
    assert await stock(admin) == [("A-1", 4, 0)]
    ledger = (await admin.get(f"/storage/{result['id']}/ledger")).json()["items"]
    assert [(row["change"], row["count_after"], row["reason"], row["by"]["name"]) for row in ledger] == [
        (-3, 4, "ERP", "管理员"), (7, 7, "年初盘点", "管理员"),
    ]  # fmt: skip
    assert (ledger[1]["at"], ledger[0]["at"][:10]) == ("2021-03-01T00:00:00Z", str(make.now().date()))
    made = (await make.session.scalars(select(LogEntry).where(LogEntry.entity == "storage"))).one()
    assert (made.action, made.actor_id, made.act_id is not None) == ("create", team.admin.id, True)


async def test_what_is_wrong_is_refused_alone(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    admin = as_(team.admin)
    rows: list[dict[str, Any]] = [
        PLACE | {"product_external_id": "none"}, PLACE, PLACE | {"bin": "A-2", "warehouse": "moon"}, PLACE | {"count": 8},
        PLACE | {"bin": "A-3", "count": -1}, PLACE | {"bin": "A-4", "counted_at": "2999-01-01"}, {"warehouse": "main"},
    ]  # fmt: skip
    results = await send(admin, "storage", *rows)
    assert outcomes(results) == ["refused", "created", *["refused"] * 5]
    assert [codes(results[n]) for n in (0, 2, 3, 4, 5)] == [
        {("/rows/0/product_external_id", "not_found")}, {("/rows/2/warehouse", "not_in_dictionary")}, {("/rows/3/bin", "repeated")},
        {("/rows/4/count", "greater_than_equal")}, {("/rows/5/counted_at", "in_future")},
    ]  # fmt: skip
    assert await stock(admin) == [("A-1", 7, 0)]


async def test_less_than_orders_hold_is_refused_in_words(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    admin = as_(team.admin)
    await send(admin, "storage", PLACE)
    await send(admin, "orders", CONFIRMED)
    result = await one(admin, "storage", PLACE | {"count": 4})
    assert codes(result) == {("/rows/0/count", "reserved")}
    assert await stock(admin) == [("A-1", 7, 5)]


@pytest.mark.parametrize(("count", "reserved"), [(10, 3), (3, 3), (2, 0)])
@pytest.mark.parametrize("order", ["stock orders shipments", "orders stock shipments", "orders shipments stock"])
async def test_in_any_order_the_stock_is_as_counted_and_no_order_is_refused(
    order: str, count: int, reserved: int, team: Team, as_: As, make: Make
) -> None:
    await a_house(make, team)
    admin = as_(team.admin)
    batches = {
        "stock": ("storage", PLACE | {"count": count}),
        "orders": ("orders", CONFIRMED),
        "shipments": ("shipments", SENT),
    }
    for noun in order.split():
        results = await send(admin, batches[noun][0], batches[noun][1])
        assert outcomes(results) == ["created"], results
    assert await stock(admin) == [("A-1", count, reserved)]
    assert await verify.sums(make.ctx) == []
    again = {noun: outcomes(await send(admin, *batches[noun])) for noun in batches}
    assert again == {noun: ["unchanged"] for noun in batches}
    if reserved:
        await _ship_the_rest(as_(team.manager))
        assert await stock(admin) == [("A-1", count - 3, 0)]
        assert await verify.sums(make.ctx) == []


async def _ship_the_rest(client: Client) -> None:
    order = await found(client, "o1")
    answer = await client.post(f"/orders/{order['id']}/shipments", json={})
    assert answer.status_code == 201, answer.text


async def test_what_left_after_the_count_is_taken_out(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    admin = as_(team.admin)
    await send(admin, "storage", PLACE | {"counted_at": "2020-05-01"})
    await send(admin, "orders", CONFIRMED)
    await send(admin, "shipments", SENT)
    assert await stock(admin) == [("A-1", 5, 3)]
    assert await verify.sums(make.ctx) == []


async def test_who_was_confirmed_first_is_served_first(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    admin = as_(team.admin)
    line = {"product_external_id": "p1", "count": 5}
    orders = [CONFIRMED | {"external_id": f"o{n}", "date": f"2020-0{n}-01", "lines": [line]} for n in (3, 1, 2)]
    assert outcomes(await send(admin, "orders", *orders)) == ["created"] * 3
    await send(admin, "storage", PLACE | {"count": 6}, PLACE | {"bin": "A-2", "count": 4})
    assert await stock(admin) == [("A-1", 6, 6), ("A-2", 4, 4)]
    for external_id, left in (("o3", 10), ("o1", 5), ("o2", 0)):
        order = await found(as_(team.manager), external_id)
        answer = await as_(team.manager).post(f"/orders/{order['id']}/cancel", json={"reason": "x"})
        assert answer.status_code == 200, answer.text
        assert sum(reserved for _, _, reserved in await stock(admin)) == left
    assert await verify.sums(make.ctx) == []
