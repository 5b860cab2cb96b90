"""The state of the system."""

from typing import Annotated, Any

from app.core.ctx import Ctx
from app.models.access.rbac import Permission as P
from app.routers.deps import Allow
from app.routers.route import NounRouter
from app.schemas.base.health import HealthRead
from app.services.base import health as service

router = NounRouter("/health", "health", "State of the system")


@router.get("/overview", response_model=HealthRead)
async def get_health_overview(ctx: Annotated[Ctx, Allow(P.health_read)]) -> dict[str, Any]:
    """Return version, people, jobs and sizes."""
    return await service.overview(ctx)
