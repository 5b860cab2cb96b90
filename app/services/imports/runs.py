"""Runs: the batches that a program sends under one uuid are one import and one act, whatever nouns they are of."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import insert

from app.core import acts, late
from app.core.ctx import Ctx
from app.core.errors import Conflict, Invalid, NotFound
from app.core.listing import Listing, Sort
from app.core.paging import Paged
from app.core.reference import Reference
from app.models.access.users import User
from app.models.base.acts import Act
from app.models.imports.imports import Import
from app.schemas.imports.imports import ImportBody
from app.schemas.imports.runs import RunQuery
from app.services.imports.lines import Line

WINDOW = timedelta(days=30)
"""How long a run can be taken back."""
EMPTY = dict.fromkeys(("created", "updated", "unchanged", "refused", "removed", "restored", "kept"), 0)
"""What rows and records of a noun are counted as: by the run, and by taking it back."""


async def enter(ctx: Ctx, body: ImportBody[Any]) -> Import:
    """Return the import that a batch is part of, a new one for a new run; all that is written from here on is its act's.

    Two first batches of a run at once are one import: the second waits for the first, and goes on with what that began.

    Raises `Invalid` at /run for somebody else's run and at /source for another source than the run's, `Conflict` (409,
    `code` taken_back) for one that was taken back.
    """
    wanted = body.run or uuid4()
    found = await _found(ctx, wanted) if body.run else None
    if found is None:
        await _begin(ctx, wanted, body.source)
        found = await _found(ctx, wanted)
    if found is None:
        raise NotFound
    run, act = found
    _check(ctx, run, act, body)
    acts.begin(ctx.session.sync_session, act.id)
    return run


async def _begin(ctx: Ctx, run: UUID, source: str | None) -> None:
    """Write a new run and its act, unless another batch has done so meanwhile."""
    act = Act(kind="import", by=ctx.actor.id, at=ctx.now, count=0, state="done")
    ctx.session.add(act)
    await ctx.session.flush()
    begun = insert(Import).values(run=run, source=source, act_id=act.id, counts={}).on_conflict_do_nothing()
    if await ctx.session.scalar(begun.returning(Import.id)) is None:
        await ctx.session.delete(act)
        await ctx.session.flush()


def _check(ctx: Ctx, run: Import, act: Act, body: ImportBody[Any]) -> None:
    if act.by != ctx.actor.id:
        raise Invalid("/run", "taken", "This run is somebody else's.")
    if body.source not in {None, run.source}:
        raise Invalid("/source", "other_source", "The rows of a run come from one source.")
    if act.state != "done":
        raise Conflict("This run was taken back; send the rows under another one.", code="taken_back")


async def _found(ctx: Ctx, run: UUID) -> tuple[Import, Act] | None:
    """Return a run and its act, held against being taken back; other batches of it go on beside this one."""
    statement = select(Import, Act).join(Act, Act.id == Import.act_id).where(Import.run == run)
    held = statement.with_for_update(read=True, key_share=True, of=Act)
    row = (await ctx.session.execute(held)).one_or_none()
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
    locked = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    _, act = (await ctx.session.execute(locked)).one()
    before = run.counts.get(noun, {})
    run.counts = run.counts | {
        noun: {outcome: before.get(outcome, 0) + outcomes.count(outcome) for outcome in sorted({*before, *outcomes})}
    }
    act.count += len([one for one in outcomes if one in {"created", "updated"}])
    await ctx.session.flush()


READ: tuple[Any, ...] = (
    Import.id, Import.run, Import.source, Act.at, Act.state, Import.counts, Reference("by", User.id, User.name),
)  # fmt: skip
listing = Listing(
    model=Import,
    query=RunQuery,
    columns=READ,
    joins=lambda _ctx, statement: _joined(statement),
    sorts={"id": Sort(Import.id, int)},
    default="-id",
)


def _joined(statement: Select[Any]) -> Select[Any]:
    return statement.join(Act, Act.id == Import.act_id).outerjoin(User, User.id == Act.by)


async def page(ctx: Ctx, query: RunQuery) -> Paged:
    """List runs, newest first, with what each did."""
    found = await listing.page(ctx, query)
    return {**found, "items": [_told(one) for one in found["items"]]}


async def get(ctx: Ctx, run: UUID) -> dict[str, Any]:
    """Return what a run did; raise `NotFound` for one that is not known."""
    statement = _joined(select(*READ).select_from(Import)).where(Import.run == run)
    row = (await ctx.session.execute(statement)).one_or_none()
    if row is None:
        raise NotFound
    return _told(row._asdict())


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    nouns = [{"noun": noun} | EMPTY | counts for noun, counts in sorted(row["counts"].items())]
    return {**row, "nouns": nouns, "until": row["at"] + WINDOW}
