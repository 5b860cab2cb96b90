"""What an import did to the stock is undone where nothing left it: holds, shipments that a count knew of, places."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from app.services.base import verify
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team
from tests.routers.imports.take_back_rows import APART
from tests.routers.imports.test_import_shipments import CONFIRMED, SENT
from tests.routers.imports.test_import_storage import PLACE, stock
from tests.routers.imports.test_order_imports import a_house, found
from tests.routers.imports.test_take_back import back, difference, empty_sums, everything, send
from tests.routers.imports.test_take_back_kept import ok

As = Callable[..., Client]
ROWS: dict[str, dict[str, Any]] = {"orders": CONFIRMED, "storage": PLACE | {"count": 10}, "shipments": SENT}


@pytest.mark.parametrize("order", ["storage orders shipments", "orders storage shipments", "orders shipments storage"])
@pytest.mark.parametrize("runs", ["one run", "a run each"])
async def test_in_any_order_all_of_it_goes_again(order: str, runs: str, team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    admin, before, sent, together = as_(team.admin), [await everything(make)], [str(uuid4())], runs == "one run"
    for noun in order.split():
        sent = sent if together else [*sent, str(uuid4())]
        await send(admin, noun, ROWS[noun], run=sent[-1])
        before.append(await everything(make))
    for run in reversed(sent if together else sent[1:]):
        assert (await back(admin, run))["kept"] == []
        before = before[:1] if together else before[:-1]
        changed = difference(empty_sums(before[-1]), empty_sums(await everything(make)))
        assert changed.keys() <= {*APART.values()}, changed
        assert await verify.sums(make.ctx) == []


async def test_a_place_stays_that_people_promised_pieces_of(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    admin, manager, run = as_(team.admin), as_(team.manager), str(uuid4())
    await send(admin, "orders", CONFIRMED | {"status": "draft"}, run=str(uuid4()))
    place = (await send(admin, "storage", PLACE, run=run))[0]["id"]
    await ok(manager, "POST", f"/orders/{(await found(manager, 'o1'))['id']}/confirm")
    (kept,) = (await back(admin, run))["kept"]
    assert (kept["noun"], kept["id"], kept["reason"]) == ("storage", place, "built_upon")
    assert await stock(admin) == [("A-1", 7, 5)]
    assert await verify.sums(make.ctx) == []


async def test_a_place_stays_that_pieces_left_for_an_order(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    admin, run = as_(team.admin), str(uuid4())
    await send(admin, "storage", PLACE | {"counted_at": "2020-05-01"}, run=run)
    await send(admin, "orders", CONFIRMED, run=run)
    await send(admin, "shipments", SENT, run=run)
    kept = (await back(admin, run))["kept"]
    assert {(one["noun"], one["reason"]) for one in kept} == {("orders", "shipped"), ("storage", "shipped")}
    assert await stock(admin) == [("A-1", 5, 3)]
    assert await verify.sums(make.ctx) == []


async def test_a_shipment_stays_whose_pieces_are_promised_to_others(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    admin, run, line = as_(team.admin), str(uuid4()), {"product_external_id": "p1", "count": 2}
    await send(admin, "orders", CONFIRMED, CONFIRMED | {"external_id": "o2", "lines": [line], "status": "draft"})
    await send(admin, "storage", PLACE | {"count": 5}, run=str(uuid4()))
    await send(admin, "shipments", SENT, run=run)
    manager = as_(team.manager)
    await ok(manager, "POST", f"/orders/{(await found(manager, 'o2'))['id']}/confirm")
    (kept,) = (await back(admin, run))["kept"]
    assert (kept["noun"], kept["reason"]) == ("orders", "built_upon")
    assert len((await found(manager, "o1"))["shipments"]) == 1
    assert await verify.sums(make.ctx) == []


async def test_a_count_that_let_imported_orders_catch_up_goes_back(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    admin, run = as_(team.admin), str(uuid4())
    await send(admin, "storage", PLACE | {"count": 2}, run=str(uuid4()))
    await send(admin, "orders", CONFIRMED, run=str(uuid4()))
    await send(admin, "storage", PLACE | {"count": 9}, run=run)
    assert await stock(admin) == [("A-1", 9, 5)]
    assert (await back(admin, run))["kept"] == []
    assert await stock(admin) == [("A-1", 2, 0)]
    assert await verify.sums(make.ctx) == []
