"""Reading the numbers of a report, for tests that compute them again."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

Values = Sequence[Any]
Cells = Callable[[list[Any], list[Any]], Values]
"""From the records of a row, and those of the whole table, to the row's values."""


def number(text: str | None) -> Decimal | None:
    """Return the number that a text says."""
    return None if text is None else Decimal(text)


def same(found: Any, wanted: Any) -> bool:
    """Compare what is exact exactly and what is a mean or a ratio to the tenth digit."""
    if found is None or wanted is None:
        return found is wanted
    return abs(Decimal(found) - Decimal(wanted)) < Decimal("1e-9")


def percent(part: Any, whole: Any) -> Decimal | None:
    """Return part of whole in percent; of nothing there is no ratio."""
    return Decimal(100) * part / whole if whole else None


def table(report: dict[str, Any], key: str) -> dict[str, list[Any]]:
    """Return the values of a table by the key of the row."""
    rows = next(one for one in report["tables"] if one["key"] == key)["rows"]
    return {row["key"]: row["values"] for row in rows}


def figures(report: dict[str, Any]) -> dict[str, Any]:
    """Return the figures of a report by key."""
    return {one["key"]: one["value"] for one in report["figures"]}


class Row(NamedTuple):
    """What a row must say now and, where the report compares, of the period before."""

    values: Values
    previous: Values | None = None


@dataclass
class Wanted:
    """What a table must be; without an `order` of the keys its rows fall by their first value."""

    columns: Sequence[str]
    rows: dict[str, Row]
    total: Values | None
    order: Sequence[str] | None = None


def groups(rows: Iterable[Any], key: Callable[[Any], Any]) -> dict[str, list[Any]]:
    """Divide records by a key; nothing given is a group as any other."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        which = key(row)
        found.setdefault("none" if which is None else str(which), []).append(row)
    return found


def broken_down(now: list[Any], before: list[Any] | None, key: Callable[[Any], Any], cells: Cells) -> dict[str, Row]:
    """Return a table's rows: those that there are now, each with what it was before."""
    then = groups(before or [], key)
    return {
        which: Row(cells(rows, now), None if before is None else cells(then.get(which, []), before))
        for which, rows in groups(now, key).items()
    }


def agree(report: dict[str, Any], numbers: dict[str, Values], tables: dict[str, Wanted], why: object = "") -> None:
    """Compare a whole report: each figure is (value, previous), or with its base as a third."""
    shown = {one["key"]: (one["value"], one["previous"], one["base"]) for one in report["figures"]}
    assert shown.keys() == numbers.keys()
    for key, wanted in numbers.items():
        assert _alike(shown[key][: len(wanted)], wanted), (why, key, shown[key], wanted)
    assert {one["key"] for one in report["tables"]} == tables.keys()
    for one in report["tables"]:
        _agrees(one, tables[one["key"]], (why, one["key"]))


def _agrees(found: dict[str, Any], wanted: Wanted, why: object) -> None:
    assert [one["key"] for one in found["columns"]] == list(wanted.columns), why
    rows = {row["key"]: row for row in found["rows"]}
    assert (len(rows), rows.keys()) == (len(found["rows"]), wanted.rows.keys()), why
    for key, (values, previous) in wanted.rows.items():
        assert _alike(rows[key]["values"], values), (why, key, rows[key]["values"], values)
        assert _alike(rows[key]["previous"], previous), (why, key, rows[key]["previous"], previous)
    if wanted.order is None:
        first = [-Decimal(row["values"][0]) for row in found["rows"]]
        assert first == sorted(first), why
    else:
        assert list(rows) == [key for key in wanted.order if key in rows], why
    total = found["total"] and found["total"]["values"]
    assert _alike(total, wanted.total), (why, total, wanted.total)
    assert found["cut"] is False


def _alike(found: Values | None, wanted: Values | None) -> bool:
    if found is None or wanted is None:
        return found is wanted
    return len(found) == len(wanted) and all(map(same, found, wanted))
