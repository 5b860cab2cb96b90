"""What the writes of a day ask of the database, and that they answer as reading the record again would."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.models.base.audit import LogEntry
from app.models.base.dict import DictItem
from app.services.base import dict as dictionary
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team, with_rights

As = Callable[..., Client]
CHANCE = {"title": "服务器采购", "customer_name": "华为技术有限公司", "source": "phone", "amount": "120000.5"}
CALL = {"title": "电话沟通", "kind": "phone"}
Asked = list[tuple[str, int]]
"""Of each statement of a request the verb and how many columns it returns."""


@pytest.fixture
def asked(connection: AsyncConnection) -> Iterator[Asked]:
    """Listen to the test's connection."""
    found: Asked = []

    def hear(_connection: Any, cursor: Any, statement: str, *_more: Any) -> None:
        verb = statement.split(maxsplit=1)[0]
        if verb not in {"SAVEPOINT", "RELEASE", "ROLLBACK"}:
            found.append((verb, len(cursor.description or ())))

    event.listen(connection.sync_connection, "after_cursor_execute", hear)
    yield found
    event.remove(connection.sync_connection, "after_cursor_execute", hear)


async def asks(client: Client, asked: Asked, path: str, body: Any = None) -> tuple[dict[str, Any], Asked]:
    """Return the answer to a POST and what it asked."""
    asked.clear()
    answer = await client.post(path, json=body)
    assert answer.status_code < 300, answer.text
    return answer.json(), [*asked]


class TestStatements:
    """The second of its kind: what is kept for a few seconds, and who asks, is known by then."""

    async def test_of_a_new_chance(self, team: Team, as_: As, make: Make, asked: Asked) -> None:
        manager, customer = as_(team.manager), await make.customer(team.manager)
        for body, wanted in (
            (CHANCE, [("INSERT", 4), ("WITH", 0)]),
            (CHANCE | {"customer_id": customer.id}, [("SELECT", 1), ("INSERT", 4), ("WITH", 0)]),
        ):
            await asks(manager, asked, "/chances", body)
            assert (await asks(manager, asked, "/chances", body))[1] == wanted

    async def test_of_a_new_activity(self, team: Team, as_: As, make: Make, asked: Asked) -> None:
        manager, customer = as_(team.manager), await make.customer(team.manager)
        for _ in range(2):
            _, found = await asks(manager, asked, "/activities", CALL | {"customer_id": customer.id})
        assert found == [("SELECT", 3), ("INSERT", 1), ("UPDATE", 0), ("WITH", 0)]

    async def test_of_an_order_and_its_confirmation(self, team: Team, as_: As, make: Make, asked: Asked) -> None:
        manager, customer = as_(team.manager), await make.customer(team.manager)
        products = [await make.product(price=Decimal(10)) for _ in range(3)]
        body = {"customer_id": customer.id, "lines": [{"product_id": one.id, "count": 2} for one in products]}
        for _ in range(2):
            order, created = await asks(manager, asked, "/orders", body)
            _, confirmed = await asks(manager, asked, f"/orders/{order['id']}/confirm")
        detail, lines = ("SELECT", 32), ("SELECT", 15)
        assert created == [
            ("SELECT", 3), ("WITH", 5), ("INSERT", 3), ("UPDATE", 0), ("INSERT", 2), detail, lines, ("WITH", 0),
        ]  # fmt: skip
        assert confirmed == [
            ("SELECT", 28), ("SELECT", 13), ("SELECT", 5), ("SELECT", 11), ("UPDATE", 0), ("UPDATE", 0), ("SELECT", 21),
            detail, lines, ("WITH", 0),
        ]  # fmt: skip

    async def test_of_giving_a_service_to_somebody(self, team: Team, as_: As, make: Make, asked: Asked) -> None:
        boss, service = as_(team.supervisor), await make.service(await make.customer(team.manager), team.manager)
        for person in (team.colleague, team.manager):
            body = {"assignee_id": person.id, "reason": "调整"}
            _, found = await asks(boss, asked, f"/services/{service.id}/assign", body)
        assert found == [
            ("SELECT", 43), ("SELECT", 1), ("UPDATE", 0), ("SELECT", 50), ("SELECT", 4), ("WITH", 0),
        ]  # fmt: skip


