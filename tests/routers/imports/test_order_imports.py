"""Importing orders: with lines and payments, by the rules, and safe to send again."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.models.base.audit import LogEntry
from app.models.goods.storage import StorageChange
from app.services.base import verify
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team
from tests.routers.imports.test_imports import codes, outcomes, send

As = Callable[..., Client]
ORDER: dict[str, Any] = {
    "external_id": "o1", "customer_external_id": "c1", "owner_external_id": "u1", "date": "2020-05-01",
    "status": "completed", "lines": [{"product_external_id": "p1", "count": 3, "discount": "0.1"}],
    "payments": [{"date": "2020-06-01", "amount": "20", "method": "transfer"}],
}  # fmt: skip


async def a_house(make: Make, team: Team) -> None:
    """Give the usual people, a customer, a chance and two products external ids."""
    team.manager.external_id, team.colleague.external_id = "u1", "u2"
    customer = await make.customer(team.manager, external_id="c1")
    other = await make.customer(team.manager, external_id="c2")
    await make.product("甲", price=Decimal(10), unit="台", external_id="p1")
    await make.product("乙", external_id="p2")
    await make.chance(team.manager, team.manager, customer_id=customer.id, external_id="h1")
    await make.chance(team.manager, team.manager, customer_id=other.id, external_id="h2")


async def found(client: Client, external_id: str) -> dict[str, Any]:
    row = (await client.get(f"/orders?external_id={external_id}")).json()["items"][0]
    return (await client.get(f"/orders/{row['id']}")).json()


async def test_a_completed_order_is_history(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    row = ORDER | {"chance_external_id": "h1"}
    assert outcomes(await send(as_(team.admin), "orders", row)) == ["created"]
    order = await found(as_(team.manager), "o1")
    assert (order["status"], order["total"], order["paid"], order["payment_state"]) == (
        "completed", "27.00", "20.00", "partial",
    )  # fmt: skip
    assert (order["lines"][0]["unit"], order["owner"]["name"], order["chance"] is not None) == ("台", "小明", True)
    customer = (await as_(team.manager).get(f"/customers/{order['customer']['id']}")).json()
    assert customer["last_order_date"] == "2020-05-01"
    assert (await make.session.scalars(select(StorageChange))).all() == []
    assert await verify.sums(make.ctx) == []


async def test_a_second_run_changes_nothing_even_after_a_new_price(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    draft = {"external_id": "o2", "customer_external_id": "c1", "lines": [{"product_external_id": "p1", "count": 1}]}
    admin = as_(team.admin)
    assert outcomes(await send(admin, "orders", ORDER, draft)) == ["created"] * 2
    log = select(func.count()).select_from(LogEntry)
    before = await make.session.scalar(log), (await found(as_(team.manager), "o1"))["version"]
    assert outcomes(await send(admin, "orders", ORDER, draft)) == ["unchanged"] * 2
    assert (await make.session.scalar(log), (await found(as_(team.manager), "o1"))["version"]) == before
    product = (await as_(team.manager).get("/products?external_id=p1")).json()["items"][0]
    await send(admin, "products", {"external_id": "p1", "name": product["name"], "unit": "套", "price": "99"})
    assert outcomes(await send(admin, "orders", ORDER, draft)) == ["unchanged"] * 2


async def test_a_draft_goes_on_and_what_counts_stays(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    admin = as_(team.admin)
    draft = {key: value for key, value in ORDER.items() if key != "payments"} | {"status": "draft"}
    assert outcomes(await send(admin, "orders", draft)) == ["created"]
    longer = draft | {"lines": [*ORDER["lines"], {"product_external_id": "p2", "count": 1, "price": "5"}]}
    assert outcomes(await send(admin, "orders", longer)) == ["updated"]
    assert outcomes(await send(admin, "orders", longer | {"status": "completed"})) == ["updated"]
    paid = longer | {"status": "completed", "payments": [{"date": "2020-06-01", "amount": "32"}]}
    assert outcomes(await send(admin, "orders", paid)) == ["updated"]
    order = await found(as_(team.manager), "o1")
    assert (order["total"], order["payment_state"], len(order["lines"])) == ("32.00", "paid", 2)
    for change, pointer in (
        ({"lines": ORDER["lines"]}, "lines"), ({"date": "2020-05-02"}, "date"), ({"status": "draft"}, "status"),
        ({"owner_external_id": "u2"}, "owner_external_id"), ({"customer_external_id": "c2"}, "customer_external_id"),
    ):  # fmt: skip
        results = await send(admin, "orders", paid | change)
        assert f"/rows/0/{pointer}" in {where for where, _ in codes(results[0])}, change
    assert await verify.sums(make.ctx) == []


async def test_a_confirmed_order_reserves_and_completing_it_takes(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    product = (await as_(team.manager).get("/products?external_id=p1")).json()["items"][0]
    place = await make.place(type("P", (), product), 5)
    admin, manager = as_(team.admin), as_(team.manager)
    rows = [ORDER | {"external_id": f"o{n}", "status": "confirmed", "payments": []} for n in range(2)]
    results = await send(admin, "orders", *rows)
    assert outcomes(results) == ["created", "created"]  # the second finds too few, and holds nothing
    held = (await manager.get(f"/storage/{place.id}")).json()
    assert (held["count"], held["reserved"]) == (5, 3)
    assert outcomes(await send(admin, "orders", rows[0] | {"status": "completed"})) == ["updated"]
    left = (await manager.get(f"/storage/{place.id}")).json()
    assert (left["count"], left["reserved"]) == (2, 0)
    assert await verify.sums(make.ctx) == []


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"customer_external_id": None}, "customer_external_id", "required"),
        ({"customer_external_id": "nobody"}, "customer_external_id", "not_found"),
        ({"owner_external_id": "nobody"}, "owner_external_id", "not_found"),
        ({"chance_external_id": "nothing"}, "chance_external_id", "not_found"),
        ({"chance_external_id": "h2"}, "chance_external_id", "other_customer"),
        ({"date": "2999-01-01"}, "date", "in_future"),
        ({"status": "cancelled"}, "status", "literal_error"),
        ({"status": "draft"}, "payments", "not_in_state"),
        ({"lines": []}, "lines", "required"),
        ({"lines": [{"product_external_id": "none", "count": 1}]}, "lines/0/product_external_id", "not_found"),
        ({"lines": [{"product_external_id": "p2", "count": 1}]}, "lines/0/price", "required"),
        ({"payments": [{"date": "2020-06-01", "amount": "27.01"}]}, "payments", "above_total"),
        ({"payments": [{"date": "2999-06-01", "amount": "1"}]}, "payments/0/date", "in_future"),
        (
            {"payments": [{"date": "2020-06-01", "amount": "1", "method": "shells"}]},
            "payments/0/method", "not_in_dictionary",
        ),
    ],
)  # fmt: skip
async def test_the_rules_hold_and_a_refused_row_is_alone(
    change: dict[str, Any], pointer: str, code: str, team: Team, as_: As, make: Make
) -> None:
    await a_house(make, team)
    results = await send(as_(team.admin), "orders", ORDER | change, ORDER | {"external_id": "good"})
    assert outcomes(results) == ["refused", "created"]
    assert (f"/rows/0/{pointer}", code) in codes(results[0])


async def test_a_batch_is_a_handful_of_statements(team: Team, as_: As, make: Make, connection: AsyncConnection) -> None:
    await a_house(make, team)
    admin = as_(team.admin)
    await send(admin, "orders", ORDER)
    seen: list[str] = []
    event.listen(connection.sync_connection, "before_cursor_execute", lambda _c, _k, text, *_: seen.append(text))
    results = await send(admin, "orders", *[ORDER | {"external_id": f"n{n}"} for n in range(500)])
    assert set(outcomes(results)) == {"created"}
    assert len([text for text in seen if "SAVEPOINT" not in text]) <= 26


async def test_the_last_order_date_is_the_newest_that_counts(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    days = [str(make.today - timedelta(days=n)) for n in (50, 10, 1)]
    rows = [ORDER | {"external_id": f"o{n}", "date": day, "payments": []} for n, day in enumerate(days)]
    rows[2] |= {"status": "draft"}
    await send(as_(team.admin), "orders", *rows)
    customer = (await as_(team.manager).get("/customers?external_id=c1")).json()["items"][0]
    assert customer["last_order_date"] == days[1]
