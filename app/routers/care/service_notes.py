"""Notes among colleagues about a service."""

from typing import Annotated

from fastapi import Query

from app.core.ctx import Ctx
from app.core.paging import Page, Paged
from app.core.rows import Row
from app.models.access.rbac import Permission as P
from app.routers.deps import Allow, Id
from app.routers.route import NounRouter
from app.schemas.care.service_notes import ServiceNoteQuery, ServiceNoteRead, ServiceNoteWrite
from app.services.care import service_notes as service

router = NounRouter("/services/{service_id}/notes", "services")


@router.get("", response_model=Page[ServiceNoteRead])
async def list_service_notes(
    ctx: Annotated[Ctx, Allow(P.services_read)], service_id: Id, query: Annotated[ServiceNoteQuery, Query()]
) -> Paged:
    """List the internal notes of a service, newest first."""
    return await service.page(ctx, service_id, query)


@router.post("", response_model=ServiceNoteRead, status_code=201)
async def create_service_note(
    ctx: Annotated[Ctx, Allow(P.services_read, P.activities_write)], service_id: Id, body: ServiceNoteWrite
) -> Row:
    """Add an internal note to an open service."""
    return await service.create(ctx, service_id, body)
