"""Deleting for good what lies in the recycle bin: rows, what hangs on them, and what the log has of them.

What goes along follows from the foreign keys: each says whether its row goes with what it names or keeps it
(`core.leaving`), and every other one is emptied. `tests/guards/test_purges.py` asks for a decision about each new one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, and_, delete, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH

from app.core import bulk, erasure, nouns, readers
from app.core.arrays import one_of
from app.core.audit import Audited
from app.core.ctx import Ctx
from app.core.db import Base
from app.core.errors import Conflict, Invalid, NotFound
from app.core.leaving import Blocks, Goes, fate, stays_with, told
from app.core.reference import Reference
from app.core.rows import Row
from app.core.scope import check_version, unscoped
from app.models.access.users import User
from app.models.base.notices import Notice
from app.models.customers.linkmen import Linkman
from app.models.reports.periodic import PeriodicReport
from app.schemas.base.recycle_bin import Kind, PurgeBody

NAMED = '$[*].tables[*] ? (@.dimension == "customer").rows[*] ? (@.id == $id)'
"""Where the snapshot of an issued report names a customer."""
Going = Mapping[Table, list[int]]


def references(table: Table) -> Iterable[tuple[Table, Any]]:
    """Return the tables and columns that name rows of a table."""
    for other in Base.metadata.sorted_tables:
        for column in other.columns:
            if any(key.column.table is table for key in column.foreign_keys):
                yield other, column


async def preview(ctx: Ctx, noun: Kind, row_id: int) -> dict[str, Any]:
    """Tell what a purge would remove and what stands in its way; raise `NotFound` for what is not in the bin."""
    row = await _binned(ctx, noun, row_id)
    going = await _going(ctx, nouns.known()[noun].model.__table__, row_id)
    return {**row._asdict(), "goes": _counted(going), "blocks": await _blocks(ctx, noun, row_id, going)}


async def purge(ctx: Ctx, noun: Kind, row_id: int, version: int, body: PurgeBody) -> None:
    """Remove a record of the bin for good; the log keeps that it was there, and who did this when.

    Raises `Invalid` at /confirm unless its number (without one: its name) was typed, `Conflict` (409, `code` in_use,
    `blocks`) while an order, a payment, stock or an issued report names it.
    """
    row = await _binned(ctx, noun, row_id, lock=True)
    check_version(row, version)
    if body.confirm != (row.number or row.name):
        raise Invalid("/confirm", "mismatch", "Type the number of the record, or its name where it has none.")
    going = await _going(ctx, nouns.known()[noun].model.__table__, row_id)
    blocks = await _blocks(ctx, noun, row_id, going)
    if blocks:
        raise Conflict("Other records need this one to stay.", code="in_use", blocks=blocks)
    models = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    for table, ids in going.items():
        await ctx.session.run_sync(readers.gone, models[table], ids)
    await _detach(ctx, going)
    for table in reversed(Base.metadata.sorted_tables):
        if table in going:
            await ctx.session.execute(delete(table).where(one_of(_key(table), going[table])))
    gone = await _forget(ctx, going)
    counts = {one["noun"]: [None, one["count"]] for one in _counted(going)}
    await erasure.purge(ctx, gone, noun, row_id, counts)


async def _binned(ctx: Ctx, noun: Kind, row_id: int, *, lock: bool = False) -> Row:
    kind = nouns.known()[noun]
    model = kind.model
    statement = select(
        model.id, model.version, literal(noun).label("type"), kind.number.label("number"), kind.title.label("name"),
        model.deleted_at, Reference("deleted_by", User.id, User.name),
    )  # fmt: skip
    statement = statement.outerjoin(User, User.id == model.deleted_by)
    statement = statement.where(model.id == row_id, model.deleted_at.is_not(None))
    if lock:
        statement = statement.with_for_update(of=model)
    row = (await ctx.session.execute(unscoped(statement, "the right to purge has no scope"))).one_or_none()
    if row is None:
        raise NotFound
    return row


def _key(table: Table) -> Column[Any]:
    return next(iter(table.primary_key.columns))


async def _going(ctx: Ctx, table: Table, row_id: int) -> Going:
    """Return the ids of all that goes, by table; the record's own first."""
    found: dict[Table, list[int]] = {table: [row_id]}
    steps = [(table, [row_id])]
    while steps:
        named, ids = steps.pop()
        for other, column in references(named):
            if not isinstance(fate(column), Goes):
                continue
            more = select(_key(other)).where(one_of(column, ids), *_alone(column)).order_by(_key(other))
            new = sorted(set(await ctx.session.scalars(more)) - set(found.get(other, ())))
            if new:
                found.setdefault(other, []).extend(new)
                steps.append((other, new))
    return found


