"""Prices include the tax: where a line's rate comes from, and how much of its amount is tax."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.orders.amounts import tax
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
CENTS, RATES = st.integers(0, 10**18 - 1), st.integers(0, 10_000)


@given(CENTS, RATES)
def test_the_tax_is_exact_and_rounded_half_up(cents: int, rate: int) -> None:
    exact = Fraction(cents) * rate / (10_000 + rate)
    whole = (exact.numerator * 2 + exact.denominator) // (2 * exact.denominator)
    assert tax(Decimal(cents) / 100, Decimal(rate) / 10_000) == Decimal(whole).scaleb(-2)


@pytest.mark.parametrize(
    ("amount", "rate", "contained"),
    [
        ("113.00", "0.13", "13.00"),
        ("0.03", "0.5", "0.01"),
        ("0.01", "1", "0.01"),
        ("99.99", "0", "0.00"),
        ("5", None, None),
    ],
)
def test_examples(amount: str, rate: str | None, contained: str | None) -> None:
    found = tax(Decimal(amount), rate and Decimal(rate))
    assert found == (contained and Decimal(contained).quantize(Decimal("0.01"), ROUND_HALF_UP))


async def ordered(manager: Client, customer: Any, *lines: dict[str, Any]) -> dict[str, Any]:
    answer = await manager.post("/orders", json={"customer_id": customer.id, "lines": list(lines)})
    assert answer.status_code == 201, answer.text
    return answer.json()


class TestRate:
    async def test_it_is_the_product_s_unless_it_is_given(self, team: Team, as_: As, make: Make) -> None:
        manager, customer = as_(team.manager), await make.customer(team.manager)
        goods = await make.product("网关", price=Decimal(113), tax_rate=Decimal("0.13"))
        free = await make.product("无税率", price=Decimal(10))
        order = await ordered(
            manager, customer, {"product_id": goods.id, "count": 2}, {"product_id": free.id, "count": 1},
            {"product_id": goods.id, "count": 1, "tax_rate": None},
            {"product_id": goods.id, "count": 1, "price": "106", "tax_rate": "0.06"},
        )  # fmt: skip
        assert [(line["tax_rate"], line["tax"], line["amount"]) for line in order["lines"]] == [
            ("0.1300", "26.00", "226.00"), (None, None, "10.00"), (None, None, "113.00"), ("0.0600", "6.00", "106.00"),
        ]  # fmt: skip
        assert (order["tax"], order["total"]) == ("32.00", "455.00")

    async def test_it_changes_in_drafts_and_comes_with_another_product(self, team: Team, as_: As, make: Make) -> None:
        manager, customer = as_(team.manager), await make.customer(team.manager)
        goods = await make.product("网关", price=Decimal(113), tax_rate=Decimal("0.13"))
        service = await make.product("服务", price=Decimal(106), tax_rate=Decimal("0.06"))
        order = await ordered(manager, customer, {"product_id": goods.id, "count": 1})
        path = f"/orders/{order['id']}/lines/{order['lines'][0]['id']}"
        seen = []
        for version, body in enumerate(
            [{"count": 2}, {"tax_rate": "0.01"}, {"count": 3}, {"product_id": service.id}, {"tax_rate": None}, {"unit": "个"},
             {"product_id": goods.id, "tax_rate": "0.03"}], start=1,
        ):  # fmt: skip
            answer = await manager.patch(path, json=body, headers={"If-Match": f'"{version}"'})
            assert answer.status_code == 200, answer.text
            seen.append(answer.json()["lines"][0]["tax_rate"])
        assert seen == ["0.1300", "0.0100", "0.0100", "0.0600", None, None, "0.0300"]
        await manager.post(f"/orders/{order['id']}/confirm")
        refused = await manager.patch(path, json={"tax_rate": "0"}, headers={"If-Match": '"8"'})
        assert refused.status_code == 409

    @pytest.mark.parametrize("rate", ["1.0001", "-0.01", "0.13001", "x"])
    async def test_it_is_a_fraction(self, rate: str, team: Team, as_: As, make: Make) -> None:
        manager, customer = as_(team.manager), await make.customer(team.manager)
        product = await make.product(price=Decimal(1))
        line = {"product_id": product.id, "count": 1, "tax_rate": rate}
        answer = await manager.post("/orders", json={"customer_id": customer.id, "lines": [line]})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/lines/0/tax_rate")
        answer = await as_(team.admin).post("/products", json={"name": "甲", "tax_rate": rate})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/tax_rate")


async def test_a_product_has_a_rate(team: Team, as_: As) -> None:
    admin = as_(team.admin)
    made = (await admin.post("/products", json={"name": "甲", "price": "1", "tax_rate": "0.09"})).json()
    assert made["tax_rate"] == "0.0900"
    path = f"/products/{made['id']}"
    assert (await admin.patch(path, json={"tax_rate": None}, headers={"If-Match": '"1"'})).json()["tax_rate"] is None
    row = {"external_id": "p1", "name": "乙", "tax_rate": "0.06"}
    assert (await admin.post("/imports/products", json={"rows": [row]})).json()["results"][0]["outcome"] == "created"
    listed = (await admin.get("/products?external_id=p1")).json()["items"]
    assert [found["tax_rate"] for found in listed] == ["0.0600"]
