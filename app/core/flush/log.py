"""Old and new values of what is written, for the log; columns marked `info={"secret": True}` are never among them."""

from functools import cache
from typing import Any

from sqlalchemy import ClauseElement, inspect
from sqlalchemy.orm import InstanceState

from app.core import happened, late, past
from app.core.audit import Audited, entry
from app.core.db import KithSession
from app.core.happened import Happened

SKIPPED = {"created_at", "updated_at", "created_by", "version", "deleted_by"}


def note_drawn(session: KithSession, *_: object) -> None:
    """Remember which values of new rows the database draws: the row says them, the log does not."""
    for row in session.new:
        if isinstance(row, Audited):
            row.__dict__["_audit_drawn"] = {
                name for name, value in row.__dict__.items() if isinstance(value, ClauseElement)
            }


def note(session: KithSession, *_: object) -> None:
    """Note a row of the log for each record that was made, changed or removed, where somebody does it."""
    ctx = session.info.get("ctx")
    if ctx is None:
        return
    # Read once: the session builds these sets anew at each access.
    fresh, removed = session.new, session.deleted
    taken: dict[tuple[str, str], list[Happened]] = {}
    for row in (*fresh, *session.dirty, *removed):
        if not isinstance(row, Audited):
            continue
        new, gone = row in fresh, row in removed
        changes = _changes(inspect(row), new=new, gone=gone)
        if not changes:
            continue
        action, along = row.__dict__.pop("_audit_action", None), row.__dict__.pop("_audit_along", False)
        for name, value in row.__dict__.pop("_audit_notes", {}).items():
            changes[name] = [None, value]
        step = action or (row.__audit_verbs__[gone] if new or gone else _action(changes))
        late.note(session, "sys_log", entry(ctx, step, row.__audit__, getattr(row, row.__audit_id__), changes))
        if happened.awaited(row.__audit__, step):
            taken.setdefault((row.__audit__, step), []).append(Happened(row, changes, along))
    for (noun, step), records in taken.items():
        happened.tell(past.of(session) or ctx, noun, step, records)  # of the past, nobody is told


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
