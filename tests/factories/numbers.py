"""Reading the numbers of a report, for tests that compute them again."""

from decimal import Decimal
from typing import Any


def same(found: Any, wanted: Any) -> bool:
    """Compare what is exact exactly and what is a mean or a ratio to the tenth digit."""
    if found is None or wanted is None:
        return found is wanted
    return abs(Decimal(found) - Decimal(wanted)) < Decimal("1e-9")


def table(report: dict[str, Any], key: str) -> dict[str, list[Any]]:
    """Return the values of a table by the key of the row."""
    rows = next(one for one in report["tables"] if one["key"] == key)["rows"]
    return {row["key"]: row["values"] for row in rows}


def figures(report: dict[str, Any]) -> dict[str, Any]:
    """Return the figures of a report by key."""
    return {one["key"]: one["value"] for one in report["figures"]}
