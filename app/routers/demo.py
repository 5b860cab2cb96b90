"""The demo company, for an installation without data."""

from typing import Annotated

from app.core.ctx import Ctx
from app.demo.company import fill as service
from app.models.access.rbac import Permission as P
from app.routers.deps import Allow
from app.routers.route import NounRouter
from app.schemas.demo import DemoRead
from app.services.access import demo_door

router = NounRouter("/demo", "demo", "The demo company")


@router.post("", response_model=DemoRead)
async def fill_demo(ctx: Annotated[Ctx, Allow(P.settings_write)]) -> dict[str, int]:
    """Fill an empty installation with an invented company and no log-in by a click; 409 when there are data."""
    return await service.fill(ctx)


@router.post("/close", status_code=204)
async def close_demo(ctx: Annotated[Ctx, Allow(P.settings_write)]) -> None:
    """Close the log-in by a click for good; sessions, links and passwords of the demo people end. 409 when it is closed."""
    await demo_door.close(ctx)
