"""The life cycle of orders over HTTP: confirm, complete, cancel, payments; and what they do to the stock."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.services.base import verify
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]


async def stock(client: Client, product: Any) -> list[tuple[int, int]]:
    """Return (count, reserved) of a product's places."""
    rows = (await client.get(f"/storage?product_id={product.id}&sort=created_at")).json()["items"]
    return [(row["count"], row["reserved"]) for row in sorted(rows, key=lambda row: row["id"])]


async def confirmed(make: Make, team: Team, manager: Client, count: int = 4) -> tuple[Any, Any]:
    """Return a product (a place of 3 and one of 5) and a confirmed order over so many pieces at 10 each."""
    product = await make.product("工业网关", price=Decimal(10))
    for there in (3, 5):
        await make.place(product, there)
    order = await make.order(await make.customer(team.manager), (product, count))
    answer = await manager.post(f"/orders/{order.id}/confirm")
    assert answer.status_code == 200, answer.text
    return product, answer.json()


class TestConfirm:
    async def test_it_reserves_and_fixes_the_owner(self, team: Team, as_: As, make: Make) -> None:
        manager = as_(team.manager)
        product, order = await confirmed(make, team, manager)
        assert (order["status"], order["owner"]["name"], order["owner_is_set"]) == ("confirmed", "小明", True)
        assert order["allowed_actions"] == ["update", "ship", "complete", "cancel", "pay"]
        assert (order["lines"][0]["available"], order["lines"][0]["short"]) == (4, False)
        assert await stock(manager, product) == [(3, 3), (5, 1)]
        customer = (await manager.get(f"/customers/{order['customer']['id']}")).json()
        assert customer["last_order_date"] == order["date"]
        assert await verify.sums(make.ctx) == []

    async def test_what_is_short_reserves_nothing(self, team: Team, as_: As, make: Make) -> None:
        manager = as_(team.manager)
        there, short = await make.product("甲", price=Decimal(1)), await make.product("乙", price=Decimal(1))
        await make.place(there, 9)
        await make.place(short, 3)
        order = await make.order(await make.customer(team.manager), (there, 1), (short, 2), (short, 2))
        answer = await manager.post(f"/orders/{order.id}/confirm")
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/out-of-stock")
        assert answer.json()["short"] == [
            {"product": {"id": short.id, "name": "乙"}, "wanted": 4, "available": 3},
        ]  # fmt: skip
        assert (await stock(manager, there), await stock(manager, short)) == ([(9, 0)], [(3, 0)])
        assert (await manager.get(f"/orders/{order.id}")).json()["status"] == "draft"

    async def test_a_service_has_no_stock(self, team: Team, as_: As, make: Make) -> None:
        service = await make.product("实施服务", price=Decimal(1))
        order = await make.order(await make.customer(team.manager), (service, 10**6))
        assert (await as_(team.manager).post(f"/orders/{order.id}/confirm")).status_code == 200

    async def test_it_needs_a_line_and_a_draft(self, team: Team, as_: As, make: Make) -> None:
        manager = as_(team.manager)
        empty = await make.order(await make.customer(team.manager))
        answer = await manager.post(f"/orders/{empty.id}/confirm")
        assert (answer.status_code, answer.json()["code"]) == (409, "no_lines")
        _, order = await confirmed(make, team, manager)
        again = await manager.post(f"/orders/{order['id']}/confirm")
        assert (again.status_code, again.json()["state"]) == (409, "confirmed")
        assert again.json()["allowed"] == order["allowed_actions"] == ["update", "ship", "complete", "cancel", "pay"]
        stale = await manager.post(f"/orders/{order['id']}/complete", headers={"If-Match": '"1"'})
        assert stale.status_code == 412

    async def test_only_within_one_s_reach(self, team: Team, as_: As, make: Make) -> None:
        order = await make.order(await make.customer(team.manager))
        for step in ("confirm", "complete"):
            assert (await as_(team.executive).post(f"/orders/{order.id}/{step}")).status_code == 403
            assert (await as_(team.stranger).post(f"/orders/{order.id}/{step}")).status_code == 404


class TestComplete:
    async def test_it_takes_the_pieces_with_a_row_in_the_ledger(self, team: Team, as_: As, make: Make) -> None:
        manager = as_(team.manager)
        product, order = await confirmed(make, team, manager)
        done = (await manager.post(f"/orders/{order['id']}/complete")).json()
        assert (done["status"], done["completed_at"] is not None) == ("completed", True)
        assert await stock(manager, product) == [(0, 0), (4, 0)]
        place = (await manager.get(f"/storage?product_id={product.id}&sort=count")).json()["items"][0]
        row = (await manager.get(f"/storage/{place['id']}/ledger")).json()["items"][0]
        assert (row["change"], row["count_after"], row["by"]["name"]) == (-3, 0, "小明")
        assert row["order"] == {"id": order["id"], "name": order["number"]}
        hidden = (await as_(team.stranger).get(f"/storage/{place['id']}/ledger")).json()["items"][0]
        assert hidden["order"] is None
        for step in ("confirm", "complete"):
            assert (await manager.post(f"/orders/{order['id']}/{step}")).status_code == 409
        assert (await manager.post(f"/orders/{order['id']}/cancel", json={"reason": "x"})).status_code == 409
        assert await verify.sums(make.ctx) == []


