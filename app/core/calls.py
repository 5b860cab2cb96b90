"""One call of a list: what was asked, and its statements, each built once for all who ask the same question.

Rows are read by the list's order (`walks`), or by their keys where a text was found by its own index (`finds`).
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, any_, bindparam, or_, select, tuple_
from sqlalchemy.dialects.postgresql import ARRAY

from app.core.ctx import Ctx
from app.core.cursor import decode, digest
from app.core.finds import Found, finding
from app.core.guarded import shown
from app.core.keys import keys
from app.core.paging import PageQuery
from app.core.prepared import given, prepared
from app.core.scope import visible
from app.core.search import Match
from app.core.sought import sought
from app.core.walks import COUNT_CAP, Walk, among, counting, most, room

KEYS: Any = bindparam("keys_of_page", type_=ARRAY(BigInteger))


@dataclass(frozen=True)
class Finding:
    """The statement that finds a text; None where no index does, or the rows are joined from several tables."""

    statement: Any


class Call:
    """What one person asks of one list.

    Raises `Invalid` (422) for an unknown sort and for a cursor of another list.
    """

    def __init__(self, listing: Any, ctx: Ctx, query: PageQuery, more: tuple[Any, ...], right: str | None) -> None:
        self.listing, self.ctx, self.more, self.right = listing, ctx, more, right
        self.limit, self.cursor = query.limit, query.cursor
        self.wanted = query.sort or listing.default
        self.descending, self.sort = listing.sorting(ctx, self.wanted)
        self.asked = listing.asked(query)
        self.filters = digest(query.model_dump(exclude={"limit", "cursor", "sort"}, exclude_none=True))
        self.sought = sought(query.q) if query.q and listing.search else None
        of = {f"of_{name}": value for name, value in self.asked.items()}
        self.values = given(ctx, **of, **(self.sought.values if self.sought else {}))
        if query.cursor:
            mark = decode(query.cursor, self.wanted, self.filters, self.sort.kind)
            self.values["after_key"], self.values["after_id"] = mark
        self.known = (listing, right, self.filters, ctx.actor.shape, ctx.actor.id)
        """What is remembered goes by: who asked what of which list."""

    async def found(self) -> Found | None:
        """Return what the indexes of the text find; None where the list's order has to come upon it.

        A text that was beyond the cap a moment ago still is.
        """
        if self.sought is None:
            return None
        statement = self._built(("found", *self._page), self._finding).statement
        if statement is None:
            return None

        async def find() -> Found:
            return Found(*(await self.ctx.session.execute(statement, self.values)).one())

        if self.more:
            return await find()
        found: Found = await self.ctx.remember(("found", *self.known), find, keep=lambda one: one.many)
        return found

    async def rows(self, found: Found | None) -> Any:
        """Run the statement of the page: by the keys that were found, else by the list's order."""
        if found is None or found.many:
            statement = self._built(("walk", *self._page), self._walking)
        else:
            statement = self._built(("keys", self.wanted), self._by_keys)
            self.values[KEYS.key] = found.ids
        return await self.ctx.session.execute(statement, self.values)

    async def total(self, found: Found | None) -> int:
        """Return how many rows there are in all, to the cap and one: as found, or counted."""
        if found is not None and (not found.many or found.total > COUNT_CAP):
            return found.total

        async def count() -> int:
            return int(await self.ctx.session.scalar(self._built("count", self._counting), self.values) or 0)

        # A list that was beyond the cap a moment ago still is: walking to the cap costs more than the page.
        return await (
            count() if self.more else self.ctx.remember(self.known, count, keep=lambda many: many > COUNT_CAP)
        )

    @property
    def _page(self) -> tuple[Hashable, ...]:
        return self.wanted, bool(self.cursor), most(self.limit)

    def _built(self, part: Hashable, build: Callable[[Ctx], Any]) -> Any:
        """Return a statement of the list; clauses of the caller carry values of this one call, and it is built for that."""
        if self.more:
            return build(self.ctx)
        asked = ((name, value if isinstance(value, bool) else type(value)) for name, value in self.asked.items())
        return prepared(self.ctx, (self.listing, self.right, self.sought and self.sought.form, *asked, part), build)

    def _clauses(self) -> list[ColumnElement[bool]]:
        return [self.listing.filters[name](_bind(name, value)) for name, value in self.asked.items()] + list(self.more)

    def _ways(self, asking: Ctx) -> tuple[Match, ...]:
        ways: tuple[Match, ...] = self.listing.search(asking, self.sought.form) if self.sought else ()
        return ways

    def _order(self) -> list[Any]:
        by = (self.sort.expression, self.listing.model.id)
        return [one.desc() if self.descending else one.asc() for one in by]

    def _finding(self, asking: Ctx) -> Finding:
        ways, walk = self._ways(asking), Walk(self.listing.model, tuple(self._clauses()), self.right)
        if any(way.index is None for way in ways) or not self._alone(*walk.clauses, *(way.clause for way in ways)):
            return Finding(None)
        after = self._after if self.cursor else None
        return Finding(finding(asking, walk, ways, self._order(), after, room(self.limit)))

    def _walking(self, asking: Ctx) -> Any:
        model, order = self.listing.model, self._order()
        after = [self._after(self.sort.expression, model.id)] if self.cursor else []
        ways = self._ways(asking)
        if self._alone(*self._clauses(), *(way.check for way in ways)):
            walk = Walk(model, (*self._clauses(), *_any(way.check for way in ways), *after), self.right)
            return (
                self._selected(asking).where(model.id.in_(keys(asking, walk, order, room(self.limit)))).order_by(*order)
            )
        where = [*self._clauses(), *_any(way.clause for way in ways), *after, among(asking, model, self.right)]
        return self._selected(asking).where(*where).order_by(*order).limit(room(self.limit))

    def _by_keys(self, asking: Ctx) -> Any:
        model = self.listing.model
        seen = visible(asking, model, self.right)
        return self._selected(asking).where(model.id == any_(KEYS), seen).order_by(*self._order())

    def _counting(self, asking: Ctx) -> Any:
        checks = _any(way.check for way in self._ways(asking))
        return counting(asking, Walk(self.listing.model, (*self._clauses(), *checks), self.right))

    def _selected(self, asking: Ctx) -> Any:
        listing = self.listing
        flag = [shown(asking, listing.model)] if listing.guarded else []
        columns = select(*listing.columns, *flag, self.sort.expression.label("sort_key")).select_from(listing.model)
        return listing.joins(asking, columns).execution_options(scoped="listed")

    def _alone(self, *clauses: Any) -> bool:
        """Tell whether the page's keys are found without the joins, and rows by them: not in a table of many parts."""
        model = self.listing.model
        table = model.__table__
        tables = select(model.id, self.sort.expression.label("k")).where(*clauses).get_final_froms()
        return tables == [table] and len(table.primary_key.columns) == 1

    def _after(self, key: Any, row_id: Any) -> ColumnElement[bool]:
        """Return the clause of the rows behind the cursor's place."""
        place = tuple_(key, row_id)
        mark = tuple_(bindparam("after_key", type_=self.sort.expression.type), bindparam("after_id", type_=BigInteger))
        return place < mark if self.descending else place > mark


def _any(clauses: Any) -> list[ColumnElement[bool]]:
    either = list(clauses)
    return [or_(*either)] if either else []


def _bind(name: str, value: Any) -> Any:
    """Return the parameter of a filter; a truth value stays itself, since SQL says `IS TRUE` with a word."""
    if isinstance(value, bool):
        return value
    return bindparam(f"of_{name}", expanding=isinstance(value, list))
