"""A report's days are the company's: what is today, this month and the one before follows its clock, not that of UTC."""

from collections.abc import Callable
from datetime import datetime

import pytest
import time_machine

from tests.conftest import Client
from tests.factories.make import SHANGHAI
from tests.factories.team import Team

As = Callable[..., Client]
MORNING = datetime(2026, 4, 1, 1, 0, tzinfo=SHANGHAI)
"""Still the 31st of March in UTC."""


@pytest.mark.parametrize("code", ["contribution", "service", "win-rate", "loss"])
async def test_the_month_begins_with_the_company_s_day(code: str, team: Team, as_: As) -> None:
    with time_machine.travel(MORNING, tick=False):
        found = (await as_(team.executive).get(f"/reports/{code}")).json()
    assert (found["date_from"], found["date_to"]) == ("2026-04-01", "2026-04-30")


async def test_what_is_not_over_is_compared_up_to_the_company_s_day(team: Team, as_: As) -> None:
    with time_machine.travel(MORNING, tick=False):
        query = {"date_from": "2026-04-01", "date_to": "2026-04-30"}
        found = (await as_(team.executive).get("/reports/contribution", params=query)).json()
    assert (found["previous_from"], found["previous_to"]) == ("2026-03-01", "2026-03-01")
