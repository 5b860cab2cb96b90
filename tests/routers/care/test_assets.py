"""What customers have of ours: written down, changed, found; whose it is follows its customer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
V1, V2 = {"If-Match": '"1"'}, {"If-Match": '"2"'}


async def _body(make: Make, team: Team, **facts: Any) -> dict[str, Any]:
    customer, product = await make.customer(team.manager), await make.product(warranty_months=12, is_tracked=True)
    return {"customer_id": customer.id, "product_id": product.id, **facts}


async def test_the_warranty_follows_from_the_product_unless_it_is_said(make: Make, team: Team, as_: As) -> None:
    body = await _body(make, team, delivered_on="2026-01-31")
    mine = as_(team.manager)
    made = await mine.post("/assets", json=body)
    assert (made.status_code, made.json()["warranty_until"]) == (201, "2027-01-31")
    assert made.json()["number"].startswith("SB")
    assert made.json()["allowed_actions"] == ["update", "delete"]
    said = await mine.post("/assets", json=body | {"warranty_until": "2026-06-30"})
    assert said.json()["warranty_until"] == "2026-06-30"
    never = await mine.post("/assets", json=body | {"warranty_until": None})
    assert never.json()["warranty_until"] is None
    later = await mine.post("/assets", json={k: v for k, v in body.items() if k != "delivered_on"})
    assert later.json()["warranty_until"] is None
    known = await mine.patch(f"/assets/{later.json()['id']}", json={"delivered_on": "2026-02-28"}, headers=V1)
    assert known.json()["warranty_until"] == "2027-02-28"


@pytest.mark.parametrize(
    ("facts", "pointer"),
    [
        ({"customer_id": 999999}, "/customer_id"),
        ({"product_id": 999999}, "/product_id"),
        ({"delivered_on": "2026-02-30"}, "/delivered_on"),
        ({"delivered_on": "2026-05-01", "warranty_until": "2026-04-30"}, "/warranty_until"),
        ({"number": "SB1"}, "/number"),
    ],
)
async def test_what_cannot_be_is_refused_at_its_field(
    facts: dict[str, Any], pointer: str, make: Make, team: Team, as_: As
) -> None:
    answer = await as_(team.manager).post("/assets", json=await _body(make, team) | facts)
    assert answer.status_code == 422, answer.text
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]
    assert (await as_(team.manager).get("/assets")).json()["total"] == 0


async def test_a_serial_number_is_once_there_among_the_pieces_of_a_product(make: Make, team: Team, as_: As) -> None:
    mine, body = as_(team.manager), await _body(make, team, serial_number="SN-7a")
    assert (await mine.post("/assets", json=body)).status_code == 201
    twin = await mine.post("/assets", json=body | {"serial_number": "sn-7A"}, headers={"Accept-Language": "zh"})
    assert twin.status_code == 409
    assert twin.json()["errors"][0] | {"message": ""} == {"pointer": "/serial_number", "code": "taken", "message": ""}
    assert "序列号" in twin.json()["errors"][0]["message"]
    other = await make.product("另一种")
    assert (await mine.post("/assets", json=body | {"product_id": other.id})).status_code == 201


async def test_who_may_not_write_changes_nothing(make: Make, team: Team, as_: As) -> None:
    asset = await make.asset(await make.customer(team.manager))
    body = await _body(make, team)
    assert (await as_(team.executive).post("/assets", json=body)).status_code == 403
    assert (await as_(team.executive).get(f"/assets/{asset.id}")).json()["allowed_actions"] == []
    refused = await as_(team.executive).patch(f"/assets/{asset.id}", json={"place": "x"}, headers=V1)
    assert refused.status_code == 403
    assert (await as_(team.colleague).post("/assets", json=body)).status_code == 422
    assert (
        await as_(team.supervisor).patch(f"/assets/{asset.id}", json={"place": "一楼"}, headers=V1)
    ).status_code == 200
    stale = await as_(team.manager).patch(f"/assets/{asset.id}", json={"place": "二楼"}, headers=V1)
    assert stale.status_code == 412


async def test_it_goes_to_the_next_manager_with_its_customer(make: Make, team: Team, as_: As) -> None:
    customer = await make.customer(team.manager)
    asset = await make.asset(customer)
    moved = await as_(team.supervisor).post(
        f"/customers/{customer.id}/transfer", json={"manager_id": team.colleague.id, "reason": "换人"}
    )
    assert moved.status_code == 200, moved.text
    assert (await as_(team.manager).get(f"/assets/{asset.id}")).status_code == 404
    assert (await as_(team.colleague).get("/assets")).json()["total"] == 1


async def test_it_comes_back_from_the_bin_alone_and_with_its_customer(make: Make, team: Team, as_: As) -> None:
    customer = await make.customer(team.manager)
    asset, mine, boss = await make.asset(customer), as_(team.manager), as_(team.supervisor)
    assert (await mine.delete(f"/assets/{asset.id}", headers=V1)).status_code == 204
    assert [one["id"] for one in (await mine.get("/recycle-bin?type=assets")).json()["items"]] == [asset.id]
    assert (await mine.post(f"/assets/{asset.id}/restore")).status_code == 200
    assert (await boss.delete(f"/customers/{customer.id}", headers=V1)).status_code == 204
    assert (await mine.get(f"/assets/{asset.id}")).status_code == 404
    assert (await boss.post(f"/customers/{customer.id}/restore")).status_code == 200
    assert (await mine.get(f"/assets/{asset.id}")).status_code == 200


async def test_it_is_found_by_what_people_know_of_it(make: Make, team: Team, as_: As) -> None:
    customer, product = await make.customer(team.manager, "西湖机械"), await make.product("数控车床")
    asset = await make.asset(customer, product_id=product.id, serial_number="XC-2026-9")
    await make.asset(await make.customer(team.manager))
    mine = as_(team.manager)
    for q in (asset.number, "xc-2026", "车床", "西湖"):
        found = (await mine.get("/assets", params={"q": q})).json()
        assert [one["id"] for one in found["items"]] == [asset.id], q


async def test_under_warranty_is_of_today(make: Make, team: Team, as_: As) -> None:
    customer, today = await make.customer(team.manager), make.today
    last = await make.asset(customer, warranty_until=today)
    over = await make.asset(customer, warranty_until=today - timedelta(days=1))
    unknown = await make.asset(customer)
    mine = as_(team.manager)
    listed = {one["id"]: one["under_warranty"] for one in (await mine.get("/assets")).json()["items"]}
    assert listed == {last.id: True, over.id: False, unknown.id: False}
    for wanted, ids in (("true", {last.id}), ("false", {over.id, unknown.id})):
        found = (await mine.get(f"/assets?under_warranty={wanted}")).json()["items"]
        assert {one["id"] for one in found} == ids


async def test_its_history_tells_who_changed_what(make: Make, team: Team, as_: As) -> None:
    mine = as_(team.manager)
    made = (await mine.post("/assets", json=await _body(make, team))).json()
    await mine.patch(f"/assets/{made['id']}", json={"serial_number": "S1", "memo": "新"}, headers=V1)
    rows = (await mine.get(f"/assets/{made['id']}/history")).json()["items"]
    assert [row["action"] for row in rows] == ["update", "create"]
    assert rows[0]["changes"] == {"serial_number": [None, "S1"], "memo": [None, "新"]}
