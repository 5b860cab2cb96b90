"""Sales processes."""

from typing import Annotated, Any

from fastapi import APIRouter

from app.core.ctx import Ctx
from app.models.rbac import Permission as P
from app.routers.deps import Allow
from app.routers.route import KithRoute
from app.schemas.processes import ProcessRead
from app.services import processes as service

router = APIRouter(prefix="/processes", tags=["processes"], route_class=KithRoute)


@router.get("", response_model=list[ProcessRead])
async def list_processes(ctx: Annotated[Ctx, Allow(P.settings_public)]) -> Any:
    """Return the sales processes with their stages."""
    return await service.processes(ctx)
