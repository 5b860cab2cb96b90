"""Behind each number of each report stand as many records as the number says, for each person who may ask."""

import random
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.models.access.users import User
from app.schemas.reports.reports import ReportCode
from app.services.reports import desk
from app.services.reports.reports import REPORTS
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
DRILLS = [(code, table) for code, analysis in REPORTS.items() for table in analysis.drills]
FIRST = date(2026, 3, 1)
MARCH = "date_from=2026-03-01&date_to=2026-03-31&with_lost=true"
PART_OF_MARCH = "date_from=2026-03-05&date_to=2026-03-20"
NOT_COUNTED = {"goal", "attainment"}
"""Of kind count, but aims and not records."""


def day(luck: random.Random) -> date:
    return FIRST + timedelta(days=luck.randrange(-5, 36))


def at(luck: random.Random) -> datetime:
    return datetime(2026, 2, 25, tzinfo=UTC) + timedelta(hours=luck.randrange(24 * 40))


async def everything(make: Make, team: Team, people: list[User] | None = None) -> None:
    """Make records of every noun around March, with gaps, for these people, else for three of two teams."""
    luck = random.Random(2)  # noqa: S311  test data
    people = people or [team.manager, team.colleague, team.stranger]
    product = await make.product(price=Decimal(3))
    stages = [await make.stage(place) for place in range(3)]
    rival = await make.competitor()
    for _ in range(25):
        person, other = luck.choice(people), luck.choice(people)
        facts: dict[str, Any] = {"status": luck.choice(["normal", "warning", "lost"]), "created_at": at(luck)}
        facts |= {"level": luck.choice(["major", None]), "credit": luck.choice([1, 5, None]), "region": "east"}
        customer = await make.customer(person, **facts)
        won = luck.choice(["succeeded", "failed"])
        closed = {"status": won, "closed_on": day(luck), "close_reason": luck.choice(["price", None])}
        closed |= {"competitor_id": luck.choice([rival.id, None])}
        closed |= {"close_value": Decimal(9) if won == "succeeded" else None, "source": luck.choice(["website", None])}
        await make.chance(person, other, closed_at=at(luck), first_assigned_on=luck.choice([None, FIRST]), **closed)
        amount = luck.choice([None, Decimal(5)])
        chance = await make.chance(person, other, amount=amount, stage_id=luck.choice(stages).id)
        await make.stay(
            chance, luck.choice(stages).id, at(luck), luck.choice([None, datetime(2026, 3, 30, tzinfo=UTC)])
        )
        await make.plan(chance, date=day(luck), status=luck.choice(["open", "done", "cancelled"]))
        await make.activity(customer, other, at=at(luck), kind=luck.choice(["phone", "visit"]))
        status = luck.choice(["draft", "confirmed", "completed"])
        owner = None if status == "draft" else other.id
        await make.order(customer, (product, luck.randrange(1, 9)), date=day(luck), status=status, owner_id=owner)
        lost = luck.choice([{"status": "lost", "lost_date": day(luck), "reason": luck.choice(["price", None])}, {}])
        ended = {"closed_at": at(luck)} if lost else {}
        await make.loss(customer, review_date=luck.choice([FIRST, None]), last_order_date=FIRST, **lost, **ended)
        kind = {
            "type": luck.choice(["inquiry", "request"]),
            "opened_at": at(luck),
            "deadline": luck.choice([None, at(luck)]),
            "category": luck.choice(["billing", None]),
            "product_id": luck.choice([product.id, None]),
        }
        await make.service(customer, other, **kind, satisfaction=luck.choice([None, 4]))
        await make.service(customer, other, **kind, status="archived", first_dealt_at=at(luck) + timedelta(days=40))
        await make.service(customer, **kind, status="void")


