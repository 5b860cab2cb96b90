"""Roles and rights."""

from typing import Annotated, Any

from fastapi import APIRouter

from app.core.ctx import Ctx
from app.models.rbac import Permission as P
from app.routers.deps import Allow
from app.routers.route import KithRoute
from app.schemas.rbac import RoleRead
from app.services import rbac as service

router = APIRouter(prefix="/roles", tags=["rbac"], route_class=KithRoute)


@router.get("", response_model=list[RoleRead])
async def list_roles(ctx: Annotated[Ctx, Allow(P.rbac_read)]) -> Any:
    """Return the roles with their rights."""
    return await service.roles(ctx)
