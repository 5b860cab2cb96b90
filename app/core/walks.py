"""How a list is read: the narrowest plan by reach, and the count to a cap.

`all` needs no predicate, `own` is one index walk per reason, and departments take one walk per member: a
plain `owner = any(...)` walked a million rows when the department's rows were old.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    asc,
    column,
    desc,
    func,
    select,
    true,
    union,
    union_all,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql.operators import desc_op

from app.core.ctx import Ctx, Reach
from app.core.owners import Follows, Owned, alive, declared, grants, holder, members, mentions, owned_by
from app.core.prepared import written
from app.core.scope import visible

COUNT_CAP = 10_000
DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]  # of SQLAlchemy
ROOMS = (10, 20, 50, 100, 200)
"""Sizes of pages that are read, and cut to what was asked: few, because each is a statement of its own."""


def room(limit: int) -> ColumnElement[int]:
    """Return the limit of a statement for a page: its rows and one more, which tells whether another page follows."""
    return written(next(size for size in ROOMS if size >= limit) + 1)


@dataclass(frozen=True)
class Walk:
    """Which rows of a model are wanted: all `clauses`, under a right, and any of `found`, where a text is searched.

    Each of `found` has an index of its own. With OR between them PostgreSQL reads again, for every row that one index
    found, what the others ask: pairs of letters, 26 µs a row.
    """

    model: Any
    clauses: tuple[Any, ...]
    right: str | None
    found: tuple[ColumnElement[bool], ...] = ()


def either(model: Any, found: tuple[ColumnElement[bool], ...], *among: ColumnElement[bool]) -> Any:
    """Return the ids of the rows that any index finds, `among` those asked for: asked of each by itself, as it is found."""
    return union_all(*(select(model.id).where(clause, *among) for clause in found))


def keys(ctx: Ctx, walk: Walk, order: list[Any], limit: ColumnElement[int]) -> Any:
    """Return the ids of one page: what a row carries besides is joined to these few, not to all that the order goes through."""
    turn = desc if order[0].modifier is desc_op else asc
    among_them = Pages(ctx, walk, order, limit, turn)
    reach = _narrow(ctx, walk.model, walk.right)
    if walk.found:
        seen = among(ctx, walk.model, walk.right)
        reasons = [among_them.step(seen, clause) for clause in walk.found]
    elif reach is None:
        reasons = [among_them.step(among(ctx, walk.model, walk.right))]
    else:
        reasons = among_them.reasons(reach)
    if len(reasons) == 1:
        return select(reasons[0].subquery().c[0])
    pages = union(*(select(reason.subquery()) for reason in reasons)).subquery()
    return select(pages.c[0]).order_by(turn(pages.c.k), turn(pages.c[0])).limit(limit)


@dataclass(frozen=True)
class Pages:
    """The pages of which one is made: of each reason to see a row, in the one order."""

    ctx: Ctx
    walk: Walk
    order: list[Any]
    limit: ColumnElement[int]
    turn: Any

    def rows(self, *where: ColumnElement[bool]) -> Select[Any]:
        """Return the key and the place of all rows that also meet `where`."""
        model, key = self.walk.model, self.order[0].element.label("k")
        return select(model.id, key).where(alive(model), *self.walk.clauses, *where)

    def step(self, *where: ColumnElement[bool]) -> Select[Any]:
        """Return the first of them."""
        return self.rows(*where).order_by(*self.order).limit(self.limit)

    def held(self, owner: Any, by: Any) -> Select[Any]:
        """Return the first of those that somebody holds.

        Where no index has them in this order they are read by their holder and sorted: the planner would rather go through
        everybody's in the order, and read the whole table for somebody who has few. Wrapped, the key fits no index.
        """
        first, *rest = self.order
        if _indexed(self.walk.model, owner, first.element):
            return self.step(owner == by)
        unindexed = self.turn(func.coalesce(first.element, first.element))
        return self.rows(owner == by).order_by(unindexed, *rest).limit(self.limit)

    def reasons(self, reach: Reach) -> list[Select[Any]]:
        """Return one for each reason to see a row; a department's are one for each of its people, merged."""
        ctx, model, turn = self.ctx, self.walk.model, self.turn
        scope = model.__scope__
        owner = getattr(model, str(holder(scope)))
        if reach is Reach.OWN:
            found = [self.held(owner, ctx.actor.id)]
        else:
            person = func.unnest(members(ctx, reach)).table_valued(column("id"), name="member").render_derived()
            each = self.held(owner, person.c.id).correlate(person).lateral("mine")
            team = select(each.c[0].label("id"), each.c.k).select_from(person).join(each, true())
            found = [team.order_by(turn(each.c.k), turn(each.c[0])).limit(self.limit)]
        found += [self.step(named) for named in mentions(ctx, model, scope)]
        # What is granted is little: cut to a page, the planner would look for it through all rows in their order.
        return found + [self.rows(one) for one in grants(ctx, model, scope)]


