"""What imports say of due dates, contracts, taxes and deliveries of orders."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app.services.base import verify
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team
from tests.routers.imports.test_imports import codes, outcomes, send
from tests.routers.imports.test_order_imports import ORDER, a_house, found

As = Callable[..., Client]
DUE = {"due_date": "2020-05-31", "contract_no": "HT-9"}


async def test_they_are_kept_and_a_second_run_changes_nothing(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    line = {"product_external_id": "p1", "count": 3, "tax_rate": "0.13"}
    row = ORDER | DUE | {"lines": [line, line | {"tax_rate": None}]}
    admin = as_(team.admin)
    assert outcomes(await send(admin, "orders", row)) == ["created"]
    order = await found(as_(team.manager), "o1")
    assert (order["due_date"], order["contract_no"], order["overdue"]) == ("2020-05-31", "HT-9", True)
    assert [(one["tax_rate"], one["tax"]) for one in order["lines"]] == [("0.1300", "3.45"), (None, None)]
    assert (order["delivery_state"], order["shipments"], [one["shipped"] for one in order["lines"]]) == (
        "shipped", [], [3, 3],
    )  # fmt: skip
    assert outcomes(await send(admin, "orders", row)) == ["unchanged"]
    assert outcomes(await send(admin, "orders", row | {"due_date": None})) == ["updated"]
    assert (await found(as_(team.manager), "o1"))["due_date"] is None
    assert await verify.sums(make.ctx) == []


async def test_a_line_takes_the_product_s_rate_once(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    admin = as_(team.admin)
    product = {"external_id": "p1", "name": "甲", "price": "10", "unit": "台"}
    await send(admin, "products", product | {"tax_rate": "0.06"})
    assert outcomes(await send(admin, "orders", ORDER)) == ["created"]
    await send(admin, "products", product | {"tax_rate": "0.13"})
    assert outcomes(await send(admin, "orders", ORDER)) == ["unchanged"]
    assert (await found(as_(team.manager), "o1"))["lines"][0]["tax_rate"] == "0.0600"
    refused = await send(admin, "orders", ORDER | {"lines": [ORDER["lines"][0] | {"tax_rate": "0.13"}]})
    assert codes(refused[0]) == {("/rows/0/lines", "fixed")}


@pytest.mark.parametrize("status", ["confirmed", "completed"])
async def test_the_payment_days_fill_what_is_not_said(status: str, team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    admin, manager = as_(team.admin), as_(team.manager)
    customer = (await manager.get("/customers?external_id=c1")).json()["items"][0]
    await manager.patch(f"/customers/{customer['id']}", json={"payment_days": 30}, headers={"If-Match": '"1"'})
    draft = {name: ORDER[name] for name in ("external_id", "customer_external_id", "date", "lines")}
    await send(admin, "orders", draft)
    assert (await found(manager, "o1"))["due_date"] is None
    begun = [{"external_id": "o1", "status": status}, draft | {"external_id": "o2", "status": status}]
    silent = draft | {"external_id": "o3", "status": status, "due_date": None}
    assert outcomes(await send(admin, "orders", *begun, silent)) == ["updated", "created", "created"]
    seen = [(await found(manager, external_id))["due_date"] for external_id in ("o1", "o2", "o3")]
    assert seen == ["2020-05-31", "2020-05-31", None]
    assert outcomes(await send(admin, "orders", *begun, silent)) == ["unchanged"] * 3


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"due_date": "2020-04-30"}, "due_date", "due_before_order"),
        ({"contract_no": "x" * 65}, "contract_no", "string_too_long"),
        ({"lines": [ORDER["lines"][0] | {"tax_rate": "1.1"}]}, "lines/0/tax_rate", "less_than_equal"),
    ],
)
async def test_what_cannot_be_is_refused(
    change: dict[str, Any], pointer: str, code: str, team: Team, as_: As, make: Make
) -> None:
    await a_house(make, team)
    results = await send(as_(team.admin), "orders", ORDER | change, ORDER | {"external_id": "good"})
    assert outcomes(results) == ["refused", "created"]
    assert (f"/rows/0/{pointer}", code) in codes(results[0])


async def test_completing_what_was_shipped_in_part_takes_the_rest(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    admin, manager = as_(team.admin), as_(team.manager)
    product = (await manager.get("/products?external_id=p1")).json()["items"][0]
    place = await make.place(type("P", (), product), 5)
    today = str(make.today - timedelta(days=1))
    row = ORDER | {"status": "confirmed", "payments": [], "date": today}
    assert outcomes(await send(admin, "orders", row)) == ["created"]
    order = await found(manager, "o1")
    body = {"lines": [{"line_id": order["lines"][0]["id"], "count": 1}]}
    assert (await manager.post(f"/orders/{order['id']}/shipments", json=body)).status_code == 201
    assert outcomes(await send(admin, "orders", row)) == ["unchanged"]
    assert (await found(manager, "o1"))["delivery_state"] == "partial"
    assert outcomes(await send(admin, "orders", row | {"status": "completed"})) == ["updated"]
    done = await found(manager, "o1")
    assert (done["delivery_state"], len(done["shipments"]), done["lines"][0]["shipped"]) == ("shipped", 1, 3)
    left = (await manager.get(f"/storage/{place.id}")).json()
    assert (left["count"], left["reserved"]) == (2, 0)
    assert await verify.sums(make.ctx) == []


PARTS = {
    "lines": [{"product_external_id": "p1", "count": 3, "unit": "x" * 61}],
    "payments": [
        {"date": "2020-05-02", "amount": "1", "method": "moon", "memo": "x" * 4001},
        {"date": "2020-05-03", "amount": "1", "method": "cash"},
    ],
}


async def test_parts_lose_what_they_can_do_without(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    admin = as_(team.admin)
    body = {"rows": [ORDER | PARTS], "on_invalid_optional": "set_aside"}
    (result,) = (await admin.post("/imports/orders", json=body)).json()["results"]
    assert (result["outcome"], result["errors"]) == ("created", [])
    assert [one["pointer"] for one in result["set_aside"]] == [
        "/rows/0/lines/0/unit", "/rows/0/payments/0/memo", "/rows/0/payments/0/method",
    ]  # fmt: skip
    assert result["set_aside"][2]["value"] == "moon"
    payments = (await found(as_(team.manager), "o1"))["payments"]
    assert sorted((one["date"], one["method"], one["memo"]) for one in payments) == [
        ("2020-05-02", None, None), ("2020-05-03", "cash", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("part", "wrong"),
    [("lines", {"price": "ten"}), ("lines", {"tax_rate": 9}), ("lines", {"count": "x"}), ("payments", {"amount": "x"})],
)
async def test_no_part_loses_what_it_costs(part: str, wrong: dict[str, Any], team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    rows = {"lines": [{"product_external_id": "p1", "count": 3}], "payments": [{"date": "2020-05-02", "amount": "1"}]}
    row = ORDER | {part: [rows[part][0] | wrong]}
    body = {"rows": [row], "on_invalid_optional": "set_aside"}
    (result,) = (await as_(team.admin).post("/imports/orders", json=body)).json()["results"]
    (name,) = wrong
    assert (result["outcome"], result["set_aside"]) == ("refused", [])
    assert [one["pointer"] for one in result["errors"]] == [f"/rows/0/{part}/0/{name}"]