class TestCancel:
    async def test_it_releases_and_says_why(self, team: Team, as_: As, make: Make) -> None:
        manager = as_(team.manager)
        product, order = await confirmed(make, team, manager)
        path = f"/orders/{order['id']}"
        assert (await manager.post(f"{path}/cancel", json={})).status_code == 422
        gone = (await manager.post(f"{path}/cancel", json={"reason": "客户取消"})).json()
        assert (gone["status"], gone["cancel_reason"], gone["allowed_actions"]) == ("cancelled", "客户取消", [])
        assert await stock(manager, product) == [(3, 0), (5, 0)]
        assert await verify.sums(make.ctx) == []

    async def test_the_last_order_date_is_recomputed(self, team: Team, as_: As, make: Make) -> None:
        manager, customer = as_(team.manager), await make.customer(team.manager)
        service = await make.product(price=Decimal(1))
        days = [make.today - timedelta(days=n) for n in (90, 3, 30)]
        orders = [await make.order(customer, (service, 1), date=day) for day in days]

        async def last() -> str | None:
            return (await manager.get(f"/customers/{customer.id}")).json()["last_order_date"]

        seen = []
        for order in orders:
            await manager.post(f"/orders/{order.id}/confirm")
            seen.append(await last())
        for order in (orders[1], orders[0], orders[2]):
            await manager.post(f"/orders/{order.id}/cancel", json={"reason": "取消"})
            seen.append(await last())
        assert seen == [str(days[0]), str(days[1]), str(days[1]), str(days[2]), str(days[2]), None]

    async def test_a_draft_may_be_cancelled_and_payments_forbid_it(self, team: Team, as_: As, make: Make) -> None:
        manager = as_(team.manager)
        draft = await make.order(await make.customer(team.manager))
        assert (await manager.post(f"/orders/{draft.id}/cancel", json={"reason": "x"})).status_code == 200
        product, order = await confirmed(make, team, manager)
        path = f"/orders/{order['id']}"
        paid = (await manager.post(f"{path}/payments", json={"amount": "1"})).json()
        assert "cancel" not in paid["allowed_actions"]
        refused = await manager.post(f"{path}/cancel", json={"reason": "x"})
        assert (refused.status_code, refused.json()["code"]) == (409, "payments_recorded")
        assert await stock(manager, product) == [(3, 3), (5, 1)]


class TestPayments:
    async def test_what_came_in_moves_the_state(self, team: Team, as_: As, make: Make) -> None:
        manager = as_(team.manager)
        _, order = await confirmed(make, team, manager)
        path = f"/orders/{order['id']}/payments"
        first = (await manager.post(path, json={"amount": "15.50", "method": "transfer", "memo": "首付"})).json()
        assert (first["paid"], first["unpaid"], first["payment_state"]) == ("15.50", "24.50", "partial")
        assert (first["payments"][0]["date"], first["payments"][0]["created_by"]["name"]) == (str(make.today), "小明")
        await manager.post(f"/orders/{order['id']}/complete")
        full = (await manager.post(path, json={"amount": "24.50"})).json()
        assert (full["payment_state"], full["allowed_actions"]) == ("paid", ["remove_payment"])
        payment = full["payments"][0]
        assert (await manager.delete(f"{path}/{payment['id']}")).status_code == 428
        assert (await manager.delete(f"{path}/{payment['id']}", headers={"If-Match": '"9"'})).status_code == 412
        back = (await manager.delete(f"{path}/{payment['id']}", headers={"If-Match": '"1"'})).json()
        assert (back["paid"], back["payment_state"], len(back["payments"])) == ("24.50", "partial", 1)
        assert (await manager.delete(f"{path}/{payment['id']}", headers={"If-Match": '"1"'})).status_code == 404

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({"amount": "40.01"}, "/amount"),
            ({"amount": "0"}, "/amount"),
            ({"amount": "1e20"}, "/amount"),
            ({"amount": "1", "date": "2999-01-01"}, "/date"),
            ({"amount": "1", "method": "shells"}, "/method"),
        ],
    )
    async def test_what_cannot_be_is_422(
        self, body: dict[str, str], pointer: str, team: Team, as_: As, make: Make
    ) -> None:
        manager = as_(team.manager)
        _, order = await confirmed(make, team, manager)
        answer = await manager.post(f"/orders/{order['id']}/payments", json=body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)

    @pytest.mark.parametrize("status", ["draft", "cancelled"])
    async def test_only_what_counts_is_paid(self, status: str, team: Team, as_: As, make: Make) -> None:
        order = await make.order(await make.customer(team.manager), total=Decimal(9), status=status)
        answer = await as_(team.manager).post(f"/orders/{order.id}/payments", json={"amount": "1"})
        assert (answer.status_code, answer.json()["state"]) == (409, status)
        assert (await as_(team.stranger).post(f"/orders/{order.id}/payments", json={"amount": "1"})).status_code == 404
        assert (await as_(team.executive).post(f"/orders/{order.id}/payments", json={"amount": "1"})).status_code == 403
