"""The customer management report (domain section 6, report 8): composed, issued once, corrected by a new version."""

import calendar
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased

from app.core.ctx import Ctx
from app.core.errors import Invalid, NotFound
from app.core.listing import Listing, Sort
from app.core.numbers import number
from app.core.paging import Paged
from app.core.reference import Reference
from app.core.rows import Row
from app.core.steps import Block, Step, Steps
from app.core.ways import By, oneself
from app.models.access.departments import Department
from app.models.access.rbac import Permission as P
from app.models.access.users import User
from app.models.reports.periodic import PeriodicReport, numbers
from app.schemas.reports.periodic import PeriodicPatch, PeriodicQuery, PeriodicWrite
from app.schemas.reports.reports import ReportCode, ReportQuery, ReportRead
from app.services.access.departments_below import covered
from app.services.reports import reports


class Holding(NamedTuple):
    """What decides who may do what; `covered`: reports:issue reaches the department."""

    status: str
    author_id: int
    covered: bool
    replaced: bool


DRAFT, AUTHOR = frozenset({"draft"}), (By(P.reports_issue, oneself("author_id")),)
REPLACED = Block(lambda _, report: report.replaced, "Another version replaces this report already.")
STEPS = Steps(
    {
        "update": Step(DRAFT, None, AUTHOR),
        "delete": Step(DRAFT, None, AUTHOR),
        "issue": Step(DRAFT, "issued", AUTHOR),
        "correct": Step(
            frozenset({"issued"}), None, (By(P.reports_issue, lambda _, report, _right: report.covered),),
            blocks=(REPLACED,),
        ),
    }
)  # fmt: skip
"""`correct` composes another version (`create` with `replaces_id`)."""
PARTS = (
    ReportCode.CONTRIBUTION, ReportCode.COMPOSITION, ReportCode.SERVICE, ReportCode.LOSS, ReportCode.PIPELINE,
    ReportCode.WIN_RATE, ReportCode.TIME_TO_CLOSE, ReportCode.REASONS,
)  # fmt: skip
Replaced, Correction = aliased(PeriodicReport), aliased(PeriodicReport)
ROW: tuple[Any, ...] = (
    PeriodicReport.id, PeriodicReport.version, PeriodicReport.number, PeriodicReport.month,
    Reference("department", Department.id, Department.name), Reference("author", User.id, User.name),
    PeriodicReport.status, PeriodicReport.comment, PeriodicReport.issued_at,
    Reference("replaces", Replaced.id, Replaced.number.label("name")),
    Reference("replaced_by", Correction.id, Correction.number.label("name")),
)  # fmt: skip


def _joins(_ctx: Ctx, statement: Select[Any]) -> Select[Any]:
    issued = and_(Correction.replaces_id == PeriodicReport.id, Correction.status == "issued")
    return (
        statement.join(Department, Department.id == PeriodicReport.department_id)
        .join(User, User.id == PeriodicReport.author_id)
        .outerjoin(Replaced, Replaced.id == PeriodicReport.replaces_id)
        .outerjoin(Correction, issued)
    )


listing = Listing(
    model=PeriodicReport,
    query=PeriodicQuery,
    columns=ROW,
    joins=_joins,
    sorts={"month": Sort(PeriodicReport.month, date), "number": Sort(PeriodicReport.number, str)},
    filters={
        "status": PeriodicReport.status.__eq__,
        "month": PeriodicReport.month.__eq__,
        "department_id": PeriodicReport.department_id.__eq__,
    },
    default="-month",
)


async def _held(ctx: Ctx, *rows: Mapping[str, Any]) -> list[Holding]:
    """Return what decides over each row, with the departments in reach asked for once."""
    ours = await covered(ctx, P.reports_issue) if ctx.actor.can(P.reports_issue) else set()
    return [
        Holding(
            row["status"], row["author"]["id"], ours is None or row["department"]["id"] in ours,
            row["replaced_by"] is not None,
        )
        for row in rows
    ]  # fmt: skip


async def _seen(ctx: Ctx) -> ColumnElement[bool]:
    """Return the clause of what exists for the reader: the own ones, and issued ones of departments in reach."""
    issued: ColumnElement[bool] = PeriodicReport.status == "issued"
    ours = await covered(ctx, P.reports_read)
    if ours is not None:
        issued = and_(issued, PeriodicReport.department_id.in_(sorted(ours)))
    return or_(PeriodicReport.author_id == ctx.actor.id, issued)


async def page(ctx: Ctx, query: PeriodicQuery) -> Paged:
    """List reports, the newest month first."""
    found = await listing.page(ctx, query, await _seen(ctx))
    held = await _held(ctx, *found["items"])
    rows = zip(found["items"], held, strict=True)
    return {**found, "items": [row | {"allowed_actions": STEPS.allowed(ctx, one)} for row, one in rows]}


