"""The financial facts of customers: who sees them, who sorts by them, who writes them, and what the log tells."""

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import delete, event, select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.models.access.rbac import RoleRight
from app.models.customers.customers import FINANCE, Customer
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team, with_rights

As = Callable[..., Client]
Step = Callable[[], Awaitable[None]]
MATCH = {"If-Match": '"1"'}
NOTHING = dict.fromkeys(FINANCE)
HIDDEN = {name: [None, None] for name in FINANCE}
FACTS = {
    "registered_capital": "77000077.00", "turnover": "29876543.00", "bank": "招商银行福州分行", "bank_account": "622200003",
    "local_tax_no": "L350004", "national_tax_no": "N350005", "credit_limit": "600006.00", "payment_days": 47,
}  # fmt: skip
VALUES = ("77000077", "29876543", "招商", "622200003", "L350004", "N350005", "600006")
RIGHT = "customers:finance"


async def a_customer(team: Team, as_: As, **facts: Any) -> int:
    """Let the manager write down a customer with all financial facts."""
    answer = await as_(team.manager).post("/customers", json={"name": "蓝海科技", **FACTS, **facts})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


@pytest.fixture
def nobody_holds_it(app: FastAPI, make: Make) -> Step:
    """Return the administrator's step: the right is taken from every role."""

    async def take_away() -> None:
        await make.session.execute(delete(RoleRight).where(RoleRight.right_code == RIGHT))
        await make.session.commit()
        app.state.kith.standings.clear()

    return take_away


def told(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in FINANCE if name in row}


class TestWhoSees:
    async def test_all_who_read_customers_until_an_administrator_takes_it_away(
        self, team: Team, as_: As, nobody_holds_it: Step
    ) -> None:
        customer = await a_customer(team, as_)
        people = (team.manager, team.supervisor, team.executive)
        for person in people:
            detail = (await as_(person).get(f"/customers/{customer}")).json()
            assert (told(detail), detail["finance"]) == (FACTS, True)
        await nobody_holds_it()
        for person in people:
            answer = await as_(person).get(f"/customers/{customer}")
            assert (told(answer.json()), answer.json()["finance"]) == (NOTHING, False)
            assert (await as_(person).get("/customers")).json()["items"][0]["turnover"] is None

    async def test_registers_are_public_and_stay(self, team: Team, as_: As, nobody_holds_it: Step) -> None:
        public = {"credit_code": "91350100M000100Y43", "licence_no": "3501", "legal_representative": "陈"}
        customer = await a_customer(team, as_, **public)
        await nobody_holds_it()
        detail = (await as_(team.manager).get(f"/customers/{customer}")).json()
        assert {name: detail[name] for name in public} == public

    async def test_it_reaches_as_far_as_reading_does(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.colleague, turnover=5)
        await make.chance(team.supervisor, team.manager, customer_id=customer.id)
        manager = as_(team.manager)
        assert (await manager.get(f"/customers/{customer.id}")).json()["turnover"] == "5.00"
        assert [row["turnover"] for row in (await manager.get("/customers")).json()["items"]] == ["5.00"]

    async def test_a_right_with_a_narrow_reach_shows_those_within_it(self, team: Team, as_: As, make: Make) -> None:
        person = await with_rights(make, team, all=("customers:read",), own=(RIGHT,))
        served = await make.customer(team.manager, turnover=3)
        await make.service(served, person)
        mine = await make.customer(person, turnover=1)
        other = await make.customer(team.manager, turnover=2)
        client = as_(person)
        expected = {mine.id: ("1.00", True), other.id: (None, False), served.id: ("3.00", True)}
        rows = (await client.get("/customers")).json()["items"]
        assert {row["id"]: (row["turnover"], row["finance"]) for row in rows} == expected
        details = [(await client.get(f"/customers/{id_}")).json() for id_ in expected]
        assert {one["id"]: (one["turnover"], one["finance"]) for one in details} == expected

    async def test_the_list_asks_the_database_no_more_often(
        self, team: Team, as_: As, make: Make, connection: AsyncConnection
    ) -> None:
        await a_customer(team, as_)
        some = await with_rights(make, team, all=("customers:read",), own=(RIGHT,))
        counts = []
        for person in (team.executive, some):
            client, statements = as_(person), list[str]()
            await client.get("/customers")

            def note(_c: Any, _k: Any, text: str, *_: Any, noted: list[str] = statements) -> None:
                noted.append(text)

            event.listen(connection.sync_connection, "before_cursor_execute", note)
            await client.get("/customers")
            event.remove(connection.sync_connection, "before_cursor_execute", note)
            counts.append(len([text for text in statements if "cst_customer" in text]))
        assert counts == [2, 2]


