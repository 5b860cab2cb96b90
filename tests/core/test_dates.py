"""Days and moments: ISO text, and nothing that a spreadsheet or a lax parser takes for one."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from app.core.dates import Day, Moment, PastDay, When

DAY, PAST, MOMENT, WHEN = (TypeAdapter(kind) for kind in (Day, PastDay, Moment, When))
NO_DAYS = [
    "20240305",
    "45000",
    45000,
    86400,
    86400.0,
    "86400",
    True,
    "2024-3-5",
    "05/03/2024",
    "２０２４-03-05",
    "",
    " ",
]


@pytest.mark.parametrize("value", [*NO_DAYS, "2024-03-05T00:00:00Z", "2024-W10-2"])
def test_what_is_not_an_iso_day_is_none(value: Any) -> None:
    for read in (DAY, PAST):
        with pytest.raises(ValidationError, match="Give a day as text"):
            read.validate_python(value)


@pytest.mark.parametrize("value", [*NO_DAYS, "2024-03-05", "2024-03-05T10:00:00", "2024-03-05T10Z", 1709600000])
def test_a_moment_names_its_time_zone(value: Any) -> None:
    with pytest.raises(ValidationError, match="time zone"):
        MOMENT.validate_python(value)


@pytest.mark.parametrize("value", NO_DAYS)
def test_an_import_takes_a_day_or_a_moment_and_no_number(value: Any) -> None:
    with pytest.raises(ValidationError, match="Give a day as text"):
        WHEN.validate_python(value)


@pytest.mark.parametrize("value", ["2023-02-29", "2024-13-01", "2024-00-10"])
def test_a_day_that_the_calendar_has_not_is_refused(value: str) -> None:
    with pytest.raises(ValidationError, match="no such day"):
        DAY.validate_python(value)


@pytest.mark.parametrize("value", ["1899-12-31", "9999-01-01", "0001-01-01"])
def test_a_day_far_off_is_refused(value: str) -> None:
    with pytest.raises(ValidationError, match="years 1900 to 9998"):
        DAY.validate_python(value)


def test_a_birthday_has_come() -> None:
    now = datetime.now(UTC)
    assert PAST.validate_python(f"{now:%Y-%m-%d}") == now.date()
    with pytest.raises(ValidationError, match="future"):
        PAST.validate_python(f"{now + timedelta(days=2):%Y-%m-%d}")


def test_what_is_written_out_is_read() -> None:
    moment = datetime(2024, 3, 5, 1, 30, tzinfo=UTC)
    assert DAY.validate_python(" 2024-03-05 ") == date(2024, 3, 5)
    for text in ("2024-03-05T09:30:00+08:00", "2024-03-05t01:30:00.000z", "2024-03-05 09:30+0800"):
        assert MOMENT.validate_python(text) == WHEN.validate_python(text) == moment
    assert type(WHEN.validate_python("2024-03-05")) is date
