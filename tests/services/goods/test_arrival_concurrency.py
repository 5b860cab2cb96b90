"""Many receivers of one arrival: nothing comes twice, one place is made, nobody deadlocks with orders."""

import asyncio
from collections import Counter
from decimal import Decimal

import pytest
from fastapi import FastAPI

from app.services.base import verify
from tests.factories.make import Make
from tests.factories.patient import patient
from tests.factories.team import Team

pytestmark = pytest.mark.commits


async def test_no_more_comes_than_was_expected(app: FastAPI, team: Team, make: Make) -> None:
    product = await make.product()
    arrival = await make.arrival(product, 20, bin="N-01")
    async with patient(app, team.admin) as http:
        path = f"/arrivals/{arrival.id}/receive"
        answers = await asyncio.gather(*(http.request("POST", path, json={"count": 3}) for _ in range(12)))
        assert Counter(answer.status_code for answer in answers) == {200: 6, 422: 6}
        rest = await asyncio.gather(*(http.request("POST", path, json={}) for _ in range(2)))
        assert sorted(answer.status_code for answer in rest) == [200, 409]
        (place,) = (await http.get(f"/storage?product_id={product.id}")).json()["items"]
        assert place["count"] == 20
    assert await verify.sums(make.ctx) == []


async def test_two_arrivals_at_one_new_place_make_it_once(app: FastAPI, team: Team, make: Make) -> None:
    product = await make.product()
    arrivals = [await make.arrival(product, 5, bin="N-01") for _ in range(6)]
    async with patient(app, team.admin) as http:
        paths = [f"/arrivals/{arrival.id}/receive" for arrival in arrivals]
        answers = await asyncio.gather(*(http.request("POST", path, json={}) for path in paths))
        assert {answer.status_code for answer in answers} == {200}, [answer.text for answer in answers]
        (place,) = (await http.get(f"/storage?product_id={product.id}")).json()["items"]
        assert place["count"] == 30


async def test_receiving_while_orders_are_confirmed_does_not_deadlock(app: FastAPI, team: Team, make: Make) -> None:
    product = await make.product(price=Decimal(1))
    for n in range(3):
        await make.place(product, 10, bin=f"P-{n}")
    arrivals = [await make.arrival(product, 4, bin=f"P-{n % 3}") for n in range(9)]
    customer = await make.customer(team.manager)
    orders = [await make.order(customer, (product, 3)) for _ in range(9)]
    async with patient(app, team.admin) as keeper, patient(app, team.manager) as seller:
        came = [keeper.request("POST", f"/arrivals/{arrival.id}/receive", json={}) for arrival in arrivals]
        sold = [seller.request("POST", f"/orders/{order.id}/confirm") for order in orders]
        answers = await asyncio.gather(*(one for pair in zip(came, sold, strict=True) for one in pair))
        assert {answer.status_code for answer in answers} == {200}, [answer.text for answer in answers]
        places = (await keeper.get(f"/storage?product_id={product.id}")).json()["items"]
        assert (sum(p["count"] for p in places), sum(p["reserved"] for p in places)) == (66, 27)
    assert await verify.sums(make.ctx) == []
