"""Notices: written in the transaction of what they tell of, read by the person alone."""

from typing import Any

from sqlalchemy import func, insert, select, update

from app.core.ctx import Ctx
from app.core.listing import Listing, Sort
from app.core.reference import Reference
from app.models.notices import Notice
from app.models.users import User
from app.schemas.notices import Kind, NoticeQuery, ReadBody, UnreadRead

listing = Listing(
    model=Notice,
    columns=(
        Notice.id, Notice.at, Notice.kind, Notice.entity, Notice.entity_id, Notice.title, Notice.reason,
        Reference("actor", User.id, User.name), Notice.read_at,
    ),
    joins=lambda _ctx, statement: statement.outerjoin(User, User.id == Notice.actor_id),
    sorts={"id": Sort(Notice.id, int)},
    filters={"unread": lambda unread: Notice.read_at.is_(None) if unread else Notice.read_at.is_not(None)},
    default="-id",
)  # fmt: skip


async def tell(
    ctx: Ctx, user_id: int | None, kind: Kind, entity: str, entity_id: int, title: str, reason: str | None = None
) -> None:
    """Tell a person; nobody is told of what they did themselves."""
    if user_id is None or user_id == ctx.actor.id:
        return
    facts = {"user_id": user_id, "kind": kind, "entity": entity, "entity_id": entity_id, "title": title}
    await ctx.session.execute(
        insert(Notice), facts | {"reason": reason, "at": ctx.now, "actor_id": ctx.actor.id or None}
    )


async def page(ctx: Ctx, query: NoticeQuery) -> Any:
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
