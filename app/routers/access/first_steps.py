"""The first hour: what is left to do."""

from typing import Annotated, Any

from app.core.ctx import Ctx
from app.routers.deps import Allow
from app.routers.route import NounRouter
from app.schemas.access.first_steps import FirstStepsRead
from app.services.access import first_steps as service

router = NounRouter("/first-steps", "me")


@router.get("", response_model=FirstStepsRead)
async def list_first_steps(ctx: Annotated[Ctx, Allow()]) -> dict[str, Any]:
    """Return what is left to do before the company works here, by the part that your rights give you in it."""
    return await service.everything(ctx)
