"""Reading the log: one record's history for whoever may read the record, the whole for who holds audit:read."""

from typing import Any

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


async def page(ctx: Ctx, query: PageQuery) -> Any:
    """Return the whole log, newest first."""
    return await listing.page(ctx, query)


async def history(ctx: Ctx, entity: str, entity_id: int, query: PageQuery) -> Any:
    """Return the changes of one record that the caller has shown to be readable."""
    return await listing.page(ctx, query, LogEntry.entity == entity, LogEntry.entity_id == entity_id)
