"""Reports as files."""

from typing import Annotated, Any

from fastapi import Query, Response

from app.core.ctx import Ctx
from app.core.rows import Row
from app.models.access.rbac import Permission as P
from app.routers.base.downloads import sent
from app.routers.deps import Allow, Held, Id
from app.routers.route import NounRouter
from app.schemas.reports.exports import ExportBody, ExportQuery, ExportRead, ExportsRead
from app.schemas.reports.reports import ReportCode
from app.services.reports import exports as service

router = NounRouter("/reports", "reports")
Exporter = Annotated[Ctx, Allow(P.reports_read, P.reports_export)]
BINARY = {"schema": {"type": "string", "format": "binary"}}
FILE: dict[int | str, Any] = {200: {"content": dict.fromkeys(sorted(service.TYPES.values()), BINARY)}}


@router.get("/exports", response_model=ExportsRead)
async def list_report_exports(ctx: Exporter) -> dict[str, Any]:
    """List your own files of the last day."""
    return await service.everything(ctx)


@router.post("/exports", response_model=ExportRead, status_code=202)
async def create_report_export(ctx: Exporter, body: ExportBody) -> Row:
    """Have a report written as a file in the background; only you can download it."""
    return await service.request(ctx, body)


@router.get("/exports/{export_id}", response_model=ExportRead)
async def get_report_export(ctx: Exporter, export_id: Id) -> Row:
    """Return how far a file of yours is."""
    return await service.get_detail(ctx, export_id)


@router.get("/exports/{export_id}/file", response_model=bytes, response_class=Response, responses=FILE)
async def download_report_export(ctx: Exporter, held: Held, export_id: Id) -> Response:
    """Download a file of yours once it is done."""
    return await sent(held, ctx, await service.file(ctx, export_id))


@router.get("/{code}/export", response_model=bytes, response_class=Response, responses=FILE)
async def export_report(
    ctx: Exporter, held: Held, code: ReportCode, query: Annotated[ExportQuery, Query()]
) -> Response:
    """Return a report with all its rows as a file; 409 `too_large` when it has to be written in the background."""
    return await sent(held, ctx, await service.at_once(ctx, code, query))
