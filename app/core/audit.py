"""Who changed what: a mixin that each flush reads (`flush.log`), so that no service can forget it; and what is said besides.

Old and new values go to `sys_log` in the transaction of the change: noted at each flush, written by `closing`.
"""

from functools import cache
from typing import Any, ClassVar

from sqlalchemy.dialects.postgresql import Insert

from app.core import acts, feed, late, touched
from app.core.arrays import arrays, insert_arrays
from app.core.ctx import Ctx
from app.core.db import Base


class Audited:
    """Rows of this class leave a trace of each change under the name `__audit__`."""

    __audit__: ClassVar[str]
    __audit_id__: ClassVar[str] = "id"
    """The attribute that names the record; link rows name the record they belong to."""
    __audit_verbs__: ClassVar[tuple[str, str]] = ("create", "delete")
    """What making and removing such a row is called."""


def mark(row: object, action: str, **notes: Any) -> None:
    """Name the step that the next flush of the row is, with reasons that have no column."""
    row.__dict__["_audit_action"] = action
    row.__dict__.setdefault("_audit_notes", {}).update(notes)


def go_along(row: object) -> None:
    """Say of the step that a row takes with the next flush that it goes along with another's, which tells of both."""
    row.__dict__["_audit_along"] = True


def log(ctx: Ctx, action: str, entity: str, entity_id: int | None, changes: dict[str, Any]) -> None:
    """Note one log row for something that is not the flush of a mapped object (log-in, purge, a COPY run)."""
    late.note(ctx.session.sync_session, "sys_log", entry(ctx, action, entity, entity_id, changes))


async def log_all(ctx: Ctx, action: str, entity: str, changes: dict[int, dict[str, Any]]) -> None:
    """Write, at once, the log rows of one step on many records that were changed past the flush: id -> what changed."""
    rows = [entry(ctx, action, entity, row_id, changed) for row_id, changed in changes.items()]
    feed.note_all(ctx.session.sync_session, entity, changes)
    if rows:
        await ctx.session.execute(writing(), arrays(rows))


@cache
def writing() -> Insert:
    """Return the statement that writes log rows, given as one array a column."""
    table = Base.metadata.tables["sys_log"]
    return insert_arrays([column for column in table.columns if column.name != "log_id"])


def entry(ctx: Ctx, action: str, entity: str, entity_id: int | None, changes: dict[str, Any]) -> dict[str, Any]:
    """Return a row of the log, by its columns."""
    touched.note(ctx.session.sync_session, entity)
    ctx = ctx.teller or ctx
    return {
        "log_at": ctx.now,
        "log_actor_id": ctx.actor.id or None,
        "log_action": action,
        "log_entity": entity,
        "log_entity_id": entity_id,
        "log_changes": changes,
        "log_ip": ctx.ip or None,
        "log_request_id": ctx.request_id or None,
        "log_act_id": acts.of(ctx.session.sync_session),
    }
