"""Processes and stages: what chances move through, and the history of their moves."""

from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, select, update

from app.core.ctx import Ctx
from app.core.errors import Invalid
from app.models.chances import Chance, ChanceStage
from app.models.processes import Process, Stage

STAY = (
    insert(ChanceStage.metadata.tables["sal_chance_stage"])
    .values(
        cst_chc_id=bindparam("chance"), cst_stage_id=bindparam("stage"), cst_entered_at=bindparam("at"),
        cst_by=bindparam("by"),
    )
    .inline()
)  # fmt: skip
"""On the table, built once: as an ORM insert it costs as much again as the row itself."""


class First(NamedTuple):
    """The stage that new chances start in."""

    id: int
    rate: int
    process_id: int


async def first(ctx: Ctx) -> First:
    """Return the first stage of the default process; it may be a few seconds old."""

    async def load() -> First:
        statement = (
            select(Stage.id, Stage.rate, Stage.process_id)
            .join(Process, Process.id == Stage.process_id)
            .where(Process.is_default.is_(True))
            .order_by(Stage.sort)
            .limit(1)
        )
        return First(*(await ctx.session.execute(statement)).one())

    return await ctx.remember("first stage", load)


async def start(ctx: Ctx, chance_id: int, stage_id: int) -> None:
    """Write that a new chance stands in a stage."""
    stay = {"chance": chance_id, "stage": stage_id, "at": ctx.now, "by": ctx.actor.id or None}
    await ctx.session.execute(STAY, stay)


async def sibling(ctx: Ctx, stage_id: int, of: int) -> Stage:
    """Return a stage of the same process; raise `Invalid` at /stage_id for any other."""
    process = select(Stage.process_id).where(Stage.id == of).scalar_subquery()
    found = (
        await ctx.session.scalars(select(Stage).where(Stage.id == stage_id, Stage.process_id == process))
    ).one_or_none()
    if found is None:
        raise Invalid("/stage_id", "not_found", "The chance's process has no such stage.")
    return found


async def enter(ctx: Ctx, chance: Chance, stage: Stage) -> None:
    """Write that a chance leaves its stage for another."""
    await leave(ctx, chance)
    await start(ctx, chance.id, stage.id)


async def leave(ctx: Ctx, chance: Chance) -> None:
    """End the open stay of a chance (it moves on, or is closed)."""
    statement = update(ChanceStage).where(ChanceStage.chance_id == chance.id, ChanceStage.left_at.is_(None))
    await ctx.session.execute(statement.values(left_at=ctx.now))


async def processes(ctx: Ctx) -> list[Any]:
    """Return all processes with their stages in order."""
    found = (await ctx.session.scalars(select(Process).order_by(Process.is_default.desc(), Process.id))).all()
    stages = (await ctx.session.scalars(select(Stage).order_by(Stage.sort, Stage.id))).all()
    return [
        {
            "id": process.id,
            "version": process.version,
            "name": process.name,
            "name_en": process.name_en,
            "is_default": process.is_default,
            "stages": [stage for stage in stages if stage.process_id == process.id],
        }
        for process in found
    ]