class TestOrder:
    @pytest.mark.parametrize("sort", ["turnover", "-turnover"])
    async def test_by_what_is_hidden_is_refused(
        self, sort: str, team: Team, as_: As, make: Make, nobody_holds_it: Step
    ) -> None:
        narrow = await with_rights(make, team, all=("customers:read",), own=(RIGHT,))
        assert (await as_(team.manager).get(f"/customers?sort={sort}")).status_code == 200
        refused = [await as_(narrow).get(f"/customers?sort={sort}")]
        await nobody_holds_it()
        refused.append(await as_(team.manager).get(f"/customers?sort={sort}"))
        for answer in refused:
            assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/sort")
            assert "turnover" not in answer.text
        assert (await as_(team.manager).get("/customers?sort=employees")).status_code == 200

    async def test_no_filter_and_no_search_finds_by_them(self, team: Team, as_: As) -> None:
        await a_customer(team, as_)
        manager = as_(team.manager)
        for name in FINANCE:
            assert (await manager.get(f"/customers?{name}=1")).status_code == 422, name
        for text in VALUES:
            assert (await manager.get("/customers", params={"q": text})).json()["items"] == [], text


class TestHistory:
    async def test_it_leaves_them_out_for_who_may_not_see_them(
        self, team: Team, as_: As, nobody_holds_it: Step
    ) -> None:
        customer, manager = await a_customer(team, as_), as_(team.manager)
        for version, body in enumerate(({"turnover": "5"}, {"bank": None, "memo": "已核对"}), start=1):
            await manager.patch(f"/customers/{customer}", json=body, headers={"If-Match": f'"{version}"'})
        whole = (await manager.get(f"/customers/{customer}/history")).json()
        await nobody_holds_it()
        filtered = (await as_(team.manager).get(f"/customers/{customer}/history")).json()
        assert (whole["total"], filtered["total"]) == (3, 2)
        assert whole["items"][0]["changes"] == {"bank": ["招商银行福州分行", None], "memo": [None, "已核对"]}
        assert filtered["items"][0]["changes"] == {"memo": [None, "已核对"]}
        assert filtered["items"][1]["changes"]["name"] == [None, "蓝海科技"]
        assert filtered["items"][1]["changes"].keys().isdisjoint(FINANCE)

    async def test_the_whole_log_names_them_without_their_values(self, team: Team, as_: As, make: Make) -> None:
        customer = await a_customer(team, as_)
        url = f"/audit?entity=customers&entity_id={customer}"
        row = (await as_(team.admin).get(url)).json()["items"][0]
        assert {name: row["changes"][name] for name in FINANCE} == HIDDEN
        assert row["changes"]["name"] == [None, "蓝海科技"]
        auditor = await with_rights(make, team, all=("audit:read", RIGHT))
        assert (await as_(auditor).get(url)).json()["items"][0]["changes"]["bank"] == [None, "招商银行福州分行"]


