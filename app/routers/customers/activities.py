"""Contacts with customers: the timeline."""

from typing import Annotated, Any

from fastapi import Query

from app.core.ctx import Ctx
from app.core.paging import Page, Paged
from app.models.access.rbac import Permission as P
from app.routers.base import feeds
from app.routers.deps import Allow, Id
from app.routers.etags import IfMatch
from app.routers.route import NounRouter
from app.schemas.customers.activities import ActivityPatch, ActivityQuery, ActivityRead, ActivityRow, ActivityWrite
from app.services.customers import activities as service

router = NounRouter("/activities", "activities", "Timeline", busy=True)

Reader = Annotated[Ctx, Allow(P.activities_read)]
Creator = Annotated[Ctx, Allow(P.activities_write)]
Editor = Annotated[Ctx, Allow(P.activities_write)]
Deleter = Annotated[Ctx, Allow(P.activities_write)]


@router.get("", response_model=Page[ActivityRow])
async def list_activities(ctx: Reader, query: Annotated[ActivityQuery, Query()]) -> Paged:
    """List the activities in your data scope, a page at a time."""
    return await service.page(ctx, query)


feeds.offer(router, P.activities_read, service.listing)


@router.post("", response_model=ActivityRead, status_code=201)
async def create_activity(ctx: Creator, body: ActivityWrite) -> dict[str, Any]:
    """Create an activity."""
    return await service.create(ctx, body)


@router.get("/{activity_id}", response_model=ActivityRead)
async def get_activity(ctx: Reader, activity_id: Id) -> dict[str, Any]:
    """Return an activity and what you may do with it."""
    return await service.get_detail(ctx, activity_id)


@router.patch("/{activity_id}", response_model=ActivityRead)
async def update_activity(ctx: Editor, activity_id: Id, version: IfMatch, body: ActivityPatch) -> dict[str, Any]:
    """Change an activity."""
    return await service.update(ctx, activity_id, version, body)


@router.delete("/{activity_id}", status_code=204)
async def delete_activity(ctx: Deleter, activity_id: Id, version: IfMatch) -> None:
    """Move an activity to the recycle bin."""
    await service.delete(ctx, activity_id, version)
