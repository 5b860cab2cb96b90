"""The customer management report: composed as a draft, issued once, replaced by a correction."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from app.core.paging import RecordQuery
from app.core.texts import OptionalWords
from app.core.types import Body, Id, OptionalRef, Read, Ref
from app.schemas.reports.exports import Language
from app.schemas.reports.reports import ReportRead
from app.schemas.sales.goals import Month

Status = Literal["draft", "issued"]


class PeriodicQuery(RecordQuery):
    """Filters of the list; who asks sees issued ones in scope and the own drafts."""

    status: Status | None = None
    month: Month | None = None
    department_id: Id | None = None


class PdfQuery(Body):
    """In which language the page is written; names and the comment stay as they are."""

    language: Language = "zh-CN"


class PeriodicWrite(Body):
    """A draft for a month and a department with all below it; or a correction of an issued report."""

    month: Month
    department_id: Id
    comment: OptionalWords = None
    replaces_id: Annotated[Id | None, Field(description="The issued report of the same month that this replaces.")] = (
        None
    )


class PeriodicPatch(Body):
    """The author's comment on a draft."""

    comment: OptionalWords = None


class PeriodicRow(Read):
    """A report in a list. `replaced_by` is the issued correction of it, if there is one."""

    id: int
    version: int
    number: str
    month: Month
    department: Ref
    author: Ref
    status: Status
    comment: str | None
    issued_at: datetime | None
    replaces: OptionalRef
    replaced_by: OptionalRef
    allowed_actions: list[Literal["update", "delete", "issue", "correct"]]


class PeriodicRead(PeriodicRow):
    """A report with its analyses: of a draft as they are now, of an issued one as they were at issue."""

    reports: list[ReportRead]
