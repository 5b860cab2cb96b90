"""When things happen in the demo company: working days and hours, busy quarter ends, quiet holidays."""

import random
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

NEW_YEARS = {
    2020: (1, 25), 2021: (2, 12), 2022: (2, 1), 2023: (1, 22), 2024: (2, 10), 2025: (1, 29), 2026: (2, 17),
    2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 3), 2031: (1, 23), 2032: (2, 11), 2033: (1, 31),
    2034: (2, 19), 2035: (2, 8), 2036: (1, 28),
}  # fmt: skip
"""春节, the first day of the lunar year."""
YEARS = 3
RUN_UP = timedelta(days=240)
"""Chances that closed early in the history were opened before it."""
OPENING, ASSIGNING, TALKING, MOVING, CLOSING = (9, 11), (11, 13), (13, 16), (16, 17), (17, 18)
"""Hours of the day, so that what happens on one day happens in its order."""


SPRING, QUIET, GOLDEN, SATURDAY = range(-1, 7), range(-10, 15), range(1, 8), 5
FIXED = {(1, 1), (5, 1), (5, 2), (5, 3)}


def stream(seed: int, name: str) -> random.Random:
    """Return a source of chance of its own for each concern: a change of the calendar moves no amount."""
    return random.Random(f"{seed}/{name}")  # noqa: S311  invented data, no secret


def likely(rng: random.Random, share: float) -> bool:
    """Tell, by chance, yes in a share of the cases."""
    return rng.random() < share


class Calendar:
    """The working days before a day, and how busy each is."""

    def __init__(self, today: date, timezone: ZoneInfo) -> None:
        self.today, self.timezone = today, timezone
        self.start = today - timedelta(days=round(365.25 * YEARS))
        first = self.start - RUN_UP
        days = (first + timedelta(days=n) for n in range((today - first).days))
        self.days = [day for day in days if working(day)]
        self.weights = [season(day) for day in self.days]

    @property
    def last(self) -> date:
        """Return the last working day that is over."""
        return self.days[-1]

    def pick(self, rng: random.Random, first: date | None = None) -> date:
        """Return a day of the history, busy ones more often."""
        start = bisect_left(self.days, first or self.start)
        return rng.choices(self.days[start:], self.weights[start:])[0]

    def back(self, day: date) -> date:
        """Return the last working day up to a day."""
        return self.days[max(0, bisect_right(self.days, day) - 1)]

    def between(self, rng: random.Random, first: date, last: date, count: int) -> list[date]:
        """Return up to `count` different working days after the first and up to the last, in order."""
        found = self.days[bisect_right(self.days, first) : bisect_right(self.days, last)]
        return sorted(rng.sample(found, min(count, len(found))))

    def at(self, rng: random.Random, day: date, hours: Sequence[int]) -> datetime:
        """Return a moment of a day within the hours."""
        minute = rng.randrange(hours[0] * 60, hours[1] * 60)
        return datetime.combine(day, time(minute // 60, minute % 60, rng.randrange(60)), self.timezone)

    def ahead(self, rng: random.Random, days: int) -> date:
        """Return a working day within the coming days."""
        day = self.today + timedelta(days=rng.randint(1, days))
        while not working(day):
            day += timedelta(days=1)
        return day


def new_year_distance(day: date) -> int | None:
    """Return how many days a day is after 春节 of its year (before: negative)."""
    known = NEW_YEARS.get(day.year)
    return (day - date(day.year, *known)).days if known else None


def working(day: date) -> bool:
    """Tell whether people work: no weekends, not 春节, 劳动节, 国庆 or New Year's Day."""
    free = new_year_distance(day) in SPRING or (day.month == 10 and day.day in GOLDEN)  # noqa: PLR2004  October
    return not (day.weekday() >= SATURDAY or free or (day.month, day.day) in FIXED)


def season(day: date) -> float:
    """Return how busy a day is: quarter ends are, the weeks around the long holidays are not."""
    if new_year_distance(day) in QUIET or (day.month, day.day // 15) == (10, 0):
        return 0.35
    return 2.2 if (day.month % 3, day.day // 11 > 0) == (0, True) else 1.0
