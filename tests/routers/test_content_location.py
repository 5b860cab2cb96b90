"""The answer to a write that is a record says where that record lies, and is what is read there."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]


async def lies_at(client: Client, answer: Any) -> str:
    """Return the address; what is read there is the answer."""
    assert answer.status_code < 300, answer.text
    where = answer.headers["Content-Location"]
    read = await client.get(where.removeprefix("/api/v1"))
    assert (read.status_code, read.json()) == (200, answer.json())
    return str(where)


async def test_steps_of_a_chance(team: Team, as_: As) -> None:
    boss = as_(team.supervisor)
    made = await boss.post("/chances", json={"title": "x", "customer_name": "一家有限公司"})
    where = f"/api/v1/chances/{made.json()['id']}"
    assert await lies_at(boss, made) == where
    body = {"assignee_id": team.manager.id}
    assert await lies_at(boss, await boss.post(f"{where[7:]}/assign", json=body)) == where
    assert await lies_at(boss, await boss.post(f"{where[7:]}/take-back", json={"reason": "x"})) == where


async def test_parts_of_an_order_are_answered_with_the_order(team: Team, as_: As, make: Make) -> None:
    manager, product = as_(team.manager), await make.product(price=Decimal(1))
    await make.place(product, 5)
    order = await make.order(await make.customer(team.manager), (product, 1))
    where = f"/api/v1/orders/{order.id}"
    body = {"product_id": product.id, "count": 2, "price": "3"}
    added = await manager.post(f"/orders/{order.id}/lines", json=body)
    assert await lies_at(manager, added) == where
    line = added.json()["lines"][1]
    header = {"If-Match": f'"{line["version"]}"'}
    changed = await manager.patch(f"/orders/{order.id}/lines/{line['id']}", json={"count": 1}, headers=header)
    assert await lies_at(manager, changed) == where
    assert await lies_at(manager, await manager.post(f"/orders/{order.id}/confirm")) == where
    paid = await manager.post(f"/orders/{order.id}/payments", json={"amount": "1", "date": make.today.isoformat()})
    assert await lies_at(manager, paid) == where


async def test_a_part_that_is_a_noun_of_its_own_lies_elsewhere(team: Team, as_: As, make: Make) -> None:
    chance, manager = await make.chance(team.manager, team.manager), as_(team.manager)
    body = {"date": make.today.isoformat(), "todo": "拜访"}
    made = await manager.post(f"/chances/{chance.id}/plans", json=body)
    assert await lies_at(manager, made) == f"/api/v1/plans/{made.json()['id']}"


@pytest.mark.parametrize("path", ["users", "dict", "departments", "roles", "products"])
async def test_base_data(path: str, team: Team, as_: As) -> None:
    admin, name = as_(team.admin), "新的"
    bodies: dict[str, Any] = {
        "users": {"name": name, "user_name": "new.one", "roles": ["manager"]},
        "dict": {"type": "industry", "item": "new_one", "value": name, "value_en": "New"},
        "departments": {"name": name}, "roles": {"name": name, "code": "new_one"}, "products": {"name": name, "code": "N1"},
    }  # fmt: skip
    made = await admin.post(f"/{path}", json=bodies[path])
    assert await lies_at(admin, made) == f"/api/v1/{path}/{made.json()['id']}"


async def test_a_repeated_request_says_so_too_and_reads_and_refusals_do_not(team: Team, as_: As, make: Make) -> None:
    manager, customer = as_(team.manager), await make.customer(team.manager)
    body = {"customer_id": customer.id, "title": "x", "kind": "phone"}
    answers = [await manager.post("/activities", json=body, headers={"Idempotency-Key": "once"}) for _ in range(2)]
    assert answers[0].headers["Content-Location"] == answers[1].headers["Content-Location"]
    late = await manager.patch(f"/customers/{customer.id}", json={"name": "新名"}, headers={"If-Match": '"7"'})
    read = await manager.get(f"/customers/{customer.id}")
    assert (late.status_code, read.status_code) == (412, 200)
    assert "Content-Location" not in late.headers.keys() | read.headers.keys()
