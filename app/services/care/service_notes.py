"""Notes among colleagues about a service: added, never changed, read by whoever reads the service."""

from typing import Any

from sqlalchemy import select

from app.core.ctx import Ctx
from app.core.listing import Listing, Sort
from app.core.paging import Paged
from app.core.reference import Reference
from app.core.rows import Row
from app.core.scope import seen, unscoped
from app.models.access.users import User
from app.models.care.services import Service, ServiceNote
from app.schemas.care.service_notes import ServiceNoteQuery, ServiceNoteWrite
from app.services.care import service_actions as actions

ROW: tuple[Any, ...] = (
    ServiceNote.id, ServiceNote.text, Reference("by", User.id, User.name), ServiceNote.at,
)  # fmt: skip
listing = Listing(
    model=ServiceNote,
    query=ServiceNoteQuery,
    columns=ROW,
    joins=lambda _ctx, statement: statement.join(User, User.id == ServiceNote.by),
    sorts={"id": Sort(ServiceNote.id, int)},
    default="-id",
)


async def page(ctx: Ctx, service_id: int, query: ServiceNoteQuery) -> Paged:
    """List the notes of a service that the caller may read, newest first."""
    await seen(ctx, Service, service_id)
    return await listing.page(ctx, query, ServiceNote.service_id == service_id)


async def create(ctx: Ctx, service_id: int, body: ServiceNoteWrite) -> Row:
    """Add a note to an open service; raise `IllegalTransition` when it is archived or void."""
    await actions.locked(ctx, service_id, "note")
    note = ServiceNote(service_id=service_id, text=body.text, by=ctx.actor.id, at=ctx.now)
    ctx.session.add(note)
    await ctx.session.flush()
    statement: Any = select(*ROW).join(User, User.id == ServiceNote.by).where(ServiceNote.id == note.id)
    return (await ctx.session.execute(unscoped(statement, "of a service that was checked"))).one()
