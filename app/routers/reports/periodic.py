"""Customer management reports."""

from typing import Annotated, Any

from fastapi import Query, Response

from app.core.ctx import Ctx
from app.core.paging import Page, Paged
from app.models.access.rbac import Permission as P
from app.routers.base.downloads import sent
from app.routers.deps import Allow, Held, Id
from app.routers.etags import IfMatch, MayMatch
from app.routers.route import NounRouter
from app.schemas.reports.periodic import (
    PdfQuery,
    PeriodicPatch,
    PeriodicQuery,
    PeriodicRead,
    PeriodicRow,
    PeriodicWrite,
)
from app.services.reports import periodic as service
from app.services.reports import periodic_pdf

router = NounRouter("/periodic-reports", "reports")
Reader = Annotated[Ctx, Allow(P.reports_read)]
Issuer = Annotated[Ctx, Allow(P.reports_issue, P.reports_read)]
PDF: dict[int | str, Any] = {200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}}


@router.get("", response_model=Page[PeriodicRow])
async def list_periodic_reports(ctx: Reader, query: Annotated[PeriodicQuery, Query()]) -> Paged:
    """List issued reports of departments in your scope, and your own drafts."""
    return await service.page(ctx, query)


@router.post("", response_model=PeriodicRead, status_code=201)
async def create_periodic_report(ctx: Issuer, body: PeriodicWrite) -> dict[str, Any]:
    """Compose a draft for a month and a department; only you see it."""
    return await service.create(ctx, body)


@router.get("/{report_id}", response_model=PeriodicRead)
async def get_periodic_report(ctx: Reader, report_id: Id) -> dict[str, Any]:
    """Return a report with its analyses."""
    return await service.get_detail(ctx, report_id)


@router.patch("/{report_id}", response_model=PeriodicRead)
async def update_periodic_report(ctx: Issuer, report_id: Id, version: IfMatch, body: PeriodicPatch) -> dict[str, Any]:
    """Change the comment of a draft; 409 once it is issued."""
    return await service.update(ctx, report_id, version, body)


@router.delete("/{report_id}", status_code=204)
async def delete_periodic_report(ctx: Issuer, report_id: Id, version: IfMatch) -> None:
    """Throw a draft away; 409 once it is issued."""
    await service.delete(ctx, report_id, version)


@router.post("/{report_id}/issue", response_model=PeriodicRead)
async def issue_periodic_report(ctx: Issuer, report_id: Id, version: MayMatch) -> dict[str, Any]:
    """Freeze the analyses with their filters and moment; who may read it sees it from now on."""
    return await service.issue(ctx, report_id, version)


@router.get("/{report_id}/pdf", response_model=bytes, response_class=Response, responses=PDF)
async def download_periodic_report(
    ctx: Reader, held: Held, report_id: Id, query: Annotated[PdfQuery, Query()]
) -> Response:
    """Return a report as PDF."""
    return await sent(held, ctx, await periodic_pdf.pdf(ctx, report_id, query.language), shown=True)
