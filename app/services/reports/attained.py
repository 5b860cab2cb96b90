"""What one reached of one's own goals: the figures of the analysis of goals, for which nobody needs to read reports."""

from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app.core.ctx import Ctx
from app.models.sales.goals import Goal
from app.schemas.reports.reports import ReportQuery
from app.schemas.sales.goals import MonthQuery
from app.services.reports.figures import ratio
from app.services.reports.frame import Frame
from app.services.reports.goals import ACTUALS
from app.services.reports.period import Period, month_length


async def mine(ctx: Ctx, query: MonthQuery) -> dict[str, Any]:
    """Return what the caller reached of each goal of their own in a month, as the analysis of goals counts it.

    Nobody needs reports:read for it: the figures are one's own.
    """
    last = query.month.replace(day=month_length(query.month))
    me = (ctx.actor.id,)
    frame = Frame(ctx, ReportQuery(), Period(query.month, last), me, me)
    aims = select(Goal.metric, Goal.value).where(
        Goal.user_id == ctx.actor.id, Goal.month == query.month, Goal.value > 0
    )
    goals: dict[str, Decimal] = {row.metric: row.value for row in await ctx.session.execute(aims)}
    rows = []
    for metric, actual in ACTUALS.items():
        reached = (await actual(frame, frame.period)).get((ctx.actor.id, query.month), Decimal(0))
        if goal := goals.get(metric):
            attained = {"actual": reached, "goal": goal, "attainment": ratio(reached, goal)}
            rows.append({"user_id": ctx.actor.id, "metric": metric, **attained})
    return {"attained": rows}
