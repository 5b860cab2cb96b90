"""What the reports are asked by tests that count again: who asks, about which days, under which filters."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import select

from app.models.access.departments import Department
from app.models.access.users import User
from tests.factories.make import SHANGHAI, Make
from tests.factories.team import Team


@dataclass(frozen=True)
class Days:
    """A period and the one before, both written out."""

    first: date
    last: date
    first_before: date
    last_before: date

    def now(self, day: date | None) -> bool:
        """Tell whether a local date lies in the period."""
        return day is not None and self.first <= day <= self.last

    def before(self, day: date | None) -> bool:
        """Tell whether it lies in the one before."""
        return day is not None and self.first_before <= day <= self.last_before


MARCH = Days(date(2026, 3, 1), date(2026, 3, 31), date(2026, 2, 1), date(2026, 2, 28))
TEN_DAYS = Days(date(2026, 3, 10), date(2026, 3, 19), date(2026, 2, 28), date(2026, 3, 9))


def local(moment: datetime | None) -> date | None:
    """Return the company's date of an instant."""
    return moment.astimezone(SHANGHAI).date() if moment else None


def moment(luck: random.Random) -> datetime:
    """Draw an instant of that spring: every second one within a second of a midnight that ends a period."""
    if luck.random() < 0.5:
        day = luck.choice([MARCH.first, MARCH.first_before, TEN_DAYS.first, date(2026, 3, 20), date(2026, 4, 1)])
        return datetime.combine(day, time(), SHANGHAI) + timedelta(seconds=luck.choice([-1, 0, 1]))
    return datetime(2026, 1, 25, tzinfo=UTC) + timedelta(minutes=luck.randrange(80 * 24 * 60))


@dataclass
class Crew:
    """The people whose records are counted: three of the east, one of them in a group below it, one of the west."""

    team: Team
    group: Department
    junior: User

    @property
    def sellers(self) -> list[User]:
        """Return who owns records."""
        return [self.team.manager, self.team.colleague, self.junior, self.team.stranger]

    @property
    def east(self) -> frozenset[int]:
        """Return the ids of the east and of what is below it: the reach of its supervisor."""
        return frozenset(one.id for one in (self.team.supervisor, *self.sellers[:3]))


async def build_crew(make: Make, team: Team) -> Crew:
    """Add a group below the east with one person, who has left since: what they did counts on."""
    group = await make.department("东部一组", team.east)
    return Crew(team, group, await make.user("manager", name="小东", department=group, flag="disabled"))


@dataclass(frozen=True)
class Question:
    """One request, and whose rows it is about (`owners` None: everybody's)."""

    who: User
    days: Days
    filters: dict[str, Any] = field(default_factory=dict)
    owners: frozenset[int] | None = None

    def asked(self, **more: Any) -> str:
        """Return the query string."""
        return urlencode({"date_from": self.days.first, "date_to": self.days.last, **self.filters, **more})

    def counts(self, owner: int | None, region: str | None) -> bool:
        """Tell whether a record of this owner, at a customer in this region, is asked about."""
        there = "region" not in self.filters or self.filters["region"] == region
        return there and (self.owners is None or owner in self.owners)


def questions(crew: Crew, *periods: Days) -> Iterator[Question]:
    """Ask as an executive and as the supervisor of the east, without a filter and with each."""
    team = crew.team
    only, gone, nobody = frozenset({team.colleague.id}), frozenset({crew.junior.id}), frozenset[int]()
    west = frozenset({team.other_supervisor.id, team.stranger.id})
    for who, reach in ((team.executive, None), (team.supervisor, crew.east)):
        for days in periods or (MARCH, TEN_DAYS):
            yield Question(who, days, {}, reach)
        yield Question(who, MARCH, {"region": "east"}, reach)
        yield Question(who, MARCH, {"manager_id": team.colleague.id}, only)
        yield Question(who, MARCH, {"manager_id": team.stranger.id}, nobody if reach else frozenset({team.stranger.id}))
        yield Question(who, MARCH, {"department_id": team.east.id}, crew.east)
        yield Question(who, MARCH, {"department_id": crew.group.id, "region": "east"}, gone)
        yield Question(who, MARCH, {"department_id": team.west.id}, nobody if reach else west)
        yield Question(who, MARCH, {"department_id": team.east.id, "manager_id": team.manager.id},
                       frozenset({team.manager.id}))  # fmt: skip


async def stored(make: Make, model: Any) -> list[Any]:
    """Return every row of a table, deleted ones too."""
    return list(await make.session.scalars(select(model), execution_options={"scoped": "the test"}))


async def regions(make: Make, model: Any) -> Callable[[int | None], str | None]:
    """Return from a customer's id to its region; `model` is the customers'."""
    found = {one.id: one.region for one in await stored(make, model)}
    return lambda customer_id: None if customer_id is None else found[customer_id]
