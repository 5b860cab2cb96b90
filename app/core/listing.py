"""One way to build a list: filters, search, keyset pages and a capped count over what the actor sees.

A page is two statements (`calls`); a text that is common is a third.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select

from app.core.calls import Call
from app.core.ctx import Ctx
from app.core.cursor import encode
from app.core.errors import Invalid
from app.core.finds import either
from app.core.guarded import masked, whole
from app.core.paging import PageQuery, RecordQuery
from app.core.search import Match
from app.core.sought import Sought, sought
from app.core.steps import Steps, by_status
from app.core.walks import COUNT_CAP
from app.core.ways import Facts


@dataclass(frozen=True)
class Sort:
    """A sortable expression that is never NULL (`coalesce(column, extreme)`, indexed as such)."""

    expression: Any
    kind: Any


@dataclass(frozen=True, eq=False)
class Listing:
    """How a noun is listed, for those who ask with a `query` of this class.

    `columns` are what a row carries, `joins` adds the many-to-one joins that they need, `filters` maps a
    query field to a clause over its value, `search` tells the ways in which a text of
    a form finds rows, each by an index of its own. `guarded`: rows carry facts of the
    model's `__guarded__` group, and no order goes by them for who does not see them in every row. Where a noun has
    `steps`, a row's columns alone tell what decides over them (`holding`): its `allowed_actions`.
    """

    model: Any
    query: type[PageQuery]
    columns: Sequence[Any]
    sorts: Mapping[str, Sort]
    filters: Mapping[str, Callable[[Any], ColumnElement[bool]]] = field(default_factory=dict)
    joins: Callable[[Ctx, Select[Any]], Select[Any]] = lambda _ctx, statement: statement
    search: Callable[[Ctx, Sought], tuple[Match, ...]] | None = None
    default: str = "-created_at"
    guarded: bool = False
    steps: Steps | None = None
    holding: Callable[[Mapping[str, Any]], Facts] = by_status

    def __post_init__(self) -> None:
        if issubclass(self.query, RecordQuery):
            filters = {**self.filters, "updated_after": self.model.updated_at.__gt__}
            object.__setattr__(self, "filters", filters)
        LISTINGS.append(self)

    def where(self, ctx: Ctx, query: PageQuery) -> list[ColumnElement[bool]]:
        """Return the clauses of the filters and the text that the query gives, their values in them."""
        clauses = [self.filters[name](value) for name, value in self.asked(query).items()]
        if not query.q or not self.search:
            return clauses
        return [*clauses, self.model.id.in_(either(self.model, self.search(ctx, sought(query.q))))]

    async def page(
        self, ctx: Ctx, query: PageQuery, *more: ColumnElement[bool], right: str | None = None, counted: bool = True
    ) -> Any:
        """Return `{items, next_cursor, total, total_is_exact}`; `more` are clauses of the caller.

        Raises `Invalid` (422) for an unknown sort and for a cursor of another list.
        """
        call = Call(self, ctx, query, more, right)
        found = await call.found()
        result = await call.rows(found)
        names, rows = tuple(result.keys()), result.all()
        more_follow, rows = len(rows) > query.limit, rows[: query.limit]
        # Dicts, because reading a row by attributes costs the answer's validation three times as much.
        items = [dict(zip(names, row, strict=True)) for row in rows]
        if self.guarded and not whole(ctx, self.model):
            items = [masked(self.model, item) for item in items]
        if self.steps:
            items = [item | {"allowed_actions": self.allowed(ctx, item)} for item in items]
        last = rows[-1] if rows else None
        total = await call.total(found) if counted and not query.cursor else None
        return {
            "items": items,
            "next_cursor": encode(call.wanted, call.filters, last.sort_key, last.id) if more_follow and last else None,
            "total": None if total is None else min(total, COUNT_CAP),
            "total_is_exact": None if total is None else total <= COUNT_CAP,
        }

    def allowed(self, ctx: Ctx, row: Mapping[str, Any]) -> list[str]:
        """Return the steps that the caller could take with a row of the list, or a detail: its `allowed_actions`."""
        return self.steps.allowed(ctx, self.holding(row)) if self.steps else []

    def asked(self, query: PageQuery) -> dict[str, Any]:
        """Return the filters that the query gives, and their values."""
        found = query.model_dump(exclude_none=True, exclude={"limit", "cursor", "sort", "q"})
        return {name: value for name, value in found.items() if name in self.filters}

    def sorting(self, ctx: Ctx, wanted: str) -> tuple[bool, Sort]:
        """Return whether an order goes down, and what it goes by; raise `Invalid` for one that is not offered."""
        name = wanted.removeprefix("-")
        unseen = self.model.__guarded__.fields if self.guarded and not whole(ctx, self.model) else ()
        if name not in self.sorts or name in unseen:
            offered = ", ".join(sorted(self.sorts.keys() - set(unseen)))
            raise Invalid("/sort", "unknown_sort", f"Sort by one of: {offered}.")
        return wanted.startswith("-"), self.sorts[name]


LISTINGS: list[Listing] = []
"""All of them: what the contract offers to sort by comes from here."""


def sortable(query: type[PageQuery]) -> list[str]:
    """Return what a list that is asked for with such a query is sorted by, ascending and descending."""
    names = {name for listing in LISTINGS if issubclass(listing.query, query) for name in listing.sorts}
    return [sign + name for name in sorted(names) for sign in ("", "-")]
