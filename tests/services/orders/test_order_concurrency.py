"""Many hands on one stock and one order: nothing is promised twice, no line is lost, nobody deadlocks."""

import asyncio
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from fastapi import FastAPI

from app.services.base import verify
from tests.factories.make import Make
from tests.factories.patient import patient
from tests.factories.team import Team

pytestmark = pytest.mark.commits


async def test_the_last_ten_pieces_go_to_ten_of_twenty(app: FastAPI, team: Team, make: Make) -> None:
    product = await make.product(price=Decimal(10))
    places = [await make.place(product, count) for count in (3, 0, 7)]
    customers = [await make.customer(team.manager) for _ in range(5)]
    orders = [await make.order(customers[n % 5], (product, 1)) for n in range(20)]
    async with patient(app, team.manager) as http:
        answers = await asyncio.gather(*(http.request("POST", f"/orders/{order.id}/confirm") for order in orders))
        told = Counter((answer.status_code, answer.json().get("type")) for answer in answers)
        assert told == {(200, None): 10, (409, "/problems/out-of-stock"): 10}
        left = [(await http.get(f"/storage/{place.id}")).json() for place in places]
        assert [(place["count"], place["reserved"]) for place in left] == [(3, 3), (0, 0), (7, 7)]
        done = [answer.json()["id"] for answer in answers if answer.status_code == 200]
        ends = ["complete" if n % 2 else "cancel" for n in range(10)]
        moved = await asyncio.gather(
            *(
                http.request("POST", f"/orders/{order}/{end}", json={"reason": "x"} if end == "cancel" else None)
                for order, end in zip(done, ends, strict=True)
            )
        )
        assert {answer.status_code for answer in moved} == {200}, [answer.text for answer in moved]
        left = [(await http.get(f"/storage/{place.id}")).json() for place in places]
        assert (sum(place["count"] for place in left), sum(place["reserved"] for place in left)) == (5, 0)
    assert await verify.sums(make.ctx) == []


async def test_orders_over_the_same_products_in_any_order_do_not_deadlock(app: FastAPI, team: Team, make: Make) -> None:
    products = [await make.product(f"产品{n}", price=Decimal(1)) for n in range(4)]
    for n in (3, 1, 0, 2, 0, 3):
        await make.place(products[n], 50)
    customer = await make.customer(team.manager)
    orders = []
    for n in range(12):
        turned = products[n % 4 :] + products[: n % 4]
        orders.append(await make.order(customer, *((product, 1) for product in (turned if n % 2 else turned[::-1]))))
    async with patient(app, team.manager) as http:
        answers = await asyncio.gather(*(http.request("POST", f"/orders/{order.id}/confirm") for order in orders))
        assert {answer.status_code for answer in answers} == {200}, [answer.text for answer in answers]
    assert await verify.sums(make.ctx) == []


async def test_two_editors_of_one_order_lose_nothing(app: FastAPI, team: Team, make: Make) -> None:
    product = await make.product(price=Decimal("0.10"))
    order = await make.order(await make.customer(team.manager), (product, 1))
    async with patient(app, team.manager) as one, patient(app, team.supervisor) as two:
        path = f"/orders/{order.id}/lines"
        added = await asyncio.gather(
            *(
                http.request("POST", path, json={"product_id": product.id, "count": n})
                for n in range(1, 6)
                for http in (one, two)
            )
        )
        assert {answer.status_code for answer in added} == {201}, [answer.text for answer in added]
        whole = (await one.get(f"/orders/{order.id}")).json()
        assert (len(whole["lines"]), whole["total"]) == (11, "3.10")
        lines = [{"id": line["id"], "product_id": product.id, "count": 1} for line in whole["lines"][:5]]
        headers = {"If-Match": f'"{whole["version"]}"'}
        answers = await asyncio.gather(
            one.request("PUT", path, json={"lines": lines}, headers=headers),
            two.request("PUT", path, json={"lines": lines[:1]}, headers=headers),
            two.request("PUT", path, json={"lines": lines[:2]}, headers=headers),
        )
        assert sorted(answer.status_code for answer in answers) == [200, 412, 412]
    assert await verify.sums(make.ctx) == []


