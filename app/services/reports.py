"""The analyses by code: answer one, open the records behind a number, write it as a sheet."""

from collections.abc import Awaitable, Callable
from typing import Any

from app.core.ctx import Ctx
from app.schemas.reports import ReportCode, ReportQuery
from app.services import report_customers, report_sales, report_team
from app.services.report_frame import Frame, frame

Report = Callable[[Frame], Awaitable[dict[str, Any]]]
REPORTS: dict[ReportCode, Report] = {
    ReportCode.ACTIVITY: report_team.activity,
    ReportCode.COMPOSITION: report_customers.composition,
    ReportCode.GOALS: report_team.attainment,
    ReportCode.PIPELINE: report_sales.pipeline,
    ReportCode.REASONS: report_sales.reasons,
    ReportCode.TIME_TO_CLOSE: report_sales.time_to_close,
    ReportCode.WIN_RATE: report_sales.win_rate,
}


async def get(ctx: Ctx, code: ReportCode, query: ReportQuery) -> dict[str, Any]:
    """Return one analysis over the rows that reports:read reaches."""
    asked = await frame(ctx, query)
    answer = await REPORTS[code](asked)
    before = asked.period.before()
    return {
        "code": code,
        "as_of": ctx.now,
        "date_from": asked.period.first,
        "date_to": asked.period.last,
        "previous_from": before.first,
        "previous_to": before.last,
        **answer,
    }
