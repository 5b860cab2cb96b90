"""What is on its way: written down, changed, received in parts, called off; where else it shows."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.models.goods.arrivals import Arrival
from app.models.goods.storage import Storage, StorageChange
from app.services.base import verify
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
MATCH = {"If-Match": '"1"'}
PLACE = {"warehouse": "main", "bin": "A-01"}


async def body(make: Make, **facts: Any) -> dict[str, Any]:
    product = {} if "product_id" in facts else {"product_id": (await make.product()).id}
    return {**product, **PLACE, "count": 20, "expected_on": make.today.isoformat(), **facts}


class TestList:
    async def test_everybody_reads_what_is_expected_and_when(self, team: Team, as_: As, make: Make) -> None:
        product = await make.product("工业网关", code="GW-10", unit="台")
        late = make.today - timedelta(days=1)
        await make.arrival(product, 20, received=5, expected_on=late, supplier="云溪通信")
        for person in (team.manager, team.supervisor, team.executive, team.admin):
            row = (await as_(person).get("/arrivals")).json()["items"][0]
            assert (row["count"], row["received"], row["left"], row["overdue"]) == (20, 5, 15, True)
            assert (row["product"]["name"], row["product_code"], row["unit"]) == ("工业网关", "GW-10", "台")
            assert (row["expected_on"], row["supplier"]) == (late.isoformat(), "云溪通信")

    async def test_filters_search_and_order(self, team: Team, as_: As, make: Make) -> None:
        gateway, server = await make.product("工业网关", code="GW-10"), await make.product("边缘服务器", code="SV-40")
        day = make.today
        one = await make.arrival(gateway, 5, expected_on=day - timedelta(days=2), supplier="云溪通信")
        two = await make.arrival(server, 9, expected_on=day, warehouse="south")
        three = await make.arrival(server, 1, received=1, status="received", expected_on=day - timedelta(days=9))
        four = await make.arrival(gateway, 7, status="cancelled", expected_on=day - timedelta(days=1))
        client = as_(team.manager)
        cases = {
            f"product_id={server.id}": [three, two], "warehouse=south": [two], "status=expected": [one, two],
            "status=received&status=cancelled": [three, four], "overdue=true": [one], "overdue=false": [three, four, two],
            "q=网关": [one, four], "q=byfwq": [three, two], "q=云溪": [one], f"q={two.number}": [two], "q=sv-": [three, two],
            "sort=-count": [two, four, one, three], "sort=number": [one, two, three, four],
        }  # fmt: skip
        for query, rows in cases.items():
            answer = (await client.get(f"/arrivals?{query}")).json()
            assert [row["id"] for row in answer["items"]] == [row.id for row in rows], query
            assert answer["total"] == len(rows)
        left = {row["id"]: row["left"] for row in (await client.get("/arrivals")).json()["items"]}
        assert left == {one.id: 5, two.id: 9, three.id: 0, four.id: 0}
        assert (await client.get("/arrivals?shelf=1")).status_code == 422

    async def test_every_order_pages_without_gaps(self, team: Team, as_: As, make: Make) -> None:
        product = await make.product()
        ids = {(await make.arrival(product, 1 + n % 2)).id for n in range(5)}
        client = as_(team.manager)
        for sort in ("expected_on", "-expected_on", "number", "product", "count", "-created_at"):
            seen, cursor = [], ""
            while cursor is not None:
                page = (await client.get(f"/arrivals?limit=2&sort={sort}{cursor}")).json()
                seen += [row["id"] for row in page["items"]]
                cursor = f"&cursor={page['next_cursor']}" if page["next_cursor"] else None
            assert (len(seen), set(seen)) == (5, ids), sort

    async def test_lists_take_two_statements(
        self, team: Team, as_: As, make: Make, connection: AsyncConnection
    ) -> None:
        product = await make.product()
        await make.place(product, 3)
        await make.arrival(product)
        client = as_(team.manager)
        for path, table in (("/arrivals", "FROM storage_arrival"), ("/storage", "FROM storage JOIN")):
            statements = list[str]()
            await client.get(path)

            def note(_c: Any, _k: Any, text: str, *_: Any, noted: list[str] = statements) -> None:
                noted.append(text)

            event.listen(connection.sync_connection, "before_cursor_execute", note)
            await client.get(path)
            event.remove(connection.sync_connection, "before_cursor_execute", note)
            found = [text for text in statements if table.partition(" JOIN")[0] in text.replace("\n", " ")]
            assert len(found) == 2, path


class TestCreate:
    async def test_it_gets_a_number_and_is_expected(self, team: Team, as_: As, make: Make) -> None:
        answer = await as_(team.admin).post("/arrivals", json=await body(make, supplier="云溪通信"))
        made = answer.json()
        assert (answer.status_code, made["status"], made["left"], made["received"]) == (201, "expected", 20, 0)
        assert made["number"].startswith(f"RK{make.today:%Y%m%d}")
        assert len(made["number"]) == 17
        assert (made["created_by"]["id"], made["overdue"]) == (team.admin.id, False)
        assert made["allowed_actions"] == ["update", "receive", "cancel"]
        assert (await as_(team.manager).get(f"/arrivals/{made['id']}")).json()["allowed_actions"] == []
        assert await make.session.scalar(select(Storage.id)) is None

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [({"product_id": 10**9}, "/product_id"), ({"warehouse": "moon"}, "/warehouse"), ({"bin": ""}, "/bin"),
         ({"count": 0}, "/count"), ({"count": 10**9 + 1}, "/count"), ({"expected_on": None}, "/expected_on"),
         ({"expected_on": "soon"}, "/expected_on"), ({"received": 1}, "/received"), ({"status": "received"}, "/status")],
    )  # fmt: skip
    async def test_what_is_wrong_is_told_at_its_field(
        self, change: dict[str, Any], pointer: str, team: Team, as_: As, make: Make
    ) -> None:
        answer = await as_(team.admin).post("/arrivals", json=await body(make, **change))
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)

    async def test_what_is_no_longer_sold_is_not_expected(self, team: Team, as_: As, make: Make) -> None:
        product = await make.product(enabled=False)
        answer = await as_(team.admin).post("/arrivals", json=await body(make, product_id=product.id))
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/product_id")

    async def test_who_sells_only_reads(self, team: Team, as_: As, make: Make) -> None:
        arrival = await make.arrival(await make.product())
        for person in (team.manager, team.supervisor, team.executive):
            client = as_(person)
            answers = [
                await client.post("/arrivals", json=await body(make)),
                await client.patch(f"/arrivals/{arrival.id}", json={}, headers=MATCH),
                await client.post(f"/arrivals/{arrival.id}/receive", json={}),
                await client.post(f"/arrivals/{arrival.id}/cancel", json={"reason": "x"}),
            ]
            assert {answer.status_code for answer in answers} == {403}


class TestUpdate:
    async def test_while_it_is_expected(self, team: Team, as_: As, make: Make) -> None:
        arrival, other = await make.arrival(await make.product(), 10), await make.product("产品乙")
        admin, path = as_(team.admin), f"/arrivals/{arrival.id}"
        later = (make.today + timedelta(days=30)).isoformat()
        change = {
            "count": 12,
            "expected_on": later,
            "bin": "B-02",
            "product_id": other.id,
            "supplier": None,
            "memo": "急",
        }
        answer = await admin.patch(path, json=change, headers=MATCH)
        assert answer.status_code == 200, answer.text
        told = {name: answer.json()[name] for name in ("count", "expected_on", "bin", "memo")}
        assert told == {"count": 12, "expected_on": later, "bin": "B-02", "memo": "急"}
        assert answer.json()["product"]["id"] == other.id
        assert (await admin.patch(path, json={"memo": "x"}, headers=MATCH)).status_code == 412
        assert (await admin.patch(path, json={"memo": "x"})).status_code == 428
        assert (await admin.patch(f"/arrivals/{10**9}", json={}, headers=MATCH)).status_code == 404

    async def test_what_has_come_binds(self, team: Team, as_: As, make: Make) -> None:
        arrival, other = await make.arrival(await make.product(), 10, received=4), await make.product("产品乙")
        admin, path = as_(team.admin), f"/arrivals/{arrival.id}"
        for count in (3, 4):
            few = await admin.patch(path, json={"count": count}, headers=MATCH)
            assert (few.status_code, few.json()["errors"][0]["pointer"]) == (422, "/count")
        fixed = await admin.patch(path, json={"product_id": other.id}, headers=MATCH)
        assert (fixed.status_code, fixed.json()["code"]) == (409, "fixed")
        for name in ("count", "bin", "warehouse", "expected_on", "product_id"):
            empty = await admin.patch(path, json={name: None}, headers=MATCH)
            assert (empty.status_code, empty.json()["errors"][0]["pointer"]) == (422, f"/{name}")
        assert (await admin.patch(path, json={"count": 5, "bin": "C"}, headers=MATCH)).json()["left"] == 1

    @pytest.mark.parametrize("status", ["received", "cancelled"])
    async def test_what_is_over_stays(self, status: str, team: Team, as_: As, make: Make) -> None:
        came = 10 if status == "received" else 0
        arrival = await make.arrival(await make.product(), 10, received=came, status=status)
        admin, path = as_(team.admin), f"/arrivals/{arrival.id}"
        answers = [
            await admin.patch(path, json={"memo": "x"}, headers=MATCH),
            await admin.post(f"{path}/receive", json={}),
            await admin.post(f"{path}/cancel", json={"reason": "x"}),
        ]
        for answer in answers:
            assert (answer.status_code, answer.json()["type"]) == (409, "/problems/illegal-transition")
            assert (answer.json()["state"], answer.json()["allowed"]) == (status, [])
        assert (await admin.get(path)).json()["allowed_actions"] == []


class TestReceive:
    async def test_all_of_it_at_once_into_a_place_that_is_made(self, team: Team, as_: As, make: Make) -> None:
        product = await make.product()
        arrival = await make.arrival(product, 20, bin="N-01")
        answer = await as_(team.admin).post(f"/arrivals/{arrival.id}/receive", json={})
        assert answer.status_code == 200, answer.text
        done = answer.json()
        assert (done["status"], done["received"], done["left"], done["overdue"]) == ("received", 20, 0, False)
        (place,) = (await as_(team.manager).get(f"/storage?product_id={product.id}")).json()["items"]
        assert (place["count"], place["bin"], place["in_transit"], place["expected_on"]) == (20, "N-01", 0, None)
        (row,) = (await as_(team.manager).get(f"/storage/{place['id']}/ledger")).json()["items"]
        assert (row["change"], row["count_after"], row["by"]["id"]) == (20, 20, team.admin.id)
        assert (row["reason"], row["arrival"]) == (arrival.number, {"id": arrival.id, "name": arrival.number})
        assert row["told"] == {"code": "arrival", "facts": {"number": arrival.number}}
        assert await verify.sums(make.ctx) == []

    async def test_in_parts_into_the_place_that_is_there(self, team: Team, as_: As, make: Make) -> None:
        product = await make.product()
        await make.place(product, 100, bin="Z")
        place = await make.place(product, 7, bin="N-01")
        arrival = await make.arrival(product, 20, bin="N-01")
        admin, path = as_(team.admin), f"/arrivals/{arrival.id}/receive"
        for count, came, status in ((5, 5, "expected"), (14, 19, "expected"), (None, 20, "received")):
            given = {"count": count, "reason": "首批"} if count else {}
            answer = (await admin.post(path, json=given)).json()
            assert (answer["received"], answer["status"]) == (came, status)
        assert (await admin.get(f"/storage/{place.id}")).json()["count"] == 27
        rows = (await admin.get(f"/storage/{place.id}/ledger")).json()["items"]
        told = [(row["change"], row["reason"]) for row in rows]
        number = arrival.number
        assert told == [(1, number), (14, "首批"), (5, "首批")]
        history = (await admin.get(f"/audit?entity=arrivals&entity_id={arrival.id}")).json()["items"]
        assert [row["action"] for row in history][:3] == ["receive", "receive_part", "receive_part"]
        assert await verify.sums(make.ctx) == []

    @pytest.mark.parametrize("given", [{"count": 6}, {"count": 0}, {"count": -1}, {"count": 1.5}, {"pieces": 1}])
    async def test_never_more_than_is_left(self, given: dict[str, Any], team: Team, as_: As, make: Make) -> None:
        arrival = await make.arrival(await make.product(), 20, received=15)
        answer = await as_(team.admin).post(f"/arrivals/{arrival.id}/receive", json=given)
        assert answer.status_code == 422, answer.text
        assert answer.json()["errors"][0]["pointer"] == f"/{next(iter(given))}"
        assert (await make.session.scalars(select(StorageChange))).all() == []
        assert (await as_(team.admin).get(f"/arrivals/{arrival.id}")).json()["received"] == 15

    async def test_never_more_than_a_place_can_hold(self, team: Team, as_: As, make: Make) -> None:
        product = await make.product()
        await make.place(product, 10**15 - 1, bin="N-01")
        arrival = await make.arrival(product, 2, bin="N-01")
        answer = await as_(team.admin).post(f"/arrivals/{arrival.id}/receive", json={})
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "out_of_range")

    async def test_a_version_that_is_told_must_be_the_present_one(self, team: Team, as_: As, make: Make) -> None:
        arrival = await make.arrival(await make.product())
        admin, path = as_(team.admin), f"/arrivals/{arrival.id}/receive"
        assert (await admin.post(path, json={"count": 1}, headers=MATCH)).status_code == 200
        assert (await admin.post(path, json={"count": 1}, headers=MATCH)).status_code == 412
        assert (await admin.post(f"/arrivals/{10**9}/receive", json={})).status_code == 404

    async def test_also_what_is_no_longer_sold(self, team: Team, as_: As, make: Make) -> None:
        arrival = await make.arrival(await make.product(enabled=False))
        assert (await as_(team.admin).post(f"/arrivals/{arrival.id}/receive", json={})).status_code == 200


class TestCancel:
    async def test_the_rest_is_called_off_and_what_came_stays(self, team: Team, as_: As, make: Make) -> None:
        arrival = await make.arrival(product := await make.product(), 20)
        admin, path = as_(team.admin), f"/arrivals/{arrival.id}"
        await admin.post(f"{path}/receive", json={"count": 5})
        assert (await admin.post(f"{path}/cancel", json={})).status_code == 422
        assert (await admin.post(f"{path}/cancel", json={"reason": "x"}, headers=MATCH)).status_code == 412
        done = (await admin.post(f"{path}/cancel", json={"reason": "停产"})).json()
        assert (done["status"], done["received"], done["left"], done["cancel_reason"]) == ("cancelled", 5, 0, "停产")
        places = (await admin.get(f"/storage?product_id={product.id}")).json()["items"]
        assert [(place["count"], place["in_transit"]) for place in places] == [(5, 0)]
        assert (await admin.post(f"/arrivals/{10**9}/cancel", json={"reason": "x"})).status_code == 404


class TestWhereItShows:
    async def test_beside_the_lines_of_a_draft_and_in_stock(self, team: Team, as_: As, make: Make) -> None:
        product, other = await make.product(price=Decimal(1)), await make.product("产品乙", price=Decimal(1))
        place = await make.place(product, 2, bin="N-01")
        soon, later = make.today + timedelta(days=3), make.today + timedelta(days=9)
        await make.arrival(product, 20, received=8, expected_on=later, bin="N-01")
        await make.arrival(product, 5, expected_on=soon, bin="N-02")
        await make.arrival(product, 50, status="cancelled", expected_on=make.today)
        await make.arrival(product, 50, received=50, status="received", expected_on=make.today)
        order = await make.order(await make.customer(team.manager), (product, 5), (other, 1))
        manager = as_(team.manager)
        lines = (await manager.get(f"/orders/{order.id}")).json()["lines"]
        told = [(line["available"], line["in_transit"], line["expected_on"], line["short"]) for line in lines]
        assert told == [(2, 17, soon.isoformat(), True), (None, 0, None, False)]
        row = (await manager.get(f"/storage/{place.id}")).json()
        assert (row["in_transit"], row["expected_on"]) == (12, later.isoformat())
        assert (await manager.get("/storage")).json()["items"][0]["in_transit"] == 12

    async def test_what_is_on_its_way_cannot_be_reserved(self, team: Team, as_: As, make: Make) -> None:
        product = await make.product(price=Decimal(1))
        await make.place(product, 2)
        arrival = await make.arrival(product, 20, bin="N-01")
        order = await make.order(await make.customer(team.manager), (product, 5))
        refused = await as_(team.manager).post(f"/orders/{order.id}/confirm")
        assert (refused.status_code, refused.json()["short"][0]["available"]) == (409, 2)
        await as_(team.admin).post(f"/arrivals/{arrival.id}/receive", json={"count": 3})
        assert (await as_(team.manager).post(f"/orders/{order.id}/confirm")).status_code == 200


async def test_verify_finds_what_came_and_was_not_written(make: Make) -> None:
    arrival: Arrival = await make.arrival(await make.product(), received=3)
    assert await verify.sums(make.ctx) == [f"storage_arrival {arrival.number} received: kept 3, came 0"]
