"""What somebody reached of their own goals: without the right to read reports."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from app.services.reports.figures import ratio
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
MINE = "/goals/mine?month=2026-03-01"


class TestMine:
    async def test_a_manager_sees_what_was_reached_of_their_own_goals(self, make: Make, team: Team, as_: As) -> None:
        for person, day, value in (
            (team.manager, date(2026, 3, 5), 300),
            (team.manager, date(2026, 4, 1), 50),
            (team.colleague, date(2026, 3, 5), 100),
        ):
            await make.chance(person, person, status="succeeded", closed_on=day, close_value=Decimal(value))
        aims = {"month": "2026-03-01", "metric": "won_amount"}
        goals = [
            {**aims, "user_id": team.manager.id, "value": "200"},
            {**aims, "user_id": team.colleague.id, "value": "9"},
        ]
        assert (await as_(team.supervisor).post("/goals", json={"goals": goals})).status_code == 200
        (row,) = (await as_(team.manager).get(MINE)).json()["attained"]
        assert (row["user_id"], row["metric"], Decimal(row["actual"]), Decimal(row["attainment"])) == (
            team.manager.id, "won_amount", 300, 150,
        )  # fmt: skip

    async def test_who_has_no_goal_has_no_row(self, team: Team, as_: As) -> None:
        assert (await as_(team.manager).get(MINE)).json() == {"attained": []}

    async def test_a_month_is_named_by_its_first_day(self, team: Team, as_: As) -> None:
        assert (await as_(team.manager).get("/goals/mine?month=2026-03-02")).status_code == 422
        assert (await as_(team.admin).get(MINE)).status_code == 403


def test_a_count_that_reaches_its_goal_is_told_in_digits() -> None:
    assert str(ratio(Decimal(3), Decimal("3.00"))) == "100"  # bare division says 1E+2
