"""Sums over chances: from the kept sums when only scope narrows them, else counted; stage history.

Won value = sum of close values; win rate = won / (won + lost), in percent; days to close = closed on minus
the local date of the first assignment (domain section 6). Weighted = sum of amount x rate / 100 over the open ones.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, any_, bindparam, case, func, literal, select

from app.core.ctx import Ctx, Reach
from app.core.owners import members
from app.core.prepared import given, prepared
from app.core.reference import Reference
from app.core.rows import Row
from app.core.scope import seen
from app.models.access.departments import Department
from app.models.access.users import User
from app.models.sales.chance_stages import ChanceStage
from app.models.sales.chances import Chance, ChanceSum
from app.models.sales.processes import Stage
from app.schemas.sales.chance_summary import SummaryQuery
from app.services.sales.chance_actions import OPEN

S = ChanceSum
MEASURES = (
    "count", "unpriced", "amount", "weighted", "won_value", "timed", "days", "open_count", "won_count", "lost_count",
)  # fmt: skip


async def summary(ctx: Ctx, query: SummaryQuery) -> dict[str, Any]:
    """Return the groups and their total."""
    if query.opened_from or query.opened_to or query.closed_from or query.closed_to:
        statement = _groups(query, _counted(ctx, query))
    else:
        key = ("chance summary", query.group_by, bool(query.status))
        statement = prepared(ctx, key, lambda asking: _groups(query, _kept(asking)))
    found = (await ctx.session.execute(statement, given(ctx, status=query.status))).all()
    names_of = await _names(ctx, query.group_by, [row.group_key for row in found])
    medians = await _medians(ctx, query) if query.median else {}
    rows = [_row(row._asdict(), row.group_key, names_of, medians) for row in found]
    whole = {name: sum((getattr(row, name) for row in found), 0) for name in MEASURES}
    return {
        "group_by": query.group_by,
        "as_of": ctx.now,
        "rows": sorted(rows, key=lambda row: (-row["won_value"], -row["count"], row["key"])),
        "total": _row(whole, None, {}, medians, total=True),
    }


def _groups(query: SummaryQuery, source: Any) -> Select[Any]:
    """Build the sums of a source by group; only the parameter `status` is left open."""
    names = {"status": source.c.status, "stage": source.c.stage_id, "assignee": source.c.owner_id}
    key = User.department_id if query.group_by == "department" else names[query.group_by]
    sums = [func.sum(source.c[name]).label(name) for name in ("count", "unpriced", "amount", "weighted", "won_value")]
    sums += [func.sum(source.c[name]).label(name) for name in ("timed", "days")]
    sums += [
        func.sum(case((where, source.c["count"]), else_=0)).label(name)
        for name, where in (
            ("open_count", source.c.status.in_(OPEN)),
            ("won_count", source.c.status == "succeeded"),
            ("lost_count", source.c.status == "failed"),
        )
    ]
    statement = select(key.label("group_key"), *sums).select_from(source).group_by(key)
    if query.group_by == "department":
        statement = statement.join(User, User.id == source.c.owner_id)
    if query.status:
        statement = statement.where(source.c.status.in_(bindparam("status", expanding=True)))
    if query.group_by == "assignee":
        statement = statement.where(source.c.status != "unassigned")
    return statement.execution_options(scoped="sums of visible owners")


def _row(
    sums: dict[str, Any], key: Any, names: dict[Any, str], medians: dict[Any, Decimal], *, total: bool = False
) -> dict[str, Any]:
    ended = sums["won_count"] + sums["lost_count"]
    timed, days = sums["timed"], sums["days"]
    return {
        **{name: sums[name] for name in MEASURES if name not in {"timed", "days"}},
        "key": "total" if total else str(key) if key is not None else "none",
        "id": key if isinstance(key, int) else None,
        "name": names.get(key),
        "win_rate": _round(Decimal(100) * sums["won_count"] / ended) if ended else None,
        "mean_days_to_close": _round(Decimal(days) / timed) if timed else None,
        "median_days_to_close": medians.get("total" if total else key),
    }


def _round(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def owners(ctx: Ctx, owner: Any) -> list[Any]:
    """Return the clause of the owners that chances:read reaches (own creations of others are left out of sums)."""
    reach = ctx.actor.rights["chances:read"]
    if reach is Reach.ALL:
        return []
    return [owner == ctx.actor.id] if reach is Reach.OWN else [owner == any_(members(ctx, reach))]


def _kept(ctx: Ctx) -> Subquery:
    return select(
        S.status, S.stage_id, S.owner_id, S.count.label("count"), S.unpriced, S.amount, S.weighted, S.won_value,
        S.timed, S.days,
    ).where(*owners(ctx, S.owner_id)).subquery("source")  # fmt: skip


def _filters(ctx: Ctx, query: SummaryQuery) -> list[ColumnElement[bool]]:
    """Return the clauses of scope, bin and dates, for what is counted instead of kept."""
    local = func.date(func.timezone(str(ctx.timezone), Chance.opened_at))
    dates = (
        (query.opened_from, local.__ge__),
        (query.opened_to, local.__le__),
        (query.closed_from, Chance.closed_on.__ge__),
        (query.closed_to, Chance.closed_on.__le__),
    )
    asked = [compare(day) for day, compare in dates if day]
    return [Chance.deleted_at.is_(None), *owners(ctx, Chance.owner_id), *asked]


def _counted(ctx: Ctx, query: SummaryQuery) -> Subquery:
    won = Chance.status == "succeeded"
    timed = and_(won, Chance.first_assigned_on.is_not(None))
    amount = func.coalesce(Chance.amount, 0)
    return select(
        Chance.status, Chance.stage_id, Chance.owner_id,
        literal(1).label("count"),
        case((Chance.amount.is_(None), 1), else_=0).label("unpriced"),
        amount.label("amount"),
        case((Chance.status.in_(OPEN), amount * Chance.rate / literal(Decimal(100))), else_=0).label("weighted"),
        case((won, func.coalesce(Chance.close_value, 0)), else_=0).label("won_value"),
        case((timed, 1), else_=0).label("timed"),
        case((timed, Chance.closed_on - Chance.first_assigned_on), else_=0).label("days"),
    ).where(*_filters(ctx, query)).subquery("source")  # fmt: skip


async def _names(ctx: Ctx, group_by: str, keys: list[Any]) -> dict[Any, str]:
    model: Any = {"stage": Stage, "assignee": User, "department": Department}.get(group_by)
    if model is None:
        return {}
    rows = await ctx.session.execute(select(model.id, model.name).where(model.id.in_([k for k in keys if k])))
    return {row.id: row.name for row in rows}


async def _medians(ctx: Ctx, query: SummaryQuery) -> dict[Any, Decimal]:
    """Count the medians by group and for the whole: a median cannot be kept as a sum."""
    days = Chance.closed_on - Chance.first_assigned_on
    median = func.percentile_cont(0.5).within_group(days.asc())
    keys: dict[str, Any] = {"status": Chance.status, "stage": Chance.stage_id, "assignee": Chance.owner_id}
    key = keys.get(query.group_by, User.department_id)
    base: Select[Any] = (
        select(median)
        .select_from(Chance)
        .where(
            Chance.status == "succeeded",
            Chance.first_assigned_on.is_not(None),
            *_filters(ctx, query),
        )
    )
    if query.group_by == "department":
        base = base.join(User, User.id == Chance.owner_id)
    base = base.execution_options(scoped="sums of visible owners")
    found = {row[1]: row[0] for row in await ctx.session.execute(base.add_columns(key).group_by(key))}
    found["total"] = await ctx.session.scalar(base)
    return {key: _round(Decimal(str(value))) for key, value in found.items() if value is not None}


async def stages(ctx: Ctx, chance_id: int) -> Sequence[Row]:
    """Return a chance's stays in its stages, in order."""
    await seen(ctx, Chance, chance_id)
    statement: Any = (
        select(
            ChanceStage.id, Reference("stage", Stage.id, Stage.name), ChanceStage.entered_at, ChanceStage.left_at,
            Reference("entered_by", User.id, User.name), ChanceStage.reason, ChanceStage.told,
        )
        .join(Stage, Stage.id == ChanceStage.stage_id)
        .outerjoin(User, User.id == ChanceStage.entered_by)
        .where(ChanceStage.chance_id == chance_id)
        .order_by(ChanceStage.entered_at, ChanceStage.id)
    )  # fmt: skip
    return (await ctx.session.execute(statement)).all()