def _alone(column: Any) -> list[ColumnElement[bool]]:
    """Return the clause of the rows that this reference alone keeps."""
    other = stays_with(column)
    return [] if other is None else [other.is_(None)]


def _counted(going: Going) -> list[dict[str, Any]]:
    """Return how many of what go along, in the order in which the contract has the words."""
    found = {
        said.word: len(ids)
        for table, ids in list(going.items())[1:]
        for column in table.columns
        if isinstance(said := fate(column), Goes)
    }
    return [{"noun": word, "count": found[word]} for word in told(Goes) if found.get(word)]


async def _blocks(ctx: Ctx, noun: Kind, row_id: int, going: Going) -> list[dict[str, Any]]:
    """Return what keeps the record: how many orders, payments …, issued reports; or dependents outside of the bin."""
    found: dict[str, int] = defaultdict(int)
    for table, ids in going.items():
        for other, column in references(table):
            if isinstance(said := fate(column), Blocks):
                found[said.word] += await _number(ctx, other, one_of(column, ids))
        if noun == "customers" and "deleted_at" in table.columns:
            found["alive"] += await _number(ctx, table, one_of(_key(table), ids), table.c.deleted_at.is_(None))
    if noun == "customers":
        named = func.jsonb_path_exists(PeriodicReport.data, literal(NAMED, JSONPATH), literal({"id": row_id}, JSONB))
        found["reports"] += await _number(ctx, PeriodicReport.__table__, PeriodicReport.status == "issued", named)
    return [{"what": what, "count": count} for what, count in found.items() if count]


async def _number(ctx: Ctx, table: Any, *where: ColumnElement[bool]) -> int:
    return await ctx.session.scalar(select(func.count()).select_from(table).where(*where)) or 0


async def _detach(ctx: Ctx, going: Going) -> None:
    """Empty what else names rows that go: in rows that go too just so, in others as a change that the log tells."""
    await _other_posts(ctx, going.get(Linkman.__table__, []))  # type: ignore[call-overload]
    models = {mapper.local_table: mapper for mapper in Base.registry.mappers}
    for table, ids in going.items():
        for other, column in references(table):
            alone = _alone(column)
            if fate(column) and not alone:
                continue
            names, leave = one_of(column, ids), one_of(_key(other), going.get(other, []))
            leave = and_(leave, *(~clause for clause in alone))
            await ctx.session.execute(update(other).where(names, leave).values({column: None}))
            mapper = models[other]
            attribute = mapper.get_property_by_column(column).key
            await bulk.change(
                ctx, mapper.class_, and_(names, *(~clause for clause in alone)), "update", **{attribute: None}
            )


async def _other_posts(ctx: Ctx, linkmen: list[int]) -> None:
    """Let the posts of a person whose first post goes name the next one."""
    for first in linkmen:
        posts = select(Linkman.id).where(Linkman.origin_id == first, ~one_of(Linkman.id, linkmen)).order_by(Linkman.id)
        stay = list(await ctx.session.scalars(unscoped(posts, "of a person who goes")))
        if len(stay) > 1:
            await bulk.change(ctx, Linkman, one_of(Linkman.id, stay[1:]), "update", origin_id=stay[0])


async def _forget(ctx: Ctx, going: Going) -> list[tuple[str, int]]:
    """Take back what people were told of all that went; return its names in the log."""
    models = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    gone = {
        models[table].__audit__: ids
        for table, ids in going.items()
        if issubclass(models[table], Audited) and models[table].__audit_id__ == "id"
    }
    told = [(Notice.entity == entity) & one_of(Notice.entity_id, ids) for entity, ids in gone.items()]
    await ctx.session.execute(delete(Notice).where(or_(*told)), execution_options={"synchronize_session": False})
    return [(entity, row_id) for entity, ids in gone.items() for row_id in ids]
