"""The feed of changes: which records of a noun are otherwise than when its cursor was given, for programs that mirror them.

Changes come in the order of their transactions, and only those below the oldest transaction that is still open: nothing
can appear behind a cursor any more. Whether a record is there is looked up when it is told.
"""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from pydantic import TypeAdapter
from sqlalchemy import BigInteger, Select, Text, cast, func, literal, select, tuple_, union_all
from sqlalchemy import delete as deleting

from app.core import repeated
from app.core.arrays import one_of
from app.core.ctx import Ctx, Reach
from app.core.cursor import digest, encode, opened
from app.core.errors import Gone, Invalid
from app.core.feed import NAMED, OWNER
from app.core.owners import Follows, Owned, declared
from app.core.scope import scoped, unscoped
from app.core.types import MAX_ID
from app.models.base.changes import Change
from app.models.base.settings import Setting
from app.schemas.base.changes import ChangesQuery
from app.services.base import settings

ERA = "changes.era"
KEPT = timedelta(days=30)
"""How long changes are kept; a cursor that is older has missed some."""
SCAN = 1000
"""Changes that are read for a page: a narrow reader is told of few of them."""
REFUSED = ("/after", "bad_cursor", "This is no cursor of this feed; begin without one.")
STAND = TypeAdapter(tuple[datetime, int, int, int])
"""What a cursor holds: when it was given, and the numbers of a `Place`."""
WHY = "only who sees the records is told of them"


class Place(NamedTuple):
    """Where a reader stands: behind this transaction, the record that changed in it, and the one told of for it."""

    xid: int
    changed: int
    told: int


async def page(ctx: Ctx, model: Any, query: ChangesQuery) -> dict[str, Any]:
    """Return `{items, next_cursor, more}`; without `after` no items, but the cursor of now.

    Raises `Invalid` (422) for what is no cursor of this feed, `Gone` (410) for one of before a restore, of another reach,
    or older than changes are kept: its reader begins anew.
    """
    era, below = (await ctx.session.execute(_now())).one()
    bound = digest({"era": era, "reach": _reach(ctx, model)})
    end = Place(below - 1, MAX_ID, MAX_ID)
    if query.after is None:
        return {"items": [], "next_cursor": _cursor(ctx, model, bound, end), "more": False}
    found = (await ctx.session.execute(_changes(model, _place(ctx, model, bound, query.after), below))).all()
    versions = await _versions(ctx, model, {row.told for row in found})
    items: dict[int, dict[str, Any]] = {}
    for row in found:
        if row.told not in versions and not _knew(ctx, model, row.kind, row.was):
            continue
        if row.told not in items and len(items) == query.limit:
            break
        items[row.told] = {"id": row.told, "version": versions.get(row.told), "deleted": row.told not in versions}
        last = row
    else:
        last = None if len(found) < SCAN else found[-1]
    place = Place(last.xid, last.changed, last.told) if last else end
    return {"items": list(items.values()), "next_cursor": _cursor(ctx, model, bound, place), "more": last is not None}


async def begin_anew(ctx: Ctx) -> None:
    """Refuse all cursors given so far: of a database whose transactions are counted from elsewhere."""
    await ctx.session.execute(deleting(Change))
    await settings.put(ctx.session, ERA, str(uuid.uuid4()))


def _now() -> Select[Any]:
    """Return the era, and the oldest transaction that is still open."""
    era = select(Setting.value).where(Setting.name == ERA).scalar_subquery()
    oldest = func.pg_snapshot_xmin(func.pg_current_snapshot())
    return select(era.label("era"), cast(cast(oldest, Text), BigInteger).label("below"))


def _reach(ctx: Ctx, model: Any) -> list[Any]:
    """Return what a reader's scope goes by, besides the records: whoever it changes for has to begin anew."""
    scope = declared(model)
    reach = ctx.actor.rights.get(f"{scope.resource}:read") if scope else None
    return [ctx.actor.id, reach, sorted(ctx.actor.members.get(reach, ())) if reach else []]


def _cursor(ctx: Ctx, model: Any, bound: str, place: Place) -> str:
    return encode(model.__audit__, bound, [ctx.now, *place], 0)


def _place(ctx: Ctx, model: Any, bound: str, cursor: str) -> Place:
    """Return where a cursor stands; raise `Invalid` or `Gone`."""
    noun, made_for, given, _ = opened(cursor, *REFUSED)
    try:
        at, *place = STAND.validate_python(given)
    except ValueError as error:
        raise Invalid(*REFUSED) from error
    if noun != model.__audit__:
        raise Invalid(*REFUSED)
    if made_for != bound:
        raise Gone("The database was restored, or your data scope changed: begin anew without a cursor.")
    if at < ctx.now - KEPT:
        raise Gone("Changes are kept for 30 days: begin anew without a cursor.")
    return Place(*place)


def _changes(model: Any, place: Place, below: int) -> Select[Any]:
    """Return the changes behind a place, of the records themselves and of what they are seen by."""
    here = tuple_(*(literal(number, BigInteger) for number in place))
    parts = [
        part.where(Change.xid >= place.xid, Change.xid < below, tuple_(Change.xid, Change.entity_id, told) > here)
        .order_by(Change.xid, Change.entity_id, told)
        .limit(SCAN)
        for told, part in _parts(model)
    ]
    found = union_all(*(select(part.subquery()) for part in parts)).subquery()
    statement = select(found).order_by(found.c.xid, found.c.changed, found.c.told).limit(SCAN)
    return unscoped(statement, WHY)


def _parts(model: Any) -> Iterator[tuple[Any, Select[Any]]]:
    """Yield whom a change is told of, and the changes: of the records, of the parents that they follow, of those whose owner they repeat."""
    yield Change.entity_id, _of(model.__audit__, Change.entity_id)
    scope, above = declared(model), list[Any]()
    while isinstance(scope, Follows):
        parent, via = scope.parent(), getattr(model, scope.via)
        part = _of(parent.__audit__, model.id).join(model, via == Change.entity_id)
        yield model.id, part.where(Change.kind.is_not(None), *(other.is_(None) for other in above))
        above.append(via)
        scope = scope.otherwise
    owned = isinstance(declared(model), Owned)
    for one in repeated.of(model) if owned else ():
        owner, repeats = getattr(model, model.__scope__.owner), getattr(model, one.attribute)
        part = _of(one.source.__audit__, model.id).join(model, getattr(model, one.via) == Change.entity_id)
        yield model.id, part.where(Change.kind == OWNER, owner.is_not_distinct_from(repeats), *one.open())


def _of(noun: str, told: Any) -> Select[Any]:
    columns = (Change.xid, Change.entity_id.label("changed"), told.label("told"), Change.kind, Change.was)
    return select(*columns).select_from(Change).where(Change.entity == noun)


async def _versions(ctx: Ctx, model: Any, ids: set[int]) -> dict[int, int]:
    """Return the versions of those of the records that the caller sees."""
    rows = await ctx.session.execute(scoped(ctx, select(model.id, model.version).where(one_of(model.id, ids)), model))
    return {row.id: row.version for row in rows}


def _knew(ctx: Ctx, model: Any, kind: str | None, was: int | None) -> bool:
    """Tell whether a reader who does not see a record may have seen it before this change: of others they hear nothing."""
    scope = declared(model)
    reach = ctx.actor.rights.get(f"{scope.resource}:read") if scope else Reach.ALL
    if reach is Reach.ALL:
        return True
    theirs = {ctx.actor.id} if kind == NAMED or not reach else {*ctx.actor.members.get(reach, ()), ctx.actor.id}
    return was in theirs
