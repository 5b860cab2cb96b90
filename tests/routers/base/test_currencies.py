"""One currency: fixed once amounts are stored; amounts have its digits."""

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest

from app.core.money import DIGITS
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]


@pytest.fixture(autouse=True)
def _cents_again() -> Iterator[None]:
    token = DIGITS.set(2)
    yield
    DIGITS.reset(token)


async def choose(client: Client, currency: str) -> tuple[int, str]:
    before = (await client.get("/settings/company.currency")).json()
    headers = {"If-Match": f'"{before["version"]}"'}
    answer = await client.put("/settings/company.currency", json={"value": currency}, headers=headers)
    return answer.status_code, answer.text


async def test_the_currency_changes_only_while_no_amount_is_stored(team: Team, as_: As, make: Make) -> None:
    admin = as_(team.admin)
    assert (await choose(admin, "USD"))[0] == 200
    await make.chance(team.manager, amount=Decimal(5))
    status, words = await choose(admin, "EUR")
    assert (status, "the currency cannot be changed" in words) == (409, True)
    assert (await choose(admin, "USD"))[0] == 200, "the same again is no change"
    file = {"format": "kith-settings", "settings": {"company.currency": "EUR"}}
    assert (await admin.post("/settings/import", json=file)).status_code == 409


async def test_amounts_in_yen_have_no_decimals(team: Team, as_: As, make: Make) -> None:
    assert (await choose(as_(team.admin), "JPY"))[0] == 200
    product = await make.product(price=Decimal(333))
    customer = await make.customer(team.manager)
    manager = as_(team.manager)
    line = {"product_id": product.id, "count": 1, "discount": "0.05", "tax_rate": "0.1"}
    order = await manager.post("/orders", json={"customer_id": customer.id, "lines": [line]})
    assert order.status_code == 201, order.text
    made = order.json()["lines"][0]
    assert (Decimal(made["amount"]), Decimal(made["tax"])) == (316, 29)
    chance = await manager.post("/chances", json={"title": "机会", "customer_name": "甲", "amount": "10.5"})
    assert (chance.status_code, Decimal(chance.json()["amount"])) == (201, 11)


async def test_what_is_given_finer_is_rounded_and_sums_still_add_up(team: Team, as_: As, make: Make) -> None:
    assert (await choose(as_(team.admin), "JPY"))[0] == 200
    product, customer = await make.product(price=Decimal(333)), await make.customer(team.manager)
    lines = [{"product_id": product.id, "count": count, "price": "33.5", "discount": "0.05"} for count in (1, 2, 3)]
    manager = as_(team.manager)
    made = (await manager.post("/orders", json={"customer_id": customer.id, "lines": lines})).json()
    assert {Decimal(line["price"]) for line in made["lines"]} == {Decimal(34)}
    assert Decimal(made["total"]) == sum(Decimal(line["amount"]) for line in made["lines"]) == 32 + 65 + 97
    confirmed = await manager.post(f"/orders/{made['id']}/confirm", headers={"If-Match": f'"{made["version"]}"'})
    assert confirmed.status_code == 200, confirmed.text
    for part in ("64.6", "64.6", "64.4"):
        body = {"amount": part, "date": make.today.isoformat(), "method": "transfer"}
        paid = await manager.post(f"/orders/{made['id']}/payments", json=body)
        assert paid.status_code == 201, paid.text
    order = (await manager.get(f"/orders/{made['id']}")).json()
    assert (Decimal(order["paid"]), order["payment_state"]) == (194, "paid")


async def test_a_setting_is_in_force_at_once_where_it_was_changed(team: Team, as_: As) -> None:
    admin = as_(team.admin)
    card = {"title": "半元", "customer_name": "半元公司", "amount": "10.50"}
    assert (await as_(team.supervisor).get("/me")).json()["currency"] == "CNY"
    assert (await choose(admin, "JPY"))[0] == 200
    assert (await as_(team.supervisor).get("/me")).json()["currency"] == "JPY"
    made = await as_(team.supervisor).post("/chances", json=card)
    assert (made.status_code, Decimal(made.json()["amount"])) == (201, 11)


async def test_a_number_that_a_float_forgets_is_refused(team: Team, as_: As) -> None:
    body = '{"title": "机会", "customer_name": "甲", "amount": %s}'
    manager = as_(team.manager)
    headers = {"Content-Type": "application/json"}
    for number, status in (("9007199254740993.11", 422), ("12.10", 201), ("9007199254740993", 201)):
        answer = await manager.post("/chances", content=(body % number).encode(), headers=headers)
        assert answer.status_code == status, answer.text
        if status == 201:
            assert Decimal(answer.json()["amount"]) == Decimal(number)
