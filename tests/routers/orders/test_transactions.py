"""A customer's transactions over HTTP: one line from the chance to the payment, as far as the caller sees it."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.models.customers.customers import Customer
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]


async def lines(person: Client, customer: Customer, query: str = "") -> list[dict[str, Any]]:
    answer = await person.get(f"/customers/{customer.id}/transactions{query}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


class TestStage:
    """Each way that a transaction can stand."""

    @pytest.mark.parametrize(
        ("status", "stage"),
        [("unassigned", "chance"), ("assigned", "chance"), ("succeeded", "won"), ("failed", "failed")],
    )
    async def test_a_chance_without_an_order(self, status: str, stage: str, make: Make, team: Team, as_: As) -> None:
        customer = await make.customer(team.manager)
        closed = {} if stage == "chance" else {"closed_on": make.today, "closed_at": make.ctx.now}
        worth = {"amount": Decimal(10), "close_value": Decimal(12) if status == "succeeded" else None}
        chance = await make.chance(
            team.manager, None if status == "unassigned" else team.manager, customer_id=customer.id, status=status,
            **closed, **worth,
        )  # fmt: skip
        (line,) = await lines(as_(team.manager), customer)
        assert (line["stage"], line["order"]) == (stage, None)
        assert line["chance"] == {
            "id": chance.id, "number": chance.number, "title": chance.title, "status": status,
            "amount": "12.00" if status == "succeeded" else "10.00",
            "closed_on": str(make.today) if closed else None,
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("facts", "stage"),
        [
            ({"status": "draft"}, "draft"),
            ({"status": "cancelled"}, "cancelled"),
            ({"status": "confirmed"}, "confirmed"),
            ({"status": "confirmed", "delivery_state": "partial", "paid": Decimal(6)}, "confirmed"),
            ({"status": "confirmed", "delivery_state": "shipped", "paid": Decimal(2)}, "delivered"),
            ({"status": "completed", "delivery_state": "shipped"}, "delivered"),
            ({"status": "completed", "delivery_state": "shipped", "paid": Decimal(6)}, "settled"),
        ],
    )
    async def test_an_order(self, facts: dict[str, Any], stage: str, make: Make, team: Team, as_: As) -> None:
        customer, product = await make.customer(team.manager), await make.product(price=Decimal(3))
        order = await make.order(customer, (product, 2), owner_id=team.manager.id, contract_no="HT-7", **facts)
        (line,) = await lines(as_(team.manager), customer)
        assert (line["stage"], line["chance"]) == (stage, None)
        told = {key: line["order"][key] for key in ("id", "number", "contract_no", "status", "total")}
        assert told == {"id": order.id, "number": order.number, "contract_no": "HT-7", "status": facts["status"],
                        "total": "6.00"}  # fmt: skip

    @pytest.mark.parametrize(
        ("facts", "late"),
        [
            ({"status": "confirmed"}, True),
            ({"status": "completed", "delivery_state": "shipped", "paid": Decimal(6)}, False),
            ({"status": "draft"}, False),
            ({"status": "confirmed", "due": 0}, False),
        ],
    )
    async def test_what_should_have_been_paid_by_now_is_late(
        self, facts: dict[str, Any], *, late: bool, make: Make, team: Team, as_: As
    ) -> None:
        customer, product = await make.customer(team.manager), await make.product(price=Decimal(3))
        facts = dict(facts)
        due = make.today - timedelta(days=facts.pop("due", 1))
        dates = {"date": make.today - timedelta(days=9), "due_date": due}
        await make.order(customer, (product, 2), owner_id=team.manager.id, **dates, **facts)
        (line,) = await lines(as_(team.manager), customer)
        assert line["order"]["overdue"] is late


class TestList:
    async def test_an_order_stands_with_its_chance_and_each_order_has_a_line(
        self, make: Make, team: Team, as_: As
    ) -> None:
        customer, product = await make.customer(team.manager), await make.product(price=Decimal(3))
        chance = await make.chance(team.manager, team.manager, customer_id=customer.id)
        orders = [await make.order(customer, (product, 1), chance_id=chance.id) for _ in range(2)]
        gone = await make.order(customer, (product, 1), chance_id=chance.id, deleted_at=make.ctx.now)
        found = await lines(as_(team.manager), customer)
        assert {line["order"]["id"] for line in found} == {one.id for one in orders}
        assert {line["chance"]["id"] for line in found} == {chance.id}
        assert gone.id not in {line["order"]["id"] for line in found}

    async def test_a_chance_whose_order_was_deleted_stands_alone(self, make: Make, team: Team, as_: As) -> None:
        customer, product = await make.customer(team.manager), await make.product(price=Decimal(3))
        chance = await make.chance(team.manager, team.manager, customer_id=customer.id)
        await make.order(customer, (product, 1), chance_id=chance.id, deleted_at=make.ctx.now)
        (line,) = await lines(as_(team.manager), customer)
        assert (line["chance"]["id"], line["order"]) == (chance.id, None)

    async def test_pages_follow_each_other_and_leave_nothing_out(self, make: Make, team: Team, as_: As) -> None:
        customer, product = await make.customer(team.manager), await make.product(price=Decimal(3))
        made = []
        for place in range(7):
            at = make.ctx.now - timedelta(hours=place // 2)  # some began at the same moment
            if place % 3:
                made.append((await make.order(customer, (product, 1), created_at=at)).id)
            else:
                facts = {"customer_id": customer.id, "created_at": at}
                made.append((await make.chance(team.manager, team.manager, **facts)).id)
        found, cursor = [], ""
        while True:
            path = f"/customers/{customer.id}/transactions?limit=2{cursor}"
            answer = (await as_(team.manager).get(path)).json()
            found += answer["items"]
            if answer["next_cursor"] is None:
                break
            cursor = f"&cursor={answer['next_cursor']}"
        assert sorted((line["order"] or line["chance"])["id"] for line in found) == sorted(made)
        moments = [line["at"] for line in found]
        assert moments == sorted(moments, reverse=True)

    async def test_a_cursor_of_another_customer_is_422(self, make: Make, team: Team, as_: As) -> None:
        one, other = await make.customer(team.manager), await make.customer(team.manager)
        for _ in range(2):
            await make.chance(team.manager, team.manager, customer_id=one.id)
        cursor = (await as_(team.manager).get(f"/customers/{one.id}/transactions?limit=1")).json()["next_cursor"]
        answer = await as_(team.manager).get(f"/customers/{other.id}/transactions?cursor={cursor}")
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/cursor")


class TestScope:
    async def test_a_colleague_s_customer_is_404(self, make: Make, team: Team, as_: As) -> None:
        customer = await make.customer(team.stranger)
        answer = await as_(team.manager).get(f"/customers/{customer.id}/transactions")
        assert answer.status_code == 404

    async def test_who_has_no_customers_is_403(self, make: Make, team: Team, as_: As) -> None:
        customer = await make.customer(team.manager)
        answer = await as_(team.admin).get(f"/customers/{customer.id}/transactions")
        assert answer.status_code == 403

    async def test_a_colleague_s_chance_and_order_are_left_out_of_the_line(
        self, make: Make, team: Team, as_: As
    ) -> None:
        customer, product = await make.customer(team.manager), await make.product(price=Decimal(3))
        theirs = await make.chance(team.stranger, team.stranger, customer_id=customer.id)
        await make.order(customer, (product, 1), chance_id=theirs.id, owner_id=team.manager.id, status="confirmed")
        mine = await make.chance(team.manager, team.manager, customer_id=customer.id)
        facts = {"owner_id": team.stranger.id, "status": "confirmed"}
        await make.order(customer, (product, 1), chance_id=mine.id, **facts)
        found = await lines(as_(team.manager), customer)
        seen = [(bool(line["chance"]), bool(line["order"])) for line in found]
        assert sorted(seen) == [(False, True), (True, False)]
        whole = await lines(as_(team.executive), customer)
        assert [(bool(line["chance"]), bool(line["order"])) for line in whole] == [(True, True)] * 2
