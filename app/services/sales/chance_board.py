"""The board: a column a stage with its count, its amount and its first cards."""

from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, cast, func, not_, or_, select

from app.core.ctx import Ctx
from app.core.owners import alive, mentions
from app.core.reference import Reference
from app.core.scope import visible
from app.models.sales.chances import OPEN, Chance
from app.models.sales.chances import ChanceSum as S
from app.models.sales.processes import Process, Stage
from app.schemas.sales.chances import ChanceQuery
from app.services.sales.chance_summary import owners
from app.services.sales.chances import listing, tab

CARDS = 50


async def board(ctx: Ctx, query: ChanceQuery) -> dict[str, Any]:
    """Return the board's columns under the list's filters, each with its first cards.

    The stages are those of the default process, and all of every other that has open chances in it.
    """
    more = [tab(ctx, query.tab)] if query.tab else []
    if more or query.q or listing.asked(query):
        totals = await _totals(ctx, _open(visible(ctx, Chance), *listing.where(ctx, query), *more))
    else:
        totals = await _totals(ctx, *_all_open(ctx))
    used = select(Stage.process_id).where(Stage.id.in_([row.stage_id for row in totals]))
    found: Any = (
        select(Stage, Reference("process", Process.id, Process.name))
        .join(Process, Process.id == Stage.process_id)
        .where(or_(Process.is_default.is_(True), Process.id.in_(used)))
        .order_by(Process.is_default.desc(), Process.id, Stage.sort)
    )
    stages = (await ctx.session.execute(found)).all()
    columns = [
        {**await _column(ctx, query, more, totals, stage), "process": process}
        for stage, process in [(None, None), *stages]
    ]
    return {"columns": columns}


def _open(*where: ColumnElement[bool]) -> Select[str, int, int, Decimal]:
    """Count the open chances of these clauses and add up their amounts, by state and stage."""
    sums = (func.count().label("n"), func.sum(func.coalesce(Chance.amount, 0)).label("amount"))
    counted = select(Chance.status, Chance.stage_id, *sums).where(*where, Chance.status.in_(OPEN))
    return counted.group_by(Chance.status, Chance.stage_id)


def _all_open(ctx: Ctx) -> list[Any]:
    """Read what `_open` counts without a filter: kept by owner, and counted where somebody has what names the caller."""
    sums = (func.sum(S.count).label("n"), cast(func.sum(S.amount), Chance.amount.type).label("amount"))
    mine = owners(ctx, S.owner_id)
    kept = select(S.status, S.stage_id, *sums).where(*mine, S.status.in_(OPEN)).group_by(S.status, S.stage_id)
    if not mine:
        return [kept]
    others = not_(and_(*owners(ctx, Chance.owner_id)))
    return [kept, _open(alive(Chance), or_(*mentions(ctx, Chance, Chance.__scope__)), others)]


async def _totals(ctx: Ctx, *statements: Any) -> list[Any]:
    found = [await ctx.session.execute(one.execution_options(scoped="visible")) for one in statements]
    return [row for rows in found for row in rows if row.n]


async def _column(ctx: Ctx, query: ChanceQuery, more: list[Any], totals: Any, stage: Stage | None) -> dict[str, Any]:
    if stage is None:
        mine = [row for row in totals if row.status == "unassigned"]
    else:
        mine = [row for row in totals if row.status == "assigned" and row.stage_id == stage.id]
    count = sum(row.n for row in mine)
    page: Any = {"items": [], "next_cursor": None}
    if count:
        # Asked for as the list is asked for more: the cursor of a column goes on there.
        place: dict[str, Any] = {"status": ["assigned"], "stage_id": stage.id} if stage else {"status": ["unassigned"]}
        column = query.model_copy(update={"limit": CARDS, **place})
        page = await listing.page(ctx, column, *more, counted=False)
    return {
        "key": f"stage-{stage.id}" if stage else "unassigned",
        "stage": stage,
        "rate": stage.rate if stage else None,
        "count": count,
        "amount": sum((row.amount for row in mine), Decimal(0)),
        "items": page["items"],
        "next_cursor": page["next_cursor"],
    }
