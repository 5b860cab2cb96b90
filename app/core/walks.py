"""How a list is read: the narrowest plan by reach, and the count to a cap.

`all` needs no predicate, `own` is one index walk per reason, and departments take one walk per member: a
plain `owner = any(...)` walked a million rows when the department's rows were old.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    func,
    select,
    union,
    union_all,
)

from app.core.ctx import Ctx, Reach
from app.core.owners import Follows, Owned, alive, declared, grants, holder, mentions, owned_by
from app.core.prepared import written
from app.core.scope import visible

COUNT_CAP = 10_000
ROOMS = (10, 20, 50, 100, 200)
"""Sizes of pages that are read, and cut to what was asked: few, because each is a statement of its own."""


def room(limit: int) -> ColumnElement[int]:
    """Return the limit of a statement for a page: its rows and one more, which tells whether another page follows."""
    return written(most(limit) + 1)


def most(limit: int) -> int:
    """Return the rows of a page of the statement that serves a limit: few sizes, so that few statements are kept."""
    return next(size for size in ROOMS if size >= limit)


@dataclass(frozen=True)
class Walk:
    """Which rows of a model are wanted: all `clauses`, under a right."""

    model: Any
    clauses: tuple[Any, ...]
    right: str | None


def counting(ctx: Ctx, walk: Walk) -> Any:
    """Count to the cap. Several reasons are a union of index walks: with OR the planner reads the whole table."""
    model, cap = walk.model, written(COUNT_CAP + 1)
    reach, scope = narrow(ctx, model, walk.right), declared(model)
    reasons = [among(ctx, model, walk.right)]
    if reach and scope and (more := [*mentions(ctx, model, scope), *grants(ctx, model, scope)]):
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
    if not isinstance(theirs, Owned) or narrow(ctx, parent, right or f"{scope.resource}:read") is not Reach.OWN:
        return None
    reasons = [
        getattr(parent, theirs.owner) == ctx.actor.id,
        *mentions(ctx, parent, theirs),
        *grants(ctx, parent, theirs),
    ]
    parents = union(*(select(parent.id).where(alive(parent), reason) for reason in reasons)).subquery()
    named: ColumnElement[bool] = getattr(model, scope.via).in_(select(parents.c[0]))
    return named


def narrow(ctx: Ctx, model: Any, right: str | None) -> Reach | None:
    """Return the reach where owners narrow the rows, else None (all rows, none, or no owner in the row)."""
    scope = declared(model)
    if scope is None or holder(scope) is None:
        return None
    reach = ctx.actor.rights.get(right or f"{scope.resource}:read")
    return None if reach is Reach.ALL else reach
