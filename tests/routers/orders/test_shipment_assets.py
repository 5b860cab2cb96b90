"""What a shipment of tracked products brings its customer, and takes away again when it is removed."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.services.care import asset_deliveries
from app.services.care.assets import warranty
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team
from tests.routers.orders.test_order_shipments import part

As = Callable[..., Client]


async def _shipped(make: Make, team: Team, manager: Client, *counts: int, **facts: Any) -> dict[str, Any]:
    """Return an order over 3 pieces of a tracked product and 4 of another, of which so many were shipped yesterday."""
    tracked = await make.product("边缘服务器", price=Decimal(9), is_tracked=True, warranty_months=12)
    plain = await make.product("网线", price=Decimal(1))
    for product in (tracked, plain):
        await make.place(product, 10)
    yesterday = make.today - timedelta(days=1)
    order = await make.order(await make.customer(team.manager), (tracked, 3), (plain, 4), date=yesterday, **facts)
    confirmed = (await manager.post(f"/orders/{order.id}/confirm")).json()
    body = part(confirmed, *counts) | {"date": str(yesterday)}
    answer = await manager.post(f"/orders/{order.id}/shipments", json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def _remove(manager: Client, order: dict[str, Any]) -> Any:
    path = f"/orders/{order['id']}/shipments/{order['shipments'][0]['id']}"
    return await manager.delete(path, headers={"If-Match": '"1"'})


async def test_each_piece_of_a_tracked_product_becomes_an_asset(make: Make, team: Team, as_: As) -> None:
    manager = as_(team.manager)
    order = await _shipped(make, team, manager, 2, 4)
    assets = (await manager.get("/assets")).json()["items"]
    yesterday = make.today - timedelta(days=1)
    assert [one["product"]["name"] for one in assets] == ["边缘服务器"] * 2
    assert {one["delivered_on"] for one in assets} == {str(yesterday)}
    assert {one["warranty_until"] for one in assets} == {str(warranty(12, yesterday))}
    assert {one["serial_number"] for one in assets} == {None}
    one = (await manager.get(f"/assets/{assets[0]['id']}")).json()
    assert one["customer"]["id"] == order["customer"]["id"]
    assert one["order"] == {"id": order["id"], "name": order["number"]}


async def test_what_is_shipped_as_an_order_is_completed_comes_too(make: Make, team: Team, as_: As) -> None:
    manager = as_(team.manager)
    order = await _shipped(make, team, manager, 1, 0)
    done = await manager.post(f"/orders/{order['id']}/complete")
    assert done.status_code == 200, done.text
    assert (await manager.get("/assets")).json()["total"] == 3


async def test_removing_the_shipment_removes_what_nobody_touched(make: Make, team: Team, as_: As) -> None:
    manager = as_(team.manager)
    order = await _shipped(make, team, manager, 2, 0)
    removed = await _remove(manager, order)
    assert removed.status_code == 200, removed.text
    assert (await manager.get("/assets")).json()["total"] == 0
    assert (await manager.get("/recycle-bin?type=assets")).json()["items"] == []


async def test_a_shipment_whose_assets_were_changed_stays_until_they_are_deleted(
    make: Make, team: Team, as_: As
) -> None:
    manager = as_(team.manager)
    order = await _shipped(make, team, manager, 2, 0)
    asset = (await manager.get("/assets")).json()["items"][0]
    address = f"/assets/{asset['id']}"
    await manager.patch(address, json={"serial_number": "S-1"}, headers={"If-Match": '"1"'})
    refused = await _remove(manager, order)
    assert (refused.status_code, refused.json()["code"]) == (409, "assets_changed")
    assert refused.json()["assets"] == [asset["number"]]
    now = (await manager.get(f"/orders/{order['id']}")).json()
    assert (len(now["shipments"]), now["version"]) == (1, order["version"])
    assert (await manager.get("/assets")).json()["total"] == 2
    assert (await manager.delete(address, headers={"If-Match": '"2"'})).status_code == 204
    assert (await _remove(manager, order)).status_code == 200
    assert (await manager.get("/assets")).json()["total"] == 0
    assert (await manager.post(f"{address}/restore")).json()["order"] is None


async def test_a_shipment_of_too_many_tracked_pieces_is_refused_whole(
    make: Make, team: Team, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asset_deliveries, "MOST", 1)
    manager = as_(team.manager)
    with pytest.raises(AssertionError, match="too_many"):
        await _shipped(make, team, manager, 2, 0)
    assert (await manager.get("/assets")).json()["total"] == 0
    (order,) = (await manager.get("/orders")).json()["items"]
    assert order["delivery_state"] == "none"
