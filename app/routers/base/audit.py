"""The log of changes."""

from typing import Annotated

from fastapi import Query

from app.core.ctx import Ctx
from app.core.paging import Page, Paged
from app.models.access.rbac import Permission as P
from app.routers.deps import Allow
from app.routers.route import NounRouter
from app.schemas.base.audit import AuditQuery, AuditRow
from app.services.base import audit as service

router = NounRouter("/audit", "audit", "Log of changes")


@router.get("", response_model=Page[AuditRow])
async def list_audit(ctx: Annotated[Ctx, Allow(P.audit_read)], query: Annotated[AuditQuery, Query()]) -> Paged:
    """Return the whole log, newest first."""
    return await service.page(ctx, query)
