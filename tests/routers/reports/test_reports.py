"""Reports: each number is recomputed from the rows in plain Python on random data."""

import json
import random
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from statistics import mean, median
from typing import Any

import pytest

from app.schemas.reports.reports import Figure
from app.services.reports.period import Period
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.numbers import number, same, table
from tests.factories.team import Team

As = Callable[..., Client]
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
MARCH = f"date_from={FIRST}&date_to={LAST}"


@pytest.mark.parametrize(
    ("days", "before"),
    [
        (("2026-03-01", "2026-03-31"), ("2026-02-01", "2026-02-28")),
        (("2026-04-01", "2026-06-30"), ("2026-01-01", "2026-03-31")),
        (("2026-01-01", "2026-01-31"), ("2025-12-01", "2025-12-31")),
        (("2026-03-10", "2026-03-19"), ("2026-02-28", "2026-03-09")),
        (("2026-03-02", "2026-03-31"), ("2026-01-31", "2026-03-01")),
    ],
)
def test_the_period_before_is_whole_months_or_as_many_days(days: tuple[str, str], before: tuple[str, str]) -> None:
    period = Period(*(date.fromisoformat(day) for day in days))
    assert period.before(date(2026, 7, 1)) == Period(*(date.fromisoformat(day) for day in before))


@pytest.mark.parametrize(
    ("days", "today", "before"),
    [
        (("2026-01-01", "2026-12-31"), "2026-11-30", ("2025-01-01", "2025-11-30")),
        (("2026-01-01", "2026-12-31"), "2026-12-31", ("2025-01-01", "2025-12-31")),
        (("2026-04-01", "2026-06-30"), "2026-05-31", ("2026-01-01", "2026-02-28")),
        (("2026-03-01", "2026-03-31"), "2026-03-30", ("2026-02-01", "2026-02-28")),
        (("2026-03-01", "2026-03-31"), "2026-03-05", ("2026-02-01", "2026-02-05")),
        (("2026-03-10", "2026-03-19"), "2026-03-12", ("2026-02-28", "2026-03-02")),
        (("2027-01-01", "2027-12-31"), "2026-11-30", ("2026-01-01", "2026-12-31")),
    ],
)
def test_a_period_that_is_not_over_stands_against_the_same_part_of_the_one_before(
    days: tuple[str, str], today: str, before: tuple[str, str]
) -> None:
    period = Period(*(date.fromisoformat(day) for day in days))
    assert period.before(date.fromisoformat(today)) == Period(*(date.fromisoformat(day) for day in before))


async def closed_chances(make: Make, team: Team) -> list[Any]:
    """Make ended chances of three people around March, with every kind of gap."""
    luck = random.Random(7)  # noqa: S311  test data
    made = []
    for _ in range(60):
        owner = luck.choice([team.manager, team.colleague, team.stranger])
        closed = FIRST + timedelta(days=luck.randrange(-10, 45))
        won = luck.random() < 0.6
        facts: dict[str, Any] = {
            "status": "succeeded" if won else "failed",
            "closed_on": closed,
            "closed_at": datetime(2026, 3, 1, tzinfo=UTC),
            "source": luck.choice(["website", "exhibition", None]),
            "close_reason": luck.choice(["price", "unstated", None]),
            "amount": luck.choice([None, Decimal(luck.randrange(1, 10**7)) / 100]),
            "first_assigned_on": luck.choice([None, closed - timedelta(days=luck.randrange(90))]),
        }
        if won:
            facts["close_value"] = Decimal(luck.randrange(1, 10**8)) / 100
        made.append(await make.chance(owner, owner, **facts))
    return made


