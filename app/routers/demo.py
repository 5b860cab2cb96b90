"""The demo company, for an installation without data."""

from typing import Annotated, Any

from fastapi import APIRouter

from app.core.ctx import Ctx
from app.models.rbac import Permission as P
from app.routers.deps import Allow
from app.routers.route import KithRoute
from app.schemas.demo import DemoRead
from app.services import demo as service

router = APIRouter(prefix="/demo", tags=["demo"], route_class=KithRoute)


@router.post("", response_model=DemoRead)
async def fill_demo(ctx: Annotated[Ctx, Allow(P.settings_write)]) -> Any:
    """Fill an empty installation with an invented company and turn demo mode on; 409 when there are data."""
    return await service.fill(ctx)
