"""The analyses."""

from typing import Annotated, Any

from fastapi import Query, Response

from app.core.ctx import Ctx
from app.models.access.rbac import Permission as P
from app.routers.deps import Allow
from app.routers.route import NounRouter
from app.schemas.reports.reports import ReportCode, ReportQuery, ReportRead
from app.schemas.reports.rows import DrillQuery, DrillRead
from app.services.reports import reports as service

router = NounRouter("/reports", "reports", "Figures, their rows and files")
Reader = Annotated[Ctx, Allow(P.reports_read)]


@router.get("/{code}", response_model=ReportRead)
async def get_report(ctx: Reader, code: ReportCode, query: Annotated[ReportQuery, Query()]) -> Response:
    """Return one analysis over your data scope, compared with the period before."""
    return Response(await service.answer(ctx, code, query), media_type="application/json")


@router.get("/{code}/rows", response_model=DrillRead)
async def list_report_rows(ctx: Reader, code: ReportCode, query: Annotated[DrillQuery, Query()]) -> dict[str, Any]:
    """List the records behind a row of a table (or a whole table), with the report's own filters and scope."""
    return await service.rows(ctx, code, query)
