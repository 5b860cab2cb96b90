"""What a run did with records, read from the log: which it made, what it changed of others, and what came after it.

A run's records are walked in one order, those that refer to others first: by table, then by id, the newest first.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from pydantic import TypeAdapter
from sqlalchemy import Select, Subquery, false, func, not_, or_, select, union_all

from app.core import feed
from app.core.arrays import one_of
from app.core.ctx import Ctx
from app.core.db import Base
from app.models.base.acts import Act
from app.models.base.audit import LogEntry
from app.models.imports.imports import Import, ImportedRow
from app.services.imports.keys import ACROSS

MADE = "create"
"""What the log calls the making of a record."""


class Place(NamedTuple):
    """Behind which record of a walk one is: a noun, and the id in it."""

    noun: str | None = None
    after: int | None = None


class Part(NamedTuple):
    """A part of a record (a line, a payment, a role) that the run added or removed, with what the log says of it."""

    model: Any
    facts: dict[str, Any]


class Later(NamedTuple):
    """A change of a record that the run did not make."""

    action: str
    changes: dict[str, Any]


@dataclass
class Trace:
    """What the run did with one record; `record` is the record now, locked, None where it is gone."""

    noun: str
    model: Any
    id: int
    created: bool = False
    row: int | None = None
    record: Any = None
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    added: list[Part] = field(default_factory=list)
    removed: list[Part] = field(default_factory=list)
    moments: set[datetime] = field(default_factory=set)
    since: list[Later] = field(default_factory=list)
    undone: list[Later] = field(default_factory=list)
    """What later runs did with the record that were taken back again, and their taking back."""
    last: int = 0
    rewritten: list[dict[str, Any]] = field(default_factory=list)
    """What the run changed of parts of the record, of which the log does not say which they were."""
    overwritten: bool = False
    """Whether it wrote over a part that was there before."""

    @property
    def key(self) -> tuple[str, int]:
        """Return what tells the record from all others."""
        return self.noun, self.id

    @property
    def gone(self) -> bool:
        """Tell whether the record is no more, or lies in the recycle bin."""
        return self.record is None or getattr(self.record, "deleted_at", None) is not None

    def note(self, action: str, changes: dict[str, Any]) -> None:
        """Take in a row of the log that the run wrote."""
        part = part_of(self.noun, action, changes)
        if part:
            side = action == part.__audit_verbs__[1]
            facts = {name: typed(part, name, both[not side]) for name, both in changes.items() if known(part, name)}
            (self.removed if side else self.added).append(Part(part, facts))
        elif action == MADE:
            self.created = True
            self.fields |= {name: (None, both[1]) for name, both in changes.items()}
        else:
            if of_a_part(self.noun, self.model, changes):
                self.rewritten.append(changes)
                return
            for name, (before, after) in changes.items():
                if known(self.model, name):
                    first = self.fields.get(name, (typed(self.model, name, before),))[0]
                    self.fields[name] = first, typed(self.model, name, after)

    def weigh(self) -> None:
        """Count what was taken back again as a change where something of it is left: a field, or a part."""
        first: dict[str, Any] = {}
        left: Counter[Any] = Counter()
        for one in self.undone:
            part = part_of(self.noun, one.action, one.changes)
            if part:
                key = one.changes.get("id", one.changes.get("role_id", [None, None]))
                left[part, key[0] or key[1]] += 1 if key[0] is None else -1
                continue
            if of_a_part(self.noun, self.model, one.changes):  # went with it, or shows in the record's own fields
                continue
            for name, (before, _) in one.changes.items():
                first.setdefault(name, before)
        known_ones = {name: typed(self.model, name, value) for name, value in first.items() if known(self.model, name)}
        moved = any(getattr(self.record, name, None) != value for name, value in known_ones.items())
        if moved or any(left.values()):
            self.since += self.undone


def known(model: Any, name: str) -> bool:
    """Tell whether a word of the log is a column of a class: reasons and goods are none."""
    return name in model.__mapper__.column_attrs


@cache
def parts(noun: str) -> dict[str, Any]:
    """Return verb -> the class of the parts that the log calls so when they are added to a record, or removed."""
    classes = [mapper.class_ for mapper in Base.registry.mappers]
    found = [one for one in classes if getattr(one, "__audit__", "") == noun and hasattr(one, "__audit_id__")]
    return {verb: one for one in found if one.__audit_id__ != "id" for verb in one.__audit_verbs__}


def part_of(noun: str, action: str, changes: dict[str, Any]) -> type[Any] | None:
    """Return the class of the part that a row of the log is of, None for one of the record itself."""
    model = parts(noun).get(action)
    own_key = model is not None and "id" in model.__mapper__.column_attrs
    return None if own_key and "id" not in changes else model


def of_a_part(noun: str, model: Any, changes: dict[str, Any]) -> bool:
    """Tell whether a change is of a part of a record: it speaks of what only a part has."""
    others = [name for name in changes if not known(model, name)]
    return any(known(one, name) for one in parts(noun).values() for name in others)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def typed(model: Any, name: str, value: Any) -> Any:  # of the type that the column named has
    """Return a value of the log as its column holds it."""
    kind = model.__mapper__.columns[name].type.python_type
    return _adapter(kind).validate_python(value) if value is not None and kind in {date, datetime, Decimal} else value


def ranks() -> dict[str, int]:
    """Return noun -> its place in the walk: what refers to others comes before them."""
    places = {table: place for place, table in enumerate(reversed(Base.metadata.sorted_tables))}
    return {noun: places[model.__table__] for noun, model in feed.records().items()}


async def nouns(ctx: Ctx, run: Import) -> list[str]:
    """Return the nouns of the records that a run touched, in the order of the walk."""
    logged = select(LogEntry.entity).where(LogEntry.act_id == run.act_id).distinct()
    noted = select(ImportedRow.noun).where(ImportedRow.import_id == run.id).distinct()
    order = ranks()
    found = {noun for (noun,) in await ctx.session.execute(union_all(logged, noted)) if noun in order}
    return sorted(found, key=order.__getitem__)


def _touched(run: Import, noun: str, after: int | None = None) -> Subquery:
    """Return the ids of the records that a run touched, each with whether it made them, several times where it did more."""
    logged = select(LogEntry.entity_id.label("id"), (LogEntry.action == MADE).label("made"))
    logged = logged.where(LogEntry.act_id == run.act_id, LogEntry.entity == noun, LogEntry.entity_id.is_not(None))
    noted = select(ImportedRow.record_id, ImportedRow.outcome == "created")
    noted = noted.where(
        ImportedRow.import_id == run.id, ImportedRow.noun == noun, ImportedRow.record_id.is_not(None)
    )  # fmt: skip
    if after is not None:
        logged, noted = logged.where(LogEntry.entity_id < after), noted.where(ImportedRow.record_id < after)
    return union_all(logged, noted).subquery()


async def count(ctx: Ctx, run: Import, among: Iterable[str]) -> int:
    """Return how many records a run touched."""
    found = 0
    for noun in among:
        touched = _touched(run, noun)
        found += await ctx.session.scalar(select(func.count(touched.c.id.distinct()))) or 0
    return found


async def following(
    ctx: Ctx, run: Import, among: list[str], place: Place, most: int, *, created: bool
) -> list[tuple[str, int]]:
    """Return the next records of the walk, at most so many: those that the run made, or those that it changed."""
    found: list[tuple[str, int]] = []
    order = ranks()
    for noun in among:
        if len(found) == most or (place.noun and order[noun] < order[place.noun]):
            continue
        touched = _touched(run, noun, place.after if noun == place.noun else None)
        statement = select(touched.c.id).group_by(touched.c.id)
        statement = statement.having(func.bool_or(touched.c.made).is_(created))
        ids = await ctx.session.scalars(statement.order_by(touched.c.id.desc()).limit(most - len(found)))
        found += [(noun, row_id) for row_id in ids]
    return found


async def read(ctx: Ctx, run: Import, since: datetime, keys: Iterable[tuple[str, int]]) -> list[Trace]:
    """Return what the run, begun then, did with records, and lock these: noun by noun, by id."""
    models, by_noun = feed.records(), dict[str, list[Trace]]()
    for noun, row_id in keys:
        by_noun.setdefault(noun, []).append(Trace(noun, models[noun], row_id))
    for noun, traces in by_noun.items():
        await _read(ctx, run, since, noun, {trace.id: trace for trace in traces})
    return [trace for traces in by_noun.values() for trace in traces]


async def _read(ctx: Ctx, run: Import, since: datetime, noun: str, traces: dict[int, Trace]) -> None:
    model = feed.records()[noun]
    rows = select(model).where(one_of(model.id, traces)).order_by(model.id).with_for_update()
    rows = rows.execution_options(populate_existing=True, **ACROSS)
    for record in await ctx.session.scalars(rows):
        traces[record.id].record = record
    columns = (LogEntry.id, LogEntry.entity_id, LogEntry.at, LogEntry.action, LogEntry.changes)
    theirs = select(*columns).where(LogEntry.entity == noun, one_of(LogEntry.entity_id, traces))
    theirs = theirs.where(LogEntry.at >= since).order_by(LogEntry.id)
    for row in await ctx.session.execute(theirs.where(LogEntry.act_id == run.act_id)):
        trace = traces[row.entity_id]
        trace.note(row.action, row.changes)
        trace.moments.add(row.at)
        trace.last = trace.last or row.id
    for row in await ctx.session.execute(_others(theirs, run)):
        trace = traces[row.entity_id]
        if row.id > trace.last and row.changes:
            (trace.undone if row.undone else trace.since).append(Later(row.action, row.changes))
    for trace in traces.values():
        trace.weigh()
    await _rows(ctx, run, noun, traces)


def _others(theirs: Select[Any], run: Import) -> Select[Any]:
    """Narrow rows of the log to those of neither the run nor its taking back, each with whether its act was taken back or does so."""
    undone = func.coalesce(or_(Act.kind == "take_back", Act.state == "undone"), false()).label("undone")
    own = or_(Act.id == run.act_id, Act.undoes_id == run.act_id)
    joined = theirs.add_columns(undone).outerjoin(Act, Act.id == LogEntry.act_id)
    return joined.where(not_(func.coalesce(own, false())))


async def _rows(ctx: Ctx, run: Import, noun: str, traces: dict[int, Trace]) -> None:
    """Tell in which row of its batch each record stood, and when that was imported."""
    columns = (ImportedRow.record_id, ImportedRow.row, ImportedRow.outcome, ImportedRow.at)
    theirs = select(*columns).where(ImportedRow.import_id == run.id, ImportedRow.noun == noun)
    for row in await ctx.session.execute(theirs.where(one_of(ImportedRow.record_id, traces))):
        trace = traces[row.record_id]
        trace.row, trace.created = row.row, trace.created or row.outcome == "created"
        trace.moments.add(row.at)
