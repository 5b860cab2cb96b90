"""How a list is read: the narrowest plan by reach, and the count to a cap.

`all` needs no predicate, `own` is one index walk per reason, and departments take one walk per member: a
plain `owner = any(...)` walked a million rows when the department's rows were old.
"""

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
from sqlalchemy.sql.operators import desc_op

from app.core.ctx import Ctx, Reach
from app.core.owners import Follows, Owned, alive, declared, leads, members, owned_by
from app.core.prepared import written
from app.core.scope import visible

COUNT_CAP = 10_000
ROOMS = (10, 20, 50, 100, 200)
"""Sizes of pages that are read, and cut to what was asked: few, because each is a statement of its own."""


def room(limit: int) -> ColumnElement[int]:
    """Return the limit of a statement for a page: its rows and one more, which tells whether another page follows."""
    return written(next(size for size in ROOMS if size >= limit) + 1)


def keys(
    ctx: Ctx, model: Any, clauses: list[Any], order: list[Any], right: str | None, limit: ColumnElement[int]
) -> Any:
    """Return the ids of one page: what a row carries besides is joined to these few, not to all that the order goes through."""
    reach = _narrow(ctx, model, right)
    if reach is None:
        return select(model.id).where(*clauses, among(ctx, model, right)).order_by(*order).limit(limit)
    key = order[0].element.label("k")
    turn = desc if order[0].modifier is desc_op else asc

    def walk(*where: ColumnElement[bool]) -> Select[Any]:
        return select(model.id, key).where(alive(model), *clauses, *where).order_by(*order).limit(limit)

    scope: Owned = model.__scope__
    more = leads(ctx, model, scope)
    owner = getattr(model, scope.owner)
    if reach is Reach.OWN:
        reasons = [walk(owner == ctx.actor.id)]
    else:
        person = func.unnest(members(ctx, reach)).table_valued(column("id"), name="member").render_derived()
        each = walk(owner == person.c.id).correlate(person).lateral("mine")
        team = select(each.c.id, each.c.k).select_from(person).join(each, true())
        reasons = [team.order_by(turn(each.c.k), turn(each.c.id)).limit(limit)]
    reasons += [walk(extra) for extra in more]
    found = union(*(select(reason.subquery()) for reason in reasons)).subquery()
    return select(found.c[0]).order_by(turn(found.c.k), turn(found.c[0])).limit(limit)


def counting(ctx: Ctx, model: Any, clauses: list[Any], right: str | None) -> Any:
    """Count to the cap. Several reasons are a union of index walks: with OR the planner reads the whole table."""
    cap = written(COUNT_CAP + 1)
    inner: Any = select(written(1)).select_from(model).where(among(ctx, model, right), *clauses)
    reach, scope = _narrow(ctx, model, right), declared(model)
    if reach and isinstance(scope, Owned) and (more := leads(ctx, model, scope)):
        walks = [
            select(model.id).where(alive(model), *clauses, reason).limit(cap)
            for reason in (owned_by(ctx, model, scope, reach), *more)
        ]
        inner = union(*(select(walk.subquery()) for walk in walks))
    capped = inner.limit(cap).subquery()
    return select(func.count()).select_from(capped).execution_options(scoped="count")


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
    reasons = [getattr(parent, theirs.owner) == ctx.actor.id, *leads(ctx, parent, theirs)]
    parents = union(*(select(parent.id).where(alive(parent), reason) for reason in reasons)).subquery()
    named: ColumnElement[bool] = getattr(model, scope.via).in_(select(parents.c[0]))
    return named


def _narrow(ctx: Ctx, model: Any, right: str | None) -> Reach | None:
    """Return the reach where owners narrow the rows, else None (all rows, none, or not owned)."""
    scope = declared(model)
    if not isinstance(scope, Owned):
        return None
    reach = ctx.actor.rights.get(right or f"{scope.resource}:read")
    return None if reach is Reach.ALL else reach
