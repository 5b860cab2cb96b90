"""What all reports share: the period and the one before, whose rows count, and tables of exact numbers.

Rules of the domain, section 6: periods are local dates with both ends included; a share is of the whole
filtered set; a ratio over nothing is None; nothing is rounded here, display rounds once.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, select, tuple_

from app.core.arrays import one_of
from app.core.ctx import Ctx, Reach
from app.core.errors import Invalid
from app.core.scope import unscoped, visible
from app.models.access.rbac import Permission as P
from app.models.access.users import User
from app.models.customers.customers import Customer
from app.schemas.reports.reports import LONGEST_YEARS, Dimension, Kind, ReportQuery
from app.services.access.departments_below import below
from app.services.reports.period import Period, month_length

Values = list[Decimal | None]
Rows = dict[Any, list[Any]]
"""Values by the key of a row."""
WHOLE = "whole"
KEPT_KEYS = ("none", "total", "count")
"""What rows and columns are called that stand for no value: nothing given, the sum of all, the number of all."""
ON_SCREEN = 200
"""Rows of a ranking that a screen shows; an export has all."""
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Frame:
    """A question to a report: who asks, about when, and whose rows count (`owners` None: everybody's).

    `most` is how many rows a ranking may have, `reach` whose rows the asker may see, whatever the filters say.
    """

    ctx: Ctx
    query: ReportQuery
    period: Period
    owners: tuple[int, ...] | None
    reach: tuple[int, ...] | None
    most: int = ON_SCREEN

    @property
    def before(self) -> Period:
        """The period that this one is compared with."""
        return self.period.before(self.ctx.today)

    def owned(self, column: Any) -> list[ColumnElement[bool]]:
        """Return the clause of the owners that scope, manager and department leave."""
        if self.owners is None:
            return []
        return [one_of(column, self.owners)]

    def seen(self, column: Any) -> list[ColumnElement[bool]]:
        """Return the clause of the owners that scope alone leaves."""
        return [] if self.reach is None else [one_of(column, self.reach)]

    def start(self, day: date) -> datetime:
        """Return the moment at which a local day begins."""
        return self.ctx.start_of(day)

    def in_region(self, customer_id: Any) -> list[ColumnElement[bool]]:
        """Return the clause of the region filter over a column that names the customer."""
        if self.query.region is None:
            return []
        there = select(Customer.id).where(Customer.region == self.query.region)
        return [customer_id.in_(there)]


async def frame(ctx: Ctx, query: ReportQuery, most: int | None = None) -> Frame:
    """Resolve the filters of a question against the scope of reports:read."""
    first = query.date_from or (query.date_to or ctx.today).replace(day=1)
    last = query.date_to or max(first, ctx.today)
    if not query.date_from and not query.date_to:
        last = first.replace(day=month_length(first))
    if last.year - first.year > LONGEST_YEARS:
        raise Invalid("/date_from", "too_long", f"A period has at most {LONGEST_YEARS} years.")
    reach = _reach(ctx)
    rows = ON_SCREEN if most is None else most
    return Frame(ctx, query, Period(first, last), _as_tuple(await _owners(ctx, query, reach)), _as_tuple(reach), rows)


def _reach(ctx: Ctx) -> set[int] | None:
    """Return the people whose rows reports:read reaches; None: everybody's."""
    reach = ctx.actor.rights[P.reports_read]
    if reach is Reach.ALL:
        return None
    return {ctx.actor.id} if reach is Reach.OWN else {*ctx.actor.members[reach], ctx.actor.id}


async def _owners(ctx: Ctx, query: ReportQuery, found: set[int] | None) -> set[int] | None:
    """Narrow them by the filters."""
    if query.department_id is not None:
        inside = await members(ctx, query.department_id)
        found = inside if found is None else found & inside
    if query.manager_id is not None:
        found = {query.manager_id} if found is None else found & {query.manager_id}
    return found


def _as_tuple(found: set[int] | None) -> tuple[int, ...] | None:
    return None if found is None else tuple(sorted(found))


async def members(ctx: Ctx, department_id: int) -> set[int]:
    """Return the ids of the people of a department and of all below it."""
    found = await ctx.session.scalars(select(User.id).where(User.department_id.in_(below(department_id))))
    return set(found)


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
        zero = [kind not in _RATIOS or (key == "share" and bool(before)) for key, kind in self.columns]
        return [Decimal(0) if one else None for one in zero]


async def each_way(
    frame: Frame, facts: Select[Any], keys: Sequence[str], measures: Callable[[Any], list[Any]]
) -> dict[str, Rows]:
    """Measure rows grouped by each of some columns, and all together (`WHOLE`, key None): one statement reads them once.

    `facts` selects the rows, `measures` makes aggregates of its columns.
    """
    each = facts.subquery().c
    columns = [each[key] for key in keys]
    sets = func.grouping_sets(tuple_(), *(tuple_(column) for column in columns))
    statement = select(func.grouping(*columns), *columns, *measures(each)).group_by(sets)
    found: dict[str, Rows] = {name: {} for name in (WHOLE, *keys)}
    for mask, *values in await frame.ctx.session.execute(unscoped(statement, "owners narrowed by the report")):
        name, key = _group(mask, keys, values)
        found[name][key] = values[len(keys) :]
    return found


def _group(mask: int, keys: Sequence[str], values: Sequence[Any]) -> tuple[str, Any]:
    """Read GROUPING(): a bit for each column, the first one highest, unset where the row is a group of that column."""
    for place, key in enumerate(keys):
        if not mask >> (len(keys) - 1 - place) & 1:
            return key, values[place]
    return WHOLE, None


_RATIOS = {Kind.PERCENT, Kind.DAYS, Kind.HOURS, Kind.RATING}


async def people(ctx: Ctx, ids: Sequence[Any]) -> dict[Any, str]:
    """Return names by id; a colleague's name is no secret."""
    rows = await ctx.session.execute(select(User.id, User.name).where(User.id.in_([one for one in ids if one])))
    return {row.id: row.name for row in rows}


async def customers(frame: Frame, ids: Sequence[int]) -> dict[Any, str]:
    """Return the names of the customers that the reader may see: one may have gone to another team since."""
    shown = case((visible(frame.ctx, Customer), Customer.name)).label("name")
    among = one_of(Customer.id, ids)
    rows = await frame.ctx.session.execute(unscoped(select(Customer.id, shown).where(among), "hidden names are empty"))
    return {row.id: row.name for row in rows if row.name}