class TestWinRate:
    async def test_numbers_equal_a_recount(self, make: Make, team: Team, as_: As) -> None:
        rows = [one for one in await closed_chances(make, team) if FIRST <= one.closed_on <= LAST]
        report = (await as_(team.executive).get(f"/reports/win-rate?{MARCH}")).json()
        by_person = table(report, "assignees")
        for person in (team.manager, team.colleague, team.stranger):
            mine = [one for one in rows if one.assignee_id == person.id]
            won = [one for one in mine if one.status == "succeeded"]
            lost = [one for one in mine if one.status == "failed"]
            value = sum((one.close_value for one in won), Decimal(0))
            amount = sum((one.amount or 0 for one in lost), Decimal(0))
            wanted = [
                len(won),
                len(lost),
                Decimal(100) * len(won) / len(mine),
                value,
                amount,
                100 * value / (value + amount),
            ]
            assert all(same(f, w) for f, w in zip(by_person[str(person.id)], wanted, strict=True))
        figures = {one["key"]: one for one in report["figures"]}
        assert figures["won"]["value"] == str(sum(one.status == "succeeded" for one in rows))
        assert figures["rate"]["base"] == len(rows)
        assert report["previous_to"] == "2026-02-28"

    async def test_a_supervisor_sees_the_team_only(self, make: Make, team: Team, as_: As) -> None:
        rows = [one for one in await closed_chances(make, team) if FIRST <= one.closed_on <= LAST]
        report = (await as_(team.supervisor).get(f"/reports/win-rate?{MARCH}")).json()
        mine = {team.manager.id, team.colleague.id}
        assert {int(key) for key in table(report, "assignees")} == mine & {one.assignee_id for one in rows}

    async def test_filters_narrow_inside_the_scope_and_never_beyond(self, make: Make, team: Team, as_: As) -> None:
        await closed_chances(make, team)
        person = as_(team.supervisor)
        one = (await person.get(f"/reports/win-rate?{MARCH}&manager_id={team.manager.id}")).json()
        assert list(table(one, "assignees")) == [str(team.manager.id)]
        beyond = (await person.get(f"/reports/win-rate?{MARCH}&manager_id={team.stranger.id}")).json()
        assert table(beyond, "assignees") == {}
        assert {figure["value"] for figure in beyond["figures"] if figure["kind"] == "percent"} == {None}

    async def test_a_manager_has_no_reports(self, team: Team, as_: As) -> None:
        assert (await as_(team.manager).get("/reports/win-rate")).status_code == 403

    async def test_a_period_backwards_is_refused(self, team: Team, as_: As) -> None:
        answer = await as_(team.executive).get("/reports/win-rate?date_from=2026-03-02&date_to=2026-03-01")
        assert answer.status_code == 422


class TestTimeToClose:
    async def test_mean_median_and_ninetieth_percentile(self, make: Make, team: Team, as_: As) -> None:
        rows = [
            one for one in await closed_chances(make, team)
            if one.status == "succeeded" and one.first_assigned_on and FIRST <= one.closed_on <= LAST
        ]  # fmt: skip
        report = (await as_(team.executive).get(f"/reports/time-to-close?{MARCH}")).json()
        days = sorted((one.closed_on - one.first_assigned_on).days for one in rows)
        place = Decimal("0.9") * (len(days) - 1)
        low = int(place)
        p90 = days[low] + (place - low) * (days[min(low + 1, len(days) - 1)] - days[low])
        figures = {one["key"]: number(one["value"]) for one in report["figures"]}
        assert figures["count"] == len(days)
        assert same(figures["mean"], Decimal(sum(days)) / len(days))
        assert same(figures["median"], median(days))
        assert same(figures["p90"], p90)
        assert mean(days) >= 0

    async def test_nothing_closed_is_a_dash(self, team: Team, as_: As) -> None:
        report = (await as_(team.executive).get(f"/reports/time-to-close?{MARCH}")).json()
        assert [one["value"] for one in report["figures"]] == ["0", None, None, None]


class TestReasons:
    async def test_counts_and_sums_by_reason(self, make: Make, team: Team, as_: As) -> None:
        rows = [one for one in await closed_chances(make, team) if FIRST <= one.closed_on <= LAST]
        report = (await as_(team.executive).get(f"/reports/reasons?{MARCH}")).json()
        wanted: dict[tuple[str, str], list[Any]] = defaultdict(lambda: [0, Decimal(0)])
        for one in rows:
            part = wanted[one.status, one.close_reason or "none"]
            part[0] += 1
            part[1] += (one.close_value if one.status == "succeeded" else one.amount) or 0
        found = {
            (state, key): [int(values[0]), Decimal(values[1])]
            for state in ("succeeded", "failed")
            for key, values in table(report, state).items()
        }
        assert found == dict(wanted)


