"""How a noun is listed, as its service declares it: what rows carry, and by what they are ordered, narrowed and found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select

from app.core.ctx import Ctx
from app.core.errors import Invalid
from app.core.guarded import whole
from app.core.paging import PageQuery, RecordQuery
from app.core.search import Match
from app.core.sought import Sought
from app.core.steps import Steps, by_status
from app.core.ways import Facts


@dataclass(frozen=True)
class Sort:
    """A sortable expression that is never NULL (`coalesce(column, extreme)`, indexed as such)."""

    expression: Any
    kind: Any


@dataclass(frozen=True, eq=False)
class Listed:
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

    def allowed(self, ctx: Ctx, row: Mapping[str, Any]) -> list[str]:
        """Return the steps that the caller could take with a row of the list, or a detail: its `allowed_actions`."""
        return self.steps.allowed(ctx, self.holding(row)) if self.steps else []

    def asked(self, query: PageQuery) -> dict[str, Any]:
        """Return the filters that the query gives, and their values."""
        return self.of(query.model_dump(exclude_none=True, exclude={"limit", "cursor", "sort", "q"}))

    def of(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """Return the filters among what a query says."""
        return {name: value for name, value in said.items() if name in self.filters}

    def sorting(self, ctx: Ctx, wanted: str) -> tuple[bool, Sort]:
        """Return whether an order goes down, and what it goes by; raise `Invalid` for one that is not offered."""
        name = wanted.removeprefix("-")
        unseen = self.model.__guarded__.fields if self.guarded and not whole(ctx, self.model) else ()
        if name not in self.sorts or name in unseen:
            offered = ", ".join(sorted(self.sorts.keys() - set(unseen)))
            raise Invalid("/sort", "unknown_sort", f"Sort by one of: {offered}.")
        return wanted.startswith("-"), self.sorts[name]
