"""Shipments over HTTP: what leaves, what it does to the stock, and what a removal brings back."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection

from app.services.base import verify
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team
from tests.routers.orders.test_order_steps import stock

As = Callable[..., Client]
FIRST = {"If-Match": '"1"'}


async def confirmed(make: Make, team: Team, manager: Client, **facts: Any) -> tuple[Any, dict[str, Any]]:
    """Return a product (places of 3 and 5) and a confirmed order over 6 of it and 4 pieces of a service."""
    product, service = await make.product("工业网关", price=Decimal(10)), await make.product("服务", price=Decimal(5))
    for there in (3, 5):
        await make.place(product, there)
    order = await make.order(await make.customer(team.manager), (product, 6), (service, 4), **facts)
    answer = await manager.post(f"/orders/{order.id}/confirm")
    assert answer.status_code == 200, answer.text
    return product, answer.json()


def part(order: dict[str, Any], *counts: int) -> dict[str, Any]:
    """Return the body of a shipment of so many pieces of the first lines."""
    pairs = zip(order["lines"], counts, strict=False)
    return {"lines": [{"line_id": line["id"], "count": count} for line, count in pairs if count]}


async def ledger(client: Client, product: Any) -> list[tuple[int, int, Any]]:
    """Return (change, count after, what is told of it, else its reason) of the places of a product, oldest first."""
    places = (await client.get(f"/storage?product_id={product.id}&sort=created_at")).json()["items"]
    found = []
    for place in places:
        found += (await client.get(f"/storage/{place['id']}/ledger")).json()["items"]
    found.sort(key=lambda row: row["id"])
    return [(row["change"], row["count_after"], row["told"] or row["reason"]) for row in found]


class TestShip:
    async def test_parts_leave_the_stock_until_all_is_shipped(self, team: Team, as_: As, make: Make) -> None:
        manager = as_(team.manager)
        product, order = await confirmed(make, team, manager)
        path = f"/orders/{order['id']}/shipments"
        body = part(order, 4, 1) | {"carrier": "顺丰速运", "tracking_no": "SF1", "memo": " "}
        answer = await manager.post(path, json=body)
        first = answer.json()
        assert (answer.status_code, first["delivery_state"], first["version"]) == (201, "partial", order["version"] + 1)
        assert [line["shipped"] for line in first["lines"]] == [4, 1]
        (shipment,) = first["shipments"]
        assert shipment["number"].startswith(f"FH{make.today:%Y%m%d}")
        assert (shipment["carrier"], shipment["memo"], shipment["date"]) == ("顺丰速运", None, str(make.today))
        assert (shipment["created_by"]["name"], shipment["lines"]) == ("小明", body["lines"])
        assert await stock(manager, product) == [(0, 0), (4, 2)]
        told = {"code": "shipment", "facts": {"number": shipment["number"], "order": order["number"]}}
        assert await ledger(manager, product) == [(-3, 0, told), (-1, 4, told)]
        assert await verify.sums(make.ctx) == []
        rest = (await manager.post(path, json={})).json()
        assert (rest["delivery_state"], [line["shipped"] for line in rest["lines"]]) == ("shipped", [6, 4])
        assert [one["count"] for one in rest["shipments"][1]["lines"]] == [2, 3]
        assert rest["allowed_actions"] == ["update", "remove_shipment", "complete", "pay"]
        assert await stock(manager, product) == [(0, 0), (2, 0)]
        again = await manager.post(path, json={})
        assert (again.status_code, again.json()["code"]) == (409, "all_shipped")
        assert await verify.sums(make.ctx) == []

    async def test_what_cannot_leave_is_422_at_the_line(self, team: Team, as_: As, make: Make) -> None:
        manager = as_(team.manager)
        product, order = await confirmed(make, team, manager)
        other = (await confirmed(make, team, manager))[1]["lines"][0]["id"]
        path, (goods, service) = f"/orders/{order['id']}/shipments", order["lines"]
        await manager.post(path, json=part(order, 5))
        there = await stock(manager, product)
        cases: list[tuple[list[dict[str, int]], str, str]] = [
            (
                [{"line_id": service["id"], "count": 1}, {"line_id": goods["id"], "count": 2}],
                "/lines/1/count",
                "above_left",
            ),
            ([{"line_id": service["id"], "count": 1}] * 2, "/lines/1/line_id", "repeated"),
            ([{"line_id": other, "count": 1}], "/lines/0/line_id", "not_found"),
            ([{"line_id": goods["id"], "count": 0}], "/lines/0/count", "greater_than_equal"),
            ([], "/lines", "too_short"),
        ]
        for lines, pointer, code in cases:
            answer = await manager.post(path, json={"lines": lines})
            error = answer.json()["errors"][0]
            assert (answer.status_code, error["pointer"], error["code"]) == (422, pointer, code)
        assert await stock(manager, product) == there

    async def test_a_count_from_a_stale_page_is_412_and_ships_nothing(self, team: Team, as_: As, make: Make) -> None:
        manager = as_(team.manager)
        _, order = await confirmed(make, team, manager)
        seen = {"If-Match": f'"{order["version"]}"'}
        path, body = f"/orders/{order['id']}/shipments", part(order, 3)
        assert (await manager.post(path, json=body, headers=seen)).status_code == 201
        assert (await manager.post(path, json=body, headers=seen)).status_code == 412
        shown = (await manager.get(f"/orders/{order['id']}")).json()
        assert ([line["shipped"] for line in shown["lines"]], len(shown["shipments"])) == ([3, 0], 1)

    @pytest.mark.parametrize(("days", "code"), [(1, "in_future"), (-11, "before_order")])
    async def test_its_date_lies_between_the_order_s_and_today(
        self, days: int, code: str, team: Team, as_: As, make: Make
    ) -> None:
        manager = as_(team.manager)
        _, order = await confirmed(make, team, manager, date=make.today - timedelta(days=10))
        path, day = f"/orders/{order['id']}/shipments", make.today + timedelta(days=days)
        error = (await manager.post(path, json={"date": str(day)})).json()["errors"][0]
        assert (error["pointer"], error["code"]) == ("/date", code)
        assert (await manager.post(path, json={"date": order["date"]})).json()["shipments"][0]["date"] == order["date"]

    @pytest.mark.parametrize("status", ["draft", "completed", "cancelled"])
    async def test_only_what_is_confirmed_and_within_reach_is_shipped(
        self, status: str, team: Team, as_: As, make: Make
    ) -> None:
        owner = {} if status == "draft" else {"owner_id": team.manager.id}
        order = await make.order(await make.customer(team.manager), total=Decimal(9), status=status, **owner)
        path = f"/orders/{order.id}/shipments"
        answer = await as_(team.manager).post(path, json={})
        assert (answer.status_code, answer.json()["state"]) == (409, status)
        assert (await as_(team.stranger).post(path, json={})).status_code == 404
        assert (await as_(team.executive).post(path, json={})).status_code == 403

    async def test_a_place_made_after_confirmation_gives_nothing(self, team: Team, as_: As, make: Make) -> None:
        manager = as_(team.manager)
        service = await make.product("服务", price=Decimal(1))
        order = await make.order(await make.customer(team.manager), (service, 3))
        await manager.post(f"/orders/{order.id}/confirm")
        await make.place(service, 9)
        shipped = (await manager.post(f"/orders/{order.id}/shipments", json={})).json()
        assert (shipped["delivery_state"], await stock(manager, service)) == ("shipped", [(9, 0)])
        gone = await manager.delete(f"/orders/{order.id}/shipments/{shipped['shipments'][0]['id']}", headers=FIRST)
        assert (gone.json()["delivery_state"], await stock(manager, service)) == ("none", [(9, 0)])


class TestRemove:
    async def test_its_pieces_lie_where_they_were_and_are_held_again(self, team: Team, as_: As, make: Make) -> None:
        manager = as_(team.manager)
        product, order = await confirmed(make, team, manager)
        path = f"/orders/{order['id']}/shipments"
        first = (await manager.post(path, json=part(order, 2))).json()["shipments"][0]
        both = (await manager.post(path, json=part(order, 2, 4))).json()
        second = both["shipments"][1]
        assert await stock(manager, product) == [(0, 0), (4, 2)]
        assert (await manager.delete(f"{path}/{first['id']}")).status_code == 428
        assert (await manager.delete(f"{path}/{first['id']}", headers={"If-Match": '"9"'})).status_code == 412
        left = (await manager.delete(f"{path}/{first['id']}", headers=FIRST)).json()
        assert (left["delivery_state"], [line["shipped"] for line in left["lines"]]) == ("partial", [2, 4])
        assert (left["version"], [one["id"] for one in left["shipments"]]) == (both["version"] + 1, [second["id"]])
        assert await stock(manager, product) == [(2, 2), (4, 2)]
        assert await verify.sums(make.ctx) == []
        none = (await manager.delete(f"{path}/{second['id']}", headers=FIRST)).json()
        assert (none["delivery_state"], none["shipments"]) == ("none", [])
        assert await stock(manager, product) == [(3, 3), (5, 3)]
        assert (await manager.delete(f"{path}/{second['id']}", headers=FIRST)).status_code == 404
        assert sum(change for change, _, _ in await ledger(manager, product)) == 0
        assert [row[2]["code"] for row in await ledger(manager, product)] == ["shipment"] * 3 + ["shipment_removed"] * 3
        assert await verify.sums(make.ctx) == []
        cancelled = await manager.post(f"/orders/{order['id']}/cancel", json={"reason": "x"})
        assert (cancelled.status_code, await stock(manager, product)) == (200, [(3, 0), (5, 0)])

    async def test_another_order_s_shipment_is_not_found(self, team: Team, as_: As, make: Make) -> None:
        manager = as_(team.manager)
        (_, one), (_, two) = await confirmed(make, team, manager), await confirmed(make, team, manager)
        shipped = (await manager.post(f"/orders/{one['id']}/shipments", json={})).json()["shipments"][0]
        answer = await manager.delete(f"/orders/{two['id']}/shipments/{shipped['id']}", headers=FIRST)
        assert answer.status_code == 404

    async def test_pieces_that_were_sold_meanwhile_are_not_promised_twice(
        self, team: Team, as_: As, make: Make
    ) -> None:
        manager = as_(team.manager)
        product, order = await confirmed(make, team, manager)
        path = f"/orders/{order['id']}/shipments"
        shipment = (await manager.post(path, json=part(order, 6))).json()["shipments"][0]
        other = await make.order(await make.customer(team.manager), (product, 2))
        await manager.post(f"/orders/{other.id}/confirm")
        assert await stock(manager, product) == [(0, 0), (2, 2)]
        await manager.delete(f"{path}/{shipment['id']}", headers=FIRST)
        assert await stock(manager, product) == [(3, 3), (5, 5)]
        assert await verify.sums(make.ctx) == []


class TestSteps:
    async def test_completing_ships_what_is_left(self, team: Team, as_: As, make: Make) -> None:
        manager = as_(team.manager)
        product, order = await confirmed(make, team, manager)
        await manager.post(f"/orders/{order['id']}/shipments", json=part(order, 1))
        done = (await manager.post(f"/orders/{order['id']}/complete")).json()
        assert (done["status"], done["delivery_state"]) == ("completed", "shipped")
        assert [[line["count"] for line in one["lines"]] for one in done["shipments"]] == [[1], [5, 4]]
        assert (done["shipments"][1]["date"], done["allowed_actions"]) == (str(make.today), ["pay"])
        assert await stock(manager, product) == [(0, 0), (2, 0)]
        assert await verify.sums(make.ctx) == []

    async def test_completing_what_is_shipped_adds_no_shipment(self, team: Team, as_: As, make: Make) -> None:
        manager = as_(team.manager)
        _, order = await confirmed(make, team, manager)
        await manager.post(f"/orders/{order['id']}/shipments", json={})
        done = (await manager.post(f"/orders/{order['id']}/complete")).json()
        assert (done["status"], len(done["shipments"])) == ("completed", 1)

    async def test_what_was_shipped_is_not_cancelled(self, team: Team, as_: As, make: Make) -> None:
        manager = as_(team.manager)
        product, order = await confirmed(make, team, manager)
        shipped = (await manager.post(f"/orders/{order['id']}/shipments", json=part(order, 1))).json()
        assert "cancel" not in shipped["allowed_actions"]
        refused = await manager.post(f"/orders/{order['id']}/cancel", json={"reason": "x"})
        assert (refused.status_code, refused.json()["code"]) == (409, "shipped")
        assert await stock(manager, product) == [(2, 2), (5, 3)]

    async def test_history_tells_what_left_and_came_back(self, team: Team, as_: As, make: Make) -> None:
        manager = as_(team.manager)
        product, order = await confirmed(make, team, manager)
        path = f"/orders/{order['id']}/shipments"
        shipment = (await manager.post(path, json=part(order, 2) | {"carrier": "德邦物流"})).json()["shipments"][0]
        await manager.delete(f"{path}/{shipment['id']}", headers=FIRST)
        rows = (await manager.get(f"/orders/{order['id']}/history")).json()["items"]
        told = {row["action"]: row["changes"] for row in rows}
        goods = [None, [{"product_id": product.id, "count": 2}]]
        assert (told["add_shipment"]["goods"], told["add_shipment"]["carrier"]) == (goods, [None, "德邦物流"])
        assert (told["add_shipment"]["number"], told["remove_shipment"]["goods"]) == ([None, shipment["number"]], goods)
        assert told["remove_shipment"]["carrier"] == ["德邦物流", None]


class TestRead:
    async def test_the_list_is_filtered_by_delivery(self, team: Team, as_: As, make: Make) -> None:
        manager = as_(team.manager)
        orders = [(await confirmed(make, team, manager))[1] for _ in range(3)]
        await manager.post(f"/orders/{orders[1]['id']}/shipments", json=part(orders[1], 1))
        await manager.post(f"/orders/{orders[2]['id']}/complete")
        draft = await make.order(await make.customer(team.manager))
        cases = {
            "delivery_state=none": {orders[0]["id"], draft.id}, "delivery_state=partial": {orders[1]["id"]},
            "delivery_state=shipped": {orders[2]["id"]},
            "status=confirmed&delivery_state=none&delivery_state=partial": {orders[0]["id"], orders[1]["id"]},
        }  # fmt: skip
        for query, ids in cases.items():
            assert {row["id"] for row in (await manager.get(f"/orders?{query}")).json()["items"]} == ids, query
        assert (await manager.get("/orders?delivery_state=lost")).status_code == 422

    async def test_a_detail_is_three_statements_and_two_while_nothing_left(
        self, team: Team, as_: As, make: Make, connection: AsyncConnection
    ) -> None:
        manager = as_(team.manager)
        _, order = await confirmed(make, team, manager)
        statements: list[str] = []
        event.listen(
            connection.sync_connection, "before_cursor_execute", lambda _c, _k, text, *_: statements.append(text)
        )
        seen = []
        for body in (None, part(order, 1), part(order, 1, 1)):
            if body:
                await manager.post(f"/orders/{order['id']}/shipments", json=body)
            statements.clear()
            await manager.get(f"/orders/{order['id']}")
            seen.append(len([text for text in statements if "SAVEPOINT" not in text]))
        assert seen == [2, 3, 3]
