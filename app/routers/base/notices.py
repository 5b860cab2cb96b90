"""What people are told."""

from typing import Annotated

from fastapi import Query

from app.core.ctx import Ctx
from app.core.paging import Page, Paged
from app.routers.deps import Allow
from app.routers.route import NounRouter
from app.schemas.base.notices import NoticeQuery, NoticeRow, ReadBody, UnreadRead
from app.services.base import notices as service

router = NounRouter("/notices", "notices", "What you are told")
Me = Annotated[Ctx, Allow()]


@router.get("", response_model=Page[NoticeRow])
async def list_notices(ctx: Me, query: Annotated[NoticeQuery, Query()]) -> Paged:
    """List your notices, newest first."""
    return await service.page(ctx, query)


@router.get("/unread", response_model=UnreadRead)
async def count_unread_notices(ctx: Me) -> UnreadRead:
    """Count your unread notices."""
    return await service.unread(ctx)


@router.post("/read", response_model=UnreadRead)
async def read_notices(ctx: Me, body: ReadBody) -> UnreadRead:
    """Mark notices as read: those named, or all."""
    return await service.mark_read(ctx, body)
