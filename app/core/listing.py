"""One way to build a list: filters, search, keyset pages and a capped count over what the actor sees.

A page is two statements, built once for all who ask the same question; `walks` chooses their plan.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, bindparam, or_, select, tuple_

from app.core.ctx import Ctx
from app.core.cursor import decode, digest, encode
from app.core.errors import Invalid
from app.core.guarded import masked, shown, whole
from app.core.keys import keys
from app.core.paging import PageQuery, RecordQuery
from app.core.prepared import given, prepared
from app.core.search import folded
from app.core.walks import COUNT_CAP, Walk, among, counting, either, most, room


@dataclass(frozen=True)
class Sort:
    """A sortable expression that is never NULL (`coalesce(column, extreme)`, indexed as such)."""

    expression: Any
    kind: Any


@dataclass(frozen=True, eq=False)
class Listing:
    """How a noun is listed, for those who ask with a `query` of this class.

    `columns` are what a row carries, `joins` adds the many-to-one joins that they need, `filters` maps a
    query field to a clause over its value, `search` turns `q` into one clause for each index that finds it. `guarded`: rows carry facts of the
    model's `__guarded__` group, and no order goes by them for who does not see them in every row. `allowed` tells from
    a row's columns alone what the caller may do with it: its `allowed_actions`.
    """

    model: Any
    query: type[PageQuery]
    columns: Sequence[Any]
    sorts: Mapping[str, Sort]
    filters: Mapping[str, Callable[[Any], ColumnElement[bool]]] = field(default_factory=dict)
    joins: Callable[[Ctx, Select[Any]], Select[Any]] = lambda _ctx, statement: statement
    search: Callable[[Ctx, str], tuple[ColumnElement[bool], ...]] | None = None
    default: str = "-created_at"
    guarded: bool = False
    allowed: Callable[[Ctx, Mapping[str, Any]], list[str]] | None = None

    def __post_init__(self) -> None:
        if issubclass(self.query, RecordQuery):
            filters = {**self.filters, "updated_after": self.model.updated_at.__gt__}
            object.__setattr__(self, "filters", filters)
        LISTINGS.append(self)

    def where(self, ctx: Ctx, query: PageQuery) -> list[ColumnElement[bool]]:
        """Return the clauses of the filters that the query gives, their values in them."""
        clauses = [self.filters[name](value) for name, value in self._asked(query).items()]
        found = self._found(ctx, query)
        return [*clauses, self.model.id.in_(either(self.model, found))] if found else clauses

    async def page(
        self, ctx: Ctx, query: PageQuery, *more: ColumnElement[bool], right: str | None = None, counted: bool = True
    ) -> Any:
        """Return `{items, next_cursor, total, total_is_exact}`; `more` are clauses of the caller.

        Raises `Invalid` (422) for an unknown sort and for a cursor of another list.
        """
        wanted, asked = query.sort or self.default, self._asked(query)
        descending, sort = self._sort(ctx, wanted)
        filters = digest(query.model_dump(exclude={"limit", "cursor", "sort"}, exclude_none=True))
        values = given(ctx, **{f"of_{name}": value for name, value in asked.items()})
        if query.cursor:
            values["after_key"], values["after_id"] = decode(query.cursor, wanted, filters, sort.kind)
        key = (
            self,
            right,
            *((name, value if isinstance(value, bool) else type(value)) for name, value in asked.items()),
        )
        found = self._found(ctx, query)

        def clauses() -> list[ColumnElement[bool]]:
            return [self.filters[name](_bind(name, value)) for name, value in asked.items()] + list(more)

        def one_page(asking: Ctx) -> Any:
            order = [e.desc() if descending else e.asc() for e in (sort.expression, self.model.id)]
            after = [_after(sort, self.model, descending=descending)] if query.cursor else []
            return self._statement(asking, Walk(self.model, (*clauses(), *after), right, found), order, query.limit)

        def all_pages(asking: Ctx) -> Any:
            return counting(asking, Walk(self.model, tuple(clauses()), right, found))

        def statement(part: Hashable, build: Callable[[Ctx], Any]) -> Any:
            # Clauses that carry values of this one call are built for it.
            return build(ctx) if found or more else prepared(ctx, (*key, part), build)

        result = await ctx.session.execute(statement((wanted, bool(query.cursor), most(query.limit)), one_page), values)
        names, rows = tuple(result.keys()), result.all()
        more_follow, rows = len(rows) > query.limit, rows[: query.limit]
        # Dicts, because reading a row by attributes costs the answer's validation three times as much.
        items = [dict(zip(names, row, strict=True)) for row in rows]
        if self.guarded and not whole(ctx, self.model):
            items = [masked(self.model, item) for item in items]
        if self.allowed:
            items = [item | {"allowed_actions": self.allowed(ctx, item)} for item in items]
        last = rows[-1] if rows else None
        total = None
        if counted and not query.cursor:

            async def count() -> int:
                return int(await ctx.session.scalar(statement("count", all_pages), values) or 0)

            # A list that was beyond the cap a moment ago still is: walking to the cap costs more than the page.
            known = (self, right, filters, ctx.actor.shape, ctx.actor.id)
            total = await (count() if more else ctx.remember(known, count, keep=lambda found: found > COUNT_CAP))
        return {
            "items": items,
            "next_cursor": encode(wanted, filters, last.sort_key, last.id) if more_follow and last else None,
            "total": None if total is None else min(total, COUNT_CAP),
            "total_is_exact": None if total is None else total <= COUNT_CAP,
        }

    def _asked(self, query: PageQuery) -> dict[str, Any]:
        """Return the filters that the query gives, and their values."""
        found = query.model_dump(exclude_none=True, exclude={"limit", "cursor", "sort", "q"})
        return {name: value for name, value in found.items() if name in self.filters}

    def _found(self, ctx: Ctx, query: PageQuery) -> tuple[ColumnElement[bool], ...]:
        return self.search(ctx, folded(query.q)) if query.q and self.search else ()

    def _sort(self, ctx: Ctx, wanted: str) -> tuple[bool, Sort]:
        name = wanted.removeprefix("-")
        unseen = self.model.__guarded__.fields if self.guarded and not whole(ctx, self.model) else ()
        if name not in self.sorts or name in unseen:
            offered = ", ".join(sorted(self.sorts.keys() - set(unseen)))
            raise Invalid("/sort", "unknown_sort", f"Sort by one of: {offered}.")
        return wanted.startswith("-"), self.sorts[name]

    def _statement(self, ctx: Ctx, walk: Walk, order: list[Any], limit: int) -> Any:
        key = order[0].element.label("sort_key")
        flag = [shown(ctx, self.model)] if self.guarded else []
        statement = self.joins(ctx, select(*self.columns, *flag, key).select_from(self.model))
        if self._alone(key, walk):
            statement = statement.where(self.model.id.in_(keys(ctx, walk, order, room(limit))))
        else:
            statement = statement.where(
                *walk.clauses, *([or_(*walk.found)] if walk.found else ()), among(ctx, self.model, walk.right)
            ).limit(room(limit))
        return statement.order_by(*order).execution_options(scoped="listed")

    def _alone(self, key: Any, walk: Walk) -> bool:
        """Tell whether the page's keys are found without the joins, and rows by them: not in a table of many parts."""
        asked = select(self.model.id, key).where(*walk.clauses, *walk.found)
        table = self.model.__table__
        return asked.get_final_froms() == [table] and len(table.primary_key.columns) == 1


LISTINGS: list[Listing] = []
"""All of them: what the contract offers to sort by comes from here."""


def sortable(query: type[PageQuery]) -> list[str]:
    """Return what a list that is asked for with such a query is sorted by, ascending and descending."""
    names = {name for listing in LISTINGS if issubclass(listing.query, query) for name in listing.sorts}
    return [sign + name for name in sorted(names) for sign in ("", "-")]


def _bind(name: str, value: Any) -> Any:
    """Return the parameter of a filter; a truth value stays itself, since SQL says `IS TRUE` with a word."""
    if isinstance(value, bool):
        return value
    return bindparam(f"of_{name}", expanding=isinstance(value, list))


def _after(sort: Sort, model: Any, *, descending: bool) -> ColumnElement[bool]:
    """Return the clause of the rows behind the cursor's place."""
    place = tuple_(sort.expression, model.id)
    mark = tuple_(bindparam("after_key", type_=sort.expression.type), bindparam("after_id", type_=BigInteger))
    return place < mark if descending else place > mark
