"""Reading the log: one record's history for whoever may read the record, the whole for who holds audit:read."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.core.audit import log
from app.core.ctx import Ctx
from app.core.listing import Listing, Sort
from app.core.paging import PageQuery
from app.core.reference import Reference
from app.models.audit import LogEntry
from app.models.users import User

listing = Listing(
    model=LogEntry,
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
    default="-id",
)  # fmt: skip


VIEWED = frozenset({"chances", "customers", "linkmen", "losses", "orders", "services"})
"""Whose pages are noted when the setting `log.views` is on."""
AGAIN_AFTER = timedelta(minutes=10)
"""A page that stays open reads its record again and again: that is one view."""


async def viewed(ctx: Ctx, entity: str, entity_id: int) -> None:
    """Note that the actor has read a record, once in ten minutes."""
    mine = (LogEntry.entity == entity, LogEntry.entity_id == entity_id, LogEntry.actor_id == ctx.actor.id)
    lately = (LogEntry.action == "view", LogEntry.at > ctx.now - AGAIN_AFTER)
    if await ctx.session.scalar(select(LogEntry.id).where(*mine, *lately).limit(1)) is None:
        log(ctx, "view", entity, entity_id, {})


async def page(ctx: Ctx, query: PageQuery) -> Any:
    """Return the whole log, newest first."""
    return await listing.page(ctx, query)


async def history(ctx: Ctx, entity: str, entity_id: int, query: PageQuery) -> Any:
    """Return the changes of one record that the caller has shown to be readable; who viewed it is in the whole log."""
    changes = (LogEntry.entity == entity, LogEntry.entity_id == entity_id, LogEntry.action != "view")
    return await listing.page(ctx, query, *changes)
