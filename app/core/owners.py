"""Whose row is it: what a model declares, and the clauses that follow from it.

A model declares `__scope__`: `Owned` (its owner column) or `Follows` (the parent that it goes with).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    any_,
    exists,
    inspect,
    literal,
    literal_column,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import BigInteger

from app.core.ctx import Ctx, Reach


@dataclass(frozen=True)
class Owned:
    """Rows belong to the person in the column `owner`."""

    resource: str
    owner: str
    also: tuple[str, ...] = ()
    grants: tuple[Callable[[int], Select[Any]], ...] = ()


@dataclass(frozen=True)
class Follows:
    """Rows are seen by whoever sees the parent; `via` is the attribute that names it, `otherwise` whom those without one follow.

    `repeated`: the attribute that repeats the parent's owner. Then a list goes by it, as by an owner of its own; what goes to the
    recycle bin takes such rows along.
    """

    resource: str
    parent: Callable[[], type[Any]]
    via: str
    otherwise: "Follows | None" = None
    repeated: str | None = None


def declared(entity: Any) -> Owned | Follows | None:
    """Return the scope that a mapped class, or an alias of one, declares; None: everybody with the right sees it."""
    return getattr(inspect(entity).mapper.class_, "__scope__", None)


def alive(entity: Any) -> ColumnElement[bool]:
    """Return the predicate that leaves out what lies in the recycle bin."""
    return entity.deleted_at.is_(None) if hasattr(entity, "deleted_at") else true()


def members(ctx: Ctx, reach: Reach) -> ColumnElement[Any]:
    """Return the ids of the people inside a department reach, as one bound array."""
    found: Any = ctx.actor.members.get(reach, ())
    return found if isinstance(found, BindParameter) else literal(list(found), ARRAY(BigInteger))


def holder(scope: Owned | Follows | None) -> str | None:
    """Return the attribute that says whose a row is, where it stands in the row itself."""
    return scope.owner if isinstance(scope, Owned) else scope.repeated if scope else None


def owned_by(ctx: Ctx, entity: Any, scope: Owned | Follows, reach: Reach) -> ColumnElement[bool]:
    """Return the predicate of the rows whose owner is inside a reach narrower than `all`."""
    owner = getattr(entity, str(holder(scope)))
    found: ColumnElement[bool] = owner == ctx.actor.id if reach is Reach.OWN else owner == any_(members(ctx, reach))
    return found


def extras(ctx: Ctx, entity: Any, scope: Owned) -> list[ColumnElement[bool]]:
    """Return the further reasons to read a row, asked of it: the actor is named in it, or it is granted.

    `exists` and not `in`: of one row or a page the planner looks the grant up, where it read all of a person's first.
    """
    return mentions(ctx, entity, scope) + [_granted(entity, one(ctx.actor.id)) for one in scope.grants]


def _granted(entity: Any, grant: Select[Any]) -> ColumnElement[bool]:
    (key,) = grant.selected_columns
    asked: Select[Any] = grant.with_only_columns(literal_column("1")).where(key == entity.id)
    return exists(asked.correlate(entity))


def named(scope: Owned | Follows) -> tuple[str, ...]:
    """Return the attributes in which a row names people besides its owner."""
    return scope.also if isinstance(scope, Owned) else ()


def mentions(ctx: Ctx, entity: Any, scope: Owned | Follows) -> list[ColumnElement[bool]]:
    """Return the clauses of the rows that name the actor besides their owner."""
    return [getattr(entity, name) == ctx.actor.id for name in named(scope)]


def grants(ctx: Ctx, entity: Any, scope: Owned | Follows) -> list[ColumnElement[bool]]:
    """Return the clauses of what is granted for who looks for the rows: from the person's grants to them."""
    if isinstance(scope, Owned):
        return [entity.id.in_(grant(ctx.actor.id)) for grant in scope.grants]
    parent: Any = scope.parent()
    return [
        getattr(entity, scope.via).in_(select(parent.id).where(alive(parent), one))
        for one in (*mentions(ctx, parent, parent.__scope__), *grants(ctx, parent, parent.__scope__))
    ]


def covers(ctx: Ctx, owner: int | None, right: str) -> bool:
    """Tell of one owner what `owned_by` asks of rows: whether a right reaches what is theirs."""
    reach = ctx.actor.rights.get(right)
    if reach is None or reach is Reach.ALL:
        return reach is not None
    return owner == ctx.actor.id if reach is Reach.OWN else owner in ctx.actor.members[reach]
