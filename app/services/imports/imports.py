"""Imports: rows from elsewhere under their external ids, a batch at a time, with a result for each row.

A row meets the rules of its noun, but for who and when. All of a batch is checked before the session
is touched, so that a refused row costs the others nothing; then one flush writes what is new or changed.
A row may name an earlier row of its own batch: the ids of new rows are drawn up front.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.core.ctx import Ctx, Reach
from app.core.errors import Forbidden
from app.core.ids import draw
from app.models.access.rbac import Permission as P
from app.schemas.imports.imports import ImportBody, ImportRow, NumberedRow
from app.services.base import dict as dictionary
from app.services.imports import conflicts as import_conflicts
from app.services.imports import keys as import_keys
from app.services.imports import runs as import_runs
from app.services.imports.keys import ACROSS, Key, Known, key_of
from app.services.imports.lines import Line, line_of, moment


@dataclass
class Batch:
    """The rows of one request with what they refer to."""

    ctx: Ctx
    model: Any
    lines: list[Line]
    references: Mapping[str, tuple[str, Any]]
    known: dict[tuple[Any, Key], Known]

    @property
    def sound(self) -> list[Line]:
        """Return the lines that nothing is wrong with so far."""
        return [line for line in self.lines if not line.errors]

    def read(self, line: Line) -> None:
        """Collect what a row says, with its references resolved to ids."""
        others = {*self.references, *ImportRow.model_fields, *NumberedRow.model_fields}
        line.facts |= line.given.model_dump(exclude=others, exclude_unset=line.row is not None)
        if line.row and line.external_id:
            line.facts["external_id"] = line.external_id
        for name, (attribute, model) in self.references.items():
            if line.has(name):
                found = self.find(line, name, model)
                if found or getattr(line.given, name) is None or line.errors:
                    line.facts[attribute] = found.id if found else None

    def attribute(self, name: str) -> str:
        """Return the attribute that a field of a row is of."""
        return self.references[name][0] if name in self.references else name

    def differs(self, line: Line, name: str) -> bool:
        """Tell whether a field says otherwise than its record; what names nothing here does not, parts are not looked at."""
        attribute, value = self.attribute(name), getattr(line.given, name)
        if attribute not in self.model.__mapper__.column_attrs:
            return False
        if name in self.references and value is not None:
            model = self.references[name][1]
            found = self.known.get((model, key_of(value, model)))
            return found is not None and found.id != getattr(line.row, attribute)
        present = getattr(line.row, attribute)
        return bool((moment(self.ctx, value) if isinstance(present, datetime) else value) != present)

    def find(self, line: Line, name: str, model: Any) -> Known | None:
        """Return the record that a field names; an unknown one refuses the row."""
        named = line.value(name)
        if named is None:
            return None
        key = key_of(named, model)
        found = self.known.get((model, key))
        if found is None:
            line.refuse(name, "not_found", f"There is no “{key[1]}” here (yet).")
        return found

    def introduce(self, line: Line, above: int | None = None) -> None:
        """Let later rows of the batch refer to this one."""
        if line.external_id and not line.errors:
            self.known[self.model, ("external_id", line.external_id)] = Known(line.id or 0, line.now("name", ""), above)


Importer = Callable[[Ctx, ImportBody[Any]], Awaitable[Batch]]
"""Takes a batch of a noun: checks all of it, then writes what is sound."""


async def run(
    ctx: Ctx, noun: str, importer: Importer, body: ImportBody[Any], *, dry_run: bool = False
) -> dict[str, Any]:
    """Return what became of each row, in the order sent, in the caller's language.

    A dry run does all that a run does and takes it back, with whatever the request has written besides (the claim of an
    Idempotency-Key too): its answer is a run's but for the ids of what is new, which is nowhere.
    """
    entered = await import_runs.enter(ctx, body)
    batch = await importer(ctx, body)
    await import_runs.note(ctx, entered, noun, batch.lines)
    found = [line.result(ctx.language) for line in batch.lines]
    if dry_run:
        await ctx.session.rollback()
        found = [one | {"id": None} if one["outcome"] == "created" else one for one in found]
    return {"run": None if dry_run else entered.run, "dry_run": dry_run, "results": found}


async def start(
    ctx: Ctx,
    model: Any,
    body: ImportBody[Any],
    references: Mapping[str, tuple[str, Any]],
    together: import_conflicts.Together = lambda _row, held: held,
) -> Batch:
    """Lock the records that the rows meet, look up what they refer to and draw ids for the new ones.

    `references`: field of external ids -> (attribute of the id, model referred to). `together`: what stays with what
    people changed.
    """
    lines = lines_of(ctx, body)
    await _meet(ctx, model, lines)
    fresh = [line for line in lines if line.row is None and not line.errors]
    for line, new_id in zip(fresh, await draw(ctx, model, len(fresh)), strict=True):
        line.id = new_id
    for line in lines:
        line.id = line.row.id if line.row else line.id
    batch = Batch(ctx, model, lines, references, await known(ctx, lines, references))
    if body.on_conflict == "keep":
        await import_conflicts.keep(batch, together)
    return batch


def lines_of(ctx: Ctx, body: ImportBody[Any]) -> list[Line]:
    """Return the rows of a batch on their way; raise `Forbidden` unless the right to import is held for all rows."""
    if ctx.actor.rights.get(P.imports_write) is not Reach.ALL:
        raise Forbidden("Imports need the right for all rows.", right=P.imports_write)
    tolerant = body.on_invalid_optional == "set_aside"
    return [line_of(ctx, place, row, tolerant=tolerant) for place, row in enumerate(body.rows)]


async def _meet(ctx: Ctx, model: Any, lines: list[Line]) -> None:
    """Give each line the record that it is of; refuse those whose record is not there, or was met by an earlier one."""
    named = {("external_id", line.external_id) for line in lines if line.external_id}
    present = await import_keys.present(ctx, model, named | {line.key for line in lines if line.key})
    met: set[Any] = set()
    for line in lines:
        line.row = present.get(line.key or ("external_id", line.external_id or ""))
        _check_key(line, present, met)
        met |= {line.external_id, line.row.id if line.row else None} - {None}
        line.external_id = line.external_id or getattr(line.row, "external_id", None)


def _check_key(line: Line, present: Mapping[Key, Any], met: set[Any]) -> None:
    name = line.key[0] if line.key else "external_id"
    if line.key and line.row is None and name != "external_id":
        message = f"There is no “{line.key[1]}” here (yet)."
        line.fail(name, "not_found", message)
    if line.external_id in met and not line.errors:
        line.refuse("external_id", "repeated", "An earlier row of this batch has this external id.")
    elif line.row and line.row.id in met and not line.errors:
        line.refuse(name, "repeated", "An earlier row of this batch is of this record.")
    if getattr(line.row, "deleted_at", None):
        line.refuse(name, "deleted", "This record lies in the recycle bin; restore it first.")
    other = present.get(("external_id", line.external_id or ""))
    if line.row and other and other is not line.row:
        line.refuse("external_id", "taken", "This external id is taken.")


async def overtaken(batch: Batch) -> bool:
    """Tell whether somebody else has imported new rows of the batch while this transaction waited for them."""
    fresh = {line.external_id for line in batch.sound if line.row is None and line.external_id}
    there = select(batch.model.id).where(batch.model.external_id.in_(fresh)).limit(1)
    return bool(fresh) and await batch.ctx.session.scalar(there, execution_options=ACROSS) is not None


async def known(ctx: Ctx, lines: list[Line], references: Mapping[str, tuple[str, Any]]) -> dict[tuple[Any, Key], Known]:
    """Look up every reference of the batch, those of parts too, in one statement."""
    wanted: dict[Any, set[Key]] = {}
    for line in lines:
        for holder in () if line.errors else (line.given, *line.parts()):
            for name, (_, model) in references.items():
                if value := getattr(holder, name, None):
                    wanted.setdefault(model, set()).add(key_of(value, model))
    return await import_keys.known(ctx, wanted)


async def check_items(batch: Batch, kinds: Mapping[str, str]) -> None:
    """Refuse values that the dictionary does not offer (field -> type); a present value may stay."""
    lines = batch.sound
    if not any(line.facts.get(name) is not None for line in lines for name in kinds):
        return
    known = await dictionary.usable(batch.ctx, set(kinds.values()))
    for line in lines:
        for name, kind in kinds.items():
            item = line.facts.get(name)
            if item is not None and (kind, item) not in known and item != getattr(line.row, name, None):
                line.refuse(name, "not_in_dictionary", dictionary.unknown(kind, item))


async def check_circles(batch: Batch, attribute: str, name: str) -> None:
    """Refuse rows that would hang an existing record below itself."""
    moved = [line for line in batch.sound if line.row and line.facts.get(attribute) and attribute in line.changes()]
    if not moved:
        return
    table = batch.model.__table__
    key, up = table.primary_key.columns[0], batch.model.__mapper__.columns[attribute]
    above = (
        select(key.label("id"), up.label("up"))
        .where(key.in_([line.facts[attribute] for line in moved]))
        .cte(recursive=True)
    )
    above = above.union(select(key, up).where(key == above.c.up))
    rows = await batch.ctx.session.execute(select(above.c.id, above.c.up))
    chain: dict[int | None, int | None] = {row.id: row.up for row in rows}
    chain |= {line.id: line.facts.get(attribute) for line in batch.sound if line.row is None}
    for line in moved:
        step, seen = line.facts[attribute], {line.id}
        while step and step not in seen:
            seen.add(step)
            step = chain.get(step)
        if step == line.id:
            line.refuse(name, "circle", "A record cannot be below itself.")
        else:
            chain[line.id] = line.facts[attribute]


def free(batch: Batch, name: str, taken: Mapping[Any, int], fold: Any = lambda value: value) -> None:
    """Refuse values of a unique field that another record (value -> id), or an earlier row, has."""
    owners = dict(taken)
    for line in batch.sound:
        value = line.facts.get(name)
        if value is None:
            continue
        if owners.setdefault(fold(value), line.id or 0) != line.id:
            line.refuse(name, "taken", f"Another record has “{value}” already.")


async def write(batch: Batch, **also: Any) -> None:
    """Store what is new or changed of the sound lines, in one flush; `also` are facts of every new row."""
    settle(batch)
    for line in batch.sound:
        if line.row is None:
            line.row = batch.model(id=line.id, external_id=line.external_id, **also, **line.facts)
            batch.ctx.session.add(line.row)
            line.outcome = "created"
            continue
        changes = line.changes()
        for name, value in changes.items():
            setattr(line.row, name, value)
        line.outcome = "updated" if changes else "unchanged"
    await batch.ctx.session.flush()


def settle(batch: Batch) -> None:
    """Refuse rows that refer to a new row of the batch that was refused meanwhile."""
    own = [(name, attribute) for name, (attribute, model) in batch.references.items() if model is batch.model]
    lost: set[int] = set()
    for line in batch.lines:
        for name, attribute in own:
            if not line.errors and line.facts.get(attribute) in lost:
                line.refuse(name, "refused", "The row that this one refers to was refused.")
        if line.errors and line.row is None and line.id:
            lost.add(line.id)
