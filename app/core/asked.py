"""What one person asks of one list, read and refused before any statement is made."""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement

from app.core.ctx import Ctx
from app.core.cursor import decode, digest
from app.core.listed import Listed, Sort
from app.core.paging import PageQuery
from app.core.prepared import given
from app.core.sought import Sought, sought


class Asked(NamedTuple):
    """A question to a list.

    `filters` are those that are given, `told` is the hash of all that narrows, to which a cursor is bound; `after` is the place of
    the cursor: the value of the order, and the id. `more` are clauses of the caller, with values of this one call in them.
    """

    listed: Listed
    right: str | None
    more: tuple[ColumnElement[bool], ...]
    limit: int
    wanted: str
    descending: bool
    sort: Sort
    filters: dict[str, Any]
    told: str
    sought: Sought | None
    after: tuple[Any, int] | None

    def values(self, ctx: Ctx) -> dict[str, Any]:
        """Return the parameters of the question's statements."""
        found = given(ctx, **{f"of_{name}": value for name, value in self.filters.items()})
        if self.sought:
            found |= self.sought.values
        if self.after:
            found["after_key"], found["after_id"] = self.after
        return found


def ask(listed: Listed, ctx: Ctx, query: PageQuery, more: tuple[Any, ...], right: str | None) -> Asked:
    """Read a question; raise `Invalid` (422) for an unknown sort and for a cursor of another list."""
    wanted = query.sort or listed.default
    descending, sort = listed.sorting(ctx, wanted)
    said = query.model_dump(exclude={"limit", "cursor", "sort"}, exclude_none=True)
    told = digest(said)
    text = said.pop("q", None)
    found = sought(text) if text and listed.search else None
    after = decode(query.cursor, wanted, told, sort.kind) if query.cursor else None
    return Asked(listed, right, more, query.limit, wanted, descending, sort, listed.of(said), told, found, after)
