"""The exact numbers of reports: a ratio over nothing is None; nothing is rounded here, display rounds once."""

from decimal import Decimal
from typing import Any

from app.schemas.reports.reports import Kind

HUNDRED = Decimal(100)


def ratio(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """Return part of whole in percent, None over nothing; the 0 makes `100` of `1E+2`, which no reader of digits takes."""
    return HUNDRED * (part or 0) / whole + 0 if whole else None


def figure(
    key: str, kind: Kind, value: Any, previous: Any = None, base: int | None = None, *, now: bool = False
) -> dict[str, Any]:
    """Return one number of a report; `now`: of this moment, not of the period."""
    return {"key": key, "kind": kind, "value": exact(value), "previous": exact(previous), "base": base, "now": now}


def exact(value: Any) -> Decimal | None:
    """Return a number as a decimal, without loss."""
    return value if value is None or isinstance(value, Decimal) else Decimal(str(value))
