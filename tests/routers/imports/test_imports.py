"""Imports over HTTP: a result per row, a second run that changes nothing, the rules of the nouns."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.models.access.users import User
from app.models.base.audit import LogEntry
from app.models.customers.customers import Customer
from app.models.customers.linkmen import Linkman
from app.models.sales.chance_stages import ChanceStage
from app.models.sales.chances import Chance
from app.services.base import verify
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
PEOPLE = [
    {"external_id": "u1", "user_name": "ann", "name": "Ann", "roles": ["manager"], "department_external_id": "d2"},
    {"external_id": "u2", "user_name": "bob", "name": "Bob", "roles": ["supervisor"], "department_external_id": "d1"},
]
DEPARTMENTS = [
    {"external_id": "d1", "name": "East"},
    {"external_id": "d2", "name": "Team", "parent_external_id": "d1"},
]
COMPANY = {"external_id": "c1", "name": "华为技术有限公司", "manager_external_id": "u1", "turnover": "10.5"}
WON = {
    "external_id": "w", "title": "GTX Pro", "customer_external_id": "c1", "creator_external_id": "u2",
    "assignee_external_id": "u1", "opened_at": "2020-03-01", "status": "succeeded", "closed_on": "2020-04-01",
    "close_value": "1000", "amount": "1200",
}  # fmt: skip


async def send(client: Client, noun: str, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await client.post(f"/imports/{noun}", json={"rows": rows})
    assert answer.status_code == 200, answer.text
    return answer.json()["results"]


def outcomes(results: list[dict[str, Any]]) -> list[str]:
    return [result["outcome"] for result in results]


def codes(result: dict[str, Any]) -> set[tuple[str, str]]:
    return {(error["pointer"], error["code"]) for error in result["errors"]}


async def a_house(client: Client) -> None:
    """Bring in two departments, two people and a customer."""
    await send(client, "departments", *DEPARTMENTS)
    await send(client, "users", *PEOPLE)
    assert outcomes(await send(client, "customers", COMPANY)) == ["created"]


NAMED = [
    "departments",
    "users",
    "products",
    "customers",
    "linkmen",
    "chances",
    "orders",
    "plans",
    "activities",
    "services",
    "losses",
    "shipments",
]
"""Nouns whose records have ids of other systems."""
KEYED = ["dict", "storage"]


class TestDoor:
    @pytest.mark.parametrize("noun", [*NAMED, *KEYED])
    async def test_only_with_the_right(self, noun: str, team: Team, as_: As) -> None:
        answer = await as_(team.supervisor).post(f"/imports/{noun}", json={"rows": [{"external_id": "1"}]})
        assert answer.status_code == 403

    @pytest.mark.parametrize("noun", [*NAMED, *KEYED])
    async def test_the_shape_of_the_body_is_refused_as_a_whole(self, noun: str, team: Team, as_: As) -> None:
        for body in ({}, {"rows": []}, {"rows": [1]}, {"rows": [{}] * 501}, {"rows": [{}], "more": 1}):
            answer = await as_(team.admin).post(f"/imports/{noun}", json=body)
            assert answer.status_code == 422, body

    @pytest.mark.parametrize("noun", NAMED)
    async def test_a_row_without_external_id_is_refused_alone(self, noun: str, team: Team, as_: As) -> None:
        result = (await send(as_(team.admin), noun, {"nonsense": 1}))[0]
        assert (result["outcome"], result["id"], result["external_id"]) == ("refused", None, None)
        assert {("/rows/0/external_id", "missing"), ("/rows/0/nonsense", "extra_forbidden")} <= codes(result)


class TestPeople:
    async def test_a_batch_may_refer_to_its_own_earlier_rows(self, team: Team, as_: As) -> None:
        client = as_(team.admin)
        assert outcomes(await send(client, "departments", *DEPARTMENTS)) == ["created", "created"]
        assert outcomes(await send(client, "users", *PEOPLE)) == ["created", "created"]
        led = [DEPARTMENTS[0], {**DEPARTMENTS[1], "leader_external_id": "u2"}]
        assert outcomes(await send(client, "departments", *led)) == ["unchanged", "updated"]
        rows = {row["external_id"]: row for row in (await client.get("/departments")).json()}
        assert rows["d2"]["parent"]["name"] == "East"
        assert rows["d2"]["leader"]["name"] == "Bob"

    async def test_a_later_row_cannot_be_referred_to_nor_a_refused_one(self, team: Team, as_: As) -> None:
        results = await send(
            as_(team.admin), "departments", DEPARTMENTS[1], DEPARTMENTS[0],
            {"external_id": "d3", "name": "Below", "parent_external_id": "d2"}, {"external_id": "d1", "name": "Twice"},
        )  # fmt: skip
        assert outcomes(results) == ["refused", "created", "refused", "refused"]
        assert codes(results[0]) == {("/rows/0/parent_external_id", "not_found")}
        assert codes(results[3]) == {("/rows/3/external_id", "repeated")}

    async def test_a_department_cannot_hang_below_itself(self, team: Team, as_: As) -> None:
        client = as_(team.admin)
        await send(client, "departments", *DEPARTMENTS)
        results = await send(client, "departments", {**DEPARTMENTS[0], "parent_external_id": "d2"})
        assert codes(results[0]) == {("/rows/0/parent_external_id", "circle")}

    async def test_people_come_without_a_password_and_with_their_roles(self, team: Team, as_: As) -> None:
        client = as_(team.admin)
        await send(client, "departments", *DEPARTMENTS)
        await send(client, "users", *PEOPLE)
        found = (await client.get("/users?external_id=u1")).json()["items"][0]
        assert (found["roles"], found["has_password"], found["department"]["name"]) == (["manager"], False, "Team")
        changed = {**PEOPLE[0], "roles": ["manager", "supervisor"]}
        assert outcomes(await send(client, "users", changed)) == ["updated"]
        assert outcomes(await send(client, "users", changed)) == ["unchanged"]

    async def test_log_in_names_and_roles_are_checked(self, team: Team, as_: As) -> None:
        rows = [
            {**PEOPLE[0], "external_id": "x", "department_external_id": None},
            {**PEOPLE[0], "external_id": "y", "department_external_id": None, "user_name": "ANN"},
            {**PEOPLE[0], "external_id": "z", "department_external_id": None, "user_name": "z1", "roles": ["king"]},
        ]
        results = await send(as_(team.admin), "users", *rows)
        assert outcomes(results) == ["created", "refused", "refused"]
        assert codes(results[1]) == {("/rows/1/user_name", "taken")}
        assert codes(results[2]) == {("/rows/2/roles", "not_found")}

    async def test_the_last_administrator_stays(self, team: Team, as_: As, make: Make) -> None:
        team.admin.external_id = "boss"
        await make.session.commit()
        boss = {"external_id": "boss", "user_name": team.admin.user_name, "name": "Boss", "roles": ["manager"]}
        results = await send(as_(team.admin), "users", boss)
        assert codes(results[0]) == {("/rows/0/roles", "last_administrator")}


class TestCustomersAndContacts:
    async def test_a_customer_gets_number_and_search_keys(self, team: Team, as_: As, make: Make) -> None:
        await a_house(as_(team.admin))
        found = await make.session.scalar(
            select(Customer).where(Customer.external_id == "c1").execution_options(scoped="t")
        )
        assert found.number.startswith(f"KH{make.today:%Y%m%d}")
        assert (found.initials, str(found.turnover), found.version) == ("hwjsyxgs", "10.50", 1)

    async def test_each_row_answers_for_itself(self, team: Team, as_: As) -> None:
        client = as_(team.admin)
        await a_house(client)
        results = await send(
            client, "customers",
            {"external_id": "a", "name": "A", "manager_external_id": "u1", "industry": "moon"},
            {"external_id": "b", "name": "B"},
            {"external_id": "c", "name": "C", "manager_external_id": "u1", "credit_code": "91350100M000100Y44"},
            {"external_id": "d", "name": "D", "manager_external_id": "u1", "turnover": "1,234"},
            {"external_id": "e", "name": "E", "manager_external_id": "u1", "parent_external_id": "c1"},
        )  # fmt: skip
        assert outcomes(results) == ["refused"] * 4 + ["created"]
        assert codes(results[0]) == {("/rows/0/industry", "not_in_dictionary")}
        assert codes(results[1]) == {("/rows/1/manager_external_id", "required")}
        assert codes(results[2]) == {("/rows/2/credit_code", "value_error")}
        assert codes(results[3]) == {("/rows/3/turnover", "decimal_parsing")}

    async def test_what_lies_in_the_recycle_bin_is_told(self, team: Team, as_: As, make: Make) -> None:
        await make.customer(team.manager, external_id="gone", deleted_at=make.now())
        results = await send(as_(team.admin), "customers", {**COMPANY, "external_id": "gone"})
        assert ("/rows/0/external_id", "deleted") in codes(results[0])

    async def test_a_second_run_changes_nothing(self, team: Team, as_: As, make: Make) -> None:
        client = as_(team.admin)
        await a_house(client)
        before = await make.session.scalar(select(func.count()).select_from(LogEntry))
        assert outcomes(await send(client, "departments", *DEPARTMENTS)) == ["unchanged"] * 2
        assert outcomes(await send(client, "users", *PEOPLE)) == ["unchanged"] * 2
        assert outcomes(await send(client, "customers", COMPANY)) == ["unchanged"]
        assert await make.session.scalar(select(func.count()).select_from(LogEntry)) == before
        version = select(Customer.version).where(Customer.external_id == "c1")
        assert await make.session.scalar(version.execution_options(scoped="t")) == 1

    async def test_one_primary_contact_a_customer(self, team: Team, as_: As, make: Make) -> None:
        client = as_(team.admin)
        await a_house(client)
        one = {"external_id": "l1", "name": "张三", "customer_external_id": "c1"}
        two = {"external_id": "l2", "name": "李四", "customer_external_id": "c1", "superior_external_id": "l1"}
        assert outcomes(await send(client, "linkmen", one, two)) == ["created", "created"]
        primary = select(Linkman.external_id).where(Linkman.is_primary.is_(True)).execution_options(scoped="the test")
        assert (await make.session.scalars(primary)).all() == ["l1"]
        assert outcomes(await send(client, "linkmen", one, {**two, "is_primary": True})) == ["unchanged", "updated"]
        assert (await make.session.scalars(primary)).all() == ["l2"]
        circle = {**one, "superior_external_id": "l2"}
        assert codes((await send(client, "linkmen", circle))[0]) == {("/rows/0/superior_external_id", "circle")}


class TestChances:
    async def test_a_won_chance_brings_owner_dates_and_history(self, team: Team, as_: As, make: Make) -> None:
        client = as_(team.admin)
        await a_house(client)
        assert outcomes(await send(client, "chances", WON)) == ["created"]
        chance = await make.session.scalar(select(Chance).execution_options(scoped="the test"))
        assert (chance.status, chance.closed_on, chance.first_assigned_on) == (
            "succeeded", date(2020, 4, 1), date(2020, 3, 1),
        )  # fmt: skip
        assert chance.customer_name == "华为技术有限公司"
        stay = await make.session.scalar(select(ChanceStage).where(ChanceStage.chance_id == chance.id))
        assert (stay.entered_at, stay.left_at) == (chance.opened_at, chance.closed_at)
        ann = await make.session.scalar(select(User).where(User.external_id == "u1"))
        ann.roles = ("manager",)
        row = (await as_(ann).get("/chances/summary?group_by=status")).json()["rows"][0]
        assert (row["won_count"], float(row["won_value"]), row["mean_days_to_close"]) == (1, 1000, "31.00")
        assert await verify.sums(make.ctx) == []

    async def test_a_second_run_changes_nothing(self, team: Team, as_: As, make: Make) -> None:
        client = as_(team.admin)
        await a_house(client)
        open_one = {"external_id": "o", "title": "T", "customer_name": "未知", "creator_external_id": "u1"}
        assert outcomes(await send(client, "chances", WON, open_one)) == ["created"] * 2
        log, stays = select(func.count()).select_from(LogEntry), select(func.count()).select_from(ChanceStage)
        before = (await make.session.scalar(log), await make.session.scalar(stays))
        assert outcomes(await send(client, "chances", WON, open_one)) == ["unchanged"] * 2
        assert (await make.session.scalar(log), await make.session.scalar(stays)) == before

    @pytest.mark.parametrize(
        ("change", "pointer", "code"),
        [
            ({"assignee_external_id": None}, "assignee_external_id", "required"),
            ({"customer_external_id": None, "customer_name": "X"}, "customer_external_id", "required"),
            ({"customer_external_id": "nobody"}, "customer_external_id", "not_found"),
            ({"close_value": None}, "close_value", "required"),
            ({"closed_on": "2020-02-01"}, "closed_on", "before_opened"),
            ({"closed_on": "2999-01-01"}, "closed_on", "in_future"),
            ({"opened_at": "2999-01-01T00:00:00Z"}, "opened_at", "in_future"),
            ({"assigned_at": "2020-02-01"}, "assigned_at", "before_opened"),
            ({"status": "assigned"}, "closed_on", "not_in_state"),
            ({"status": "unassigned"}, "assignee_external_id", "not_in_state"),
            ({"status": "failed"}, "close_reason", "required"),
            ({"status": "failed"}, "close_value", "not_in_state"),
            ({"close_reason": "moon"}, "close_reason", "not_in_dictionary"),
            ({"stage_id": 999_999}, "stage_id", "not_found"),
            ({"source": "moon"}, "source", "not_in_dictionary"),
            ({"amount": "-1"}, "amount", "greater_than_equal"),
            ({"status": "sleeping"}, "status", "literal_error"),
        ],
    )
    async def test_the_rules_of_the_life_cycle_hold(
        self, change: dict[str, Any], pointer: str, code: str, team: Team, as_: As
    ) -> None:
        client = as_(team.admin)
        await a_house(client)
        good = {**WON, "external_id": "good"}
        results = await send(client, "chances", WON | change, good)
        assert outcomes(results) == ["refused", "created"]
        assert (f"/rows/0/{pointer}", code) in codes(results[0])

    async def test_an_open_chance_may_be_closed_by_a_later_run(self, team: Team, as_: As, make: Make) -> None:
        client = as_(team.admin)
        await a_house(client)
        working = {key: value for key, value in WON.items() if key not in {"closed_on", "close_value"}}
        assert outcomes(await send(client, "chances", working | {"status": "assigned"})) == ["created"]
        chance = await make.session.scalar(select(Chance).execution_options(scoped="the test"))
        plan = await make.plan(chance, date=make.today + timedelta(days=1))
        assert outcomes(await send(client, "chances", WON)) == ["updated"]
        await make.session.refresh(plan)
        assert plan.status == "cancelled"
        assert [stay.left_at is not None for stay in await make.session.scalars(select(ChanceStage))] == [True]
        assert await verify.sums(make.ctx) == []
        frozen = await send(client, "chances", WON | {"title": "Another"})
        assert codes(frozen[0]) == {("/rows/0/title", "closed")}

    async def test_a_batch_is_a_handful_of_statements(self, team: Team, as_: As, connection: AsyncConnection) -> None:
        client = as_(team.admin)
        await a_house(client)
        seen: list[str] = []

        def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
            seen.append(statement)

        event.listen(connection.sync_connection, "before_cursor_execute", note)
        results = await send(client, "chances", *[WON | {"external_id": f"w{n}"} for n in range(500)])
        event.remove(connection.sync_connection, "before_cursor_execute", note)
        assert set(outcomes(results)) == {"created"}
        assert len([statement for statement in seen if "SAVEPOINT" not in statement]) <= 16
