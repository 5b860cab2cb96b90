"""Days and moments as callers write them: ISO text and nothing else, in years that people mean.

Pydantic by itself takes digits for seconds since 1970: `45000`, a day of a spreadsheet, would become a day of 1970.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, LiteralString, TypeVar

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field
from pydantic_core import PydanticCustomError

FIRST_YEAR, LAST_YEAR = 1900, 9998
"""Wide enough for birthdays; the ends of the calendar overflow in some time zone."""
FARTHEST_EAST = timedelta(hours=14)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CLOCK = re.compile(r"[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?(Z|[+-][0-9]{2}:?[0-9]{2})", re.IGNORECASE)
D = TypeVar("D", bound=date)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if DAY.fullmatch(text) else None


def _moment(text: str) -> datetime | None:
    written = DAY.match(text) and CLOCK.fullmatch(text, 10)
    return datetime.fromisoformat(text.upper()) if written else None


def _read(kind: LiteralString, words: LiteralString, *readers: Callable[[str], date | None]) -> BeforeValidator:
    """Return what turns a text into the first that a reader finds in it; days and moments of our own pass."""

    def read(value: Any) -> Any:
        if value is None or isinstance(value, date):
            return value
        try:
            found = [reader(value.strip()) for reader in readers] if isinstance(value, str) else []
        except ValueError:
            raise PydanticCustomError("no_such_day", "The calendar has no such day or time.") from None
        first = next((one for one in found if one is not None), None)
        if first is None:
            raise PydanticCustomError(kind, words)
        return first

    return BeforeValidator(read)


def _of_our_time(value: D) -> D:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        years = {"first": FIRST_YEAR, "last": LAST_YEAR}
        raise PydanticCustomError("years", "Give a day in the years {first} to {last}.", years)
    return value


def _has_come(value: date) -> date:
    """Refuse a day that has begun nowhere yet."""
    if value > (datetime.now(UTC) + FARTHEST_EAST).date():
        raise PydanticCustomError("in_future", "This lies in the future.")
    return value


OfOurTime = AfterValidator(_of_our_time)
DAY_TEXT = _read("date_text", "Give a day as text, such as 2026-03-05; a number is no date.", _day)
MOMENT_TEXT = _read(
    "moment_text", "Give a moment as text with its time zone, such as 2026-03-05T09:30:00+08:00.", _moment
)
EITHER_TEXT = _read(
    "date_text", "Give a day as text, such as 2026-03-05, or a moment with its time zone.", _moment, _day
)
READS = (DAY_TEXT, MOMENT_TEXT, EITHER_TEXT)
"""One of these stands at every date that a caller can send; a guard looks."""

Day = Annotated[date, OfOurTime, DAY_TEXT]
PastDay = Annotated[date, OfOurTime, AfterValidator(_has_come), DAY_TEXT]
"""A birthday, or another day that has come."""
Moment = Annotated[AwareDatetime, OfOurTime, MOMENT_TEXT]
When = Annotated[
    AwareDatetime | date,
    Field(union_mode="left_to_right", description="A date is midnight in the company's time zone."),
    OfOurTime,
    EITHER_TEXT,
]
