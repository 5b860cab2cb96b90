"""Who changed what: a mixin and one flush listener, so that no service can forget it.

Old and new values go to `sys_log` in the transaction of the change: noted at each flush, written by `closing`.
Columns marked `info={"secret": True}` are never written there.
"""

from functools import cache
from typing import Any, ClassVar

from sqlalchemy import ClauseElement, event, inspect
from sqlalchemy.dialects.postgresql import Insert
from sqlalchemy.orm import InstanceState
from sqlalchemy.orm.unitofwork import UOWTransaction

from app.core import acts, feed, late, touched
from app.core.arrays import arrays, insert_arrays
from app.core.ctx import Ctx
from app.core.db import Base, KithSession

SKIPPED = {"created_at", "updated_at", "created_by", "version", "deleted_by"}


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


def log(ctx: Ctx, action: str, entity: str, entity_id: int | None, changes: dict[str, Any]) -> None:
    """Note one log row for something that is not the flush of a mapped object (log-in, purge, a COPY run)."""
    late.note(ctx.session.sync_session, "sys_log", _entry(ctx, action, entity, entity_id, changes))


async def log_all(ctx: Ctx, action: str, entity: str, changes: dict[int, dict[str, Any]]) -> None:
    """Write, at once, the log rows of one step on many records that were changed past the flush: id -> what changed."""
    rows = [_entry(ctx, action, entity, row_id, changed) for row_id, changed in changes.items()]
    feed.note_all(ctx.session.sync_session, entity, changes)
    if rows:
        await ctx.session.execute(writing(), arrays(rows))


@cache
def writing() -> Insert:
    """Return the statement that writes log rows, given as one array a column."""
    table = Base.metadata.tables["sys_log"]
    return insert_arrays([column for column in table.columns if column.name != "log_id"])


def _entry(ctx: Ctx, action: str, entity: str, entity_id: int | None, changes: dict[str, Any]) -> dict[str, Any]:
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


@cache
def _logged(model: Any) -> tuple[str, ...]:
    """Return the attributes of a class whose changes stand in the log."""
    columns = {prop.key: prop.columns[0] for prop in inspect(model).column_attrs}
    hidden = {name for name, column in columns.items() if column.info.get("secret") or column.computed is not None}
    return tuple(name for name in columns if name not in SKIPPED | hidden)


def _changes(state: InstanceState[Any], *, new: bool, gone: bool) -> dict[str, list[Any]]:
    """Return attribute -> [before, after] of the columns that this flush writes."""
    found: dict[str, list[Any]] = {}
    model: Any = state.class_
    named, drawn = model.__audit_id__, state.dict.pop("_audit_drawn", ())
    for name in _logged(model):
        if name == named:
            continue
        if new or gone:
            value = state.dict.get(name)
            if value is not None and name not in drawn:
                found[name] = [None, value] if new else [value, None]
            continue
        if name not in state.committed_state:
            continue
        history = state.attrs[name].history
        if history.has_changes():
            found[name] = [
                history.deleted[0] if history.deleted else None,
                history.added[0] if history.added else None,
            ]
    return found


def _action(changes: dict[str, list[Any]]) -> str:
    if "deleted_at" in changes:
        return "delete" if changes["deleted_at"][1] else "restore"
    return "update"


@event.listens_for(KithSession, "before_flush")
def _note_drawn(session: KithSession, _flush: UOWTransaction, _instances: object) -> None:
    """Remember which values of new rows the database draws: the row says them, the log does not."""
    for row in session.new:
        if isinstance(row, Audited):
            row.__dict__["_audit_drawn"] = {
                name for name, value in row.__dict__.items() if isinstance(value, ClauseElement)
            }


@event.listens_for(KithSession, "after_flush")
def _log(session: KithSession, _flush: UOWTransaction) -> None:
    ctx = session.info.get("ctx")
    if ctx is None:
        return
    # Read once: the session builds these sets anew at each access.
    fresh, removed = session.new, session.deleted
    for row in (*fresh, *session.dirty, *removed):
        if not isinstance(row, Audited):
            continue
        new, gone = row in fresh, row in removed
        changes = _changes(inspect(row), new=new, gone=gone)
        if not changes:
            continue
        action = row.__dict__.pop("_audit_action", None)
        for name, value in row.__dict__.pop("_audit_notes", {}).items():
            changes[name] = [None, value]
        fallback = row.__audit_verbs__[gone] if new or gone else _action(changes)
        entry = _entry(ctx, action or fallback, row.__audit__, getattr(row, row.__audit_id__), changes)
        late.note(session, "sys_log", entry)
