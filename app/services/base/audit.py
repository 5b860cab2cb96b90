"""Reading the log: one record's history for whoever may read the record, the whole for who holds audit:read."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, Text, and_, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from app.core import nouns
from app.core.audit import log
from app.core.ctx import Ctx
from app.core.guarded import everywhere
from app.core.listing import Listing, Sort
from app.core.paging import Paged, PageQuery
from app.core.reference import Reference
from app.core.search import Match
from app.core.sought import Sought
from app.core.spans import on_days
from app.models.access.users import User
from app.models.base.audit import LogEntry
from app.schemas.base.audit import AuditQuery
from app.services.base import audit_names

ERASED = [None, None]
"""What stands in the place of values that were erased, or are not for the reader."""


def _search(_ctx: Ctx, sought: Sought) -> tuple[Match, ...]:
    """Find what is told of a record, by its id or its number."""
    if sought.digits:
        return (Match(None, LogEntry.entity_id == sought.value("q_id")),)
    number = sought.value("q_upper")
    return tuple(
        Match(
            None,
            and_(LogEntry.entity == entity, LogEntry.entity_id.in_(select(noun.model.id).where(noun.number == number))),
        )
        for entity, noun in nouns.known().items()
        if noun.numbered
    )


listing = Listing(
    model=LogEntry,
    query=AuditQuery,
    columns=(
        LogEntry.id, LogEntry.at, Reference("actor", User.id, User.name), LogEntry.action, LogEntry.entity,
        LogEntry.entity_id, LogEntry.changes,
    ),
    joins=lambda _ctx, statement: statement.outerjoin(User, User.id == LogEntry.actor_id),
    sorts={"id": Sort(LogEntry.id, int)},
    filters={
        "entity": LogEntry.entity.__eq__,
        "entity_id": LogEntry.entity_id.__eq__,
        "actor_id": LogEntry.actor_id.__eq__,
        "action": LogEntry.action.__eq__,
    },
    search=_search,
    default="-id",
)  # fmt: skip


AGAIN_AFTER = timedelta(minutes=10)
"""A page that stays open reads its record again and again: that is one view."""


async def viewed(ctx: Ctx, entity: str, entity_id: int) -> None:
    """Note that the actor has read a record, once in ten minutes."""
    mine = (LogEntry.entity == entity, LogEntry.entity_id == entity_id, LogEntry.actor_id == ctx.actor.id)
    lately = (LogEntry.action == "view", LogEntry.at > ctx.now - AGAIN_AFTER)
    if await ctx.session.scalar(select(LogEntry.id).where(*mine, *lately).limit(1)) is None:
        log(ctx, "view", entity, entity_id, {})


async def page(ctx: Ctx, query: AuditQuery) -> Paged:
    """Return the whole log, newest first; guarded fields without their values, unless their right is held for all.

    Days narrow it to the months that they lie in: the log is kept in a part for each.
    """
    found = await listing.page(ctx, query, *on_days(ctx, LogEntry.at, query.at_from, query.at_to))
    for row in found["items"]:
        noun = nouns.known().get(row["entity"])
        if noun and noun.guarded and not everywhere(ctx, noun.model):
            unseen = noun.guarded.fields
            row["changes"] = {name: ERASED if name in unseen else both for name, both in row["changes"].items()}
    await audit_names.add(ctx, found["items"])
    return found


async def history(ctx: Ctx, entity: str, entity_id: int, query: PageQuery, hidden: Collection[str] = ()) -> Paged:
    """Return the changes of one record that the caller has shown to be readable; who viewed it is in the whole log.

    `hidden` fields are left out, and with them the changes that tell of nothing else.
    """
    changes = (*_of(entity, entity_id), LogEntry.action != "view")
    if not hidden:
        return await listing.page(ctx, query, *changes)
    fields = literal(list(hidden), ARRAY(Text))
    besides = LogEntry.changes.op("-")(fields) != literal({}, JSONB)
    found = await listing.page(ctx, query, *changes, or_(~LogEntry.changes.has_any(fields), besides))
    for row in found["items"]:
        row["changes"] = {name: both for name, both in row["changes"].items() if name not in hidden}
    return found


async def remembered(ctx: Ctx, entity: str, entity_id: int, fields: Sequence[str]) -> set[str]:
    """Return which of these fields the log still has values of."""
    told = LogEntry.changes.has_any(literal(list(fields), ARRAY(Text)))
    rows = await ctx.session.scalars(select(LogEntry.changes).where(*_of(entity, entity_id), told))
    return {name for changes in rows for name in fields if changes.get(name, ERASED) != ERASED}


def _of(entity: str, entity_id: int) -> tuple[ColumnElement[bool], ...]:
    return LogEntry.entity == entity, LogEntry.entity_id == entity_id
