"""Notices: written in the transaction of what they tell of, with its last statement, and read by the person alone."""

from typing import Any

from sqlalchemy import func, select, update

from app.core import late
from app.core.ctx import Ctx
from app.core.listing import Listing, Sort
from app.core.paging import Paged
from app.core.reference import Reference
from app.core.told import Reason, apart
from app.models.access.users import User
from app.models.base.notices import Notice
from app.schemas.base.notices import Kind, NoticeQuery, ReadBody, UnreadRead

Message = tuple[int | None, Kind, str, int, str, Reason | None]
"""To whom, what kind, of which record, in which words, why."""
listing = Listing(
    model=Notice,
    query=NoticeQuery,
    columns=(
        Notice.id, Notice.at, Notice.kind, Notice.entity, Notice.entity_id, Notice.title, Notice.reason,
        Notice.told, Reference("actor", User.id, User.name), Notice.read_at,
    ),
    joins=lambda _ctx, statement: statement.outerjoin(User, User.id == Notice.actor_id),
    sorts={"id": Sort(Notice.id, int)},
    filters={"unread": lambda unread: Notice.read_at.is_(None) if unread else Notice.read_at.is_not(None)},
    default="-id",
)  # fmt: skip


def tell(ctx: Ctx, *messages: Message) -> None:
    """Tell people; nobody is told of what they did themselves, nor of the past.

    What is told when stands with each noun (`…_notices`), as what follows from its steps (`core.happened`).
    """
    if ctx.teller:
        return
    names = ("ntc_user_id", "ntc_kind", "ntc_entity", "ntc_entity_id", "ntc_title", "ntc_reason", "ntc_told")
    stamp: dict[str, Any] = {"ntc_at": ctx.now, "ntc_actor_id": ctx.actor.id or None}
    rows = [
        {**dict(zip(names, (*message[:-1], *apart(message[-1])), strict=True)), **stamp}
        for message in messages
        if message[0] is not None and message[0] != ctx.actor.id
    ]
    if rows:
        late.note(ctx.session.sync_session, Notice.__tablename__, *rows)


async def page(ctx: Ctx, query: NoticeQuery) -> Paged:
    """List one's own notices, newest first."""
    return await listing.page(ctx, query, Notice.user_id == ctx.actor.id)


async def unread(ctx: Ctx) -> UnreadRead:
    """Count one's own unread notices."""
    statement = select(func.count()).where(Notice.user_id == ctx.actor.id, Notice.read_at.is_(None))
    return UnreadRead(count=await ctx.session.scalar(statement) or 0)


async def mark_read(ctx: Ctx, body: ReadBody) -> UnreadRead:
    """Mark one's own notices as read; ids of others' notices change nothing."""
    statement = update(Notice).where(Notice.user_id == ctx.actor.id, Notice.read_at.is_(None))
    if body.ids is not None:
        statement = statement.where(Notice.id.in_(body.ids))
    await ctx.session.execute(statement.values(read_at=ctx.now))
    return await unread(ctx)
