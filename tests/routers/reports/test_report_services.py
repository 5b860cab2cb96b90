"""The service analysis: each number is recomputed from the rows in plain Python on random data."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from app.models.care.services import Service
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.numbers import figures, same, table
from tests.factories.team import Team

As = Callable[..., Client]
MARCH = "date_from=2026-03-01&date_to=2026-03-31"
START, END = datetime(2026, 2, 28, 16, tzinfo=UTC), datetime(2026, 3, 31, 16, tzinfo=UTC)
"""March in Shanghai."""


async def services(make: Make, team: Team) -> list[Service]:
    """Make services of two teams around March, in every state, with every kind of gap."""
    luck = random.Random(3)  # noqa: S311  test data
    people = [team.manager, team.colleague, team.stranger]
    customers = [await make.customer(person) for person in people]
    made = []
    for _ in range(90):
        place = luck.randrange(3)
        opened = START + timedelta(hours=luck.randrange(-24 * 20, 24 * 50))
        status = luck.choice(["created", "assigned", "dealt", "archived", "archived", "void"])
        assigned = opened + timedelta(minutes=luck.randrange(6000)) if status != "created" else None
        reopened = luck.choice([0, 0, 1]) if status in {"assigned", "dealt", "archived"} else 0
        dealt = assigned + timedelta(minutes=luck.randrange(9000)) if assigned and (
            reopened or status in {"dealt", "archived"}) else None  # fmt: skip
        facts: dict[str, Any] = {
            "type": luck.choice(["inquiry", "complaint", "request"]), "status": status, "opened_at": opened,
            "first_assigned_at": assigned, "first_dealt_at": dealt, "reopen_count": reopened,
            "deadline": luck.choice([None, opened + timedelta(hours=luck.randrange(200)), make.now() + timedelta(9)]),
            "satisfaction": luck.choice([3, 4, 5, None]) if status == "archived" else 2 if reopened else None,
        }  # fmt: skip
        made.append(await make.service(customers[place], people[place] if assigned else None, **facts))
    return made


class TestService:
    async def test_the_same_service_twice_is_a_repeat(self, make: Make, team: Team, as_: As) -> None:
        made = await services(make, team)
        pairs = Counter(
            (one.customer_id, one.type) for one in made if one.status != "void" and START <= one.opened_at < END
        )
        repeated = {pair: n for pair, n in pairs.items() if n > 1}
        report = (await as_(team.executive).get(f"/reports/service?{MARCH}")).json()
        assert figures(report)["repeats"] == str(len(repeated))
        part = next(one for one in report["tables"] if one["key"] == "repeats")
        kinds = [column["key"] for column in part["columns"]][1:]
        found = {
            (int(row["key"]), kind): int(value)
            for row in part["rows"]
            for kind, value in zip(kinds, row["values"][1:], strict=True)
            if int(value)
        }
        assert found == repeated

    async def test_a_supervisor_sees_the_team_only(self, make: Make, team: Team, as_: As) -> None:
        made = await services(make, team)
        ours = {team.manager.id, team.colleague.id}
        rows = [
            one for one in made
            if one.status != "void" and START <= one.opened_at < END and (one.assignee_id or one.manager_id) in ours
        ]  # fmt: skip
        report = (await as_(team.supervisor).get(f"/reports/service?{MARCH}")).json()
        assert figures(report)["count"] == str(len(rows))

    async def test_nothing_served_is_a_dash(self, team: Team, as_: As) -> None:
        shown = figures((await as_(team.executive).get(f"/reports/service?{MARCH}")).json())
        assert [shown[key] for key in ("count", "satisfaction", "once_rate", "deal_hours")] == ["0", None, None, None]


class TestPaidGoals:
    async def test_payments_count_by_their_day_and_the_owner_of_the_order(
        self, make: Make, team: Team, as_: As
    ) -> None:
        product, customer = await make.product(price=Decimal(100)), await make.customer(team.manager)
        facts = {"status": "draft", "owner_id": team.manager.id}
        order = await make.order(customer, (product, 10), **facts)
        manager = as_(team.manager)
        assert (await manager.post(f"/orders/{order.id}/confirm")).status_code == 200
        for amount in ("250.5", "49.5"):
            assert (await manager.post(f"/orders/{order.id}/payments", json={"amount": amount})).status_code == 201
        month = make.today.replace(day=1)
        goal = {"user_id": team.manager.id, "month": str(month), "metric": "paid_amount", "value": "1200"}
        person = as_(team.supervisor)
        assert (await person.post("/goals", json={"goals": [goal]})).status_code == 200
        report = (await person.get("/reports/goals")).json()
        assert table(report, "paid_amount_people") == {
            str(team.manager.id): ["300.00", "1200.00", "25.0000000000000000"]
        } or same(table(report, "paid_amount_people")[str(team.manager.id)][2], 25)
        assert figures(report)["paid_amount"] == "300.00"
