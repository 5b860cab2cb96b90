"""Records that a run changed say again what they said before, field by field where they still say what the run said.

Fields that nobody else may have too (`unique`) come last, when what the run made and has them now is gone.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Index, UniqueConstraint, and_, func, select
from sqlalchemy.orm.attributes import flag_modified

from app.core.arrays import one_of
from app.core.audit import mark
from app.core.ctx import Ctx
from app.core.derived import derived
from app.core.owners import alive
from app.core.search import NFKC
from app.models.customers.linkmen import Linkman
from app.services.imports.aftermath import guarded
from app.services.imports.keys import ACROSS
from app.services.imports.traces import Part, Trace, known, part_of
from app.services.imports.uses import ACTION, drop_parts

Kept = dict[str, str]
"""Field -> why it stays."""
RECOUNTED = {"orders": {"total", "paid"}, "customers": {"status"}}
"""What follows from others: sums from a record's parts, a customer's state from its churn."""
PRIMARY = "is_primary"
"""A customer has one primary contact, which no constraint of a single column says."""


@cache
def unique(model: Any) -> frozenset[str]:
    """Return the attributes whose values no other record may have, by themselves or with others."""
    table, columns = model.__table__, set[Any]()
    for rule in (*table.indexes, *table.constraints):
        if rule.unique if isinstance(rule, Index) else isinstance(rule, UniqueConstraint):
            columns |= {column for column in rule.columns if column.table is table and not column.foreign_keys}
    columns |= {column for column in table.columns if column.unique and not column.foreign_keys}
    found = {model.__mapper__.get_property_by_column(column).key for column in columns}
    found |= {one.source for name, one in derived(model).items() if name in found} | folded(model)
    return frozenset(found | ({PRIMARY} if model is Linkman else set()))


@cache
def folded(model: Any) -> frozenset[str]:
    """Return the attributes whose values are kept apart by an index of an expression: whatever their case and width."""
    kept = [one for index in model.__table__.indexes if index.unique for one in index.expressions]
    words = {word for one in kept if not isinstance(one, Column) for word in re.findall(r"\w+", str(one))}
    return frozenset(prop.key for prop in model.__mapper__.column_attrs if prop.columns[0].name in words)


def pending(trace: Trace, *, last: bool) -> dict[str, tuple[Any, Any]]:
    """Return the fields of this turn that do not say yet what they said before."""
    skipped, own = RECOUNTED.get(trace.noun, set()), unique(trace.model)
    return {
        name: (before, after)
        for name, (before, after) in trace.fields.items()
        if name not in skipped and (name in own) is last and getattr(trace.record, name) != before
    }


async def fields(ctx: Ctx, traces: Collection[Trace], *, last: bool) -> dict[tuple[str, int], Kept]:
    """Give fields back; return, of each record, which stay and why."""
    wanted = {trace.key: pending(trace, last=last) for trace in traces}
    kept = await _staying(ctx, traces, wanted)
    for trace in traces:
        for name, (before, _) in wanted[trace.key].items():
            if name in kept[trace.key]:
                continue
            if last and await _taken(ctx, trace, name, before):
                kept[trace.key][name] = "taken"
                continue
            mark(trace.record, ACTION)
            setattr(trace.record, name, before)
        if last:
            await ctx.session.flush()
    await ctx.session.flush()
    return {key: found for key, found in kept.items() if found}


async def _staying(ctx: Ctx, traces: Collection[Trace], wanted: Any) -> dict[tuple[str, int], Kept]:
    """Return the fields that stay and why; what a step of a life cycle wrote stays together."""
    kept: dict[tuple[str, int], Kept] = defaultdict(dict)
    for trace in traces:
        for name, (_, after) in wanted[trace.key].items():
            if getattr(trace.record, name) != after:
                kept[trace.key][name] = "changed"
        kept[trace.key] |= dict.fromkeys(guarded(ctx, trace) & wanted[trace.key].keys(), "forbidden")
    for (key, name), why in [*await _lost(ctx, traces, wanted), *await _circles(ctx, traces, wanted)]:
        kept[key].setdefault(name, why)
    for trace in traces:
        if kept[trace.key] and "status" in wanted[trace.key]:
            kept[trace.key] = dict.fromkeys(wanted[trace.key], next(iter(kept[trace.key].values()))) | kept[trace.key]
    return kept


Spots = list[tuple[tuple[tuple[str, int], str], str]]
"""((record, field), why it stays)."""


def _named(traces: Iterable[Trace], wanted: Any) -> Iterable[tuple[Trace, str, Any, Any]]:
    """Yield the fields that are to name a record again: trace, field, the table's key, the id."""
    for trace in traces:
        for name, (before, _) in wanted[trace.key].items():
            for key in trace.model.__mapper__.columns[name].foreign_keys:
                if before is not None:
                    yield trace, name, key.column, before


