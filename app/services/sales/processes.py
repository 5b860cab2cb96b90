"""Processes and stages: what chances move through, and the history of their moves."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select, update

from app.core import late
from app.core.ctx import Ctx
from app.core.errors import Invalid, NotFound
from app.core.told import Reason, apart
from app.models.sales.chance_stages import ChanceStage
from app.models.sales.chances import OPEN, Chance, ChanceSum
from app.models.sales.processes import Process, Stage


class First(NamedTuple):
    """The stage that new chances start in."""

    id: int
    rate: int
    process_id: int
    name: str


DEFAULT = "first stage"


async def first(ctx: Ctx, process_id: int | None = None) -> First:
    """Return the first stage of a process, else of the default one; that may be a few seconds old.

    Raises `Invalid` at /process_id for one that is unknown, disabled or retired.
    """
    if process_id is not None:
        usable = (Process.id == process_id, Process.enabled.is_(True), Process.retired_at.is_(None))
        found = (await ctx.session.execute(_first_of(*usable))).one_or_none()
        if found is None:
            raise Invalid("/process_id", "not_found", "There is no such process, or it is disabled.")
        return First(*found)

    async def load() -> First:
        return First(*(await ctx.session.execute(_first_of(Process.is_default.is_(True)))).one())

    return await ctx.remember(DEFAULT, load)


def _first_of(*which: ColumnElement[bool]) -> Select[int, int, int, str]:
    process = Process.id == Stage.process_id
    return (
        select(Stage.id, Stage.rate, Stage.process_id, Stage.name)
        .join(Process, process)
        .where(*which)
        .order_by(Stage.sort)
        .limit(1)
    )


def forget(ctx: Ctx) -> None:
    """Let the next chance look for the default process anew."""
    ctx.session.info["cache"].forget(DEFAULT)


def start(
    ctx: Ctx, chance_id: int, stage_id: int, reason: Reason | None = None, left_at: datetime | None = None
) -> None:
    """Write that a chance stands in a stage from now on; of the past, until when."""
    words, told = apart(reason)
    stay = {
        "cst_chc_id": chance_id,
        "cst_stage_id": stage_id,
        "cst_entered_at": ctx.now,
        "cst_left_at": left_at,
        "cst_by": ctx.actor.id or None,
        "cst_reason": words,
        "cst_told": told,
    }
    late.note(ctx.session.sync_session, ChanceStage.__tablename__, stay)


async def way(ctx: Ctx, of: int) -> Sequence[Stage]:
    """Return the stages of the process that a stage belongs to, in order."""
    process = select(Stage.process_id).where(Stage.id == of).scalar_subquery()
    return (await ctx.session.scalars(select(Stage).where(Stage.process_id == process).order_by(Stage.sort))).all()


def pick(stages: Sequence[Stage], stage_id: int) -> Stage:
    """Return the stage with an id; raise `Invalid` at /stage_id for one of another process."""
    found = next((stage for stage in stages if stage.id == stage_id), None)
    if found is None:
        raise Invalid("/stage_id", "not_found", "The chance's process has no such stage.")
    return found


async def enter(ctx: Ctx, chance: Chance, stage_id: int, reason: Reason | None = None) -> None:
    """Write that a chance leaves its stage for another."""
    await leave(ctx, chance)
    start(ctx, chance.id, stage_id, reason)


async def leave(ctx: Ctx, chance: Chance) -> None:
    """End the open stay of a chance (it moves on, or is closed); of the past it may be told after what came later."""
    statement = update(ChanceStage).where(ChanceStage.chance_id == chance.id, ChanceStage.left_at.is_(None))
    await ctx.session.execute(statement.values(left_at=func.greatest(ChanceStage.entered_at, ctx.now)))


async def processes(ctx: Ctx) -> list[dict[str, Any]]:
    """Return what new chances can start in and what open ones are in, with the stages in order."""
    return await _read(ctx, None)


async def get_detail(ctx: Ctx, process_id: int) -> dict[str, Any]:
    """Return one process; raise `NotFound`."""
    found = await _read(ctx, process_id)
    if not found:
        raise NotFound
    return found[0]


async def _read(ctx: Ctx, process_id: int | None) -> list[dict[str, Any]]:
    statement = (
        select(Stage.process_id, func.sum(ChanceSum.count))
        .join(ChanceSum, ChanceSum.stage_id == Stage.id)
        .where(ChanceSum.status.in_(OPEN))
        .group_by(Stage.process_id)
    )
    counts: dict[int, int] = {key: int(count) for key, count in (await ctx.session.execute(statement)).all()}
    if process_id is None:
        used = [key for key, count in counts.items() if count]
        which = or_(Process.retired_at.is_(None), Process.id.in_(used))
    else:
        which = Process.id == process_id
    order = (Process.is_default.desc(), Process.retired_at.desc().nulls_first(), Process.id)
    found = select(Process).where(which).order_by(*order).execution_options(populate_existing=True)
    rows = (await ctx.session.scalars(found)).all()
    inside = select(Stage).where(Stage.process_id.in_([row.id for row in rows])).order_by(Stage.sort, Stage.id)
    stages = (await ctx.session.scalars(inside)).all()
    return [
        {
            "id": row.id,
            "version": row.version,
            "name": row.name,
            "name_en": row.name_en,
            "is_default": row.is_default,
            "enabled": row.enabled,
            "revision": row.revision,
            "retired": row.retired_at is not None,
            "replaces_id": row.replaces_id,
            "open_chances": counts.get(row.id, 0),
            "stages": [stage for stage in stages if stage.process_id == row.id],
        }
        for row in rows
    ]
