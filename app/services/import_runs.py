"""Runs: the batches that a program sends under one uuid are one import and one act, whatever nouns they are of."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from app.core import acts, late
from app.core.ctx import Ctx
from app.core.errors import Invalid, NotFound
from app.core.reference import Reference
from app.models.acts import Act
from app.models.imports import Import
from app.models.users import User
from app.schemas.imports import ImportBody
from app.services.import_lines import Line

ROWS_KEPT = timedelta(days=31)
"""How long the outcome of each row is known; what a run did in all stays."""


async def enter(ctx: Ctx, body: ImportBody[Any]) -> Import:
    """Return the import that a batch is part of, a new one for a new run; all that is written from here on is its act's.

    Raises `Invalid` at /run for somebody else's run and at /source for another source than the run's.
    """
    found = await _found(ctx, body.run) if body.run else None
    if found is None:
        act = Act(kind="import", by=ctx.actor.id, at=ctx.now, count=0, state="done")
        ctx.session.add(act)
        await ctx.session.flush()
        run = Import(run=body.run or uuid4(), source=body.source, act_id=act.id, counts={})
        ctx.session.add(run)
        await ctx.session.flush()
    else:
        run, act = found
        _check(ctx, run, act, body)
    acts.begin(ctx.session.sync_session, act.id)
    return run


def _check(ctx: Ctx, run: Import, act: Act, body: ImportBody[Any]) -> None:
    if act.by != ctx.actor.id:
        raise Invalid("/run", "taken", "This run is somebody else's.")
    if body.source not in {None, run.source}:
        raise Invalid("/source", "other_source", "The rows of a run come from one source.")


async def _found(ctx: Ctx, run: UUID) -> tuple[Import, Act] | None:
    statement = select(Import, Act).join(Act, Act.id == Import.act_id).where(Import.run == run)
    row = (await ctx.session.execute(statement)).one_or_none()
    return (row[0], row[1]) if row else None


async def note(ctx: Ctx, run: Import, noun: str, lines: list[Line]) -> None:
    """Keep what became of the rows of a batch, and count them; the last write, because other batches of the run wait for it."""
    outcomes = [line.outcome for line in lines]
    rows = [
        {
            "imr_import_id": run.id, "imr_at": ctx.now, "imr_noun": noun, "imr_row": line.place,
            "imr_outcome": line.outcome, "imr_record_id": None if line.errors else line.id,
        }
        for line in lines if line.outcome != "unchanged"
    ]  # fmt: skip
    if rows:
        late.note(ctx.session.sync_session, "sys_import_row", *rows)
    statement = select(Import, Act).join(Act, Act.id == Import.act_id).where(Import.id == run.id)
    locked = statement.with_for_update().execution_options(populate_existing=True)
    _, act = (await ctx.session.execute(locked)).one()
    before = run.counts.get(noun, {})
    run.counts = run.counts | {
        noun: {outcome: before.get(outcome, 0) + outcomes.count(outcome) for outcome in sorted({*before, *outcomes})}
    }
    act.count += len([one for one in outcomes if one in {"created", "updated"}])
    await ctx.session.flush()


async def get(ctx: Ctx, run: UUID) -> dict[str, Any]:
    """Return what a run did; raise `NotFound` for one that is not known."""
    statement = (
        select(Import.run, Import.source, Act.at, Import.counts, Reference("by", User.id, User.name))
        .join(Act, Act.id == Import.act_id)
        .outerjoin(User, User.id == Act.by)
        .where(Import.run == run)
    )
    row = (await ctx.session.execute(statement)).one_or_none()
    if row is None:
        raise NotFound
    empty = dict.fromkeys(("created", "updated", "unchanged", "refused"), 0)
    nouns = [{"noun": noun} | empty | counts for noun, counts in sorted(row.counts.items())]
    return row._asdict() | {"nouns": nouns}
