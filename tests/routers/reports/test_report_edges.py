"""Analyses at their edges: whole months of goals, chances of colleagues, second rounds, codes called like our own keys."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.models.base.dict import DictItem
from app.models.care.services import ServiceRound
from app.models.sales.goals import Goal
from app.models.sales.processes import Process, Stage
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]


def rows(report: dict[str, Any], key: str) -> dict[str, list[Any]]:
    found = next(one for one in report["tables"] if one["key"] == key)
    return {row["key"]: row["values"] for row in found["rows"]}


def figures(report: dict[str, Any]) -> dict[str, Any]:
    return {one["key"]: one["value"] for one in report["figures"]}


class TestGoals:
    async def test_a_month_without_a_goal_counts_on_neither_side(self, make: Make, team: Team, as_: As) -> None:
        for month, aim, won in ((1, "100", "50"), (2, None, "400"), (3, "100", "90")):
            if aim:
                await make.add(
                    Goal(user_id=team.manager.id, month=date(2026, month, 1), metric="won_amount", value=Decimal(aim))
                )
            await make.chance(
                team.manager, team.manager, status="succeeded", closed_on=date(2026, month, 9), close_value=Decimal(won)
            )
        # Somebody without goals is held against nothing.
        await make.chance(
            team.colleague, team.colleague, status="succeeded", closed_on=date(2026, 1, 9), close_value=Decimal(70)
        )
        asked = "/reports/goals?date_from=2026-01-01&date_to=2026-03-31"
        report = (await as_(team.executive).get(asked)).json()
        assert rows(report, "won_amount_people")[str(team.manager.id)] == ["540.00", "200.00", "70"]
        assert figures(report)["won_amount"] == "610.00"
        assert figures(report)["won_amount_attainment"] == "70"

    async def test_part_of_a_month_is_answered_for_whole_months(self, make: Make, team: Team, as_: As) -> None:
        for day in (date(2026, 3, 1), date(2026, 4, 30)):
            await make.chance(team.manager, team.manager, status="succeeded", closed_on=day, close_value=Decimal(10))
        asked = "date_from=2026-03-10&date_to=2026-04-02"
        report = (await as_(team.executive).get(f"/reports/goals?{asked}")).json()
        assert (report["date_from"], report["date_to"]) == ("2026-03-01", "2026-04-30")
        assert figures(report)["won_amount"] == "20.00"
        behind = await as_(team.executive).get(
            f"/reports/goals/rows?{asked}&table=won_amount_people&key={team.manager.id}"
        )
        assert len(behind.json()["items"]) == 2


async def test_the_potential_of_a_customer_is_what_everybody_works_on(make: Make, team: Team, as_: As) -> None:
    customer = await make.customer(team.manager)
    product = await make.product(price=Decimal(10))
    await make.order(customer, (product, 1), status="confirmed", owner_id=team.manager.id, date=make.today)
    for owner in (team.manager, team.colleague, team.stranger):
        await make.chance(owner, owner, customer_id=customer.id, amount=Decimal(100), rate=50)
    asked = f"/reports/contribution?date_from={make.today}&date_to={make.today}&manager_id={team.manager.id}"
    for who, potential in ((team.executive, "150.00"), (team.supervisor, "100.00")):
        report = (await as_(who).get(asked)).json()
        assert Decimal(rows(report, "customers")[str(customer.id)][-1]) == Decimal(potential)
        place = f"{asked.replace('contribution?', 'contribution/rows?')}&table=customers&column=potential"
        for whose in ("", f"&key={customer.id}"):
            behind = (await as_(who).get(place + whose)).json()["items"]
            assert len(behind) == int(Decimal(potential) / 50), (who.name, whose)


async def test_a_second_round_after_the_deadline_is_overdue(make: Make, team: Team, as_: As) -> None:
    customer, now = await make.customer(team.manager), make.ctx.now
    deadline = now - timedelta(hours=5)
    again = await make.service(
        customer, team.manager, status="dealt", deadline=deadline, assignee_id=team.manager.id,
        first_dealt_at=deadline - timedelta(hours=1), reopen_count=1,
    )  # fmt: skip
    in_time = await make.service(
        customer, team.manager, status="dealt", deadline=deadline, assignee_id=team.manager.id,
        first_dealt_at=deadline - timedelta(hours=2), reopen_count=1,
    )  # fmt: skip
    for service, moments in ((again, (-1, 1)), (in_time, (-2, -1))):
        for n, hours in enumerate(moments, 1):
            at = deadline + timedelta(hours=hours)
            await make.add(ServiceRound(service_id=service.id, n=n, deal="x", dealt_by=team.manager.id, dealt_at=at))
    person = as_(team.executive)
    assert figures((await person.get("/reports/service")).json())["overdue"] == "1"
    behind = (await person.get("/reports/service/rows?table=quality&column=overdue")).json()["items"]
    assert [one["id"] for one in behind] == [again.id]


async def test_a_region_called_like_the_empty_one_stays_apart(make: Make, team: Team, as_: As) -> None:
    for item in ("none", "~none", "total"):
        await make.add(
            DictItem(type="region", item=item, value=f"地区{item}", sort=900, enabled=True, is_editable=True)
        )
    for region, times in ((None, 1), ("none", 2), ("~none", 3), ("total", 4)):
        for _ in range(times):
            await make.customer(team.manager, region=region)
    person = as_(team.executive)
    report = (await person.get("/reports/composition")).json()
    found = {key: values[0] for key, values in rows(report, "region").items()}
    assert found == {"none": "1", "~none": "2", "~~none": "3", "~total": "4"}
    for key, times in found.items():
        behind = (await person.get("/reports/composition/rows", params={"table": "region", "key": key})).json()
        assert len(behind["items"]) == int(times)
    sheet = (await person.get("/reports/composition/export?format=csv&language=zh-CN")).text
    assert "地区none,2" in sheet
    assert "未填写,1" in sheet


@pytest.mark.parametrize("asked", ["date_from=2000-01-01", "date_from=2000-01-01&date_to=2026-01-01"])
async def test_a_period_has_ten_years_whatever_of_it_is_given(team: Team, as_: As, asked: str) -> None:
    answer = await as_(team.executive).get(f"/reports/win-rate?{asked}")
    assert answer.status_code == 422


async def test_stages_of_one_name_tell_their_process(make: Make, team: Team, as_: As) -> None:
    old = await make.add(Process(name="直销", is_default=False, enabled=True, revision=3, retired_at=make.ctx.now))
    stage = await make.add(Stage(process_id=old.id, name="初步接触", sort=1, rate=10))
    twin = await make.add(Stage(process_id=1, name="初步接触", sort=99, rate=10))
    for one in (stage, twin):
        await make.chance(team.manager, team.manager, stage_id=one.id)
    report = (await as_(team.executive).get("/reports/pipeline")).json()
    names = {row["id"]: row["name"] for row in report["tables"][0]["rows"]}
    assert names[stage.id] == "初步接触 · 直销 v3"
    assert names[twin.id].startswith("初步接触 · ")
