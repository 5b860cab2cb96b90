"""Reports as files: small ones at once, large ones by the worker, kept a day for the one who asked."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select, true

from app.core.ctx import Ctx
from app.core.errors import AppError, Conflict, Forbidden, NotFound
from app.core.jobs import enqueue
from app.core.rows import Row
from app.models.access.rbac import Permission as P
from app.models.reports.exports import ReportExport
from app.schemas.reports.exports import ExportBody, ExportQuery, Format, Language
from app.schemas.reports.reports import ReportCode, ReportQuery
from app.services.access import rbac
from app.services.base import outgoing
from app.services.base.outgoing import File
from app.services.reports import reports, words
from app.services.reports import sheets as report_sheets

AT_ONCE = 5_000
"""Rows of a ranking that are written while one waits."""
AT_MOST = 200_000
KEPT = timedelta(days=1)
SHOWN = 20
PATIENCE = {"statement_timeout": "120s", "idle_in_transaction_session_timeout": "600s"}
"""Settings of the worker's transaction: a large file takes a while to read and to write."""
JOB = "reports.export"
TYPES: dict[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
ROW = (
    ReportExport.id, ReportExport.version, ReportExport.code, ReportExport.format, ReportExport.language,
    ReportExport.status, ReportExport.problem, ReportExport.name, ReportExport.created_at, ReportExport.done_at,
)  # fmt: skip


async def at_once(ctx: Ctx, code: ReportCode, query: ExportQuery) -> File:
    """Return a report as a file; raise `Conflict` (`too_large`) for what has to be written in the background."""
    plain = ReportQuery(**query.model_dump(include=set(ReportQuery.model_fields)))
    report = await reports.get(ctx, code, plain, AT_ONCE)
    if any(table["cut"] for table in report["tables"]):
        raise Conflict("This is a large file: ask for it by POST /reports/exports.", code="too_large", rows=AT_ONCE)
    name, content = await written(ctx, report, query.format, query.language)
    return File(name, TYPES[query.format], content, outgoing.told(code, query.format, plain, report))


async def written(ctx: Ctx, report: dict[str, Any], kind: Format, language: Language) -> tuple[str, bytes]:
    """Write a report as a file, beside the event loop; return its name and content."""
    sheets = await report_sheets.grids(ctx, report, language)
    write = report_sheets.workbook if kind == "xlsx" else report_sheets.comma_separated
    content = await asyncio.to_thread(write, report_sheets.about(ctx, report, language), sheets)
    return f"{words.word(report['code'], language)} {report['date_from']} {report['date_to']}.{kind}", content


async def request(ctx: Ctx, body: ExportBody) -> Row:
    """Queue a file and return how far it is; raise `Invalid` at a filter that the report does not have.

    The file is written by all that its asker may: whose token is limited asks for one that is written at once.
    """
    if ctx.actor.limited:
        raise Forbidden("A session that is limited to scopes has no files written for later: export at once.")
    reports.fits(body.code, body.query, "/query")
    export = ReportExport(
        asker_id=ctx.actor.id, query=body.query.model_dump(mode="json"), status="waiting",
        **body.model_dump(exclude={"query"}),
    )  # fmt: skip
    ctx.session.add(export)
    await ctx.session.flush()
    await enqueue(ctx, JOB, {"id": export.id})
    return await get_detail(ctx, export.id)


async def everything(ctx: Ctx) -> dict[str, Any]:
    """List the caller's files, the newest first."""
    mine = select(*ROW).where(ReportExport.asker_id == ctx.actor.id).order_by(ReportExport.id.desc()).limit(SHOWN)
    return {"items": (await ctx.session.execute(mine)).all()}


async def get_detail(ctx: Ctx, export_id: int) -> Row:
    """Return how far a file of the caller is; raise `NotFound`, also for another person's."""
    mine = ReportExport.id == export_id, ReportExport.asker_id == ctx.actor.id
    row = (await ctx.session.execute(select(*ROW).where(*mine))).one_or_none()
    if row is None:
        raise NotFound
    return row


async def file(ctx: Ctx, export_id: int) -> File:
    """Return a file of the caller; raise `NotFound`, and `Conflict` (`not_ready`) until it is done."""
    row = await get_detail(ctx, export_id)
    if row.status != "done":
        raise Conflict("The file is not written yet, or could not be.", code="not_ready", state=row.status)
    stored = select(ReportExport.file, ReportExport.told).where(ReportExport.id == export_id)
    content, told = (await ctx.session.execute(stored)).one()
    return File(row.name, TYPES[row.format], content, told or {"code": row.code, "format": row.format})


async def run(ctx: Ctx, export_id: int) -> None:
    """Write a queued file with the rights that its asker has now; a second run changes nothing."""
    export = await ctx.session.get(ReportExport, export_id, with_for_update=True)
    if export is None or export.status != "waiting":
        return
    for name, value in PATIENCE.items():
        await ctx.session.execute(select(func.set_config(name, value, true())))
    standing = await rbac.standing(ctx.session, export.asker_id)
    export.done_at = ctx.now
    if not standing or not standing.active or not {P.reports_read, P.reports_export} <= standing.actor.rights.keys():
        export.status, export.problem = "failed", "The right to export reports was taken away."
        return
    asker = replace(ctx, actor=standing.actor)
    try:
        query = ReportQuery.model_validate(export.query)
        report = await reports.compute(asker, ReportCode(export.code), query, AT_MOST)
    except AppError as error:
        export.status, export.problem = "failed", error.detail
        return
    kind = _format(export.format)
    export.name, export.file = await written(asker, report, kind, _language(export.language))
    export.status, export.told = "done", outgoing.told(ReportCode(export.code), kind, query, report)


def _format(text: str) -> Format:
    return "csv" if text == "csv" else "xlsx"


def _language(text: str) -> Language:
    return "en-US" if text == "en-US" else "zh-CN"


async def purge(ctx: Ctx) -> None:
    """Take away files that were there for a day."""
    await ctx.session.execute(delete(ReportExport).where(ReportExport.created_at < ctx.now - KEPT))
