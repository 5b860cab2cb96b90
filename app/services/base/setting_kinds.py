"""What a setting may be: its kind, range and default, and how a new value is checked before it is stored."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import TypeAdapter, ValidationError

from app.core.dates import FIRST_YEAR, LAST_YEAR
from app.core.errors import Invalid
from app.core.images import opened
from app.core.texts import Name
from app.schemas.base.settings import Kind, MarkedDay

WEEK = 7
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Spec:
    """What a setting may be. `public`: everybody may know it.

    Integers have a range, texts and lists a length, images a size; choices have their options. `keys_of` names the
    dictionary type whose items are the keys of the value.
    """

    kind: Kind
    default: Any
    public: bool = False
    minimum: int | None = None
    maximum: int | None = None
    options: tuple[str, ...] | None = None
    unit: str | None = None
    keys_of: str | None = None


def checked(spec: Spec, value: Any) -> Any:  # of the type that the setting's kind has
    """Return the value as it is stored; raise `Invalid` at /value where kind or range do not allow it."""
    return CHECKS[spec.kind](spec, value)


def _refused(code: str, message: str) -> Invalid:
    return Invalid("/value", code, message)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _refused("wrong_type", "Give a text.")
    return value


def _integer(spec: Spec, value: Any) -> int:
    low, high = spec.minimum or 0, spec.maximum or 0
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise _refused("out_of_range", f"Give a whole number from {low} to {high}.")
    return value


def _name(spec: Spec, value: Any) -> str:
    try:
        found: str = TypeAdapter(Name).validate_python(_text(value))
    except ValidationError as error:
        raise _refused("out_of_range", f"Give {spec.minimum} to {spec.maximum} characters.") from error
    return found


@cache
def _zones() -> frozenset[str]:
    """Return IANA's names; a machine's own `localtime` and the placeholder `Factory` are none."""
    return frozenset((files("tzdata") / "zones").read_text(encoding="ascii").split()) - {"Factory"}


def _option(spec: Spec, value: Any) -> str:
    if _text(value) not in (_zones() if spec.kind == "timezone" else spec.options or ()):
        raise _refused("unknown", "This is not one of the options.")
    return _text(value)


def _time(_spec: Spec, value: Any) -> str:
    if not TIME.fullmatch(_text(value)):
        raise _refused("not_a_time", "Give a time from 00:00 to 23:59 as HH:MM.")
    return _text(value)


def _weekdays(_spec: Spec, value: Any) -> list[int]:
    days = value if isinstance(value, list) else []
    whole = all(isinstance(day, int) and 1 <= day <= WEEK for day in days)
    if not days or not whole or len(set(days)) < len(days):
        raise _refused("out_of_range", "Give at least one weekday, each once, from 1 (Monday) to 7 (Sunday).")
    return sorted(days)


def _dates(spec: Spec, value: Any) -> list[dict[str, str | None]]:
    """Return the days in their order, as {date, name}."""
    if not isinstance(value, list) or not all(isinstance(day, MarkedDay) for day in value):
        raise _refused("wrong_type", 'Give a list of days: [{"date": "2026-10-01", "name": "国庆节"}].')
    if len(value) > (spec.maximum or 0):
        raise _refused("too_many", f"At most {spec.maximum} days.")
    names: dict[str, str | None] = {}
    for day in value:
        if not _is_date(day.date):
            raise _refused("not_a_date", f"“{day.date}” is not a date such as 2026-10-01.")
        if day.date in names:
            raise _refused("repeated", f"{day.date} is there twice.")
        names[day.date] = day.name
    return [{"date": day, "name": names[day]} for day in sorted(names)]


def _is_date(text: str) -> bool:
    try:
        return bool(DATE.fullmatch(text)) and FIRST_YEAR <= date.fromisoformat(text).year <= LAST_YEAR
    except ValueError:
        return False


def _level_days(spec: Spec, value: Any) -> dict[str, int]:
    """Return the days by level; that the levels exist is checked against the dictionary."""
    if not isinstance(value, dict):
        raise _refused("wrong_type", 'Give days by customer level: {"strategic": 60}.')
    return {level: _integer(spec, days) for level, days in sorted(value.items())}


def _image(spec: Spec, value: Any) -> str | None:
    if value is None:
        return None
    opened(_text(value), spec.maximum or 0, "/value")
    return _text(value)


def _choices(spec: Spec, value: Any) -> list[str]:
    """Return some of the options, in their order."""
    given = value if isinstance(value, list) else [None]
    if any(one not in (spec.options or ()) for one in given):
        raise _refused("unknown", f"Give a list of some of: {', '.join(spec.options or ())}.")
    if len(set(given)) < len(given):
        raise _refused("repeated", "One of them is there twice.")
    return [option for option in spec.options or () if option in given]


CHECKS: dict[Kind, Callable[[Spec, Any], Any]] = {
    "text": _name,
    "integer": _integer,
    "choice": _option,
    "timezone": _option,
    "weekdays": _weekdays,
    "time": _time,
    "dates": _dates,
    "level_days": _level_days,
    "image": _image,
    "choices": _choices,
}
