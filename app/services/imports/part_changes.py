"""Changes of parts that the log does not name: those that the run made itself are no part of a record that was there.

A round that a run began and that it says the customer's answer of goes as a whole; one that was there before stays, `by_hand`.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from app.core.ctx import Ctx
from app.services.imports.keys import ACROSS
from app.services.imports.traces import Trace, known, parts, typed


async def settle(ctx: Ctx, traces: Iterable[Trace]) -> None:
    """Tell of each record that was there whether the run wrote over a part that it did not make itself."""
    for trace in traces:
        if trace.created:
            continue
        written = [await _own(ctx, trace, changes) for changes in trace.rewritten]
        trace.overwritten = not all(written)


async def _own(ctx: Ctx, trace: Trace, changes: dict[str, Any]) -> bool:
    """Tell whether a part that the run added is the one that says what a change says, or has gone already."""
    for model in {*parts(trace.noun).values()}:
        ids = [part.facts["id"] for part in trace.added if part.model is model and "id" in part.facts]
        if ids and all(known(model, name) for name in changes):
            says = [getattr(model, name) == typed(model, name, both[1]) for name, both in changes.items()]
            added = select(model.id).where(model.id.in_(ids))
            there = set(await ctx.session.scalars(added, execution_options=ACROSS))
            if not there or set(await ctx.session.scalars(added.where(*says), execution_options=ACROSS)):
                return True
    return False
