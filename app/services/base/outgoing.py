"""Files with people's figures that leave the house: each says what the log is to tell of it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from app.core.audit import log
from app.core.ctx import Ctx
from app.schemas.reports.exports import Format
from app.schemas.reports.reports import ReportCode, ReportQuery


class File(NamedTuple):
    """A file with its name and media type; `told` is what the log tells of it."""

    name: str
    media_type: str
    content: bytes
    told: dict[str, Any]


def note(ctx: Ctx, file: File) -> None:
    """Log that the actor takes a file out of the house, in the transaction of `ctx`."""
    log(ctx, "export", "reports", None, {name: [None, value] for name, value in file.told.items()})


def told(code: ReportCode, kind: Format, query: ReportQuery, report: dict[str, Any]) -> dict[str, Any]:
    """Return what the log tells of a report as a file: which, by which filters, of which days, how many rows."""
    asked = query.model_dump(mode="json", include=set(ReportQuery.model_fields), exclude_defaults=True)
    days = {name: report[name].isoformat() for name in ("date_from", "date_to")}
    return {"code": code.value, "format": kind, **asked, **days, "rows": rows([report])}


def rows(reports: Iterable[dict[str, Any]]) -> int:
    """Return how many rows the tables of reports have."""
    return sum(len(table["rows"]) for report in reports for table in report["tables"])
