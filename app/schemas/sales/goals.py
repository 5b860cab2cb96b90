"""Monthly goals of people and departments."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from app.core.dates import Day
from app.core.money import Money
from app.core.types import Body, Id, OptionalRef, Read

MOST = 500


class Metric(StrEnum):
    """What is aimed at: won value, payments received, customers opened."""

    WON_AMOUNT = "won_amount"
    PAID_AMOUNT = "paid_amount"
    NEW_CUSTOMERS = "new_customers"


def _first_day(value: date) -> date:
    if value.day != 1:
        message = "a month is named by its first day"
        raise ValueError(message)
    return value


Month = Annotated[Day, AfterValidator(_first_day)]


class GoalQuery(Body):
    """Which goals to read: the months from `month_from` to `month_to`, both included."""

    month_from: Month
    month_to: Month
    metric: Metric | None = None
    user_id: Id | None = None
    department_id: Id | None = None


class GoalWrite(Body):
    """A goal to set, of a person or of a department; without `value` it is taken away."""

    user_id: Id | None = None
    department_id: Id | None = None
    month: Month
    metric: Metric
    value: Money | None = None

    @model_validator(mode="after")
    def _of_one(self) -> Self:
        if (self.user_id is None) == (self.department_id is None):
            message = "name a person or a department"
            raise ValueError(message)
        return self


class GoalsWrite(Body):
    """Goals to set at once: all of them, or none when one is refused."""

    goals: Annotated[list[GoalWrite], Field(min_length=1, max_length=MOST)]


class GoalRead(Read):
    """A goal."""

    id: int
    version: int
    user: OptionalRef
    department: OptionalRef
    month: date
    metric: Metric
    value: Decimal


class GoalsRead(Read):
    """Goals by month, then department and person."""

    goals: list[GoalRead]


class MonthQuery(Body):
    """Which month, by its first day."""

    month: Month


class Attained(Read):
    """What a person reached of a goal of theirs in a month, in percent of it."""

    user_id: int
    metric: Metric
    actual: Decimal
    goal: Decimal
    attainment: Decimal


class AttainedRead(Read):
    """One row for each goal above nothing."""

    attained: list[Attained]