def _indexed(model: Any, owner: Any, key: Any) -> bool:
    """Tell whether an index begins with these two."""
    wanted = [str(part.compile(dialect=DIALECT)).rpartition(".")[2] for part in (owner, key)]
    return any(
        [str(part.compile(dialect=DIALECT)).rpartition(".")[2] for part in index.expressions[:2]] == wanted
        for index in model.__table__.indexes
    )


def counting(ctx: Ctx, walk: Walk) -> Any:
    """Count to the cap. Several reasons are a union of index walks: with OR the planner reads the whole table."""
    model, cap = walk.model, written(COUNT_CAP + 1)
    reach, scope = _narrow(ctx, model, walk.right), declared(model)
    reasons = [among(ctx, model, walk.right)]
    if walk.found:
        reasons = [and_(reasons[0], clause) for clause in walk.found]
    elif reach and scope and (more := [*mentions(ctx, model, scope), *grants(ctx, model, scope)]):
        reasons = [owned_by(ctx, model, scope, reach), *more]
    steps: list[Any] = [select(model.id).where(alive(model), *walk.clauses, reason).limit(cap) for reason in reasons]
    if len(steps) > 1:
        steps = [union(*(select(one.subquery()) for one in steps)).limit(cap)]
    return select(func.count()).select_from(steps[0].subquery()).execution_options(scoped="count")


def among(ctx: Ctx, model: Any, right: str | None) -> ColumnElement[bool]:
    """Return the predicate of a list that no walk serves: `visible`, turned round where a person's few parents lead.

    What follows a parent is found from the parents: asked of each row in the order of the list, one person's
    contacts among two million took 0.6 s.
    """
    scope = declared(model)
    found = _of_parents(ctx, model, scope, right) if isinstance(scope, Follows) else None
    if found is None or not isinstance(scope, Follows):
        return visible(ctx, model, right)
    if scope.otherwise is None:
        return and_(alive(model), found)
    others = _of_parents(ctx, model, scope.otherwise, right)
    if others is None:
        return visible(ctx, model, right)
    # Two lookups and their union: with OR the planner asks each row in the order of the list.
    here = select(model.id).where(alive(model))
    orphans = here.where(getattr(model, scope.via).is_(None), others)
    either: ColumnElement[bool] = model.id.in_(union_all(here.where(found), orphans))
    return either


def _of_parents(ctx: Ctx, model: Any, scope: Follows, right: str | None) -> ColumnElement[bool] | None:
    """Return the predicate of the rows whose parent is one of a person's few; None where the reach is wider."""
    parent: Any = scope.parent()
    theirs = declared(parent)
    if not isinstance(theirs, Owned) or _narrow(ctx, parent, right or f"{scope.resource}:read") is not Reach.OWN:
        return None
    reasons = [
        getattr(parent, theirs.owner) == ctx.actor.id,
        *mentions(ctx, parent, theirs),
        *grants(ctx, parent, theirs),
    ]
    parents = union(*(select(parent.id).where(alive(parent), reason) for reason in reasons)).subquery()
    named: ColumnElement[bool] = getattr(model, scope.via).in_(select(parents.c[0]))
    return named


def _narrow(ctx: Ctx, model: Any, right: str | None) -> Reach | None:
    """Return the reach where owners narrow the rows, else None (all rows, none, or no owner in the row)."""
    scope = declared(model)
    if scope is None or holder(scope) is None:
        return None
    reach = ctx.actor.rights.get(right or f"{scope.resource}:read")
    return None if reach is Reach.ALL else reach
