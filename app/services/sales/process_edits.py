"""Keeping sales processes: what chances went through stays as it was, an edit makes the next revision."""

from typing import Any

from sqlalchemy import exists, or_, select

from app.core.audit import mark
from app.core.ctx import Ctx
from app.core.errors import Conflict, Invalid, NotFound
from app.core.scope import check_version, unscoped
from app.models.sales.chance_stages import ChanceStage
from app.models.sales.chances import Chance
from app.models.sales.processes import Process, Stage
from app.schemas.sales.processes import ProcessPatch, ProcessWrite, StagesWrite, StageWrite
from app.services.sales import processes


async def create(ctx: Ctx, body: ProcessWrite) -> dict[str, Any]:
    """Add a process with its stages; a taken name is 409."""
    _check(body.stages, set())
    process = Process(name=body.name, name_en=body.name_en, is_default=False, enabled=True, revision=1)
    ctx.session.add(process)
    await ctx.session.flush()
    await _write(ctx, process, body.stages, {})
    return await processes.get_detail(ctx, process.id)


async def update(ctx: Ctx, process_id: int, version: int, body: ProcessPatch) -> dict[str, Any]:
    """Rename a process, make it the default, enable or disable it.

    Raises `Conflict` (409) for what would leave new chances without a process.
    """
    process = await _locked(ctx, process_id, version)
    facts = body.model_dump(exclude_unset=True)
    for name in ("name", "is_default", "enabled"):
        if name in facts and facts[name] is None:
            raise Invalid(f"/{name}", "required", "This cannot be empty.")
    default, enabled = facts.get("is_default", process.is_default), facts.get("enabled", process.enabled)
    if process.is_default and not default:
        raise Conflict("Make another process the default instead.", code="default")
    if default and not enabled:
        raise Conflict("The default process cannot be disabled.", code="default")
    if default and not process.is_default:
        await _step_down(ctx)
    for name, value in facts.items():
        setattr(process, name, value)
    await ctx.session.flush()
    processes.forget(ctx)
    return await processes.get_detail(ctx, process_id)


async def replace_stages(ctx: Ctx, process_id: int, version: int, body: StagesWrite) -> dict[str, Any]:
    """Give a process other stages.

    Where no chance was ever in it they are changed in place. Else a new revision takes its place, name and
    default; the answer is that one, and chances that are in the old one go on there.
    """
    process = await _locked(ctx, process_id, version)
    rows = (await ctx.session.scalars(select(Stage).where(Stage.process_id == process_id))).all()
    present = {stage.id: stage for stage in rows}
    _check(body.stages, set(present))
    if not await _entered(ctx, process_id):
        await _write(ctx, process, body.stages, present)
        mark(process, "replace_stages")
        process.revision += 1
        await ctx.session.flush()
        processes.forget(ctx)
        return await processes.get_detail(ctx, process_id)
    was_default = process.is_default
    mark(process, "retire")
    process.retired_at, process.is_default = ctx.now, False
    await ctx.session.flush()
    following = Process(
        name=process.name,
        name_en=process.name_en,
        is_default=was_default,
        enabled=process.enabled,
        revision=process.revision + 1,
        replaces_id=process.id,
    )
    ctx.session.add(following)
    await ctx.session.flush()
    await _write(ctx, following, body.stages, {})
    processes.forget(ctx)
    return await processes.get_detail(ctx, following.id)


def _check(stages: list[StageWrite], present: set[int]) -> None:
    """Raise `Invalid` for a stage of another process, and for conditions of the first: every chance starts there."""
    if stages[0].conditions:
        raise Invalid("/stages/0/conditions", "first", "Chances start in the first stage: it has no conditions.")
    for place, stage in enumerate(stages):
        if stage.id is not None and stage.id not in present:
            raise Invalid(f"/stages/{place}/id", "not_found", "This process has no such stage.")


async def _write(ctx: Ctx, process: Process, stages: list[StageWrite], present: dict[int, Stage]) -> None:
    """Store the stages in their order; `present` are those of the process that may stay."""
    kept = {stage.id for stage in stages}
    for stage in present.values():
        if stage.id not in kept:
            await ctx.session.delete(stage)
    for place, wanted in enumerate(stages):
        row = present.get(wanted.id or 0) or Stage(process_id=process.id)
        row.name, row.name_en, row.sort = wanted.name, wanted.name_en, place
        row.rate, row.expected_days, row.conditions = wanted.rate, wanted.expected_days, list(wanted.conditions)
        ctx.session.add(row)
    await ctx.session.flush()


async def _entered(ctx: Ctx, process_id: int) -> bool:
    """Tell whether a chance is, or ever was, in one of the stages, those in the recycle bin included."""
    stages = select(Stage.id).where(Stage.process_id == process_id)
    statement = select(
        or_(
            exists(select(Chance.id).where(Chance.stage_id.in_(stages))),
            exists(select(ChanceStage.id).where(ChanceStage.stage_id.in_(stages))),
        )
    )
    return bool(await ctx.session.scalar(unscoped(statement, "whether anything is there at all")))


async def _step_down(ctx: Ctx) -> None:
    """Let the present default step down, before the unique index sees two."""
    for row in await ctx.session.scalars(select(Process).where(Process.is_default.is_(True)).with_for_update()):
        row.is_default = False
    await ctx.session.flush()


async def _locked(ctx: Ctx, process_id: int, version: int) -> Process:
    statement = select(Process).where(Process.id == process_id).with_for_update()
    process = (await ctx.session.scalars(statement)).one_or_none()
    if process is None:
        raise NotFound
    check_version(process, version)
    if process.retired_at:
        raise Conflict("This revision is retired; change the one that replaced it.", code="retired")
    return process