async def _lost(ctx: Ctx, traces: Collection[Trace], wanted: Any) -> Spots:
    """Return the fields that would name a record that is no more."""
    asked: dict[Any, set[int]] = defaultdict(set)
    for _, _, column, row_id in _named(traces, wanted):
        asked[column].add(row_id)
    there = {
        column: set(await ctx.session.scalars(select(column).where(one_of(column, ids))))
        for column, ids in asked.items()
    }
    return [
        ((trace.key, name), "lost")
        for trace, name, column, row_id in _named(traces, wanted)
        if row_id not in there[column]
    ]


async def _circles(ctx: Ctx, traces: Collection[Trace], wanted: Any) -> Spots:
    """Return the fields that would hang a record below itself, because of what was hung below it since."""
    found: Spots = []
    own = [one for one in _named(traces, wanted) if one[2].table is one[0].model.__table__]
    for name in {one[1] for one in own}:
        of_one = [one for one in own if one[1] == name]
        for table in {one[2].table for one in of_one}:
            asked = [one for one in of_one if one[2].table is table]
            up = await _above(ctx, asked[0][0].model, name, {one[3] for one in asked})
            for trace, _, _, row_id in asked:
                step, seen = row_id, set[int]()
                while step and step != trace.id and step not in seen:
                    seen.add(step)
                    step = up.get(step)
                if step == trace.id:
                    found.append(((trace.key, name), "built_upon"))
                else:
                    up[trace.id] = row_id
    return found


async def _above(ctx: Ctx, model: Any, name: str, ids: set[int]) -> dict[int, int | None]:
    """Return the records above these: id -> the next one up."""
    key, up = model.__table__.primary_key.columns[0], model.__mapper__.columns[name]
    above = select(key.label("id"), up.label("up")).where(one_of(key, ids)).cte(recursive=True)
    above = above.union(select(key, up).where(key == above.c.up))
    return {row.id: row.up for row in await ctx.session.execute(select(above.c.id, above.c.up))}


def _fold(value: Any) -> ColumnElement[str]:
    return func.lower(func.normalize(value, NFKC))


async def _taken(ctx: Ctx, trace: Trace, name: str, value: Any) -> bool:
    """Tell whether another record has a value by now that no two may have."""
    model = trace.model
    if value is None or value is False:
        return False
    clause = [getattr(model, name) == value, alive(model)]
    if name in folded(model):
        clause = [_fold(getattr(model, name)) == _fold(value), alive(model)]
    if name == PRIMARY:
        clause.append(model.customer_id == trace.record.customer_id)
    for column, one in derived(model).items():
        if one.source == name and column in unique(model):
            clause = [getattr(model, column) == one.of(value)]
    other = select(model.id).where(model.id != trace.id, *clause).limit(1)
    return await ctx.session.scalar(other, execution_options=ACROSS) is not None


async def parts(ctx: Ctx, trace: Trace) -> Kept:
    """Take added parts out of a record again, and put back what they stood in place of; return what stays.

    Where the run replaced parts, they go back together or not at all.
    """
    kept: Kept = {}
    for model in {part.model for part in (*trace.added, *trace.removed)}:
        added = [part for part in trace.added if part.model is model]
        removed = [part for part in trace.removed if part.model is model]
        there = [row for row in [await _present(ctx, part, trace) for part in added] if row is not None]
        touched = any(part_of(trace.noun, one.action, one.changes) is model for one in trace.since)
        if (removed and (touched or len(there) < len(added))) or (added and len(there) < len(added)):
            kept[model.__tablename__] = "changed"
        if removed and model.__tablename__ in kept:
            continue
        if there and "id" in model.__mapper__.column_attrs:
            await drop_parts(ctx, {model.__table__: {row.id for row in there}})
        for row in there:
            await ctx.session.delete(row)
        await ctx.session.flush()
        ctx.session.add_all(_again(part, trace) for part in removed)
    if trace.added or trace.removed:
        flag_modified(trace.record, "updated_at")
        await ctx.session.flush()
    return kept


async def _present(ctx: Ctx, part: Part, trace: Trace) -> Any:  # a row of whatever class the part is of
    """Return a part that the run added, where it still says what the run said."""
    columns = part.model.__mapper__.column_attrs
    own = {name: value for name, value in part.facts.items() if name in columns}
    where = [getattr(part.model, name) == value for name, value in own.items() if value is not None]
    where.append(getattr(part.model, part.model.__audit_id__) == trace.id)
    found = select(part.model).where(and_(*where)).limit(1)
    return (await ctx.session.scalars(found, execution_options=ACROSS)).one_or_none()


def _again(part: Part, trace: Trace) -> Any:  # the same
    facts = {name: value for name, value in part.facts.items() if known(part.model, name)}
    return part.model(**{part.model.__audit_id__: trace.id} | facts)
