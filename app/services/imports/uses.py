"""What refers to the records that a run made: parts go along with them, everything else keeps them. Read from the foreign keys.

A row is a part of the record that its first foreign key names, where both are of one noun: lines of an order, stays of a
chance, the ledger of a place. `tests/guards/test_take_back.py` lists what follows from that.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterator
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Table, and_, delete, exists, or_, select, update

from app.core import bulk, feed, readers
from app.core.arrays import one_of
from app.core.audit import Audited, mark
from app.core.closing import write_sums
from app.core.ctx import Ctx
from app.core.db import Base
from app.core.leaving import is_given_back
from app.core.touched import noun_of
from app.models.base.acts import Act
from app.models.base.audit import LogEntry
from app.models.base.notices import Notice
from app.models.imports.imports import Import
from app.services.base.purges import references
from app.services.imports.traces import MADE, Place, Trace, ranks

ACTION = "undo_import"
"""What the log calls it when a record goes, or says again what it said before a run."""
Going = dict[Table, set[int]]


class Walk(NamedTuple):
    """The run that is taken back, and the last record of the batch: what it made and comes later in the walk is still to go."""

    run: Import
    end: Place


@cache
def models() -> dict[Table, Any]:
    """Return table -> its class."""
    return {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}  # type: ignore[misc]


@cache
def whole(table: Table) -> Column[Any] | None:
    """Return the column by which rows of a table are parts of a record; None where they are records themselves."""
    first = next((column for column in table.columns if column.foreign_keys), None)
    if first is None or table not in models() or feed.is_record(models()[table]):
        return None
    (key,) = first.foreign_keys
    noun = noun_of(models()[table])
    return first if noun and noun == noun_of(models()[key.column.table]) else None


def _key(table: Table) -> Column[Any]:
    return next(iter(table.primary_key.columns))


async def parts(ctx: Ctx, going: Going) -> dict[Table, dict[int, int]]:
    """Return the parts of records by table: part -> the record that it goes with. Those with keys of two columns come by one."""
    found: dict[Table, dict[int, int]] = {}
    steps = [(table, {row_id: row_id for row_id in ids}, table) for table, ids in going.items()]
    while steps:
        table, owners, top = steps.pop()
        for other, column in references(table):
            part = whole(other)
            if part is not None and part is column and owners and other not in found:
                rows: Any = select(_key(other), part).where(one_of(part, owners))
                found[other] = {row[0]: owners[row[1]] for row in await ctx.session.execute(rows)}
                steps.append((other, found[other], top))
    return found


async def used(ctx: Ctx, walk: Walk, traces: Collection[Trace]) -> set[tuple[str, int]]:
    """Return which of the records that a run made stay because something refers to them that stays.

    Records that refer to each other do not hold each other: those that stay are left out until no more do.
    """
    left, kept = {trace.key: trace for trace in traces}, set[tuple[str, int]]()
    while left:
        going = _by_table(left.values())
        hung = await parts(ctx, going)
        moments = {trace.key: trace.moments for trace in left.values()}
        found = {key async for key in _held(ctx, walk, going, hung, moments)}
        if not found:
            break
        kept |= found
        left = {key: trace for key, trace in left.items() if key not in found}
    return kept


def _by_table(traces: Collection[Trace]) -> Going:
    going: Going = defaultdict(set)
    for trace in traces:
        going[trace.model.__table__].add(trace.id)
    return going


async def _held(
    ctx: Ctx, walk: Walk, going: Going, hung: dict[Table, dict[int, int]], moments: Any
) -> AsyncIterator[tuple[str, int]]:
    """Yield the records to which something refers that does not go."""
    tops = {part: _top(part) for part in hung}
    for table, owners in [*((one, {i: i for i in ids}) for one, ids in going.items()), *hung.items()]:
        noun = noun_of(models()[tops.get(table, table)]) or ""
        for other, column in references(table):
            if is_given_back(column) or not owners:
                continue
            async for row_id in _users(ctx, walk, column, owners, going, hung):
                yield noun, owners[row_id]
            if whole(other) is column:
                async for row_id in _later(ctx, walk, column, owners, moments, noun):
                    yield noun, owners[row_id]


def _top(table: Table) -> Table:
    column = whole(table)
    if column is None:
        return table
    (key,) = column.foreign_keys
    return _top(key.column.table)


async def _users(
    ctx: Ctx, walk: Walk, column: Any, owners: Collection[int], going: Going, hung: Any
) -> AsyncIterator[int]:
    """Yield what rows refer to that neither go nor are still to come."""
    other = column.table
    if whole(other) is column:
        return
    leaving = {*going.get(other, ()), *hung.get(other, ())}
    rows = select(column).where(one_of(column, owners)).distinct()
    if leaving:
        rows = rows.where(~one_of(_key(other), leaving))
    coming = _coming(walk, other)
    if coming is not None:
        rows = rows.where(~coming)
    for row_id in await ctx.session.scalars(rows):
        yield row_id


async def _later(ctx: Ctx, walk: Walk, column: Any, owners: Any, moments: Any, noun: str | None) -> AsyncIterator[int]:
    """Yield the owners of parts that the log does not tell of and the run did not write: by their act, else by their moment.

    What a later run wrote that was taken back is no use.
    """
    model = models()[column.table]
    known = model.__mapper__.column_attrs
    if issubclass(model, Audited) or not {"act_id", "at"} & {*known.keys()}:
        return
    own = "act_id" if "act_id" in known else "at"
    wrote = model.__mapper__.columns[own]
    rows = select(column, wrote).where(one_of(column, owners))
    if own == "act_id":
        undone = select(Act.id).where(or_(Act.kind == "take_back", Act.state == "undone"))
        rows = rows.where(or_(wrote.is_(None), wrote.not_in(undone)))
    for row_id, value in await ctx.session.execute(rows):
        if value not in ({walk.run.act_id} if own == "act_id" else moments[noun, owners[row_id]]):
            yield row_id


def _coming(walk: Walk, other: Table) -> ColumnElement[bool] | None:
    """Return the clause of the records that the run made and that come later in the walk; None where none can."""
    model = models().get(other)
    if model is None or not feed.is_record(model) or walk.end.noun is None:
        return None
    noun, order = model.__audit__, ranks()
    if order[noun] < order[walk.end.noun]:
        return None
    made = exists().where(
        LogEntry.act_id == walk.run.act_id, LogEntry.entity == noun, LogEntry.entity_id == _key(other),
        LogEntry.action == MADE,
    )  # fmt: skip
    return and_(made, _key(other) < walk.end.after) if noun == walk.end.noun else made


async def remove(ctx: Ctx, traces: Collection[Trace]) -> None:
    """Delete records for good, with their parts and what people were told of them; the log keeps what they said."""
    going = _by_table(traces)
    for table, ids in going.items():
        await ctx.session.run_sync(readers.gone, models()[table], sorted(ids))
    await _loosen(ctx, going)
    await drop_parts(ctx, going)
    await _untell(ctx, going)
    for table in reversed(Base.metadata.sorted_tables):
        for trace in (one for one in traces if one.model.__table__ is table):
            mark(trace.record, ACTION)
            await ctx.session.delete(trace.record)
        if table in going:
            # Before the next table goes: totals are told apart by what stands in it.
            await ctx.session.run_sync(write_sums)


async def drop_parts(ctx: Ctx, going: Going) -> None:
    """Delete the parts of records, or of parts, those of the parts first."""
    hung = await parts(ctx, going)
    for table in reversed(Base.metadata.sorted_tables):
        if hung.get(table):
            gone = delete(models()[table]).where(one_of(_key(table), hung[table]))
            await ctx.session.execute(gone.execution_options(synchronize_session=False))


def circular(table: Table) -> Iterator[tuple[Table, Any]]:
    """Return the references to a table that no order of tables unties: to itself, and those that were added later."""
    for other, column in references(table):
        (key,) = column.foreign_keys
        if other is table or key.use_alter:
            yield other, column


async def _loosen(ctx: Ctx, going: Going) -> None:
    """Empty what would hold records in a circle: in rows that go too just so, in those still to come as a change."""
    for table, ids in going.items():
        for other, column in circular(table):
            names, leaving = one_of(column, ids), one_of(_key(other), going.get(other, ()))
            model = models()[other]
            attribute = model.__mapper__.get_property_by_column(column).key
            empty = update(model).where(names, leaving).values({attribute: None})
            await ctx.session.execute(empty.execution_options(synchronize_session=False))
            await bulk.change(ctx, model, and_(names, ~leaving), ACTION, **{attribute: None})


async def _untell(ctx: Ctx, going: Going) -> None:
    """Take back what people were told of what goes, and all that those were told who go."""
    about = [
        and_(Notice.entity == noun_of(models()[table]), one_of(Notice.entity_id, ids)) for table, ids in going.items()
    ]
    people = going.get(Base.metadata.tables["sys_user"], set())
    gone = delete(Notice).where(or_(one_of(Notice.user_id, people), *about))
    await ctx.session.execute(gone.execution_options(synchronize_session=False))
    by = update(Notice).where(one_of(Notice.actor_id, people)).values(actor_id=None)
    await ctx.session.execute(by.execution_options(synchronize_session=False))