class TestWrite:
    async def test_a_refused_write_changes_nothing(self, team: Team, as_: As, make: Make) -> None:
        customer = await a_customer(team, as_)
        clerk = as_(await with_rights(make, team, all=("customers:read", "customers:update"), own=(RIGHT,)))
        for name in FINANCE:
            for value in (None, FACTS[name]):
                body = {"memo": "改", name: value}
                answer = await clerk.patch(f"/customers/{customer}", json=body, headers=MATCH)
                assert (answer.status_code, answer.json()["right"]) == (403, RIGHT), body
        detail = (await as_(team.manager).get(f"/customers/{customer}")).json()
        assert (told(detail), detail["memo"], detail["version"]) == (FACTS, None, 1)

    async def test_the_other_facts_can_be_written_without_the_right(self, team: Team, as_: As, make: Make) -> None:
        customer = await a_customer(team, as_)
        clerk = as_(await with_rights(make, team, all=("customers:read", "customers:update")))
        answer = await clerk.patch(f"/customers/{customer}", json={"memo": "改", "credit_code": None}, headers=MATCH)
        assert (answer.status_code, answer.json()["memo"], told(answer.json())) == (200, "改", NOTHING)
        assert told((await as_(team.manager).get(f"/customers/{customer}")).json()) == FACTS

    async def test_who_sees_them_and_may_change_the_customer_writes_them(self, team: Team, as_: As, make: Make) -> None:
        clerk = await with_rights(make, team, all=("customers:read", "customers:update"), own=(RIGHT,))
        served = await make.customer(team.manager, turnover=3)
        await make.service(served, clerk)
        answer = await as_(clerk).patch(f"/customers/{served.id}", json={"turnover": "4"}, headers=MATCH)
        assert (answer.status_code, answer.json()["turnover"]) == (200, "4.00")

    async def test_a_new_customer_with_them_needs_the_right(self, team: Team, as_: As, make: Make) -> None:
        clerk = as_(await with_rights(make, team, all=("customers:read", "customers:create")))
        for name in FINANCE:
            refused = await clerk.post("/customers", json={"name": "甲", name: FACTS[name]})
            assert (refused.status_code, refused.json()["right"]) == (403, RIGHT), name
        assert (await clerk.get("/customers")).json()["total"] == 0
        answer = await clerk.post("/customers", json={"name": "甲", **NOTHING})
        assert (answer.status_code, told(answer.json())) == (201, NOTHING)

    async def test_for_a_colleague_it_needs_to_reach_the_colleague(self, team: Team, as_: As, make: Make) -> None:
        rights = ("customers:read", "customers:create", "people:read", "plans:execute")
        clerk = as_(await with_rights(make, team, department=rights, own=(RIGHT,)))
        body = {"name": "甲", "turnover": "1"}
        refused = await clerk.post("/customers", json={**body, "manager_id": team.colleague.id})
        assert (refused.status_code, refused.json().get("right")) == (403, RIGHT)
        assert (await clerk.post("/customers", json=body)).status_code == 201

    async def test_an_import_brings_them_in_and_does_not_tell_them(self, team: Team, as_: As, make: Make) -> None:
        await make.user("manager", external_id="u1", department=team.east)
        row = {"external_id": "c1", "name": "蓝海科技", "manager_external_id": "u1", **FACTS}
        admin = as_(team.admin)
        answer = await admin.post("/imports/customers", json={"rows": [row]})
        result = answer.json()["results"][0]
        assert result["outcome"] == "created", result
        told_to_admin = answer.text + (await admin.get("/audit")).text
        assert [value for value in VALUES if value in told_to_admin] == []
        stored = select(Customer.bank).where(Customer.id == result["id"]).execution_options(scoped="test")
        assert await make.session.scalar(stored) == FACTS["bank"]


async def test_what_a_customer_owes_is_one_of_them(make: Make, team: Team, as_: As, nobody_holds_it: Step) -> None:
    customer, yesterday = await make.customer(team.manager), make.today - timedelta(days=1)
    await make.order(
        customer, (await make.product(price=Decimal(777)), 1), status="confirmed", owner_id=team.manager.id,
        date=yesterday, due_date=yesterday,
    )  # fmt: skip
    summary, report = f"/customers/{customer.id}/orders/summary", f"/reports/contribution?date_from={yesterday}"
    asked = (summary, report, report.replace("?", "/export?format=csv&"))
    seen = [
        (await as_(who).get(path)).text for who, path in zip((team.manager, *[team.executive] * 2), asked, strict=True)
    ]
    owed = json.loads(seen[0])
    assert (owed["finance"], owed["unpaid"], owed["overdue"]) == (True, "777.00", "777.00")
    await nobody_holds_it()
    hidden = (await as_(team.manager).get(summary)).json()
    assert {name: hidden[name] for name in ("finance", "paid", "unpaid", "overdue")} == {
        "finance": False, "paid": None, "unpaid": None, "overdue": None,
    }  # fmt: skip
    assert hidden["total"] == "777.00"
    table = (await as_(team.executive).get(report)).json()["tables"][0]
    keys = [column["key"] for column in table["columns"]]
    values = dict(zip(keys, table["rows"][0]["values"], strict=True))
    assert (values["total"], values["paid"], values["unpaid"]) == ("777.00", None, None)
