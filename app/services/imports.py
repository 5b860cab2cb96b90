"""Imports: rows from elsewhere under their external ids, a batch at a time, with a result for each row.

A row meets the rules of its noun, but for who and when. All of a batch is checked before the session
is touched, so that a refused row costs the others nothing; then one flush writes what is new or changed.
A row may name an earlier row of its own batch: the ids of new rows are drawn up front.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Text, cast, literal, null, select, union_all

from app.core.ctx import Ctx, Reach
from app.core.errors import Forbidden
from app.core.ids import draw
from app.core.scope import SCOPED
from app.models.customers import Customer
from app.models.linkmen import Linkman
from app.models.rbac import Permission as P
from app.schemas.imports import ImportBody
from app.services import dict as dictionary
from app.services.import_lines import Known, Line, line_of

ACROSS = {SCOPED: "imports reach all rows (their right is held for all, checked at the door)"}


@dataclass
class Batch:
    """The rows of one request with what they refer to."""

    ctx: Ctx
    model: Any
    lines: list[Line]
    references: Mapping[str, tuple[str, Any]]
    known: dict[tuple[Any, str], Known]

    @property
    def sound(self) -> list[Line]:
        """Return the lines that nothing is wrong with so far."""
        return [line for line in self.lines if not line.errors]

    def read(self, line: Line) -> None:
        """Collect what a row says, with its references resolved to ids."""
        others = {*self.references, "external_id"}
        line.facts |= line.given.model_dump(exclude=others, exclude_unset=line.row is not None)
        for name, (attribute, model) in self.references.items():
            if line.has(name):
                found = self.find(line, name, model)
                if found or getattr(line.given, name) is None or line.errors:
                    line.facts[attribute] = found.id if found else None

    def find(self, line: Line, name: str, model: Any) -> Known | None:
        """Return the record that a field names; an unknown one refuses the row."""
        external_id = getattr(line.given, name)
        if external_id is None:
            return None
        found = self.known.get((model, external_id))
        if found is None:
            line.refuse(name, "not_found", f"Nothing with the external id “{external_id}” is here (yet).")
        return found

    def introduce(self, line: Line, above: int | None = None) -> None:
        """Let later rows of the batch refer to this one."""
        if line.external_id and not line.errors:
            self.known[self.model, line.external_id] = Known(line.id or 0, line.now("name", ""), above)


async def start(ctx: Ctx, model: Any, body: ImportBody[Any], references: Mapping[str, tuple[str, Any]]) -> Batch:
    """Lock the records that the rows meet, look up what they refer to and draw ids for the new ones.

    `references`: field of external ids -> (attribute of the id, model referred to).
    """
    if ctx.actor.rights.get(P.imports_write) is not Reach.ALL:
        raise Forbidden("Imports need the right for all rows.", right=P.imports_write)
    tolerant = body.on_invalid_optional == "set_aside"
    lines = [line_of(ctx, place, row, tolerant=tolerant) for place, row in enumerate(body.rows)]
    seen: set[str] = set()
    for line in lines:
        if line.external_id in seen and not line.errors:
            line.refuse("external_id", "repeated", "An earlier row of this batch has this external id.")
        seen.add(line.external_id or "")
    present = await _present(ctx, model, seen)
    for line in lines:
        line.row = present.get(line.external_id)
        if getattr(line.row, "deleted_at", None):
            line.refuse("external_id", "deleted", "This record lies in the recycle bin; restore it first.")
    fresh = [line for line in lines if line.row is None and not line.errors]
    for line, new_id in zip(fresh, await draw(ctx, model, len(fresh)), strict=True):
        line.id = new_id
    for line in lines:
        line.id = line.row.id if line.row else line.id
    return Batch(ctx, model, lines, references, await _known(ctx, lines, references))


async def _present(ctx: Ctx, model: Any, external_ids: set[str]) -> dict[str | None, Any]:
    """Return the records by external id, locked in the order of their ids, those in the recycle bin too."""
    statement = select(model).where(model.external_id.in_(external_ids)).order_by(model.id).with_for_update()
    return {row.external_id: row for row in await ctx.session.scalars(statement, execution_options=ACROSS)}


async def overtaken(batch: Batch) -> bool:
    """Tell whether somebody else has imported new rows of the batch while this transaction waited for them."""
    fresh = {line.external_id for line in batch.sound if line.row is None and line.external_id}
    there = select(batch.model.id).where(batch.model.external_id.in_(fresh)).limit(1)
    return bool(fresh) and await batch.ctx.session.scalar(there, execution_options=ACROSS) is not None


async def _known(
    ctx: Ctx, lines: list[Line], references: Mapping[str, tuple[str, Any]]
) -> dict[tuple[Any, str], Known]:
    """Look up every reference of the batch in one statement."""
    wanted: dict[Any, set[str]] = {}
    for line in lines:
        for name, (_, model) in references.items():
            if not line.errors and getattr(line.given, name):
                wanted.setdefault(model, set()).add(getattr(line.given, name))
    if not wanted:
        return {}
    models = list(wanted)
    parts = []
    for place, model in enumerate(models):
        above = Linkman.customer_id if model is Linkman else cast(null(), BigInteger)
        part = select(literal(place), model.external_id, model.id, cast(model.name, Text), above)
        alive = [model.deleted_at.is_(None)] if model in {Customer, Linkman} else []
        parts.append(part.where(model.external_id.in_(wanted[model]), *alive))
    found = await ctx.session.execute(union_all(*parts), execution_options=ACROSS)
    return {(models[place], external): Known(row_id, name, above) for place, external, row_id, name, above in found}


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
                line.refuse(name, "not_in_dictionary", f"“{item}” is not a value of {kind}.")


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


def results(batch: Batch) -> dict[str, Any]:
    """Return what became of each row, in the order sent, in the caller's language."""
    return {"results": [line.result(batch.ctx.language) for line in batch.lines]}
