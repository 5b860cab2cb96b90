"""Which rows exist for a person: one predicate for get, count, join, search, export and picker alike.

A model declares `__scope__`: `Owned` (its owner column) or `Follows` (the parent that it goes with).
Reading under the reach `own` also covers rows that name the actor in `also` and rows that `grants`
names; a write must be covered by the owner alone. Rows in the recycle bin exist for nobody here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, any_, event, exists, false, inspect, literal, or_, select, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import ORMExecuteState
from sqlalchemy.types import BigInteger

from app.core.ctx import Ctx, Reach
from app.core.db import KithSession
from app.core.errors import Forbidden, Invalid, NotFound, StaleVersion

M = TypeVar("M", bound=Any)
S = TypeVar("S", bound=Any)
SCOPED = "scoped"


@dataclass(frozen=True)
class Owned:
    """Rows belong to the person in the column `owner`."""

    resource: str
    owner: str
    also: tuple[str, ...] = ()
    grants: tuple[Callable[[int], Select[Any]], ...] = ()


@dataclass(frozen=True)
class Follows:
    """Rows are seen by whoever sees the parent; `via` is the attribute that names it."""

    resource: str
    parent: Callable[[], type[Any]]
    via: str


def declared(entity: Any) -> Owned | Follows | None:
    """Return the scope that a mapped class, or an alias of one, declares; None: everybody with the right sees it."""
    return getattr(inspect(entity).mapper.class_, "__scope__", None)


def alive(entity: Any) -> ColumnElement[bool]:
    """Return the predicate that leaves out what lies in the recycle bin."""
    return entity.deleted_at.is_(None) if hasattr(entity, "deleted_at") else true()


def members(ctx: Ctx, reach: Reach) -> ColumnElement[Any]:
    """Return the ids of the people inside a department reach, as one bound array."""
    return literal(list(ctx.actor.members.get(reach, ())), ARRAY(BigInteger))


def visible(
    ctx: Ctx, entity: Any, right: str | None = None, *, strict: bool = False, binned: bool = False
) -> ColumnElement[bool]:
    """Return the predicate of the rows that exist for the actor under a right (default: `<resource>:read`).

    `strict` leaves out the reading extras: only the owner counts, as writes demand. `binned` turns to the
    rows of the recycle bin.
    """
    scope = declared(entity)
    there = entity.deleted_at.is_not(None) if binned else alive(entity)
    if scope is None:
        return there
    right = right or f"{scope.resource}:read"
    reach = ctx.actor.rights.get(right)
    if reach is None:
        return false()
    if isinstance(scope, Follows):
        parent = scope.parent()
        follow = exists(
            select(literal(1))
            .select_from(parent)
            .where(parent.id == getattr(entity, scope.via), visible(ctx, parent, right, strict=strict))
            .correlate(entity)
        )
        return and_(there, follow)
    if reach is Reach.ALL:
        return there
    covered = owned_by(ctx, entity, scope, reach)
    branches = [covered] if strict else [covered, *extras(ctx, entity, scope)]
    return and_(there, or_(*branches))


def owned_by(ctx: Ctx, entity: Any, scope: Owned, reach: Reach) -> ColumnElement[bool]:
    """Return the predicate of the rows whose owner is inside a reach narrower than `all`."""
    owner = getattr(entity, scope.owner)
    found: ColumnElement[bool] = owner == ctx.actor.id if reach is Reach.OWN else owner == any_(members(ctx, reach))
    return found


def extras(ctx: Ctx, entity: Any, scope: Owned) -> list[ColumnElement[bool]]:
    """Return the further reasons to read a row: the actor is named in it, or a granted id."""
    found: list[ColumnElement[bool]] = [getattr(entity, name) == ctx.actor.id for name in scope.also]
    return found + [entity.id.in_(granted(ctx.actor.id)) for granted in scope.grants]


def scoped(ctx: Ctx, statement: S, *entities: Any, right: str | None = None) -> S:
    """Narrow a select to what the actor may see of each entity; the net lets it pass."""
    narrowed: S = statement.where(*(visible(ctx, entity, right) for entity in entities))
    return _marked(narrowed, "visible")


def unscoped(statement: S, reason: str) -> S:
    """Let a select read owned rows regardless of the actor; the reason is for the reader."""
    return _marked(statement, reason)


def _marked(statement: S, how: str) -> S:
    marked: S = statement.execution_options(**{SCOPED: how})
    return marked


async def get(
    ctx: Ctx, model: type[M], row_id: int, *, right: str | None = None, lock: bool = False, pointer: str = ""
) -> M:
    """Return one row, the only door to it.

    Args:
        ctx: who asks.
        model: the mapped class.
        row_id: its key.
        right: the right that the caller is about to use; a readable row that it does not reach is 403.
        lock: take the row lock and read the present values.
        pointer: the body field that named the id; then a missing row is 422 there, in the same words.

    Raises:
        NotFound: the row is absent, deleted or outside the actor's scope (one answer for all three).
        Invalid: the same, when `pointer` is given.
        Forbidden: the row may be read, but the right does not reach it.
    """
    covered = visible(ctx, model, right, strict=True) if right else literal(value=True)
    statement = scoped(ctx, select(model, covered.label("covered")).where(model.id == row_id), model)
    if lock:
        statement = statement.with_for_update(of=model).execution_options(populate_existing=True)
    found = (await ctx.session.execute(statement)).one_or_none()
    if found is None:
        if pointer:
            raise Invalid(pointer, "not_found", "There is no such record, or it is outside your data scope.")
        raise NotFound
    if not found.covered:
        raise Forbidden("This record is not yours to change.", right=right)
    row: M = found[0]
    return row


async def get_binned(ctx: Ctx, model: type[M], row_id: int, *, right: str) -> M:
    """Return one row of the recycle bin, locked; raise `NotFound` when it is not there or not in scope.

    Who deleted a row may take it back; anybody else needs `right` over its owner.
    """
    scope = declared(model)
    reaches = visible(ctx, model, right, strict=True, binned=True)
    own = and_(visible(ctx, model, binned=True), model.deleted_by == ctx.actor.id)
    statement = select(model).where(model.id == row_id, or_(reaches, own)).with_for_update(of=model)
    found = (await ctx.session.scalars(statement.execution_options(scoped=f"bin of {scope}"))).one_or_none()
    if found is None:
        raise NotFound
    row: M = found
    return row


def check_version(row: Any, version: int | None) -> None:
    """Raise `StaleVersion` (412, with the present version) unless `version` is the row's, or not given."""
    if version is not None and row.version != version:
        raise StaleVersion(version=row.version)


@event.listens_for(KithSession, "do_orm_execute")
def _net(state: ORMExecuteState) -> None:
    """Refuse an owned model that is read without scope: a forgotten predicate is an error, not a leak."""
    if not state.is_select or state.is_relationship_load or state.is_column_load:
        return
    if SCOPED in state.execution_options:
        return
    for mapper in state.all_mappers:
        if hasattr(mapper.class_, "__scope__"):
            message = f"{mapper.class_.__name__} is read without scope: use scoped(), get() or unscoped()"
            raise RuntimeError(message)
