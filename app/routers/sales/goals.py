"""Monthly goals."""

from typing import Annotated, Any

from fastapi import Query

from app.core.ctx import Ctx
from app.models.access.rbac import Permission as P
from app.routers.deps import Allow
from app.routers.route import NounRouter
from app.schemas.sales.goals import AttainedRead, GoalQuery, GoalsRead, GoalsWrite, MonthQuery
from app.services.reports import attained as report_attained
from app.services.sales import goals as service

router = NounRouter("/goals", "goals", "Goals by month")


@router.get("", response_model=GoalsRead)
async def list_goals(ctx: Annotated[Ctx, Allow(P.goals_read)], query: Annotated[GoalQuery, Query()]) -> dict[str, Any]:
    """Return the goals of some months in your scope."""
    return await service.everything(ctx, query)


@router.get("/mine", response_model=AttainedRead)
async def list_my_attainment(
    ctx: Annotated[Ctx, Allow(P.goals_read)], query: Annotated[MonthQuery, Query()]
) -> dict[str, Any]:
    """Return what you reached of your own goals in a month."""
    return await report_attained.mine(ctx, query)


@router.post("", response_model=GoalsRead)
async def set_goals(ctx: Annotated[Ctx, Allow(P.goals_write)], body: GoalsWrite) -> dict[str, Any]:
    """Set goals of people and departments in your scope, or take them away; answers those months."""
    return await service.put(ctx, body)
