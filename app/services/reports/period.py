"""The days that a report is about, and those that they are compared with."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement

from app.core.ctx import Ctx
from app.core.spans import on_days


@dataclass(frozen=True)
class Period:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def months(self) -> int:
        """Return how many whole calendar months these days are, 0 when they are not."""
        whole = self.first.day == 1 and self.last.day == month_length(self.last)
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1 if whole else 0

    def before(self, today: date) -> "Period":
        """Return the period to compare with: as many whole months before, else as many days before.

        Of a period that is not over, the same part of it: up to the day that corresponds to today.
        """
        last = self.first - timedelta(days=1)
        over = not self.first <= today < self.last
        if self.months:
            first = _months_before(self.first, self.months)
            return Period(first, last if over else _months_before(today, self.months))
        first = last - (self.last - self.first)
        return Period(first, last if over else first + (today - self.first))

    def whole_months(self) -> "Period":
        """Return the months that these days touch, from the first day of the first to the last day of the last one."""
        return Period(self.first.replace(day=1), self.last.replace(day=month_length(self.last)))

    def within(self, other: "Period") -> "Period":
        """Return the days that lie in both; where there are none, a period that ends before it begins."""
        return Period(max(self.first, other.first), min(self.last, other.last))

    def each_month(self) -> Iterator[date]:
        """Yield the first day of each month that the period touches."""
        first = self.first.replace(day=1)
        while first <= self.last:
            yield first
            first += timedelta(days=month_length(first))

    def days(self, column: Any) -> list[ColumnElement[bool]]:
        """Return the clauses of a local date inside the period."""
        return [column >= self.first, column <= self.last]

    def instants(self, ctx: Ctx, column: Any) -> list[ColumnElement[bool]]:
        """Return the clauses of an instant whose local date is inside the period; an index on it serves."""
        return on_days(ctx, column, self.first, self.last)


def month_length(day: date) -> int:
    """Return how many days the month of a day has."""
    return calendar.monthrange(day.year, day.month)[1]


def _months_before(day: date, months: int) -> date:
    """Return the same day of an earlier month, its last one where it has no such day."""
    place = day.year * 12 + day.month - 1 - months
    first = date(place // 12, place % 12 + 1, 1)
    return first.replace(day=min(day.day, month_length(first)))
