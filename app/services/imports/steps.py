"""Importing what has a life cycle: a row is told as the noun's own create and steps, one after the other, each under who and when of then.

There is no second life cycle (decision 50). Each row has a savepoint: what its noun refuses is refused at the row's field,
costs the others nothing and leaves nothing behind.
"""

from collections.abc import Awaitable, Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.core import late
from app.core.arrays import one_of
from app.core.audit import mark
from app.core.constraints import broken
from app.core.ctx import Ctx, Reach
from app.core.errors import AppError, FieldError
from app.core.past import past
from app.models.access.rbac import Permission
from app.models.base.audit import LogEntry
from app.schemas.imports.spots import part_of
from app.services.imports.imports import Batch
from app.services.imports.keys import ACROSS
from app.services.imports.lines import Line, moment

Telling = Callable[[Line], Awaitable[Any]]
"""Tells a row as the steps that made its record what it is, and returns the record."""
Way = Callable[[Batch, Line, Telling], Awaitable[bool]]
"""How a row is told, and what is refused of it is taken back; returns whether anything of its record has changed."""
EVERYTHING = dict.fromkeys(map(str, Permission), Reach.ALL)
"""What those of then might do: the right to import is held for all rows, and the old system let them."""
FAULT = 500


class _Refused(Exception):
    """A row was refused while it was told."""


async def alone(batch: Batch, line: Line, tell: Telling) -> bool:
    """Tell a row in a savepoint."""
    session = batch.ctx.session
    async with session.begin_nested():
        before = late.noted(session.sync_session, LogEntry.__tablename__)
        await _tell(line, tell)
        with then(batch.ctx, None, batch.ctx.now):  # what no step has written yet is of the past, too
            await session.flush()
        return late.noted(session.sync_session, LogEntry.__tablename__) != before


def unwritten(says: Callable[[Line], bool]) -> Way:
    """Return the way of nouns whose steps are taken before the session knows a new record.

    What is refused of one leaves nothing behind, without a savepoint, and `write` writes all of them at once. Records that are there
    are told alone where a row `says` anything new of them.
    """

    async def way(batch: Batch, line: Line, tell: Telling) -> bool:
        if line.row is None:
            await _tell(line, tell)
            return True
        return says(line) and await alone(batch, line, tell)

    return way


async def write(ctx: Ctx, made: Iterable[Line]) -> None:
    """Write the new records that were told before the session knew them: the log names what made them, not their last step."""
    with then(ctx, None, ctx.now) as past:
        for line in made:
            mark(line.row, "create")
            past.session.add(line.row)
        await past.session.flush()


async def _tell(line: Line, tell: Telling) -> None:
    _tie(line)
    line.row = await tell(line)
    unless_refused(line)


async def each(batch: Batch, tell: Telling, way: Way = alone) -> None:
    """Tell the rows of a batch in the order sent, so that a row may name an earlier one."""
    for line in batch.sound:
        while not line.errors and line.outcome == "refused":
            await _try(batch, line, tell, way)


async def _try(batch: Batch, line: Line, tell: Telling, way: Way) -> None:
    """Tell a row; what is wrong stands in it afterwards, or was set aside so that it can be told again without."""
    session, met = batch.ctx.session, line.row
    line.facts, line.changed = {}, False
    line.about()
    try:
        batch.read(line)
        told = await way(batch, unless_refused(line), tell)
    except _Refused:
        line.row = met
    except (AppError, IntegrityError) as error:
        line.row = met
        _refuse(batch, line, error if isinstance(error, AppError) else broken(error))
        if met is not None and not line.errors:
            await session.refresh(met)
    else:
        line.id, line.outcome = (
            line.row.id,
            "created" if met is None else "updated" if told or line.changed else "unchanged",
        )
        batch.introduce(line)


def _tie(line: Line) -> None:
    """Give a record its id in the other system: no step, because it says nothing of the record, which may be closed."""
    if line.row is None and line.external_id:
        line.facts["external_id"] = line.external_id
    elif tied := line.facts.pop("external_id", None):
        line.row.external_id = tied


async def hold(batch: Batch, *models: Any) -> None:
    """Lock the records that rows refer to in the order of their ids: steps lock them one by one, in the order of the rows."""
    for model in models:
        ids = {known.id for (of, _), known in batch.known.items() if of is model}
        held = select(model.id).where(one_of(model.id, ids)).order_by(model.id).with_for_update(key_share=True)
        if ids:
            await batch.ctx.session.execute(held, execution_options=ACROSS)


def unless_refused(line: Line) -> Line:
    """Return a row that nothing is wrong with so far; end the telling of any other."""
    if line.errors:
        raise _Refused
    return line


def _refuse(batch: Batch, line: Line, error: AppError) -> None:
    """Say at the row's fields what its noun refused."""
    if error.status >= FAULT:
        raise error
    code = str(error.extra.get("code") or error.type().rsplit("/", 1)[-1].replace("-", "_"))
    general: FieldError = {"pointer": "", "code": code, "message": error.detail}
    for one in error.extra.get("errors") or [general]:
        name, aside = _field(batch, line, one["pointer"]), len(line.set_aside)
        if any(name == wrong.pointer for wrong in line.set_aside):
            line.fail(name, one["code"], one["message"])
            continue
        line.refuse(name, one["code"], one["message"])
        if len(line.set_aside) > aside:
            line.leave_out(name)


def _field(batch: Batch, line: Line, pointer: str) -> str:
    """Return what the row calls a field of a body: in the part that is told, else in the row itself, else the part."""
    name = pointer.strip("/")
    name = line.called.get(name, name)
    names = {attribute: field for field, (attribute, _) in batch.references.items()}
    name = names.get(name, name)
    if not name or not line.part:
        return name if name.split("/")[0] in type(line.given).model_fields else line.part
    inside = part_of(type(line.given), line.part.split("/")[0]).model_fields
    if name.split("/")[0] in inside:
        return f"{line.part}/{name}"
    return name if name.split("/")[0] in type(line.given).model_fields else line.part


def then(ctx: Ctx, person: int | None, at: datetime) -> AbstractContextManager[Ctx]:
    """Return the context of a person, the caller where none is named, at a moment of the past."""
    actor = replace(ctx.actor, id=person or ctx.actor.id, name="", roles=(), rights=EVERYTHING, limited=False)
    return past(ctx, actor, at)


def moments(ctx: Ctx, line: Line, *names: str) -> None:
    """Read moments of a row, a day as its midnight; none lies in the future, nor before the one that is named before it."""
    latest: datetime | None = None
    for name in names:
        value = line.facts.get(name)
        if value is None:
            continue
        line.facts[name] = value = moment(ctx, value)
        if value > ctx.now:
            line.refuse(name, "in_future", "This lies in the future.")
        elif latest and value < latest:
            line.refuse(name, "out_of_turn", "This is before what came before it.")
        latest = value


def fixed(batch: Batch, line: Line, *names: str) -> None:
    """Refuse another value of what stays as it was when the record was made; null says nothing here."""
    for name in names:
        attribute = batch.attribute(name)
        value = line.facts.pop(attribute, None) if line.row is not None else None
        if value is not None and value != getattr(line.row, attribute):
            line.refuse(name, "fixed", "This stays as it was when the record was made.")


def said(line: Line, *needed: str) -> dict[str, Any]:
    """Return what a row says; null says nothing of what a record cannot be without."""
    line.facts = {name: value for name, value in line.facts.items() if value is not None or name not in needed}
    return dict(line.facts)
