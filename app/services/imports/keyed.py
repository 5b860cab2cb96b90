"""Batches of nouns without ids of other systems: a row is of the record with the same values in the fields of its key."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import select, tuple_

from app.core.ctx import Ctx
from app.schemas.imports.imports import ImportBody
from app.services.imports import conflicts as import_conflicts
from app.services.imports import imports
from app.services.imports.imports import Batch
from app.services.imports.keys import ACROSS
from app.services.imports.lines import Line


async def start(
    ctx: Ctx,
    model: Any,
    body: ImportBody[Any],
    references: Mapping[str, tuple[str, Any]],
    key: Sequence[str],
    hold: Callable[[Ctx, set[int]], Awaitable[None]] | None = None,
) -> Batch:
    """Look up what rows refer to and lock, in the order of their ids, the records that they meet.

    `references` as in `imports.start`; `key`: the fields of a row that name its record; `hold` locks what others lock before
    these records, and is told what rows refer to.
    """
    lines = imports.lines_of(ctx, body)
    batch = Batch(ctx, model, lines, references, await imports.known(ctx, lines, references))
    for line in batch.sound:
        batch.read(line)
    if hold:
        await hold(ctx, {known.id for known in batch.known.values()})
    await _meet(batch, [batch.attribute(name) for name in key], key[-1])
    if body.on_conflict == "keep":
        await import_conflicts.keep(batch, lambda _row, held: held)
    return batch


async def _meet(batch: Batch, attributes: Sequence[str], last: str) -> None:
    def of(line: Line) -> tuple[Any, ...]:
        return tuple(line.facts[name] for name in attributes)

    columns = [getattr(batch.model, name) for name in attributes]
    lines = batch.sound
    named = select(batch.model).where(tuple_(*columns).in_([of(line) for line in lines])).order_by(batch.model.id)
    rows = await batch.ctx.session.scalars(named.with_for_update(), execution_options=ACROSS) if lines else ()
    present = {tuple(getattr(row, name) for name in attributes): row for row in rows}
    met: set[tuple[Any, ...]] = set()
    for line in lines:
        line.row = present.get(of(line))
        line.id = line.row.id if line.row else None
        if of(line) in met:
            line.refuse(last, "repeated", "An earlier row of this batch is of this record.")
        met.add(of(line))
