"""How a table of a report looks: what its rows stand for, its columns, and the keys by which they are named."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from app.schemas.reports.reports import Dimension, Kind
from app.services.reports.figures import exact

Values = list[Decimal | None]
KEPT_KEYS = ("none", "total", "count")
"""What rows and columns are called that stand for no value: nothing given, the sum of all, the number of all."""
RATIOS = {Kind.PERCENT, Kind.DAYS, Kind.HOURS, Kind.RATING}


def key_of(value: Any) -> str:
    """Return the key of a row or column: an item of the dictionary that is called like one of ours gets a tilde."""
    if value is None:
        return "none"
    text = str(value)
    return f"~{text}" if text in KEPT_KEYS or text.startswith("~") else text


def value_of(key: str) -> str | None:
    """Return the value that a key stands for, None for nothing given."""
    return None if key == "none" else key.removeprefix("~")


class Now(NamedTuple):
    """A column that tells of this moment, whatever the period is."""

    key: str
    kind: Kind


@dataclass(frozen=True)
class Layout:
    """How a table looks: what its rows stand for, its columns (`Now`: of this moment) and its chart."""

    key: str
    dimension: Dimension
    columns: tuple[tuple[str, Kind], ...]
    chart: str = "bar"
    series: str | None = None

    def table(
        self,
        now: Mapping[Any, Sequence[Any]],
        before: Mapping[Any, Sequence[Any]] | None = None,
        names: Mapping[Any, str] | None = None,
        total: Sequence[Any] | None = None,
        *,
        order: Sequence[Any] | None = None,
        cut: bool = False,
        of_now: Collection[Any] = (),
    ) -> dict[str, Any]:
        """Return the table: rows in `order`, else by the first column from the greatest, then by key.

        `of_now` names rows that tell of this moment where the others tell of the period.
        """
        keys = list(now) if order is None else [key for key in order if key in now]
        if order is None:
            keys.sort(key=lambda key: (-(exact(now[key][0]) or 0), str(key)))
        return {
            "key": self.key,
            "dimension": self.dimension,
            "series": self.series,
            "chart": self.chart,
            "columns": [{"key": one[0], "kind": one[1], "now": isinstance(one, Now)} for one in self.columns],
            "rows": [self._row(key, now[key], before, names or {}) | {"now": key in of_now} for key in keys],
            "total": None if total is None else self._row(None, total, None, {}) | {"key": "total", "now": False},
            "cut": cut,
        }

    def _row(
        self, key: Any, values: Sequence[Any], before: Mapping[Any, Sequence[Any]] | None, names: Mapping[Any, str]
    ) -> dict[str, Any]:
        earlier = None if before is None else before.get(key)
        return {
            "key": key_of(key),
            "id": key if isinstance(key, int) else None,
            "name": names.get(key),
            "values": [exact(value) for value in values],
            "previous": None if before is None else [exact(v) for v in earlier or self._nothing(before)],
        }

    def _nothing(self, before: Mapping[Any, Sequence[Any]]) -> Values:
        """Return what a row was that did not occur: no ratio, but 0 % of those that did."""
        zero = [kind not in RATIOS or (key == "share" and bool(before)) for key, kind in self.columns]
        return [Decimal(0) if one else None for one in zero]
