"""Orders over HTTP: list, create, edit, delete, and whose they are."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
FIRST = {"If-Match": '"1"'}


class TestCreate:
    async def test_price_and_unit_are_prefilled_and_the_server_adds_up(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager, address="南京西路 1 号")
        gateway = await make.product("工业网关", price=Decimal(6800), unit="台", code="GW-10")
        service = await make.product("实施服务")
        lines = [
            {"product_id": gateway.id, "count": 3, "discount": "0.1255"},
            {"product_id": service.id, "count": 1, "price": "0.05", "discount": "0.5", "unit": "人天"},
        ]
        answer = await as_(team.manager).post("/orders", json={"customer_id": customer.id, "lines": lines})
        order = answer.json()
        assert (answer.status_code, answer.headers["etag"].removeprefix("W/")) == (201, f'"{order["version"]}"')
        assert order["number"].startswith(f"DD{make.today:%Y%m%d}")
        assert [(line["price"], line["unit"], line["amount"]) for line in order["lines"]] == [
            ("6800.00", "台", "17839.80"), ("0.05", "人天", "0.03"),
        ]  # fmt: skip
        assert (order["total"], order["paid"], order["unpaid"]) == ("17839.83", "0.00", "17839.83")
        assert (order["status"], order["payment_state"], order["date"]) == ("draft", "unpaid", str(make.today))
        assert (order["owner"]["name"], order["owner_is_set"], order["address"]) == ("小明", False, "南京西路 1 号")
        assert order["allowed_actions"] == ["update", "edit_lines", "delete", "confirm", "cancel"]

    async def test_lines_tell_the_stock_for_them(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        gateway, service = await make.product(price=Decimal(1)), await make.product("服务", price=Decimal(1))
        await make.place(gateway, 5, reserved=2)
        await make.place(gateway, 1)
        pairs = [(gateway.id, 2), (gateway.id, 3), (service.id, 99)]
        lines = [{"product_id": product, "count": count} for product, count in pairs]
        order = (await as_(team.manager).post("/orders", json={"customer_id": customer.id, "lines": lines})).json()
        assert [(line["available"], line["short"]) for line in order["lines"]] == [
            (4, True), (4, True), (None, False),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"customer_id": 10**9}, "/customer_id"),
            ({"date": "2999-01-01"}, "/date"),
            ({"chance_id": 10**9}, "/chance_id"),
            ({"owner_id": 10**9}, "/owner_id"),
            ({"lines": [{"product_id": 10**9, "count": 1}]}, "/lines/0/product_id"),
            ({"lines": [{"product_id": "free", "count": 1}]}, "/lines/0/price"),
            ({"lines": [{"product_id": "free", "count": 0, "price": "1"}]}, "/lines/0/count"),
            ({"lines": [{"product_id": "free", "count": 1, "price": "1", "discount": "1.1"}]}, "/lines/0/discount"),
            ({"lines": [{"product_id": "free", "count": 1, "price": "1", "discount": "0.12345"}]}, "/lines/0/discount"),
            ({"lines": [{"product_id": "free", "count": 10**9, "price": "1" + "0" * 10}]}, "/lines/0/count"),
            ({"lines": [{"product_id": "off", "count": 1}]}, "/lines/0/product_id"),
        ],
    )
    async def test_what_cannot_be_is_422_at_the_field(
        self, change: dict[str, object], pointer: str, team: Team, as_: As, make: Make
    ) -> None:
        customer = await make.customer(team.manager)
        ids = {"free": (await make.product("无价")).id}
        off = await make.product("停售", price=Decimal(1))
        off.enabled = False
        ids["off"] = off.id
        await make.session.commit()
        for line in change.get("lines", ()):
            line["product_id"] = ids.get(line["product_id"], line["product_id"])
        answer = await as_(team.manager).post("/orders", json={"customer_id": customer.id} | change)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer), answer.text
        assert (await as_(team.manager).get("/orders")).json()["total"] == 0

    async def test_a_colleague_s_customer_is_absent_and_one_that_is_only_read_is_403(
        self, team: Team, as_: As, make: Make
    ) -> None:
        customer = await make.customer(team.manager)
        body = {"customer_id": customer.id}
        assert (await as_(team.colleague).post("/orders", json=body)).status_code == 422
        await make.chance(team.supervisor, team.colleague, customer_id=customer.id)
        assert (await as_(team.colleague).post("/orders", json=body)).status_code == 403
        assert (await as_(team.executive).post("/orders", json=body)).status_code == 403

    async def test_a_chance_is_one_of_the_customer(self, team: Team, as_: As, make: Make) -> None:
        customer, other = await make.customer(team.manager), await make.customer(team.manager)
        chance = await make.chance(team.manager, team.manager, customer_id=customer.id, title="扩容")
        manager = as_(team.manager)
        answer = await manager.post("/orders", json={"customer_id": other.id, "chance_id": chance.id})
        assert answer.json()["errors"][0]["code"] == "other_customer"
        made = (await manager.post("/orders", json={"customer_id": customer.id, "chance_id": chance.id})).json()
        assert made["chance"] == {"id": chance.id, "name": "扩容"}


class TestList:
    async def test_filters_search_and_order(self, team: Team, as_: As, make: Make) -> None:
        one, two = await make.customer(team.manager, "蓝海科技"), await make.customer(team.colleague, "红山实业")
        product = await make.product(price=Decimal(10))
        past = make.today - timedelta(days=40)
        draft = await make.order(one, (product, 1), date=past, external_id="x1")
        paid = await make.order(one, total=Decimal(50), paid=Decimal(50), status="completed", owner_id=team.manager.id)
        part = await make.order(
            two, total=Decimal(80), paid=Decimal(30), status="confirmed", owner_id=team.colleague.id
        )
        nothing = await make.order(two, total=Decimal(0), status="confirmed", owner_id=team.colleague.id)
        boss = as_(team.supervisor)
        cases = {
            "status=draft": {draft}, "status=completed&status=confirmed": {paid, part, nothing},
            "payment_state=unpaid": {draft}, "payment_state=partial": {part}, "payment_state=paid": {paid, nothing},
            f"customer_id={one.id}": {draft, paid}, f"owner_id={team.manager.id}": {draft, paid},
            f"product_id={product.id}": {draft}, f"to_date={past}": {draft}, f"from_date={make.today}": {paid, part, nothing},
            "min_total=50&max_total=50": {paid}, "external_id=x1": {draft}, "q=蓝海": {draft, paid},
            f"q={part.number.lower()}": {part}, "q=红": {part, nothing},
        }  # fmt: skip
        for query, orders in cases.items():
            answer = (await boss.get(f"/orders?{query}")).json()
            assert {row["id"] for row in answer["items"]} == {order.id for order in orders}, query
            assert answer["total"] == len(orders)
        assert (await boss.get("/orders?colour=red")).status_code == 422

    @pytest.mark.parametrize(
        "sort", ["date", "-date", "total", "-total", "number", "-number", "created_at", "due_date", "-due_date"]
    )
    @pytest.mark.parametrize("who", ["manager", "supervisor", "executive"])
    async def test_every_order_pages_without_gaps(
        self, sort: str, who: str, team: Team, as_: As, make: Make, connection: AsyncConnection
    ) -> None:
        customer = await make.customer(team.manager)
        due = [None, make.today, None, make.today, make.today + timedelta(days=9)]
        ids = {(await make.order(customer, total=Decimal(n % 2), due_date=due[n])).id for n in range(5)}
        client = as_(getattr(team, who))
        await client.get("/orders?limit=1")
        statements: list[str] = []
        event.listen(
            connection.sync_connection, "before_cursor_execute", lambda _c, _k, text, *_: statements.append(text)
        )
        seen, cursor, pages = [], "", 0
        while cursor is not None:
            page = (await client.get(f"/orders?limit=2&sort={sort}{cursor}")).json()
            seen += [row["id"] for row in page["items"]]
            cursor, pages = f"&cursor={page['next_cursor']}" if page["next_cursor"] else None, pages + 1
        assert (len(seen), set(seen), pages) == (5, ids, 3)
        assert len([text for text in statements if "SAVEPOINT" not in text]) == 4

    async def test_another_s_customer_is_not_named(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.colleague, "红山实业")
        await make.order(customer, total=Decimal(1), status="confirmed", owner_id=team.manager.id)
        manager = as_(team.manager)
        row = (await manager.get("/orders")).json()["items"][0]
        assert (row["customer"], row["owner"]["name"]) == (None, "小明")
        assert (await manager.get("/orders?q=红山")).json()["total"] == 0


class TestScope:
    async def test_a_draft_follows_its_customer_and_a_confirmed_order_stays(
        self, team: Team, as_: As, make: Make
    ) -> None:
        customer = await make.customer(team.manager)
        draft = await make.order(customer)
        kept = await make.order(customer, total=Decimal(1), status="confirmed", owner_id=team.manager.id)
        customer.manager_id = team.colleague.id
        await make.session.commit()
        assert [row["id"] for row in (await as_(team.colleague).get("/orders")).json()["items"]] == [draft.id]
        assert [row["id"] for row in (await as_(team.manager).get("/orders")).json()["items"]] == [kept.id]

    async def test_without_a_session_or_right_nobody_comes_in(self, team: Team, as_: As, client: Client) -> None:
        assert (await client.get("/api/v1/orders")).status_code == 401
        assert (await as_(team.admin).get("/orders")).status_code == 403


class TestUpdate:
    async def test_facts_of_a_draft(self, team: Team, as_: As, make: Make) -> None:
        one, two = await make.customer(team.manager), await make.customer(team.manager, "红山实业")
        chance = await make.chance(team.manager, team.manager, customer_id=one.id)
        order = await make.order(one, chance_id=chance.id)
        manager = as_(team.manager)
        body = {"customer_id": two.id, "memo": "急", "date": str(make.today - timedelta(days=2))}
        changed = (await manager.patch(f"/orders/{order.id}", json=body, headers=FIRST)).json()
        assert (changed["customer"]["name"], changed["memo"], changed["version"]) == ("红山实业", "急", 2)
        assert (changed["chance"], changed["date"]) == (None, body["date"])
        assert (await manager.patch(f"/orders/{order.id}", json={"memo": "x"}, headers=FIRST)).status_code == 412
        assert (await manager.patch(f"/orders/{order.id}", json={"memo": "x"})).status_code == 428
        for empty in ("customer_id", "date"):
            answer = await manager.patch(f"/orders/{order.id}", json={empty: None}, headers={"If-Match": '"2"'})
            assert answer.status_code == 422

    async def test_a_supervisor_credits_someone_of_the_team(self, team: Team, as_: As, make: Make) -> None:
        order = await make.order(await make.customer(team.manager))
        boss, path = as_(team.supervisor), f"/orders/{order.id}"
        refused = await boss.patch(path, json={"owner_id": team.stranger.id}, headers=FIRST)
        assert refused.json()["errors"][0]["code"] == "not_assignable"
        changed = (await boss.patch(path, json={"owner_id": team.colleague.id}, headers=FIRST)).json()
        assert (changed["owner"]["name"], changed["owner_is_set"]) == ("小红", True)
        assert (await as_(team.manager).get(path)).status_code == 404
        back = (await boss.patch(path, json={"owner_id": None}, headers={"If-Match": '"2"'})).json()
        assert (back["owner"]["name"], back["owner_is_set"]) == ("小明", False)

    async def test_confirmation_fixes_all_but_address_and_memo(self, team: Team, as_: As, make: Make) -> None:
        order = await make.order(
            await make.customer(team.manager), total=Decimal(1), status="confirmed", owner_id=team.manager.id
        )
        manager, path = as_(team.manager), f"/orders/{order.id}"
        refused = await manager.patch(path, json={"date": "2020-01-01"}, headers=FIRST)
        assert (refused.status_code, refused.json()["code"]) == (409, "fixed")
        assert (await manager.patch(path, json={"address": "新址"}, headers=FIRST)).json()["address"] == "新址"
        await make.session.refresh(order)
        order.status = "completed"
        await make.session.commit()
        closed = await manager.patch(path, json={"address": "旧址"}, headers={"If-Match": '"3"'})
        assert (closed.status_code, closed.json()["state"]) == (409, "completed")


class TestDelete:
    async def test_a_draft_goes_to_the_bin_and_comes_back(self, team: Team, as_: As, make: Make) -> None:
        order = await make.order(await make.customer(team.manager))
        manager = as_(team.manager)
        assert (await manager.delete(f"/orders/{order.id}", headers=FIRST)).status_code == 204
        assert (await manager.get(f"/orders/{order.id}")).status_code == 404
        binned = (await manager.get("/recycle-bin?type=orders")).json()["items"]
        assert [row["number"] for row in binned] == [order.number]
        assert (await as_(team.stranger).post(f"/orders/{order.id}/restore")).status_code == 404
        assert (await manager.post(f"/orders/{order.id}/restore")).json()["status"] == "draft"

    async def test_only_drafts(self, team: Team, as_: As, make: Make) -> None:
        order = await make.order(
            await make.customer(team.manager), total=Decimal(1), status="confirmed", owner_id=team.manager.id
        )
        assert (await as_(team.manager).delete(f"/orders/{order.id}", headers=FIRST)).status_code == 409


async def test_a_customer_with_any_order_stays(team: Team, as_: As, make: Make) -> None:
    customer = await make.customer(team.manager)
    order = await make.order(customer, status="cancelled")
    boss = as_(team.supervisor)
    refused = await boss.delete(f"/customers/{customer.id}", headers=FIRST)
    assert (refused.status_code, refused.json()["orders"]) == (409, 1)
    await make.session.refresh(order)  # sums follow from what was there before
    order.deleted_at = make.now()
    await make.session.commit()
    assert (await boss.delete(f"/customers/{customer.id}", headers=FIRST)).status_code == 204
    order.deleted_by = team.supervisor.id
    await make.session.commit()
    early = await boss.post(f"/orders/{order.id}/restore")
    assert (early.status_code, early.json()["code"]) == (409, "customer_deleted")


async def test_history_tells_of_the_order_and_its_lines(team: Team, as_: As, make: Make) -> None:
    customer, product = await make.customer(team.manager), await make.product(price=Decimal(5))
    manager = as_(team.manager)
    order = (await manager.post("/orders", json={"customer_id": customer.id})).json()
    await manager.post(f"/orders/{order['id']}/lines", json={"product_id": product.id, "count": 2})
    rows = (await manager.get(f"/orders/{order['id']}/history")).json()["items"]
    assert {row["action"] for row in rows} == {"create", "add_line", "update"}
    assert (await as_(team.stranger).get(f"/orders/{order['id']}/history")).status_code == 404


async def test_a_customer_s_orders_are_summed_up(team: Team, as_: As, make: Make) -> None:
    customer = await make.customer(team.manager)
    cheap, dear = await make.product("甲", price=Decimal(10)), await make.product("乙", price=Decimal(100))
    mine = {"owner_id": team.manager.id}
    for days, status, lines, paid in (
        (100, "completed", [(cheap, 3), (dear, 1)], 130),
        (60, "confirmed", [(cheap, 1)], 4),
        (1, "confirmed", [(cheap, 2)], 0),
        (0, "draft", [(dear, 9)], 0),
    ):
        facts = {"date": make.today - timedelta(days=days), "status": status, "paid": Decimal(paid)} | mine
        await make.order(customer, *lines, **facts)
    path = f"/customers/{customer.id}/orders/summary"
    found = (await as_(team.manager).get(path)).json()
    products = found.pop("products")
    assert found == {
        "count": 3, "total": "160.00", "paid": "134.00", "unpaid": "26.00", "overdue": "0.00", "average_total": "53.33",
        "finance": True, "first_date": str(make.today - timedelta(days=100)), "last_date": str(make.today - timedelta(days=1)),
        "average_interval_days": "49.5",
    }  # fmt: skip
    assert [(row["product"]["name"], row["count"], row["amount"]) for row in products] == [
        ("乙", 1, "100.00"), ("甲", 6, "60.00"),
    ]  # fmt: skip
    assert (await as_(team.stranger).get(path)).status_code == 404
    empty = await make.customer(team.manager)
    nothing = (await as_(team.manager).get(f"/customers/{empty.id}/orders/summary")).json()
    assert (nothing["count"], nothing["average_total"], nothing["average_interval_days"]) == (0, None, None)
