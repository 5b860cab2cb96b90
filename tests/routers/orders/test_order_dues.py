"""When orders are to be paid, what is overdue, and the number of the contract behind them."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.models.access.rbac import RoleRight
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
FIRST = {"If-Match": '"1"'}


async def counted(make: Make, team: Team, days: int | None, total: int = 10, paid: int = 0, **facts: Any) -> Any:
    """Make an order of a hundred days ago that counts, due so many days from today."""
    due = None if days is None else make.today + timedelta(days=days)
    order = {"date": make.today - timedelta(days=100), "total": Decimal(total), "paid": Decimal(paid), "due_date": due}
    customer = facts.pop("customer", None) or await make.customer(team.manager)
    return await make.order(customer, **(order | {"status": "confirmed", "owner_id": team.manager.id} | facts))


class TestConfirm:
    @pytest.mark.parametrize(
        ("payment_days", "given", "due"),
        [(30, None, 27), (0, None, -3), (None, None, None), (30, 5, 5), (None, 5, 5)],
    )
    async def test_the_customer_s_payment_days_fill_what_is_empty(
        self, payment_days: int | None, given: int | None, due: int | None, team: Team, as_: As, make: Make
    ) -> None:
        def day(days: int | None) -> Any:
            return None if days is None else make.today + timedelta(days=days)

        customer, service = (
            await make.customer(team.manager, payment_days=payment_days),
            await make.product(price=Decimal(1)),
        )
        order = await make.order(customer, (service, 1), date=day(-3), due_date=day(given))
        answer = (await as_(team.manager).post(f"/orders/{order.id}/confirm")).json()
        assert answer["due_date"] == (str(day(due)) if due is not None else None)
        assert answer["overdue"] is (due == -3)

    async def test_also_for_who_does_not_see_the_payment_days(self, team: Team, as_: As, make: Make) -> None:
        await make.session.execute(RoleRight.__table__.delete().where(RoleRight.right_code == "customers:finance"))
        await make.session.commit()
        customer, service = await make.customer(team.manager, payment_days=9), await make.product(price=Decimal(1))
        order = await make.order(customer, (service, 1))
        manager = as_(team.manager)
        assert (await manager.get(f"/customers/{customer.id}")).json()["payment_days"] is None
        answer = (await manager.post(f"/orders/{order.id}/confirm")).json()
        assert answer["due_date"] == str(make.today + timedelta(days=9))


class TestWrite:
    async def test_due_date_and_contract_stay_open_after_confirmation(self, team: Team, as_: As, make: Make) -> None:
        manager, today = as_(team.manager), make.today
        customer = await make.customer(team.manager)
        body = {"customer_id": customer.id, "due_date": str(today), "contract_no": " HT-1 "}
        made = (await manager.post("/orders", json=body)).json()
        assert (made["due_date"], made["contract_no"], made["overdue"]) == (str(today), "HT-1", False)
        order = await counted(make, team, None, customer=customer)
        later = {"due_date": str(today + timedelta(days=5)), "contract_no": "HT-2"}
        changed = (await manager.patch(f"/orders/{order.id}", json=later, headers=FIRST)).json()
        assert (changed["due_date"], changed["contract_no"]) == (later["due_date"], "HT-2")
        emptied = await manager.patch(
            f"/orders/{order.id}", json={"due_date": None, "contract_no": ""}, headers={"If-Match": '"2"'}
        )
        assert (emptied.json()["due_date"], emptied.json()["contract_no"]) == (None, None)
        done = await counted(make, team, 1, status="completed")
        assert (await manager.patch(f"/orders/{done.id}", json=later, headers=FIRST)).status_code == 409

    async def test_payment_is_not_due_before_the_order(self, team: Team, as_: As, make: Make) -> None:
        manager, today = as_(team.manager), make.today
        early = {"due_date": str(today - timedelta(days=1))}
        customer = await make.customer(team.manager)
        draft = await make.order(customer, date=today - timedelta(days=9), due_date=today - timedelta(days=5))
        answers = {
            "/due_date": [
                await manager.post("/orders", json={"customer_id": customer.id} | early),
                await manager.patch(f"/orders/{draft.id}", json={"date": str(today)} | early, headers=FIRST),
            ],
            "/date": [await manager.patch(f"/orders/{draft.id}", json={"date": str(today)}, headers=FIRST)],
            "/contract_no": [await manager.post("/orders", json={"customer_id": customer.id, "contract_no": "x" * 65})],
        }
        for pointer, refused in answers.items():
            found = [(answer.status_code, answer.json()["errors"][0]["pointer"]) for answer in refused]
            assert found == [(422, pointer)] * len(refused)


class TestList:
    async def test_overdue_is_what_is_unpaid_after_its_day(self, team: Team, as_: As, make: Make) -> None:
        late = await counted(make, team, -1)
        part = await counted(make, team, -40, paid=9, status="completed")
        others = [
            await counted(make, team, 0), await counted(make, team, None), await counted(make, team, -1, paid=10),
            await counted(make, team, -1, total=0), await counted(make, team, -1, status="draft", owner_id=None),
            await counted(make, team, -1, status="cancelled"),
        ]  # fmt: skip
        for who in (team.manager, team.supervisor, team.executive):
            client = as_(who)
            found = (await client.get("/orders?overdue=true&sort=due_date")).json()
            assert [row["id"] for row in found["items"]] == [part.id, late.id]
            assert ([row["overdue"] for row in found["items"]], found["total"]) == ([True, True], 2)
            rest = (await client.get("/orders?overdue=false")).json()["items"]
            assert {row["id"] for row in rest} == {order.id for order in others}
            assert not any(row["overdue"] for row in rest)
        detail = (await as_(team.manager).get(f"/orders/{late.id}")).json()
        assert (detail["overdue"], detail["due_date"]) == (True, str(make.today - timedelta(days=1)))

    async def test_orders_without_a_day_are_due_last(self, team: Team, as_: As, make: Make) -> None:
        orders = [await counted(make, team, days) for days in (5, None, -5)]
        manager = as_(team.manager)
        up = [row["id"] for row in (await manager.get("/orders?sort=due_date")).json()["items"]]
        assert up == [orders[2].id, orders[0].id, orders[1].id]
        assert [row["id"] for row in (await manager.get("/orders?sort=-due_date")).json()["items"]] == up[::-1]

    @pytest.mark.parametrize(
        ("q", "hits"),
        [
            ("HT-2026-0012", 1),
            ("2026-00", 2),
            ("ht-2026", 2),
            ("DD2026", 1),
            ("0013", 1),
            ("99", 0),
            ("蓝海2", 1),
            ("%2", 0),
        ],
    )
    async def test_found_by_the_contract_s_number(self, q: str, hits: int, team: Team, as_: As, make: Make) -> None:
        await counted(make, team, None, contract_no="HT-2026-0012")
        await counted(
            make, team, None, contract_no="HT-2026-0013", customer=await make.customer(team.manager, "蓝海2号")
        )
        await counted(make, team, None, contract_no="DD2026-A")
        await counted(make, team, None)
        for who in (team.manager, team.executive):
            assert (await as_(who).get("/orders", params={"q": q})).json()["total"] == hits, q
        assert (await as_(team.stranger).get("/orders", params={"q": q})).json()["total"] == 0


async def test_the_summary_of_a_customer_tells_what_is_overdue(team: Team, as_: As, make: Make) -> None:
    customer = await make.customer(team.manager)
    for days, paid, status in ((-1, 3, "completed"), (-9, 0, "confirmed"), (0, 0, "confirmed"), (-1, 0, "draft")):
        owner = None if status == "draft" else team.manager.id
        await counted(make, team, days, paid=paid, status=status, owner_id=owner, customer=customer)
    found = (await as_(team.manager).get(f"/customers/{customer.id}/orders/summary")).json()
    assert (found["unpaid"], found["overdue"]) == ("27.00", "17.00")
