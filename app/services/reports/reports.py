"""The analyses by code: answer one, open the records behind a number, write it as a sheet."""

from collections.abc import Hashable
from dataclasses import replace
from typing import Any

from app.core.ctx import Ctx, Reach
from app.core.errors import FieldError, Invalid
from app.schemas.reports.reports import ReportCode, ReportQuery, ReportRead
from app.schemas.reports.rows import DrillQuery
from app.services.reports import contribution as report_contribution
from app.services.reports import customers as report_customers
from app.services.reports import goals as report_goals
from app.services.reports import losses as report_losses
from app.services.reports import reasons as report_reasons
from app.services.reports import sales as report_sales
from app.services.reports import services as report_services
from app.services.reports import team as report_team
from app.services.reports.behind import Analysis
from app.services.reports.desk import DESK
from app.services.reports.frame import Frame, frame
from app.services.reports.rows import page
from app.services.reports.served import FILTERS

REPORTS: dict[ReportCode, Analysis] = {
    ReportCode.ACTIVITY: report_team.ACTIVITY,
    ReportCode.COMPOSITION: report_customers.COMPOSITION,
    ReportCode.CONTRIBUTION: report_contribution.CONTRIBUTION,
    ReportCode.GOALS: report_goals.GOALS,
    ReportCode.LOSS: report_losses.LOSS,
    ReportCode.PIPELINE: report_sales.PIPELINE,
    ReportCode.REASONS: report_reasons.WHY_ENDED,
    ReportCode.SERVICE: report_services.SERVICE,
    ReportCode.TIME_TO_CLOSE: report_sales.TIME_TO_CLOSE,
    ReportCode.WIN_RATE: report_reasons.WIN_RATE,
}

ONLY: dict[str, ReportCode] = dict.fromkeys(FILTERS, ReportCode.SERVICE)
"""Filters that narrow one analysis only: over the rows of any other they would say nothing."""


def fits(code: ReportCode, query: ReportQuery, within: str = "") -> None:
    """Raise `Invalid` at each filter that the analysis does not have; `within` is where in the body they stand."""
    unfit: list[FieldError] = [
        {"pointer": f"{within}/{name}", "code": "unfit", "message": "This analysis has no such filter."}
        for name, only in ONLY.items()
        if getattr(query, name) is not None and code is not only
    ]
    if unfit:
        first, *more = unfit
        raise Invalid(first["pointer"], first["code"], first["message"], more=more)


async def get(ctx: Ctx, code: ReportCode, query: ReportQuery, most: int | None = None) -> dict[str, Any]:
    """Return one analysis when its turn comes; for whoever has not read anything yet and so holds no connection."""
    async with DESK.of(ctx.session).turn():
        return await compute(ctx, code, query, most)


async def answer(ctx: Ctx, code: ReportCode, query: ReportQuery) -> bytes:
    """Return one analysis as it is sent (`ReportRead` in JSON), when its turn comes.

    The same question of several executives, or asked again by a person who did not wait, is answered once.
    """

    async def write() -> bytes:
        return ReportRead.model_validate(await compute(ctx, code, query)).model_dump_json().encode()

    asked = (code, ctx.today, query.model_dump_json(), *_sight(ctx))
    return await DESK.of(ctx.session).answers.get(asked, write)


def _sight(ctx: Ctx) -> tuple[Hashable, ...]:
    """Return what an answer depends on beside the question: rights, and the person unless they reach everything."""
    everything = set(ctx.actor.rights.values()) == {Reach.ALL}
    return ctx.actor.shape, None if everything else ctx.actor.id


async def compute(ctx: Ctx, code: ReportCode, query: ReportQuery, most: int | None = None) -> dict[str, Any]:
    """Return one analysis over the rows that reports:read reaches; a ranking of at most `most` rows."""
    fits(code, query)
    asked = await _asked(ctx, code, query, most)
    answer = await REPORTS[code].compute(asked)
    before = asked.before
    return {
        "code": code,
        "as_of": ctx.now,
        "date_from": asked.period.first,
        "date_to": asked.period.last,
        "previous_from": before.first,
        "previous_to": before.last,
        **answer,
    }


async def _asked(ctx: Ctx, code: ReportCode, query: ReportQuery, most: int | None = None) -> Frame:
    """Return the frame of a question; goals are set by month, so that theirs are whole months, as the answer says."""
    asked = await frame(ctx, query, most)
    return replace(asked, period=asked.period.whole_months()) if code is ReportCode.GOALS else asked


async def rows(ctx: Ctx, code: ReportCode, query: DrillQuery) -> dict[str, Any]:
    """Return the records behind a number of an analysis when their turn comes, under the same filters and scope.

    Raises `Invalid` for a table or row that the report cannot have.
    """
    fits(code, query)
    async with DESK.of(ctx.session).turn():
        asked = await _asked(ctx, code, query)
        drill = REPORTS[code].drills.get(query.table)
        if drill is None:
            raise Invalid("/table", "unknown", "This report has no such table.")
        return await page(asked, await drill(asked, query), query.limit, query.after_id)
