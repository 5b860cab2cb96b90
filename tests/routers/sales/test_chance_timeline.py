"""Open chances by the month in which they are expected to close."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.services.sales.chance_timeline import spans
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
OFFSETS = (-40, -20, -1, 0, 1, 40, 300, 399, 401)


async def columns(person: Client, query: str = "") -> dict[str, Any]:
    answer = await person.get(f"/chances/timeline{query}")
    assert answer.status_code == 200, answer.text
    return {one["key"]: one for one in answer.json()["columns"]}


@pytest.mark.parametrize("today", [date(2026, 1, 31), date(2026, 2, 1), date(2026, 12, 15), date(2028, 2, 29)])
def test_every_day_stands_in_one_column(today: date) -> None:
    found = list(spans(today))
    assert [one.key for one in found][-2:] == ["later", "none"]
    days = [today + timedelta(days=step) for step in range(-40, 400)]
    for day in days:
        there = [one.key for one in found[:-1] if (one.first or day) <= day <= (one.last or day)]
        assert len(there) == 1
        assert there == ["overdue"] or day >= today
        assert there[0] in {f"{day:%Y-%m}", "overdue", "later"}
    assert len(found) == 9


class TestTimeline:
    async def test_counts_sums_and_cards(self, make: Make, team: Team, as_: As) -> None:
        today, month = make.today, f"{make.today:%Y-%m}"
        far = {"expected_close_date": today + timedelta(days=400)}
        late = {"expected_close_date": today - timedelta(days=1)}
        both = {"expected_close_date": today, "amount": Decimal(200), "rate": 25}
        for facts in (both, both, {**both, "amount": None}, late, far, {}):
            await make.chance(team.manager, team.manager, **facts)
        await make.chance(team.manager, **both)  # unassigned ones stand there too
        await make.chance(team.manager, team.manager, **{**both, "status": "failed", "closed_on": today})
        found = await columns(as_(team.manager))
        assert {key: one["count"] for key, one in found.items() if one["count"]} == {
            "overdue": 1, month: 4, "later": 1, "none": 1,
        }  # fmt: skip
        assert (found[month]["amount"], Decimal(found[month]["weighted"])) == ("600.00", Decimal(150))
        assert [len(one["items"]) for one in found.values()] == [one["count"] for one in found.values()]
        assert [one["items"] for one in found.values() if not one["count"]] == [[]] * 5

    async def test_a_column_goes_on_in_the_list(
        self, make: Make, team: Team, as_: As, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("app.services.sales.chance_timeline.CARDS", 2)
        for _ in range(3):
            await make.chance(team.manager, team.manager, expected_close_date=make.today)
            await make.chance(team.manager, team.manager)
        person = as_(team.manager)
        found = await columns(person)
        for key in (f"{make.today:%Y-%m}", "none"):
            column = found[key]
            where = "without_close_date=true" if key == "none" else f"close_from={make.today}&close_to={column['last']}"
            path = f"/chances?status=unassigned&status=assigned&sort=expected_close_date&{where}"
            rest = await person.get(f"{path}&cursor={column['next_cursor']}")
            assert rest.status_code == 200, rest.text
            ids = [one["id"] for one in [*column["items"], *rest.json()["items"]]]
            assert (len(ids), len(set(ids))) == (3, 3)

    async def test_filters_narrow_it_as_they_narrow_the_list(self, make: Make, team: Team, as_: As) -> None:
        high = await make.chance(team.manager, team.manager, importance="high")
        await make.chance(team.manager, team.manager, importance="low")
        found = await columns(as_(team.manager), "?importance=high&tab=mine")
        assert [one["id"] for one in found["none"]["items"]] == [high.id]

    @pytest.mark.parametrize(("days", "states"), [((0, 400), ["assigned"]), ((-30, 0), []), ((-30, 400), ["assigned"])])
    async def test_its_cards_are_those_that_it_counts(
        self, days: tuple[int, int], states: list[str], make: Make, team: Team, as_: As
    ) -> None:
        """Filters for days and states meet those that make the columns."""
        for offset in OFFSETS:
            for assignee in (None, team.manager):
                day = make.today + timedelta(days=offset)
                await make.chance(team.manager, assignee, expected_close_date=day)
        first, last = (make.today + timedelta(days=one) for one in days)
        asked = "&".join([f"close_from={first}&close_to={last}", *(f"status={one}" for one in states)])
        found = await columns(as_(team.manager), f"?{asked}")
        counted = {key: one["count"] for key, one in found.items()}
        assert {key: len(one["items"]) for key, one in found.items()} == counted
        wanted = [day for day in OFFSETS if days[0] <= day <= days[1]]
        assert sum(counted.values()) == len(wanted) * (1 if states else 2)

    async def test_only_what_is_in_scope(self, make: Make, team: Team, as_: As) -> None:
        await make.chance(team.stranger, team.stranger)
        assert (await columns(as_(team.manager)))["none"]["count"] == 0
        assert (await columns(as_(team.executive)))["none"]["count"] == 1

    async def test_who_has_no_chances_is_403(self, team: Team, as_: As) -> None:
        assert (await as_(team.admin).get("/chances/timeline")).status_code == 403


@pytest.mark.parametrize(
    ("query", "days"),
    [("close_from=2026-03-02", [2, 3]), ("close_to=2026-03-02", [1, 2]), ("without_close_date=true", [None]),
     ("without_close_date=false", [1, 2, 3])],
)  # fmt: skip
async def test_the_list_filters_by_the_expected_day(
    query: str, days: list[int | None], make: Make, team: Team, as_: As
) -> None:
    for day in (1, 2, 3):
        await make.chance(team.manager, team.manager, expected_close_date=date(2026, 3, day))
    await make.chance(team.manager, team.manager)
    rows = (await as_(team.manager).get(f"/chances?sort=expected_close_date&{query}")).json()["items"]
    wanted = [day and str(date(2026, 3, day)) for day in days]
    assert [row["expected_close_date"] for row in rows] == wanted