async def behind(person: Client, period: str, code: str, table: str, key: str, column: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    path, after = f"/reports/{code}/rows?{period}&table={table}&key={key}&column={column}&limit=7", ""
    while True:
        answer = await person.get(path + after)
        assert answer.status_code == 200, answer.text
        found += answer.json()["items"]
        if answer.json()["next_after_id"] is None:
            return found
        after = f"&after_id={answer.json()['next_after_id']}"


@pytest.mark.parametrize(("who", "period"), [("executive", MARCH), ("supervisor", MARCH), ("executive", PART_OF_MARCH)])
async def test_as_many_records_as_each_count_says(who: str, period: str, make: Make, team: Team, as_: As) -> None:
    await everything(make, team)
    person = as_(getattr(team, who))
    checked = set()
    for code in sorted({code for code, _ in DRILLS}):
        for part in (await person.get(f"/reports/{code}?{period}")).json()["tables"]:
            for row in part["rows"]:
                for column, value in zip(part["columns"], row["values"], strict=True):
                    if column["kind"] == "count" and column["key"] not in NOT_COUNTED:
                        records = await behind(person, period, code, part["key"], row["key"], column["key"])
                        where = code, part["key"], row["key"], column["key"]
                        assert len({one["id"] for one in records}) == len(records) == int(value), where
                        checked.add(where[:2])
    # Those of money have no count to compare, and no department has a goal here.
    tables = ("people", "departments", "months")
    without = {(ReportCode.GOALS, f"{m}_{w}") for m in ("won_amount", "paid_amount") for w in tables}
    assert checked == set(DRILLS) - without - {(ReportCode.GOALS, "new_customers_departments")}


async def answers(person: Client) -> dict[str, Any]:
    found = {code: (await person.get(f"/reports/{code}?{MARCH}")).json() for code in ReportCode}
    return {code: {key: value for key, value in found[code].items() if key != "as_of"} for code in found}


async def test_no_analysis_counts_what_another_department_does(make: Make, team: Team, as_: As) -> None:
    supervisor, executive = as_(team.supervisor), as_(team.executive)
    await everything(make, team, [team.manager, team.colleague])
    mine, whole = await answers(supervisor), await answers(executive)
    await everything(make, team, [team.stranger])
    assert await answers(supervisor) == mine
    after = await answers(executive)
    assert [code for code in ReportCode if after[code] == whole[code]] == []


class TestReportRows:
    async def test_every_table_can_be_opened(self, make: Make, team: Team, as_: As) -> None:
        await everything(make, team)
        person = as_(team.executive)
        for code, table in DRILLS:
            assert (await person.get(f"/reports/{code}/rows?{MARCH}&table={table}")).status_code == 200
            for part in (await person.get(f"/reports/{code}?{MARCH}")).json()["tables"]:
                assert (code, part["key"]) in DRILLS
                for column in part["columns"]:
                    path = f"/reports/{code}/rows?{MARCH}&table={part['key']}&column={column['key']}"
                    assert (await person.get(path)).status_code == 200

    async def test_a_record_tells_who_when_and_how_much(self, make: Make, team: Team, as_: As) -> None:
        product, customer = await make.product(price=Decimal(3)), await make.customer(team.stranger)
        order = await make.order(
            customer, (product, 4), date=date(2026, 3, 31), status="completed", owner_id=team.manager.id
        )
        path = f"/reports/contribution/rows?{MARCH}&table=customers&key={customer.id}"
        (row,) = (await as_(team.executive).get(path)).json()["items"]
        assert row == {
            "noun": "orders", "id": order.id, "number": order.number, "name": order.number, "state": "completed",
            "customer": {"id": customer.id, "name": customer.name}, "on": "2026-03-31", "amount": "12.00",
            "person": {"id": team.manager.id, "name": team.manager.name}, "chance": None, "told": None,
        }  # fmt: skip
        # The order is the team's, its customer is not.
        assert (await as_(team.supervisor).get(path)).json()["items"][0]["customer"] is None
        assert (await as_(team.other_supervisor).get(path)).json()["items"] == []

    async def test_a_plan_item_names_its_chance(self, make: Make, team: Team, as_: As) -> None:
        chance = await make.chance(team.manager, team.manager)
        plan = await make.plan(chance, date=date(2026, 3, 9))
        (row,) = (await as_(team.supervisor).get(f"/reports/activity/rows?{MARCH}&table=plans")).json()["items"]
        assert (row["noun"], row["id"], row["chance"]) == ("plans", plan.id, {"id": chance.id, "name": chance.title})

    @pytest.mark.parametrize("asked", ["table=nothing", "table=stages&key=x", "table=stages&key=99999999999999999999"])
    async def test_a_table_or_row_that_cannot_be_is_422(self, asked: str, team: Team, as_: As) -> None:
        assert (await as_(team.executive).get(f"/reports/pipeline/rows?{asked}")).status_code == 422

    async def test_a_month_that_is_none_is_422(self, team: Team, as_: As) -> None:
        answer = await as_(team.executive).get("/reports/contribution/rows?table=months&key=2026-13")
        assert answer.status_code == 422

    async def test_a_manager_has_no_reports(self, team: Team, as_: As) -> None:
        assert (await as_(team.manager).get("/reports/pipeline/rows?table=stages")).status_code == 403


class TestCrowd:
    """Analyses wait for their turn, so that they never take every connection."""

    async def test_who_waits_too_long_is_told_to_come_again(
        self, make: Make, team: Team, as_: As, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(desk, "LONGEST_WAIT_S", 0.01)
        async with AsyncExitStack() as crowd:
            for _ in range(desk.PLACES):
                await crowd.enter_async_context(desk.DESK.of(make.session).turn())
            answer = await as_(team.executive).get("/reports/pipeline")
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
            assert (await as_(team.executive).get("/chances")).status_code == 200
        assert (await as_(team.executive).get("/reports/pipeline")).status_code == 200

    async def test_a_report_that_is_composed_does_not_queue_with_its_connection(
        self, make: Make, team: Team, as_: As
    ) -> None:
        body = {"month": "2026-03-01", "department_id": team.east.id}
        async with AsyncExitStack() as crowd:
            for _ in range(desk.PLACES):
                await crowd.enter_async_context(desk.DESK.of(make.session).turn())
            answer = await as_(team.supervisor).post("/periodic-reports", json=body)
        assert answer.status_code == 201, answer.text
