"""Importing shipments: of confirmed orders and of completed ones, on their days, and safe to send again."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from app.models.base.audit import LogEntry
from app.models.goods.storage import StorageChange
from app.services.base import verify
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team
from tests.routers.imports.test_import_keys import one
from tests.routers.imports.test_imports import codes, outcomes, send
from tests.routers.imports.test_order_imports import ORDER, a_house, found

As = Callable[..., Client]
CONFIRMED: dict[str, Any] = ORDER | {
    "status": "confirmed", "payments": [],
    "lines": [{"product_external_id": "p1", "count": 5}, {"product_external_id": "p2", "count": 2, "price": "3"}],
}  # fmt: skip
SENT: dict[str, Any] = {
    "external_id": "f1", "order_external_id": "o1", "date": "2020-05-03", "carrier": "顺丰", "tracking_no": "SF1",
    "creator_external_id": "u2", "lines": [{"line": 0, "count": 2}, {"line": 1, "count": 2}],
}  # fmt: skip


async def test_what_left_is_said_of_its_day_and_of_whom(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    admin, manager = as_(team.admin), as_(team.manager)
    await send(admin, "orders", CONFIRMED)
    for outcome in ("created", "unchanged"):
        result = await one(admin, "shipments", SENT)
        assert result["outcome"] == outcome, result
    order = await found(manager, "o1")
    (shipment,) = order["shipments"]
    assert (shipment["date"], shipment["created_by"]["name"], shipment["created_at"], shipment["external_id"]) == (
        "2020-05-03", "小红", "2020-05-02T16:00:00Z", "f1",
    )  # fmt: skip
    assert (order["delivery_state"], [line["shipped"] for line in order["lines"]]) == ("partial", [2, 2])
    assert (await one(admin, "shipments", {"external_id": "f2", "order_external_id": "o1", "date": "2020-06-01"}))[
        "outcome"
    ] == "created"
    assert (await found(manager, "o1"))["delivery_state"] == "shipped"
    log = (await make.session.scalars(select(LogEntry).where(LogEntry.action == "add_shipment"))).all()
    assert [entry.actor_id for entry in log] == [team.admin.id] * 2
    assert await verify.sums(make.ctx) == []


async def test_a_completed_order_has_its_shipments_and_the_stock_of_today_is_not_touched(
    team: Team, as_: As, make: Make
) -> None:
    await a_house(make, team)
    product = (await as_(team.manager).get("/products?external_id=p1")).json()["items"][0]
    place = await make.place(type("P", (), product), 5)
    admin = as_(team.admin)
    await send(admin, "orders", CONFIRMED | {"status": "completed"})
    rest = {"external_id": "f2", "order_external_id": "o1", "date": "2020-06-01"}
    assert outcomes(await send(admin, "shipments", SENT, rest, rest | {"external_id": "f3"})) == [
        "created",
        "created",
        "refused",
    ]
    order = await found(as_(team.manager), "o1")
    assert (order["status"], order["delivery_state"], len(order["shipments"])) == ("completed", "shipped", 2)
    held = (await as_(team.manager).get(f"/storage/{place.id}")).json()
    assert (held["count"], held["reserved"]) == (5, 0)
    assert (await make.session.scalars(select(StorageChange))).all() == []
    assert await verify.sums(make.ctx) == []


async def test_pieces_that_are_held_leave_the_stock(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    product = (await as_(team.manager).get("/products?external_id=p1")).json()["items"][0]
    place = await make.place(type("P", (), product), 5)
    admin = as_(team.admin)
    await send(admin, "orders", CONFIRMED)
    await send(admin, "shipments", SENT)
    held = (await as_(team.manager).get(f"/storage/{place.id}")).json()
    assert (held["count"], held["reserved"]) == (3, 3)
    assert await verify.sums(make.ctx) == []


async def test_what_is_wrong_is_refused_alone(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    admin = as_(team.admin)
    await send(admin, "orders", CONFIRMED, CONFIRMED | {"external_id": "o2", "status": "draft"})
    rows: list[dict[str, Any]] = [
        SENT | {"external_id": "b1", "order_external_id": "o2"}, SENT, SENT | {"external_id": "b2", "date": "2020-04-01"},
        SENT | {"external_id": "b3", "lines": [{"line": 0, "count": 4}]}, SENT | {"external_id": "b4", "lines": [{"line": 7, "count": 1}]},
        SENT | {"external_id": "b5", "date": "2999-01-01"}, {"external_id": "b6", "date": "2020-05-04"},
    ]  # fmt: skip
    results = await send(admin, "shipments", *rows)
    assert outcomes(results) == ["refused", "created", *["refused"] * 5]
    assert [codes(results[n]) for n in (0, 2, 3, 4, 5, 6)] == [
        {("/rows/0/order_external_id", "illegal_transition")}, {("/rows/2/date", "before_order")},
        {("/rows/3/lines/0/count", "above_left")}, {("/rows/4/lines/0/line", "not_found")}, {("/rows/5/date", "in_future")},
        {("/rows/6/order_external_id", "required")},
    ]  # fmt: skip
    other = SENT | {"carrier": "邮政", "lines": [{"line": 0, "count": 1}]}
    assert codes(await one(admin, "shipments", other)) == {("/rows/0/carrier", "fixed")}
    del other["carrier"]
    assert codes(await one(admin, "shipments", other)) == {("/rows/0/lines", "fixed")}
    told = await admin.post("/imports/shipments", json={"rows": rows[3:4]}, headers={"Accept-Language": "zh"})
    assert told.json()["results"][0]["errors"][0]["message"] == "5 件中仅剩 3 件待发。"
    assert len((await found(as_(team.manager), "o1"))["shipments"]) == 1


async def test_one_of_the_screen_bears_an_id_too(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    await send(as_(team.admin), "orders", CONFIRMED)
    order = await found(as_(team.manager), "o1")
    made = await as_(team.manager).post(f"/orders/{order['id']}/shipments", json={"external_id": "f9"})
    assert (made.status_code, made.json()["errors"][0]["pointer"]) == (403, "/external_id")
    shipped = (await as_(team.manager).post(f"/orders/{order['id']}/shipments", json={"date": "2020-05-03"})).json()
    row = {"number": shipped["shipments"][0]["number"], "external_id": "f9", "date": "2020-05-03"}
    assert (await one(as_(team.admin), "shipments", row))["outcome"] == "updated"
    assert (await found(as_(team.manager), "o1"))["shipments"][0]["external_id"] == "f9"


async def test_what_people_changed_of_an_order_is_not_a_shipment_s(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    await send(as_(team.admin), "orders", CONFIRMED)
    shipment_id = (await one(as_(team.admin), "shipments", SENT))["id"]
    changes, at = {"carrier": ["邮政", "顺丰"]}, make.now()
    of_an_order = {"entity": "orders", "entity_id": shipment_id, "action": "update", "changes": changes, "at": at}
    await make.add(LogEntry(**of_an_order, actor_id=team.manager.id))
    result = await one(as_(team.admin), "shipments", SENT | {"carrier": "邮政"})
    assert (codes(result), result["kept"]) == ({("/rows/0/carrier", "fixed")}, [])
