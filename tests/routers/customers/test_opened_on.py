"""Since when somebody is a customer: reports of new ones and the loss rate go by it, not by when the record was made."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team
from tests.routers.imports.test_import_keys import one

As = Callable[..., Client]
ROW = {"external_id": "c9", "name": "蓝海公司", "manager_external_id": "u1", "level": "major"}
OLD = date(2020, 3, 5)


async def brought_in(team: Team, as_: As, make: Make, **more: Any) -> dict[str, Any]:
    team.manager.external_id = "u1"
    await make.session.commit()
    return await one(as_(team.admin), "customers", ROW | more)


async def report(client: Client, code: str, **query: Any) -> dict[str, list[Any]]:
    answer = await client.get(f"/reports/{code}", params=query)
    assert answer.status_code == 200, answer.text
    return {table["key"]: table for table in answer.json()["tables"]}


class TestWrites:
    async def test_a_new_customer_is_opened_today(self, team: Team, as_: As, make: Make) -> None:
        made = (await as_(team.manager).post("/customers", json={"name": "绿洲公司"})).json()
        assert made["opened_on"] == str(make.today)
        assert (await brought_in(team, as_, make))["outcome"] == "created"
        row = (await as_(team.manager).get("/customers?external_id=c9")).json()["items"][0]
        assert row["opened_on"] == str(make.today)

    async def test_an_import_tells_it_and_keeps_it(self, team: Team, as_: As, make: Make) -> None:
        await brought_in(team, as_, make, opened_on=str(OLD))
        for more, outcome in (
            ({"opened_on": str(OLD)}, "unchanged"),
            ({}, "unchanged"),
            ({"opened_on": None}, "unchanged"),
        ):
            assert (await brought_in(team, as_, make, **more))["outcome"] == outcome
        row = (await as_(team.manager).get("/customers?external_id=c9")).json()["items"][0]
        assert row["opened_on"] == str(OLD)

    @pytest.mark.parametrize("body", [{"opened_on": "2020-01-01"}])
    async def test_nobody_sets_it_on_screen(self, body: dict[str, str], team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        answer = await as_(team.manager).patch(f"/customers/{customer.id}", json=body, headers={"If-Match": '"1"'})
        assert answer.status_code == 422

    async def test_it_does_not_lie_in_the_future(self, team: Team, as_: As, make: Make) -> None:
        result = await brought_in(team, as_, make, opened_on=str(make.today + timedelta(days=3)))
        assert result["errors"][0]["code"] == "in_future"


class TestReports:
    async def test_new_customers_are_counted_by_it(self, team: Team, as_: As, make: Make) -> None:
        await brought_in(team, as_, make, opened_on=str(OLD))
        supervisor = as_(team.supervisor)
        now = {"date_from": str(make.today.replace(day=1)), "date_to": str(make.today)}
        then = {"date_from": "2020-03-01", "date_to": "2020-03-31"}
        for period, count in ((now, 0), (then, 1)):
            composition = await report(supervisor, "composition", **period)
            assert Decimal(composition["level"]["total"]["values"][0]) == count, period
            goals = await report(supervisor, "goals", **period)
            assert any(Decimal(row["values"][0]) == 1 for row in goals["new_customers_months"]["rows"]) is bool(count)

    async def test_the_loss_rate_counts_who_was_a_customer_at_the_start(self, team: Team, as_: As, make: Make) -> None:
        await brought_in(team, as_, make, opened_on=str(OLD))
        lost = await make.customer(team.manager, status="lost", opened_on=OLD)
        day = make.today - timedelta(days=1)
        await make.loss(lost, status="lost", lost_date=day, reason="price", closed_at=make.now() - timedelta(days=1))
        answer = await as_(team.supervisor).get(f"/reports/loss?date_from={day}&date_to={make.today}")
        figures = {one["key"]: one["value"] for one in answer.json()["figures"]}
        assert Decimal(figures["loss_rate"]) == Decimal(50), figures


async def test_the_moment_of_confirmation_is_the_order_s_own(team: Team, as_: As, make: Make) -> None:
    await brought_in(team, as_, make)
    await make.product("甲", price=Decimal(1), external_id="p1")
    order = {
        "customer_external_id": "c9", "status": "completed", "date": "2020-05-01",
        "lines": [{"product_external_id": "p1", "count": 1}],
    }  # fmt: skip
    for key, more, at in (
        ("o1", {}, "2020-04-30T16:00:00Z"),
        ("o2", {"confirmed_at": "2020-05-02T01:00:00Z"}, "2020-05-02T01:00:00Z"),
        ("o3", {"confirmed_at": "2020-05-03"}, "2020-05-02T16:00:00Z"),
    ):
        assert (await one(as_(team.admin), "orders", order | {"external_id": key} | more))["outcome"] == "created"
        assert (await one(as_(team.admin), "orders", order | {"external_id": key} | more))["outcome"] == "unchanged"
        row = (await as_(team.manager).get(f"/orders?external_id={key}")).json()["items"][0]
        assert row["confirmed_at"] == at
    late = order | {"external_id": "o4", "confirmed_at": str(make.today + timedelta(days=2))}
    assert (await one(as_(team.admin), "orders", late))["errors"][0]["pointer"] == "/rows/0/confirmed_at"
    draft = order | {"external_id": "o5", "status": "draft", "confirmed_at": "2020-05-03"}
    assert (await one(as_(team.admin), "orders", draft))["errors"][0]["code"] == "not_in_state"