class TestComposition:
    async def test_shares_are_of_the_whole_and_lost_ones_are_left_out(self, make: Make, team: Team, as_: As) -> None:
        for level, status in (("major", "normal"), ("major", "warning"), (None, "normal"), ("focus", "lost")):
            await make.customer(team.manager, level=level, status=status)
        person = as_(team.executive)
        report = (await person.get("/reports/composition")).json()
        assert {key: values[0] for key, values in table(report, "level").items()} == {"major": "2", "none": "1"}
        assert same(table(report, "level")["major"][1], Decimal(200) / 3)
        with_lost = (await person.get("/reports/composition?with_lost=true")).json()
        assert table(with_lost, "level")["focus"][0] == "1"

    async def test_with_a_period_those_created_in_it_against_those_before(
        self, make: Make, team: Team, as_: As
    ) -> None:
        # 2026-03-31 23:30 in Shanghai is still March; half an hour later is not, wherever the server stands.
        for moment in ("2026-03-31T15:30:00+00:00", "2026-03-31T16:00:00+00:00", "2026-02-10T00:00:00+00:00"):
            await make.customer(team.manager, created_at=datetime.fromisoformat(moment))
        report = (await as_(team.executive).get(f"/reports/composition?{MARCH}")).json()
        assert report["figures"][0]["value"] == "1"
        assert report["figures"][0]["previous"] == "1"


class TestPipeline:
    async def test_stages_conversion_and_days(self, make: Make, team: Team, as_: As) -> None:
        stages = [one["id"] for one in (await as_(team.manager).get("/processes")).json()[0]["stages"]]
        on = datetime(2026, 3, 5, tzinfo=UTC)
        first = await make.chance(team.manager, team.manager, amount=Decimal(100), rate=40, stage_id=stages[1])
        await make.chance(team.manager, team.manager, amount=None, rate=10, stage_id=stages[0])
        for chance, stage, start, end in (
            (first, stages[0], on, on + timedelta(days=4)),
            (first, stages[1], on + timedelta(days=4), None),
        ):
            await make.stay(chance, stage, start, end)
        report = (await as_(team.executive).get(f"/reports/pipeline?{MARCH}")).json()
        rows = table(report, "stages")
        assert [number(value) for value in rows[str(stages[1])][:4]] == [1, 100, 40, 0]
        assert [rows[str(stages[0])][place] for place in (0, 3)] == ["1", "1"]
        assert same(rows[str(stages[0])][5], 100)
        assert same(rows[str(stages[0])][6], 4)
        assert report["kept"] is True


class TestDepartments:
    async def test_a_department_counts_with_all_below_it(self, make: Make, team: Team, as_: As) -> None:
        await closed_chances(make, team)
        person = as_(team.executive)
        for department, people in ((team.east, {team.manager.id, team.colleague.id}), (team.company, None)):
            report = (await person.get(f"/reports/win-rate?{MARCH}&department_id={department.id}")).json()
            found = {int(key) for key in table(report, "assignees")}
            assert found
            assert people is None or found <= people
            assert (people is None) == (team.stranger.id in found)


