"""Which rows exist for a person: one predicate for get, count, join, search, export and picker alike.

What a model declares about its owner stands in `owners`. Reading under the reach `own` also covers rows that name the actor in `also` and rows that `grants`
names; a write must be covered by the owner alone. Rows in the recycle bin exist for nobody here.
"""

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Result, and_, event, exists, false, literal, or_, select, true
from sqlalchemy.orm import ORMExecuteState

from app.core.ctx import Ctx, Reach
from app.core.db import KithSession
from app.core.errors import Forbidden, Invalid, NotFound, StaleVersion
from app.core.owners import Follows, alive, declared, extras, owned_by
from app.core.prepared import ROW_ID, given, prepared
from app.core.rows import Row

M = TypeVar("M", bound=Any)
S = TypeVar("S", bound=Any)
SCOPED = "scoped"


def visible(
    ctx: Ctx, entity: Any, right: str | None = None, *, strict: bool = False, binned: bool = False
) -> ColumnElement[bool]:
    """Return the predicate of the rows that exist for the actor under a right (default: `<resource>:read`).

    `strict` leaves out the reading extras: only the owner counts, as writes demand. `binned` turns to the
    rows of the recycle bin. Rows that are nobody's exist for everybody, under a right that is named for who holds it.
    """
    scope = declared(entity)
    there = entity.deleted_at.is_not(None) if binned else alive(entity)
    if scope is None:
        return there if right is None or right in ctx.actor.rights else false()
    right = right or f"{scope.resource}:read"
    reach = ctx.actor.rights.get(right)
    if reach is None:
        return false()
    if isinstance(scope, Follows):
        return and_(there, _followed(ctx, entity, scope, right, strict=strict))
    if reach is Reach.ALL:
        return there
    covered = owned_by(ctx, entity, scope, reach)
    branches = [covered] if strict else [covered, *extras(ctx, entity, scope)]
    return and_(there, or_(*branches))


def _followed(ctx: Ctx, entity: Any, scope: Follows, right: str, *, strict: bool) -> ColumnElement[bool]:
    """Return the predicate of the rows whose parent exists for the actor."""
    parent, via = scope.parent(), getattr(entity, scope.via)
    theirs = select(literal(1)).select_from(parent).where(parent.id == via, visible(ctx, parent, right, strict=strict))
    follow = exists(theirs.correlate(entity))
    if scope.otherwise is None:
        return follow
    return or_(follow, and_(via.is_(None), _followed(ctx, entity, scope.otherwise, right, strict=strict)))


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

    def one(asking: Ctx) -> Any:
        covered = visible(asking, model, right, strict=True) if right else literal(value=True)
        statement = scoped(asking, select(model, covered.label("covered")).where(model.id == ROW_ID), model)
        if lock:
            statement = statement.with_for_update(of=model).execution_options(populate_existing=True)
        return statement

    statement = prepared(ctx, ("get", model, right, lock), one)
    found = _there(await ctx.session.execute(statement, given(ctx, row_id=row_id)), pointer)
    if not found.covered:
        raise Forbidden("This record is not yours to change.", right=right)
    row: M = found[0]
    return row


async def seen(
    ctx: Ctx,
    model: Any,
    row_id: int,
    *columns: Any,
    pointer: str = "",
    rights: tuple[str, ...] = (),
    hold: bool = False,
) -> Row:
    """Return some columns of a row that the caller may read: what a rule asks of it, not all that it has.

    `rights` are asked of it in the same statement: a column for each, `activities_write` for `activities:write`, tells
    whether that right reaches the row too. `hold` keeps it from being deleted or given to others until the end.

    Raises `NotFound`, or `Invalid` at the pointer, as `get` does.
    """

    def one(asking: Ctx) -> Any:
        reached = [_reached(asking, model, right).label(right.replace(":", "_")) for right in rights]
        statement = scoped(asking, select(*(columns or [model.id]), *reached).where(model.id == ROW_ID), model)
        return statement.with_for_update(read=True, key_share=True, of=model) if hold else statement

    statement = prepared(ctx, ("seen", model, *(column.key for column in columns), *rights, hold), one)
    return _there(await ctx.session.execute(statement, given(ctx, row_id=row_id)), pointer)


def _reached(ctx: Ctx, model: Any, right: str) -> ColumnElement[bool]:
    """Return whether a right reaches a row that may be read; one that reaches as far as reading need not be asked."""
    scope = declared(model)
    if scope and ctx.actor.rights.get(right) == ctx.actor.rights.get(f"{scope.resource}:read"):
        return true()
    return visible(ctx, model, right)


def _there(result: Result[*tuple[Any, ...]], pointer: str) -> Row:
    """Return the one row; raise `Invalid` at the body field that named it, `NotFound` where none did."""
    found = result.one_or_none()
    if found is not None:
        return found
    if pointer:
        raise Invalid(pointer, "not_found", "There is no such record, or it is outside your data scope.")
    raise NotFound


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