async def test_nobody_ships_more_than_was_ordered(app: FastAPI, team: Team, make: Make) -> None:
    product, service = await make.product(price=Decimal(10)), await make.product("服务", price=Decimal(1))
    places = [await make.place(product, count) for count in (4, 9)]
    order = await make.order(await make.customer(team.manager), (product, 10), (service, 3))
    async with patient(app, team.manager) as one, patient(app, team.supervisor) as two:
        whole = (await one.request("POST", f"/orders/{order.id}/confirm")).json()
        path, body = f"/orders/{order.id}/shipments", {"lines": [{"line_id": whole["lines"][0]["id"], "count": 3}]}
        answers = await asyncio.gather(
            *(http.request("POST", path, json=body) for _ in range(4) for http in (one, two))
        )
        assert Counter(answer.status_code for answer in answers) == {201: 3, 422: 5}
        left = [(await one.get(f"/storage/{place.id}")).json() for place in places]
        assert [(place["count"], place["reserved"]) for place in left] == [(0, 0), (4, 1)]
        gone = (await one.get(f"/orders/{order.id}")).json()["shipments"][0]
        removed = await asyncio.gather(
            *(http.request("DELETE", f"{path}/{gone['id']}", headers={"If-Match": '"1"'}) for http in (one, two)),
            one.request("POST", f"/orders/{order.id}/complete"),
            two.request("POST", f"/orders/{order.id}/cancel", json={"reason": "x"}),
        )
        # Either the removal came first, or the order was completed and keeps it.
        told = [answer.status_code for answer in removed]
        assert (sorted(told[:2]), told[2:]) in [
            ([200, 404], [200, 409]),
            ([409, 409], [200, 409]),
            ([200, 409], [200, 409]),
        ]
        done = (await one.get(f"/orders/{order.id}")).json()
        assert (done["status"], done["delivery_state"]) == ("completed", "shipped")
        assert sum(line["count"] for shipment in done["shipments"] for line in shipment["lines"]) == 13
        left = [(await one.get(f"/storage/{place.id}")).json() for place in places]
        assert [(place["count"], place["reserved"]) for place in left] == [(0, 0), (3, 0)]
    assert await verify.sums(make.ctx) == []


async def test_orders_that_ship_the_same_products_do_not_deadlock(app: FastAPI, team: Team, make: Make) -> None:
    products = [await make.product(f"产品{n}", price=Decimal(1)) for n in range(3)]
    for n in (2, 0, 1, 0, 2):
        await make.place(products[n], 60)
    customer = await make.customer(team.manager)
    orders = [await make.order(customer, *((product, 4) for product in products[:: (-1) ** n])) for n in range(12)]
    async with patient(app, team.manager) as http:
        await asyncio.gather(*(http.request("POST", f"/orders/{order.id}/confirm") for order in orders))

        async def ship_and_take_back(order: Any, n: int) -> None:
            path = f"/orders/{order.id}/shipments"
            lines = (await http.request("GET", f"/orders/{order.id}")).json()["lines"]
            body = {"lines": [{"line_id": line["id"], "count": n % 3 + 1} for line in lines[:: (-1) ** n]]}
            made = await http.request("POST", path, json=body)
            assert made.status_code == 201, made.text
            shipment = made.json()["shipments"][0]["id"]
            back = await http.request("DELETE", f"{path}/{shipment}", headers={"If-Match": '"1"'})
            assert back.status_code == 200, back.text
            done = await http.request("POST", f"/orders/{order.id}/complete")
            assert done.status_code == 200, done.text

        await asyncio.gather(*(ship_and_take_back(order, n) for n, order in enumerate(orders)))
        left = (await http.get("/storage?limit=10")).json()["items"]
        assert (sum(place["count"] for place in left), sum(place["reserved"] for place in left)) == (300 - 144, 0)
    assert await verify.sums(make.ctx) == []


async def test_nobody_pays_more_than_is_unpaid(app: FastAPI, team: Team, make: Make) -> None:
    service = await make.product(price=Decimal(10))
    order = await make.order(await make.customer(team.manager), (service, 1))
    async with patient(app, team.manager) as http:
        await http.post(f"/orders/{order.id}/confirm")
        answers = await asyncio.gather(
            *(http.request("POST", f"/orders/{order.id}/payments", json={"amount": "4"}) for _ in range(6))
        )
        assert Counter(answer.status_code for answer in answers) == {201: 2, 422: 4}
        assert (await http.get(f"/orders/{order.id}")).json()["paid"] == "8.00"
    assert await verify.sums(make.ctx) == []


async def test_a_customer_is_deleted_or_gets_an_order_never_both(app: FastAPI, team: Team, make: Make) -> None:
    customers = [await make.customer(team.manager) for _ in range(6)]
    async with patient(app, team.supervisor) as boss:
        for customer in customers:
            gone, made = await asyncio.gather(
                boss.request("DELETE", f"/customers/{customer.id}", headers={"If-Match": '"1"'}),
                boss.request("POST", "/orders", json={"customer_id": customer.id}),
            )
            assert (gone.status_code, made.status_code) in {(204, 422), (409, 201)}, (gone.text, made.text)
