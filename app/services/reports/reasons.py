"""How chances ended: the win rate, and why, against whom, where and with whom (domain section 6, report 6)."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select

from app.models.sales.chances import Chance
from app.models.sales.competitors import Competitor
from app.models.sales.processes import Stage
from app.schemas.reports.reports import Dimension, Kind
from app.schemas.reports.rows import DrillQuery
from app.services.reports import sales as report_sales
from app.services.reports.behind import Analysis, Behind
from app.services.reports.figures import figure, ratio
from app.services.reports.frame import Frame
from app.services.reports.groups import WHOLE, Rows, each_way
from app.services.reports.names import competitors, people
from app.services.reports.period import Period
from app.services.reports.sales import chances, where
from app.services.reports.tables import Layout, value_of

RATES = (
    ("won", Kind.COUNT), ("lost", Kind.COUNT), ("rate", Kind.PERCENT), ("won_value", Kind.MONEY),
    ("lost_amount", Kind.MONEY), ("rate_by_value", Kind.PERCENT),
)  # fmt: skip
REASONS = (("count", Kind.COUNT), ("amount", Kind.MONEY), ("share", Kind.PERCENT))
OUTCOMES = (("succeeded", Dimension.WON_REASON, 0, 3), ("failed", Dimension.LOST_REASON, 1, 4))
"""Each outcome, and where among the rates its number and its value stand."""
COMPETITORS = Layout("competitors", Dimension.COMPETITOR, RATES)
STAGES = Layout("closing_stages", Dimension.STAGE, RATES)
ASSIGNEES = Layout("assignees", Dimension.PERSON, RATES)
SOURCES = Layout("sources", Dimension.SOURCE, RATES)


async def win_rate(frame: Frame) -> dict[str, Any]:
    """Succeeded over succeeded and failed, by number and by value, in the period and the one before."""
    now, before = [await _closed(frame, period, "assignee", "source") for period in both(frame)]
    total, earlier = now[WHOLE][None], before[WHOLE][None]
    names = await people(frame.ctx, list(now["assignee"]))
    base = int(total[0] + total[1])
    return {
        "kept": False,
        "figures": [figure(name, kind, total[place], earlier[place], base) for place, (name, kind) in enumerate(RATES)],
        "tables": [
            ASSIGNEES.table(now["assignee"], before["assignee"], names, total),
            SOURCES.table(now["source"], before["source"], {}, total),
        ],
    }


async def reasons(frame: Frame) -> dict[str, Any]:
    """Succeeded and failed by reason; both by competitor, by the stage they stood in and by assignee.

    The value is what was won, and what was expected of those that failed.
    """
    keys = "reason", "competitor", "stage", "assignee"
    now, before = [await _closed(frame, period, *keys) for period in both(frame)]
    total, earlier = now[WHOLE][None], before[WHOLE][None]
    tables, figures = [], []
    for state, dimension, n, value in OUTCOMES:
        whole = [total[n], total[value], ratio(total[n], total[n])]
        layout = Layout(state, dimension, REASONS, chart="pie")
        parts = [_of(rows["reason"], n, value) for rows in (now, before)]
        tables.append(layout.table(parts[0], parts[1], {}, whole))
        figures.append(figure(f"{state}_count", Kind.COUNT, total[n], earlier[n]))
        figures.append(figure(f"{state}_amount", Kind.MONEY, total[value], earlier[value]))
    names = await people(frame.ctx, list(now["assignee"]))
    tables += [
        await _competitors(frame, now["competitor"], before["competitor"], total),
        await _stages(frame, now["stage"], before["stage"], total),
        ASSIGNEES.table(now["assignee"], before["assignee"], names, total),
    ]
    return {"kept": False, "figures": figures, "tables": tables}


def both(frame: Frame) -> tuple[Period, Period]:
    """Return the period and the one before."""
    return frame.period, frame.before


def _of(rows: Rows, n: int, value: int) -> Rows:
    """Return number, value and share of one outcome, of the reasons that it has."""
    whole = Decimal(sum(row[n] for row in rows.values()))
    return {key: [row[n], row[value], ratio(Decimal(row[n]), whole)] for key, row in rows.items() if row[n]}


async def _competitors(frame: Frame, now: Rows, before: Rows, total: list[Any]) -> dict[str, Any]:
    """Lay out whom chances were won and lost against, under the codes that programs know them by."""
    called = await competitors(frame.ctx, list({**now, **before}))
    code = {row_id: code for row_id, (code, _) in called.items()} | {None: None}
    by_code = [{code[key]: row for key, row in rows.items()} for rows in (now, before)]
    return COMPETITORS.table(by_code[0], by_code[1], dict(called.values()), total)


async def _stages(frame: Frame, now: Rows, before: Rows, total: list[Any]) -> dict[str, Any]:
    """Lay out the stages that chances stood in when they were closed, in the order of their processes."""
    names = await report_sales.stages(frame.ctx, Stage.id.in_(list(now)))
    return STAGES.table(now, before, names, total, order=list(names))


async def _closed(frame: Frame, period: Period, *keys: str) -> dict[str, Rows]:
    """Return by each of the keys, and as a whole, the rates of the chances that were closed in a period."""
    found = await each_way(frame, _facts(frame, period), keys, _sums)
    return {name: {key: _rates(*values) for key, values in rows.items()} for name, rows in found.items()}


def _facts(frame: Frame, period: Period) -> Select[*tuple[Any, ...]]:
    closed = [Chance.status.in_(("succeeded", "failed")), *period.days(Chance.closed_on)]
    return select(
        (Chance.status == "succeeded").label("won"),
        Chance.close_reason.label("reason"),
        Chance.competitor_id.label("competitor"),
        Chance.stage_id.label("stage"),
        Chance.assignee_id.label("assignee"),
        Chance.source.label("source"),
        Chance.close_value.label("value"),
        Chance.amount.label("amount"),
    ).where(*closed, *where(frame))


def _sums(each: Any) -> list[Any]:
    return [
        func.count().filter(each.won),
        func.count().filter(~each.won),
        func.coalesce(func.sum(each.value).filter(each.won), 0),
        func.coalesce(func.sum(each.amount).filter(~each.won), 0),
    ]


def _rates(won: int, lost: int, value: Decimal, amount: Decimal) -> list[Any]:
    value, amount = Decimal(value), Decimal(amount)
    return [won, lost, ratio(Decimal(won), Decimal(won + lost)), value, amount, ratio(value, value + amount)]


def _outcome(frame: Frame, query: DrillQuery) -> list[Any]:
    states = {"won": ("succeeded",), "won_value": ("succeeded",), "lost": ("failed",), "lost_amount": ("failed",)}
    found = states.get(query.column or "", ("succeeded", "failed"))
    return [Chance.status.in_(found), *frame.period.days(Chance.closed_on)]


def _ended(status: str) -> Callable[[Frame, DrillQuery], list[Any]]:
    return lambda frame, _query: [Chance.status == status, *frame.period.days(Chance.closed_on)]


async def _against(frame: Frame, query: DrillQuery) -> Behind:
    """Return the chances that were closed against the competitor whose code the row is of."""
    code = None if query.key is None else value_of(query.key)
    named = select(Competitor.id).where(Competitor.code == code).scalar_subquery()
    of_row = [] if query.key is None else [Chance.competitor_id == named if code else Chance.competitor_id.is_(None)]
    return Behind("chances", [*where(frame), *_outcome(frame, query), *of_row])


WIN_RATE = Analysis(
    win_rate, {"assignees": chances(_outcome, Chance.assignee_id), "sources": chances(_outcome, Chance.source)}
)
WHY_ENDED = Analysis(
    reasons,
    {
        "succeeded": chances(_ended("succeeded"), Chance.close_reason),
        "failed": chances(_ended("failed"), Chance.close_reason),
        "competitors": _against,
        "closing_stages": chances(_outcome, Chance.stage_id),
        "assignees": chances(_outcome, Chance.assignee_id),
    },
)
