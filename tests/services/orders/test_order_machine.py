"""Orders and stock under any sequence of steps: hypothesis draws the steps, the invariants hold after each.

The steps go through HTTP; a model of plain numbers tells what each must answer.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import httpx
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.models.goods.storage import Storage, StorageChange
from app.services.base import verify
from tests.conftest import Client
from tests.factories.examples import examples
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
PIECES = st.integers(1, 6)
DISCOUNT = st.sampled_from(["0", "0.1", "0.3333", "1"])
PRODUCT = st.integers(0, 2)
ORDER = st.integers(0, 3)
STEPS = st.one_of(
    st.tuples(st.just("new"), PRODUCT, PIECES, DISCOUNT),
    st.tuples(st.just("line"), ORDER, PRODUCT, PIECES, DISCOUNT),
    st.tuples(st.just("drop"), ORDER),
    st.tuples(st.just("confirm"), ORDER),
    st.tuples(st.just("confirm"), ORDER),
    st.tuples(st.just("ship"), ORDER, PIECES),
    st.tuples(st.just("ship"), ORDER, PIECES),
    st.tuples(st.just("ship_rest"), ORDER),
    st.tuples(st.just("unship"), ORDER, st.integers(0, 2)),
    st.tuples(st.just("complete"), ORDER),
    st.tuples(st.just("cancel"), ORDER),
    st.tuples(st.just("pay"), ORDER, st.sampled_from(["1", "7.77", "50"])),
    st.tuples(st.just("stock"), st.integers(0, 1), st.integers(-6, 6).filter(bool)),
)
SERVICE = 2
PRICES = (Decimal("9.99"), Decimal("0.05"), Decimal(100))


@dataclass
class Model:
    """What must be: product 2 is a service, the others lie in one place each."""

    count: list[int] = field(default_factory=lambda: [5, 8])
    orders: list[dict[str, Any]] = field(default_factory=list)

    def wanted(self, order: dict[str, Any], product: int) -> int:
        return sum(count for which, count, _ in order["lines"] if which == product)

    def reserved(self, product: int) -> int:
        return sum(self.left(order, product) for order in self.orders if order["status"] == "confirmed")

    def left(self, order: dict[str, Any], product: int) -> int:
        """Return the pieces of a product that are still to be shipped."""
        return sum(
            count for (which, *_), count in zip(order["lines"], self.rest(order), strict=True) if which == product
        )

    @staticmethod
    def rest(order: dict[str, Any]) -> list[int]:
        """Return line by line what is left to be shipped."""
        sent = [sum(shipment[n] for shipment in order["shipments"].values()) for n in range(len(order["lines"]))]
        return [count - gone for (_, count, _), gone in zip(order["lines"], sent, strict=True)]

    def delivery(self, order: dict[str, Any]) -> str:
        if order["status"] == "completed" or (order["shipments"] and not any(self.rest(order))):
            return "shipped"
        return "partial" if order["shipments"] else "none"

    def move(self, order: dict[str, Any], pieces: list[int], sign: int) -> None:
        """Move pieces of each line into stock or out of it."""
        for (product, *_), count in zip(order["lines"], pieces, strict=True):
            if product != SERVICE:
                self.count[product] += sign * count

    def fits(self, order: dict[str, Any]) -> bool:
        return all(self.wanted(order, p) <= self.count[p] - self.reserved(p) for p in (0, 1))

    @staticmethod
    def total(order: dict[str, Any]) -> Decimal:
        cost = (PRICES[p] * count * (1 - Decimal(discount)) for p, count, discount in order["lines"])
        return sum((one.quantize(Decimal("0.01"), ROUND_HALF_UP) for one in cost), Decimal("0.00"))


class Machine:
    """Takes a step over HTTP and in the model, and compares."""

    def __init__(self, http: httpx.AsyncClient, keeper: httpx.AsyncClient, ids: dict[str, Any]) -> None:
        self.http, self.keeper, self.ids, self.model = http, keeper, ids, Model()

    async def take(self, step: tuple[Any, ...]) -> None:
        name, *given = step
        if name == "new":
            lines = [self._line(*given)]
            answer = await self.http.post("/orders", json={"customer_id": self.ids["customer"], "lines": lines})
            assert answer.status_code == 201, answer.text
            self.model.orders.append(
                {"id": answer.json()["id"], "lines": [tuple(given)], "status": "draft", "paid": Decimal(0)}
                | {"shipments": {}}
            )
        elif name == "stock":
            await self._stock(*given)
        elif self.model.orders:
            order = self.model.orders[given[0] % len(self.model.orders)]
            expected = await getattr(self, f"_{name}")(order, *given[1:])
            answer, status = expected
            assert answer.status_code == status, (step, order, answer.text)
            if status == 409 and "/problems/illegal-transition" in answer.text:
                assert answer.json()["state"] == order["status"]

    def _line(self, product: int, count: int, discount: str) -> dict[str, Any]:
        return {"product_id": self.ids["products"][product], "count": count, "discount": discount}

    async def _stock(self, product: int, change: int) -> None:
        path = f"/storage/{self.ids['places'][product]}/changes"
        answer = await self.keeper.post(path, json={"change": change, "reason": "盘点"})
        after = self.model.count[product] + change
        status = 422 if after < 0 else 409 if after < self.model.reserved(product) else 201
        assert answer.status_code == status, answer.text
        self.model.count[product] = after if status == 201 else self.model.count[product]

    async def _drop(self, order: dict[str, Any]) -> tuple[httpx.Response, int]:
        lines = (await self.http.get(f"/orders/{order['id']}")).json()["lines"]
        wanted = lines[-1] if lines else {"id": 1, "version": 1}
        headers = {"If-Match": f'"{wanted["version"]}"'}
        answer = await self.http.delete(f"/orders/{order['id']}/lines/{wanted['id']}", headers=headers)
        if not lines:
            return answer, 404
        if order["status"] != "draft":
            return answer, 409
        order["lines"].pop()
        return answer, 200

    async def _confirm(self, order: dict[str, Any]) -> tuple[httpx.Response, int]:
        may = order["status"] == "draft" and order["lines"] and self.model.fits(order)
        answer = await self.http.post(f"/orders/{order['id']}/confirm")
        order["status"] = "confirmed" if may else order["status"]
        return answer, 200 if may else 409

    async def _complete(self, order: dict[str, Any]) -> tuple[httpx.Response, int]:
        may = order["status"] == "confirmed"
        answer = await self.http.post(f"/orders/{order['id']}/complete")
        if may:
            order["status"], rest = "completed", self.model.rest(order)
            self.model.move(order, rest, -1)
            if any(rest):
                order["shipments"][answer.json()["shipments"][-1]["id"]] = rest
        return answer, 200 if may else 409

    async def _ship(self, order: dict[str, Any], pieces: int) -> tuple[httpx.Response, int]:
        """Ship so many pieces of one line, whichever the number meets."""
        lines = (await self.http.get(f"/orders/{order['id']}")).json()["lines"]
        at = pieces % max(1, len(lines))
        body = {"lines": [{"line_id": lines[at]["id"] if lines else 1, "count": pieces}]}
        return await self._shipped(order, body, [pieces * (n == at) for n in range(len(lines))])

    async def _ship_rest(self, order: dict[str, Any]) -> tuple[httpx.Response, int]:
        return await self._shipped(order, {}, self.model.rest(order))

    async def _shipped(
        self, order: dict[str, Any], body: dict[str, Any], pieces: list[int]
    ) -> tuple[httpx.Response, int]:
        answer = await self.http.post(f"/orders/{order['id']}/shipments", json=body)
        if order["status"] != "confirmed" or not any(pieces) or not any(self.model.rest(order)):
            return answer, 409
        if any(count > rest for count, rest in zip(pieces, self.model.rest(order), strict=True)):
            return answer, 422
        known = order["shipments"].keys()
        (fresh,) = [one["id"] for one in answer.json()["shipments"] if one["id"] not in known]
        order["shipments"][fresh] = pieces
        self.model.move(order, pieces, -1)
        return answer, 201

    async def _unship(self, order: dict[str, Any], nth: int) -> tuple[httpx.Response, int]:
        ids = sorted(order["shipments"])
        which = ids[nth % len(ids)] if ids else 1
        path = f"/orders/{order['id']}/shipments/{which}"
        answer = await self.http.delete(path, headers={"If-Match": '"1"'})
        if not ids:
            return answer, 404
        if order["status"] != "confirmed":
            return answer, 409
        self.model.move(order, order["shipments"].pop(which), 1)
        return answer, 200

    async def _cancel(self, order: dict[str, Any]) -> tuple[httpx.Response, int]:
        may = order["status"] in {"draft", "confirmed"} and not order["paid"] and not order["shipments"]
        answer = await self.http.post(f"/orders/{order['id']}/cancel", json={"reason": "取消"})
        order["status"] = "cancelled" if may else order["status"]
        return answer, 200 if may else 409

    async def _pay(self, order: dict[str, Any], amount: str) -> tuple[httpx.Response, int]:
        answer = await self.http.post(f"/orders/{order['id']}/payments", json={"amount": amount})
        if order["status"] not in {"confirmed", "completed"} or order["paid"] >= self.model.total(order):
            return answer, 409
        if order["paid"] + Decimal(amount) > self.model.total(order):
            return answer, 422
        order["paid"] += Decimal(amount)
        return answer, 201

    async def compare(self) -> None:
        """Check the invariants: stock, reservations and sums are what the model says."""
        for product, place in enumerate(self.ids["places"]):
            found = (await self.http.get(f"/storage/{place}")).json()
            there = self.model.count[product], self.model.reserved(product)
            assert (found["count"], found["reserved"]) == there
            assert 0 <= found["reserved"] <= found["count"]
        for order in self.model.orders:
            found = (await self.http.get(f"/orders/{order['id']}")).json()
            sums = Decimal(found["total"]), Decimal(found["paid"]), found["status"]
            assert sums == (self.model.total(order), order["paid"], order["status"])
            assert found["delivery_state"] == self.model.delivery(order)
            gone = [line["count"] - line["shipped"] for line in found["lines"]]
            assert gone == self.model.rest(order)

    async def _line_added(self, order: dict[str, Any], *line: Any) -> tuple[httpx.Response, int]:
        answer = await self.http.post(f"/orders/{order['id']}/lines", json=self._line(*line))
        if order["status"] != "draft":
            return answer, 409
        order["lines"].append(line)
        return answer, 201


async def the_ledger_adds_up(make: Make) -> None:
    """Check that each place holds what it began with and the changes of the ledger."""
    moved = select(StorageChange.storage_id, func.sum(StorageChange.change)).group_by(StorageChange.storage_id)
    changes = {place: int(change) for place, change in await make.session.execute(moved)}
    places = await make.session.scalars(select(Storage), execution_options={"populate_existing": True})
    for place in places:
        assert place.count == int(place.memo or 0) + changes.get(place.id, 0)


async def test_any_sequence_of_steps_keeps_orders_and_stock_right(
    app: FastAPI, make: Make, team: Team, as_: As
) -> None:
    del app
    loop = asyncio.get_running_loop()
    manager, keeper = as_(team.manager), as_(team.admin)

    async def walk(steps: list[tuple[Any, ...]]) -> None:
        products = [await make.product(f"产品{n}", price=price) for n, price in enumerate(PRICES)]
        counts = zip(products[:2], (5, 8), strict=True)
        places = [await make.place(product, count, memo=str(count)) for product, count in counts]
        ids = {
            "customer": (await make.customer(team.manager)).id,
            "products": [product.id for product in products],
            "places": [place.id for place in places],
        }
        machine = Machine(manager, keeper, ids)
        for step in steps:
            await machine.take(("line_added", *step[1:]) if step[0] == "line" else step)
            await machine.compare()
        assert await verify.sums(make.ctx) == []
        await the_ledger_adds_up(make)

    @settings(max_examples=examples(12), deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(STEPS, min_size=6, max_size=14))
    def any_walk(steps: list[tuple[Any, ...]]) -> None:
        asyncio.run_coroutine_threadsafe(walk(steps), loop).result(60)

    await asyncio.to_thread(any_walk)
