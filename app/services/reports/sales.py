"""Pipeline and time to close (domain section 6, reports 5 and 6)."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Numeric, and_, cast, exists, extract, func, literal, or_, select
from sqlalchemy.orm import aliased

from app.core.ctx import Ctx
from app.core.scope import unscoped
from app.models.sales.chance_stages import ChanceStage
from app.models.sales.chances import OPEN, Chance, ChanceSum
from app.models.sales.processes import Process, Stage
from app.schemas.reports.reports import Dimension, Kind
from app.schemas.reports.rows import DrillQuery
from app.services.reports.behind import Analysis, Behind, Drill, at
from app.services.reports.figures import figure, ratio
from app.services.reports.frame import WHY, Frame
from app.services.reports.names import people
from app.services.reports.period import Period
from app.services.reports.tables import Layout, Now

DAY_S = 86400
STAGES = Layout(
    "stages",
    Dimension.STAGE,
    (
        Now("count", Kind.COUNT), Now("amount", Kind.MONEY), Now("weighted", Kind.MONEY), Now("unpriced", Kind.COUNT),
        ("entered", Kind.COUNT), ("conversion", Kind.PERCENT), ("days", Kind.DAYS),
    ),
    chart="funnel",
)  # fmt: skip
TIMES = (("count", Kind.COUNT), ("mean", Kind.DAYS), ("median", Kind.DAYS), ("p90", Kind.DAYS))


def where(frame: Frame) -> list[Any]:
    """Return the clauses of the chances that a report may count."""
    return [Chance.deleted_at.is_(None), *frame.owned(Chance.owner_id), *frame.in_region(Chance.customer_id)]


async def stages(ctx: Ctx, which: ColumnElement[bool]) -> dict[int, str]:
    """Return the names of stages in the order of their processes, the default one first.

    Where two have one name, each tells its process, and of one that was replaced the revision.
    """
    found = (
        await ctx.session.execute(
            select(Stage.id, Stage.name, Process.name.label("process"), Process.revision, Process.retired_at)
            .join(Process, Process.id == Stage.process_id)
            .where(which)
            .order_by(Process.is_default.desc(), Process.id, Stage.sort)
        )
    ).all()
    times = Counter(row.name for row in found)
    process = {row.id: row.process + (f" v{row.revision}" if row.retired_at else "") for row in found}
    return {row.id: row.name if times[row.name] == 1 else f"{row.name} · {process[row.id]}" for row in found}


async def pipeline(frame: Frame) -> dict[str, Any]:
    """Open chances by stage now; conversion and days per stage in the period."""
    open_now, unassigned = await _open(frame)
    entered, days = await _conversions(frame), await _days(frame)
    names = await stages(frame.ctx, or_(Process.is_default.is_(True), Stage.id.in_([*open_now, *entered, *days])))
    rows: dict[Any, list[Any]] = {}
    for stage in names:
        came, went = entered.get(stage, (0, 0))
        rows[stage] = [
            *open_now.get(stage, (0, Decimal(0), Decimal(0), 0)), came, ratio(Decimal(went), Decimal(came)),
            days.get(stage),
        ]  # fmt: skip
    whole = [sum((row[place] for row in rows.values()), Decimal(0)) for place in range(4)]
    return {
        "kept": frame.query.region is None,
        "figures": [
            figure("count", Kind.COUNT, whole[0], now=True),
            figure("amount", Kind.MONEY, whole[1], now=True),
            figure("weighted", Kind.MONEY, whole[2], now=True),
            figure("unpriced", Kind.COUNT, whole[3], now=True),
            figure("unassigned", Kind.COUNT, unassigned, now=True),
        ],
        "tables": [STAGES.table(rows, None, names, [*whole, None, None, None], order=list(rows))],
    }


async def _open(frame: Frame) -> tuple[dict[int, tuple[Any, ...]], int]:
    """Return the open ones by stage, and how many are unassigned: from the kept sums unless a region narrows."""
    kept = frame.query.region is None
    if kept:
        key, status, owned = ChanceSum.stage_id, ChanceSum.status, frame.owned(ChanceSum.owner_id)
        sums: list[Any] = [
            func.sum(c) for c in (ChanceSum.count, ChanceSum.amount, ChanceSum.weighted, ChanceSum.unpriced)
        ]
    else:
        key, status, owned = Chance.stage_id, Chance.status, where(frame)
        amount = func.coalesce(Chance.amount, 0)
        sums = [
            func.count(),
            func.sum(amount),
            func.sum(amount * Chance.rate / literal(Decimal(100))),
            func.count().filter(Chance.amount.is_(None)),
        ]
    found = await frame.ctx.session.execute(
        unscoped(select(status, key, *sums).where(status.in_(OPEN), *owned).group_by(status, key), WHY)
    )
    by_stage: dict[int, tuple[Any, ...]] = {}
    unassigned = 0
    for state, stage_id, *values in found:
        if state == "unassigned":
            unassigned += int(values[0])
        elif values[0]:
            by_stage[stage_id] = tuple(values)
    return by_stage, unassigned


async def _conversions(frame: Frame) -> dict[int, tuple[int, int]]:
    """Return by stage (entered in the period, of those: later in a later stage, or succeeded)."""
    stay, later = aliased(ChanceStage), aliased(ChanceStage)
    here, there = aliased(Stage), aliased(Stage)
    went_on = exists(
        select(literal(1))
        .select_from(later)
        .join(there, there.id == later.stage_id)
        .where(
            later.chance_id == stay.chance_id,
            later.entered_at >= stay.entered_at,
            there.process_id == here.process_id,
            there.sort > here.sort,
        )
    )
    cohort = (
        select(stay.stage_id, stay.chance_id, func.bool_or(or_(Chance.status == "succeeded", went_on)).label("on"))
        .join(here, here.id == stay.stage_id)
        .join(Chance, Chance.id == stay.chance_id)
        .where(*frame.period.instants(frame.ctx, stay.entered_at), *where(frame))
        .group_by(stay.stage_id, stay.chance_id)
        .subquery()
    )
    rows = await frame.ctx.session.execute(
        unscoped(select(cohort.c[0], func.count(), func.count().filter(cohort.c.on)).group_by(cohort.c[0]), WHY)
    )
    return {stage_id: (came, went) for stage_id, came, went in rows}


async def _days(frame: Frame) -> dict[int, Decimal]:
    """Return by stage the mean length, in days, of the stays that ended in the period."""
    length = cast(extract("epoch", ChanceStage.left_at - ChanceStage.entered_at), Numeric) / DAY_S
    rows = await frame.ctx.session.execute(
        unscoped(
            select(ChanceStage.stage_id, func.avg(length))
            .join(Chance, Chance.id == ChanceStage.chance_id)
            .where(*frame.period.instants(frame.ctx, ChanceStage.left_at), *where(frame))
            .group_by(ChanceStage.stage_id),
            WHY,
        )
    )
    return {stage_id: days for stage_id, days in rows}  # noqa: C416  rows are not pairs to mypy


async def time_to_close(frame: Frame) -> dict[str, Any]:
    """Closed on minus the local date of the first assignment, over succeeded ones."""
    (total,) = (await _times(frame, frame.period, literal(1))).values() or [[0, None, None, None]]
    (earlier,) = (await _times(frame, frame.before, literal(1))).values() or [[0, None, None, None]]
    tables = []
    for key, dimension, column in (
        ("assignees", Dimension.PERSON, Chance.assignee_id), ("sources", Dimension.SOURCE, Chance.source),
    ):  # fmt: skip
        now, before = [await _times(frame, period, column) for period in (frame.period, frame.before)]
        names = await people(frame.ctx, list(now)) if dimension is Dimension.PERSON else {}
        tables.append(Layout(key, dimension, TIMES).table(now, before, names, total))
    figures = [figure(name, kind, total[place], earlier[place], total[0]) for place, (name, kind) in enumerate(TIMES)]
    return {"kept": False, "figures": figures, "tables": tables}


async def _times(frame: Frame, period: Period, column: Any) -> dict[Any, list[Any]]:
    days = Chance.closed_on - Chance.first_assigned_on
    timed = and_(Chance.status == "succeeded", Chance.first_assigned_on.is_not(None))
    rows = await frame.ctx.session.execute(
        unscoped(
            select(
                column.label("key"),
                func.count(),
                func.avg(cast(days, Numeric)),
                func.percentile_cont(0.5).within_group(days.asc()),
                func.percentile_cont(0.9).within_group(days.asc()),
            )
            .where(timed, *period.days(Chance.closed_on), *where(frame))
            .group_by("key"),
            WHY,
        )
    )
    return {key: values for key, *values in rows}


def chances(clauses: Callable[[Frame, DrillQuery], list[Any]], column: Any) -> Drill:
    """Return the drill of a table of chances that is grouped by a column."""

    async def drill(frame: Frame, query: DrillQuery) -> Behind:
        return Behind("chances", [*where(frame), *clauses(frame, query), *at(column, query.key)])

    return drill


def _timed(frame: Frame, _query: DrillQuery) -> list[Any]:
    timed = Chance.first_assigned_on.is_not(None)
    return [Chance.status == "succeeded", timed, *frame.period.days(Chance.closed_on)]


async def _at_stage(frame: Frame, query: DrillQuery) -> Behind:
    moments = {"entered": ChanceStage.entered_at, "conversion": ChanceStage.entered_at, "days": ChanceStage.left_at}
    moment = moments.get(query.column or "")
    if moment is None:
        unpriced = [Chance.amount.is_(None)] if query.column == "unpriced" else []
        clauses = [Chance.status == "assigned", *unpriced, *at(Chance.stage_id, query.key)]
    else:
        stays = select(ChanceStage.chance_id).where(*frame.period.instants(frame.ctx, moment))
        clauses = [Chance.id.in_(stays.where(*at(ChanceStage.stage_id, query.key)))]
    return Behind("chances", [*where(frame), *clauses])


PIPELINE = Analysis(pipeline, {"stages": _at_stage})
TIME_TO_CLOSE = Analysis(
    time_to_close, {"assignees": chances(_timed, Chance.assignee_id), "sources": chances(_timed, Chance.source)}
)
