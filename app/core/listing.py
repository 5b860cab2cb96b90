"""One way to build a list: filters, search, keyset pages and a capped count over what the actor sees.

What is asked (`asked`) decides the statements (`statements`), and what they read is the answer. A page is two of them; a text
that is common is a third.
"""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement

from app.core import statements, walks
from app.core.asked import Asked, ask
from app.core.ctx import Ctx
from app.core.cursor import encode
from app.core.finds import Found, either
from app.core.guarded import masked, whole
from app.core.listed import Listed, Sort
from app.core.paging import Paged, PageQuery
from app.core.sought import sought

__all__ = ["LISTINGS", "Listing", "Sort", "sortable"]


class Listing(Listed):
    """The list of a noun, as it is declared; who lists, asks it for pages."""

    def __post_init__(self) -> None:
        super().__post_init__()
        LISTINGS.append(self)

    def where(self, ctx: Ctx, query: PageQuery) -> list[ColumnElement[bool]]:
        """Return the clauses of the filters and the text that the query gives, their values in them."""
        clauses = [self.filters[name](value) for name, value in self.asked(query).items()]
        if not query.q or not self.search:
            return clauses
        return [*clauses, self.model.id.in_(either(self.model, self.search(ctx, sought(query.q))))]

    async def page(
        self, ctx: Ctx, query: PageQuery, *more: ColumnElement[bool], right: str | None = None, counted: bool = True
    ) -> Paged:
        """Return a page; `more` are clauses of the caller.

        Raises `Invalid` (422) for an unknown sort and for a cursor of another list.
        """
        asked = ask(self, ctx, query, more, right)
        return _answered(ctx, asked, await _read(ctx, asked, counted=counted and not query.cursor))


LISTINGS: list[Listing] = []
"""All of them: what the contract offers to sort by comes from here."""


def sortable(query: type[PageQuery]) -> list[str]:
    """Return what a list that is asked for with such a query is sorted by, ascending and descending."""
    names = {name for listing in LISTINGS if issubclass(listing.query, query) for name in listing.sorts}
    return [sign + name for name in sorted(names) for sign in ("", "-")]


class Read(NamedTuple):
    """What was read: the names of the columns, the rows of the page (one more tells that another follows), how many there are."""

    names: tuple[str, ...]
    rows: Any
    total: int | None


async def _read(ctx: Ctx, asked: Asked, *, counted: bool) -> Read:
    values = asked.values(ctx)
    found = await _found(ctx, asked, values) if asked.sought else None
    if found is None or found.many:
        statement = statements.of_order(ctx, asked)
    else:
        statement = statements.of_keys(ctx, asked)
        values[statements.KEYS.key] = found.ids
    result = await ctx.session.execute(statement, values)
    names, rows = tuple(result.keys()), result.all()
    return Read(names, rows, await _total(ctx, asked, found, values) if counted else None)


async def _found(ctx: Ctx, asked: Asked, values: dict[str, Any]) -> Found | None:
    """Return what the indexes of the text find; None where the list's order has to come upon it.

    A text that was beyond the cap a moment ago still is.
    """
    statement = statements.of_text(ctx, asked)
    if statement is None:
        return None

    async def find() -> Found:
        return Found(*(await ctx.session.execute(statement, values)).one())

    if asked.more:
        return await find()
    found: Found = await ctx.remember(("found", *_known(ctx, asked)), find, keep=lambda one: one.many)
    return found


async def _total(ctx: Ctx, asked: Asked, found: Found | None, values: dict[str, Any]) -> int:
    """Return how many rows there are in all, to the cap and one: as found, or counted."""
    cap = walks.COUNT_CAP
    if found is not None and (not found.many or found.total > cap):
        return found.total

    async def count() -> int:
        return int(await ctx.session.scalar(statements.of_count(ctx, asked), values) or 0)

    # A list that was beyond the cap a moment ago still is: walking to the cap costs more than the page.
    return await (count() if asked.more else ctx.remember(_known(ctx, asked), count, keep=lambda many: many > cap))


def _known(ctx: Ctx, asked: Asked) -> tuple[Any, ...]:
    """Return what is remembered by: who asked what of which list."""
    return asked.listed, asked.right, asked.told, ctx.actor.shape, ctx.actor.id


def _answered(ctx: Ctx, asked: Asked, read: Read) -> Paged:
    """Return what was read as it is answered."""
    listed, follows, rows = asked.listed, len(read.rows) > asked.limit, read.rows[: asked.limit]
    # Dicts, because reading a row by attributes costs the answer's validation three times as much.
    items = [dict(zip(read.names, row, strict=True)) for row in rows]
    if listed.guarded and not whole(ctx, listed.model):
        items = [masked(listed.model, item) for item in items]
    if listed.steps:
        items = [item | {"allowed_actions": listed.allowed(ctx, item)} for item in items]
    return {
        "items": items,
        "next_cursor": encode(asked.wanted, asked.told, rows[-1].sort_key, rows[-1].id) if follows and rows else None,
        "total": None if read.total is None else min(read.total, walks.COUNT_CAP),
        "total_is_exact": None if read.total is None else read.total <= walks.COUNT_CAP,
    }