async def get_detail(ctx: Ctx, report_id: int) -> dict[str, Any]:
    """Return one report with its analyses and `allowed_actions`; raise `NotFound`."""
    row = await _row(ctx, report_id, *ROW, PeriodicReport.data, PeriodicReport.department_id)
    found = row._asdict()
    stored = found.pop("data")
    analyses = stored if row.status == "issued" else await _analyses(ctx, row.month, row.department_id)
    (held,) = await _held(ctx, row._asdict())
    return {**found, "reports": analyses, "allowed_actions": STEPS.allowed(ctx, held)}


async def _row(ctx: Ctx, report_id: int, *columns: Any) -> Row:
    statement = _joins(ctx, select(*columns).select_from(PeriodicReport))
    statement = statement.where(PeriodicReport.id == report_id, await _seen(ctx))
    row: Row | None = (await ctx.session.execute(statement)).one_or_none()
    if row is None:
        raise NotFound
    return row


async def _analyses(ctx: Ctx, month: date, department_id: int) -> list[Any]:
    """Return the analyses of a month over a department and all below it, as the author sees them now."""
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    when = {"date_from": month, "date_to": last}
    found = []
    for code in PARTS:
        if code not in reports.REPORTS:
            continue
        # What the customer base is made of is asked of all that there are now, not of those created in the month.
        now = code is ReportCode.COMPOSITION
        query = ReportQuery.model_validate({"department_id": department_id} | ({} if now else when))
        found.append(
            await reports.compute(ctx, code, query)
            | when
            | ({"previous_from": None, "previous_to": None} if now else {})
        )
    return found


async def create(ctx: Ctx, body: PeriodicWrite) -> dict[str, Any]:
    """Compose a draft.

    Raises `Invalid` at the field for a department that reports:issue does not reach, a month to come, or a
    report to replace that is not an issued one of the same month and department; `Conflict` when another
    version replaces it already.
    """
    ours = await covered(ctx, P.reports_issue)
    known = await ctx.session.scalar(select(Department.id).where(Department.id == body.department_id))
    if known is None or (ours is not None and known not in ours):
        raise Invalid("/department_id", "not_found", "There is no such department, or it is outside your scope.")
    if body.month > ctx.today:
        raise Invalid("/month", "in_future", "This month is still to come.")
    if body.replaces_id is not None:
        await _replaceable(ctx, body)
    report = PeriodicReport(
        **body.model_dump(), number=number(ctx, "BG", numbers), author_id=ctx.actor.id, status="draft"
    )
    ctx.session.add(report)
    await ctx.session.flush()
    return await get_detail(ctx, report.id)


async def _replaceable(ctx: Ctx, body: PeriodicWrite) -> None:
    wanted = select(PeriodicReport.id).where(PeriodicReport.id == body.replaces_id, await _seen(ctx))
    same = PeriodicReport.month == body.month, PeriodicReport.department_id == body.department_id
    if await ctx.session.scalar(wanted.where(PeriodicReport.status == "issued", *same)) is None:
        message = "There is no issued report of this month and department under this id."
        raise Invalid("/replaces_id", "not_found", message)


async def _mine(ctx: Ctx, report_id: int, step: str, version: int | None) -> PeriodicReport:
    """Return a report of the caller, locked, after all that may refuse the step."""
    statement = select(PeriodicReport).where(PeriodicReport.id == report_id, await _seen(ctx))
    locked = statement.with_for_update().execution_options(populate_existing=True)
    report: PeriodicReport | None = (await ctx.session.scalars(locked)).one_or_none()
    if report is None:
        raise NotFound
    (held,) = await _held(ctx, (await _row(ctx, report_id, *ROW))._asdict())
    STEPS.check(ctx, step, held, report, version)
    return report


async def update(ctx: Ctx, report_id: int, version: int, body: PeriodicPatch) -> dict[str, Any]:
    """Change the comment of a draft."""
    report = await _mine(ctx, report_id, "update", version)
    for name, value in body.model_dump(exclude_unset=True).items():
        setattr(report, name, value)
    await ctx.session.flush()
    return await get_detail(ctx, report_id)


async def delete(ctx: Ctx, report_id: int, version: int) -> None:
    """Throw a draft away."""
    await ctx.session.delete(await _mine(ctx, report_id, "delete", version))
    await ctx.session.flush()


async def issue(ctx: Ctx, report_id: int, version: int | None) -> dict[str, Any]:
    """Freeze the analyses as they are now, and tell its readers; from here on nothing of the report changes."""
    report = await _mine(ctx, report_id, "issue", version)
    found = await _analyses(ctx, report.month, report.department_id)
    report.data = [ReportRead.model_validate(one).model_dump(mode="json") for one in found]
    report.issued_at = ctx.now
    STEPS.fire(report, "issue")
    await ctx.session.flush()
    return await get_detail(ctx, report_id)