class TestAnswers:
    """A record is answered from what is known as it is read afterwards, to the byte."""

    async def same(self, client: Client, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Post, and return the answer that equals the record as it is read."""
        made = await client.post(path, json=body)
        assert made.status_code == 201, made.text
        read = await client.get(f"{path}/{made.json()['id']}")
        assert made.content == read.content
        assert made.headers["etag"] == read.headers["etag"]
        found: dict[str, Any] = made.json()
        return found

    async def test_of_chances(self, team: Team, as_: As, make: Make) -> None:
        customer, product = await make.customer(team.manager), await make.product()
        for body in (
            {"title": "一", "customer_name": "二"},
            CHANCE | {"rate": 35, "expected_close_date": "9998-12-31", "tel": "13800138000", "linkman": "张三"},
            CHANCE | {"amount": 7, "customer_id": customer.id, "description": "说明\n二行"},
            CHANCE | {"product_id": product.id, "proposed_id": team.colleague.id},
        ):
            for person in (team.manager, team.supervisor):
                await self.same(as_(person), "/chances", body)

    async def test_of_activities(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        linkman = await make.linkman(customer)
        alone = await make.chance(team.manager, team.manager)
        linked = await make.chance(team.manager, team.manager, customer_id=customer.id)
        for body in (
            {"customer_id": customer.id},
            {"customer_id": customer.id, "linkman_id": linkman.id, "purpose": None, "place": "总部"},
            {
                "customer_id": customer.id,
                "at": "2026-01-02T03:04:05.678901+08:00",
                "next_at": "2026-01-03T00:00:00+08:00",
            },
            {"chance_id": linked.id, "next_step": "报价"},
            {"chance_id": alone.id},
        ):
            for person in (team.manager, team.supervisor):
                await self.same(as_(person), "/activities", CALL | body)

    async def test_of_orders(self, team: Team, as_: As, make: Make) -> None:
        customer, product = await make.customer(team.manager, address="上海"), await make.product(price=Decimal("0.1"))
        for lines in ([], [{"product_id": product.id, "count": 3, "discount": "0.05"}]):
            made = await self.same(as_(team.manager), "/orders", {"customer_id": customer.id, "lines": lines})
            assert made["version"] == 2

    async def test_who_may_not_read_what_they_make_makes_nothing(self, team: Team, as_: As, make: Make) -> None:
        writer = await with_rights(make, team, all=("chances:create", "activities:write", "customers:read"))
        customer = await make.customer(team.manager)
        for path, body in (("/chances", CHANCE), ("/activities", CALL | {"customer_id": customer.id})):
            assert (await as_(writer).post(path, json=body)).status_code == 404
            assert (await as_(team.supervisor).get(path)).json()["total"] == 0

    async def test_a_right_to_write_that_reaches_less_than_the_one_to_read(
        self, team: Team, as_: As, make: Make
    ) -> None:
        wide = ("customers:read", "activities:read", "chances:read")
        writer = await with_rights(make, team, all=wide, own=("activities:write",))
        theirs, mine = await make.customer(team.manager), await make.customer(writer)
        refused = await as_(writer).post("/activities", json=CALL | {"customer_id": theirs.id})
        assert (refused.status_code, refused.json()["right"]) == (403, "activities:write")
        await self.same(as_(writer), "/activities", CALL | {"customer_id": mine.id})

    async def test_a_drawn_number_stands_in_the_row_and_not_in_the_log(self, team: Team, as_: As, make: Make) -> None:
        made = (await as_(team.manager).post("/chances", json=CHANCE)).json()
        found = select(LogEntry.changes).where(LogEntry.entity == "chances", LogEntry.entity_id == made["id"])
        (changes,) = await make.session.scalars(found)
        assert made["number"].startswith("JH")
        assert "number" not in changes
        assert changes["title"] == [None, CHANCE["title"]]


def fair() -> DictItem:
    """Return a source of chances that the dictionary does not have."""
    return DictItem(type="source", item="fair", value="展会", sort=1, enabled=True, is_editable=True)


class TestDictionary:
    """That a value could be taken a few seconds ago is enough; that it could not is asked again."""

    async def test_a_value_that_another_process_added_is_taken_at_once(self, team: Team, as_: As, make: Make) -> None:
        manager, body = as_(team.manager), CHANCE | {"source": "fair"}
        assert (await manager.post("/chances", json=body)).status_code == 422
        await make.add(fair())
        assert (await manager.post("/chances", json=body)).status_code == 201

    async def test_a_disabled_one_is_not_taken_any_more(self, team: Team, as_: As, make: Make) -> None:
        admin, manager, body = as_(team.admin), as_(team.manager), CHANCE | {"source": "fair"}
        item = await make.add(fair())
        assert (await manager.post("/chances", json=body)).status_code == 201
        disabled = await admin.patch(f"/dict/{item.id}", json={"enabled": False}, headers={"If-Match": '"1"'})
        assert disabled.status_code == 200
        assert (await manager.post("/chances", json=body)).status_code == 422

    async def test_nothing_is_remembered_that_is_not_committed(self, team: Team, as_: As, make: Make) -> None:
        point = await make.session.begin_nested()
        make.session.add(fair())
        await make.session.flush()
        await dictionary.check(make.ctx, {"source": ("source", "fair")})
        await point.rollback()
        assert (await as_(team.manager).post("/chances", json=CHANCE | {"source": "fair"})).status_code == 422
