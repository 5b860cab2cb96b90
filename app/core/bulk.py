"""The one way to change many audited rows at once: batches of a thousand, each with its rows in the log."""

from typing import Any

from sqlalchemy import ColumnElement, select, update

from app.core.arrays import one_of
from app.core.audit import log_all
from app.core.ctx import Ctx
from app.core.scope import unscoped

AT_ONCE = 1000


async def change(ctx: Ctx, model: Any, where: ColumnElement[bool], action: str, **values: Any) -> int:
    """Set columns of every row that meets `where` and return how many there were.

    A batch is one SELECT FOR UPDATE in the order of the ids, one UPDATE and one INSERT into the log, where
    each row stands as `action` with what was before. Versions move on, so that open edits are told.
    The values must make a row leave `where`, and must not be what sums are kept of.
    """
    names, done, last = list(values), 0, 0
    columns = [getattr(model, name) for name in names]
    while True:
        batch = select(model.id, *columns).where(where, model.id > last).order_by(model.id).limit(AT_ONCE)
        rows = (await ctx.session.execute(unscoped(batch.with_for_update(), "changed for everybody"))).all()
        if not rows:
            return done
        last, done = rows[-1].id, done + len(rows)
        changed = update(model).where(one_of(model.id, (row.id for row in rows)))
        moment = (ctx.teller or ctx).now
        stamps = {"version": model.version + 1, "updated_at": moment} if hasattr(model, "version") else {}
        await ctx.session.execute(changed.values(**values, **stamps).execution_options(synchronize_session=False))
        changes = {row.id: {name: [getattr(row, name), values[name]] for name in names} for row in rows}
        await log_all(ctx, action, model.__audit__, changes)
