"""One way to build a list: filters, search, keyset pages and a capped count over what the actor sees.

A page is two statements. The narrowest plan is chosen by reach: no predicate for `all`, one branch per
reason under `own`, and for departments one index walk per member (a plain `owner = any(...)` walked a
million rows when the department's rows were old).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, asc, column, desc, func, literal, select, true, tuple_, union
from sqlalchemy.sql.operators import desc_op

from app.core.ctx import Ctx, Reach
from app.core.cursor import decode, digest, encode
from app.core.errors import Invalid
from app.core.paging import PageQuery
from app.core.scope import Owned, alive, declared, extras, members, owned_by, scoped, visible

COUNT_CAP = 10_000


@dataclass(frozen=True)
class Sort:
    """A sortable expression that is never NULL (`coalesce(column, extreme)`, indexed as such)."""

    expression: Any
    kind: Any


@dataclass(frozen=True)
class Listing:
    """How a noun is listed.

    `columns` are what a row carries, `joins` adds the many-to-one joins that they need, `filters` maps a
    query field to a clause over its value, `search` turns `q` into a clause.
    """

    model: Any
    columns: Sequence[Any]
    sorts: Mapping[str, Sort]
    filters: Mapping[str, Callable[[Any], ColumnElement[bool]]] = field(default_factory=dict)
    joins: Callable[[Ctx, Select[Any]], Select[Any]] = lambda _ctx, statement: statement
    search: Callable[[str], ColumnElement[bool]] | None = None
    default: str = "-created_at"

    def where(self, query: PageQuery) -> list[ColumnElement[bool]]:
        """Return the clauses of the filters that the query gives."""
        given = query.model_dump(exclude_none=True, exclude={"limit", "cursor", "sort", "q"})
        clauses = [self.filters[name](value) for name, value in given.items() if name in self.filters]
        if query.q and self.search:
            clauses.append(self.search(query.q))
        return clauses

    async def page(
        self, ctx: Ctx, query: PageQuery, *more: ColumnElement[bool], right: str | None = None, counted: bool = True
    ) -> Any:
        """Return `{items, next_cursor, total, total_is_exact}`; `more` are clauses of the caller.

        Raises `Invalid` (422) for an unknown sort and for a cursor of another list.
        """
        descending, sort = self._sort(query.sort or self.default)
        filters = digest(query.model_dump(exclude={"limit", "cursor", "sort"}, exclude_none=True))
        clauses = [*self.where(query), *more]
        keyset = list(clauses)
        if query.cursor:
            after = decode(query.cursor, query.sort or self.default, filters, sort.kind)
            place, mark = (
                tuple_(sort.expression, self.model.id),
                tuple_(literal(after[0], sort.expression.type), after[1]),
            )
            keyset.append(place < mark if descending else place > mark)
        order = [e.desc() if descending else e.asc() for e in (sort.expression, self.model.id)]
        result = await ctx.session.execute(self._statement(ctx, query, keyset, order, right))
        keys, rows = tuple(result.keys()), result.all()
        more_follow, rows = len(rows) > query.limit, rows[: query.limit]
        # Dicts, because reading a row by attributes costs the answer's validation three times as much.
        items = [dict(zip(keys, row, strict=True)) for row in rows]
        last = rows[-1] if rows else None
        total = None if query.cursor or not counted else await self._count(ctx, clauses, right)
        return {
            "items": items,
            "next_cursor": encode(query.sort or self.default, filters, last.sort_key, last.id)
            if more_follow and last
            else None,
            "total": None if total is None else min(total, COUNT_CAP),
            "total_is_exact": None if total is None else total <= COUNT_CAP,
        }

    def _sort(self, wanted: str) -> tuple[bool, Sort]:
        name = wanted.removeprefix("-")
        if name not in self.sorts:
            raise Invalid("/sort", "unknown_sort", f"Sort by one of: {', '.join(sorted(self.sorts))}.")
        return wanted.startswith("-"), self.sorts[name]

    def _statement(self, ctx: Ctx, query: PageQuery, clauses: list[Any], order: list[Any], right: str | None) -> Any:
        key = order[0].element.label("sort_key")
        statement = self.joins(ctx, select(*self.columns, key).select_from(self.model))
        ids = None if query.q else self._branches(ctx, clauses, order, query.limit + 1, right)
        if ids is None:
            statement = scoped(ctx, statement.where(*clauses), self.model, right=right)
        else:
            statement = statement.where(self.model.id.in_(ids)).execution_options(scoped="branches")
        return statement.order_by(*order).limit(query.limit + 1)

    def _branches(self, ctx: Ctx, clauses: list[Any], order: list[Any], limit: int, right: str | None) -> Any:
        """Return the ids of one page as a union of index walks, or None where one predicate is best."""
        reach = self._narrow(ctx, right)
        if reach is None:
            return None
        key = order[0].element.label("k")
        turn = desc if order[0].modifier is desc_op else asc

        def walk(*where: ColumnElement[bool]) -> Select[Any]:
            inner = select(self.model.id, key).where(alive(self.model), *clauses, *where)
            return inner.order_by(*order).limit(limit)

        scope: Owned = self.model.__scope__
        more = extras(ctx, self.model, scope)
        owner = getattr(self.model, scope.owner)
        if reach is Reach.OWN:
            if not more:
                return None
            reasons = [walk(owner == ctx.actor.id)]
        else:
            person = func.unnest(members(ctx, reach)).table_valued(column("id"), name="member").render_derived()
            each = walk(owner == person.c.id).correlate(person).lateral("mine")
            team = select(each.c.id, each.c.k).select_from(person).join(each, true())
            reasons = [team.order_by(turn(each.c.k), turn(each.c.id)).limit(limit)]
        reasons += [walk(extra) for extra in more]
        found = union(*(select(reason.subquery()) for reason in reasons)).subquery()
        return select(found.c[0]).order_by(turn(found.c.k), turn(found.c[0])).limit(limit)

    def _narrow(self, ctx: Ctx, right: str | None) -> Reach | None:
        """Return the reach where owners narrow the rows, else None (all rows, none, or not owned)."""
        scope = declared(self.model)
        if not isinstance(scope, Owned):
            return None
        reach = ctx.actor.rights.get(right or f"{scope.resource}:read")
        return None if reach is Reach.ALL else reach

    async def _count(self, ctx: Ctx, clauses: list[Any], right: str | None) -> int:
        """Count to the cap. Several reasons are a union of index walks: with OR the planner reads the whole table."""
        cap = COUNT_CAP + 1
        inner: Any = select(literal(1)).select_from(self.model).where(visible(ctx, self.model, right), *clauses)
        reach, scope = self._narrow(ctx, right), declared(self.model)
        if reach and isinstance(scope, Owned) and (more := extras(ctx, self.model, scope)):
            walks = [
                select(self.model.id).where(alive(self.model), *clauses, reason).limit(cap)
                for reason in (owned_by(ctx, self.model, scope, reach), *more)
            ]
            inner = union(*(select(walk.subquery()) for walk in walks))
        capped = inner.limit(cap).subquery()
        statement = select(func.count()).select_from(capped).execution_options(scoped="count")
        return int(await ctx.session.scalar(statement) or 0)