class TestGoals:
    async def test_attainment_of_people_and_departments(self, make: Make, team: Team, as_: As) -> None:
        march = date(2026, 3, 5)
        for owner, value in ((team.manager, 300), (team.colleague, 100), (team.stranger, 50)):
            await make.chance(owner, owner, status="succeeded", closed_on=march, close_value=Decimal(value))
        goals = [
            {"user_id": team.manager.id, "month": "2026-03-01", "metric": "won_amount", "value": "200"},
            {"department_id": team.east.id, "month": "2026-03-01", "metric": "won_amount", "value": "800"},
        ]
        person = as_(team.supervisor)
        assert (await person.post("/goals", json={"goals": goals})).status_code == 200
        report = (await person.get(f"/reports/goals?{MARCH}")).json()
        people, units = table(report, "won_amount_people"), table(report, "won_amount_departments")
        assert [number(one) for one in people[str(team.manager.id)]] == [300, 200, 150]
        assert people[str(team.colleague.id)] == ["100.00", None, None]
        assert [number(one) for one in units[str(team.east.id)]] == [400, 800, 50]
        assert str(team.stranger.id) not in people

    async def test_setting_again_replaces_and_none_takes_away(self, team: Team, as_: As) -> None:
        person = as_(team.supervisor)
        goal = {"user_id": team.manager.id, "month": "2026-03-01", "metric": "new_customers"}
        for value in ("3", "5"):
            answer = await person.post("/goals", json={"goals": [{**goal, "value": value}]})
        assert [(one["value"], one["version"]) for one in answer.json()["goals"]] == [("5.00", 2)]
        assert (await person.post("/goals", json={"goals": [goal]})).json() == {"goals": []}

    async def test_goals_stay_inside_the_scope(self, team: Team, as_: As) -> None:
        month = {"month": "2026-03-01", "metric": "won_amount", "value": "1"}
        person = as_(team.supervisor)
        for whose in (
            {"user_id": team.stranger.id},
            {"department_id": team.west.id},
            {"department_id": team.company.id},
        ):
            goals = [{**month, "user_id": team.manager.id}, {**month, **whose}]
            answer = await person.post("/goals", json={"goals": goals})
            assert answer.status_code == 422
            assert answer.json()["errors"][0]["pointer"] == f"/goals/1/{next(iter(whose))}"
        months = "month_from=2026-03-01&month_to=2026-03-01"
        assert (await person.get(f"/goals?{months}")).json() == {"goals": []}
        assert (await as_(team.manager).post("/goals", json={"goals": [month]})).status_code == 403

    async def test_a_manager_reads_their_own_only(self, team: Team, as_: As) -> None:
        month = {"month": "2026-03-01", "metric": "won_amount", "value": "1"}
        goals = [{**month, "user_id": one.id} for one in (team.manager, team.colleague)]
        await as_(team.supervisor).post("/goals", json={"goals": goals})
        rows = (await as_(team.manager).get("/goals?month_from=2026-03-01&month_to=2026-03-01")).json()["goals"]
        assert [row["user"]["id"] for row in rows] == [team.manager.id]


class TestActivity:
    async def test_kinds_per_writer_and_plans_done_of_due(self, make: Make, team: Team, as_: As) -> None:
        customer = await make.customer(team.manager)
        at = datetime(2026, 3, 10, tzinfo=UTC)
        for kind in ("visit", "visit", "phone"):
            await make.activity(customer, team.manager, kind=kind, at=at)
        await make.activity(customer, team.manager, at=datetime(2026, 4, 10, tzinfo=UTC))
        chance = await make.chance(team.manager, team.manager)
        for state in ("done", "open", "cancelled"):
            await make.plan(chance, status=state, date=date(2026, 3, 9))
        report = (await as_(team.supervisor).get(f"/reports/activity?{MARCH}")).json()
        columns = [one["key"] for one in report["tables"][0]["columns"]]
        values = table(report, "writers")[str(team.manager.id)]
        assert dict(zip(columns, values, strict=True)) == {"count": "3", "visit": "2", "phone": "1"}
        assert [number(one) for one in table(report, "plans")[str(team.manager.id)]] == [2, 1, 50]


def test_numbers_are_written_out() -> None:
    figure = {"key": "k", "kind": "percent", "value": Decimal("0E+20"), "previous": Decimal("1E-7"), "base": None}
    assert json.loads(Figure.model_validate(figure).model_dump_json())["value"] == "0"
    assert '"previous":"0.0000001"' in Figure.model_validate(figure).model_dump_json()
