"""What a text finds, in one walk through its own indexes: how many rows, how many of them in sight, and the keys of one page.

Nothing in it depends on how common the text is, so PostgreSQL keeps its plan. It stops at the cap: what finds more is
common, and the list's own order comes upon it soon.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    asc,
    desc,
    exists,
    func,
    literal,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.operators import desc_op

from app.core.ctx import Ctx
from app.core.owners import alive, declared, grants, mentions, owned_by
from app.core.prepared import written
from app.core.scope import visible
from app.core.search import Match
from app.core.walks import COUNT_CAP, Walk, among, narrow


@dataclass(frozen=True)
class Found:
    """`count` rows that the text finds, to the cap; `total` of them in sight; `ids` of one page and one more."""

    count: int
    total: int
    ids: list[int] = field(default_factory=list)

    @property
    def many(self) -> bool:
        """Whether there are more than were looked at: then neither the total nor the page is the whole truth."""
        return self.count > COUNT_CAP


def finding(
    ctx: Ctx, walk: Walk, ways: Sequence[Match], order: list[Any], after: Any, limit: ColumnElement[int]
) -> Select[Any]:
    """Return the statement of a `Found`. The scope is told of each row and not asked for: it would lead away from the text's index.

    `after` turns key and id into the clause of what stands behind a cursor, or is None.
    """
    model, cap = walk.model, written(COUNT_CAP + 1)
    columns = model.id.label("id"), order[0].element.label("k"), sight(ctx, model, walk.right).label("seen")
    each = [select(*columns).where(alive(model), *walk.clauses, way.clause).limit(cap) for way in ways]
    whole = each[0] if len(each) == 1 else union(*(select(one.subquery()) for one in each)).limit(cap)
    found = whole.cte("found")
    turn = desc if order[0].modifier is desc_op else asc
    page = select(found.c.id).where(found.c.seen, *([after(found.c.k, found.c.id)] if after else ()))
    page = page.order_by(turn(found.c.k), turn(found.c.id)).limit(limit)
    ids = func.array(page.scalar_subquery(), type_=ARRAY(BigInteger))
    told: list[Any] = [func.count(), func.count().filter(found.c.seen), ids]
    return select(*told).select_from(found).execution_options(scoped="told of each row")


def sight(ctx: Ctx, model: Any, right: str | None) -> ColumnElement[bool]:
    """Return `visible` for who asks it of many rows: what is granted is found once from the grants, and not for each row."""
    reach, scope = narrow(ctx, model, right), declared(model)
    if reach is None or scope is None:
        return among(ctx, model, right)
    return and_(
        alive(model), or_(owned_by(ctx, model, scope, reach), *mentions(ctx, model, scope), *grants(ctx, model, scope))
    )


def either(model: Any, ways: Sequence[Match], *seen: ColumnElement[bool]) -> Any:
    """Return the ids of the rows that any way finds, `seen` among those asked for: each by itself, as it is found."""
    return union_all(*(select(model.id).where(way.clause, *seen) for way in ways))


def through(ctx: Ctx, column: Any, model: Any, ways: Sequence[Match], *, scoped: bool = True) -> Match:
    """Find rows by the record that a column of theirs names: from the records, or asked of a row at hand.

    `scoped`: only by records in sight; without it for rows that nobody sees who does not see the record.
    """
    there, seen = (sight(ctx, model, None), visible(ctx, model)) if scoped else (alive(model), alive(model))
    named = column.in_(either(model, ways, there))
    its = select(literal(1)).select_from(model).where(model.id == column, or_(*(way.check for way in ways)), seen)
    return Match(named, exists(its.correlate(column.class_)), proves=True)
