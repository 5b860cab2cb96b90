"""Reports as files: at once, or in the background when they are large."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from app.core.types import Body, Read
from app.schemas.reports.reports import ReportCode, ReportQuery

Format = Literal["xlsx", "csv"]
Language = Literal["zh-CN", "en-US"]


class ExportQuery(ReportQuery):
    """A report as a file: the report's own filters, the kind of file and its language."""

    format: Format = "xlsx"
    language: Language = "zh-CN"


class ExportBody(Body):
    """A file to write in the background."""

    code: ReportCode
    query: Annotated[ReportQuery, Field(description="The filters of the report.")] = ReportQuery()
    format: Format = "xlsx"
    language: Language = "zh-CN"


class ExportRead(Read):
    """How far a file is: `done` can be downloaded for a day, `failed` says why in `problem`."""

    id: int
    version: int
    code: ReportCode
    format: Format
    language: Language
    status: Literal["waiting", "done", "failed"]
    problem: str | None
    name: str | None
    created_at: datetime
    done_at: datetime | None


class ExportsRead(Read):
    """Your files of the last day, the newest first."""

    items: list[ExportRead]
