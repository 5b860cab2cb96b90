"""What each flush tells the feed: the records that it changes, who loses sight of them, and which others they lead to."""

from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import InstanceState, Session

from app.core import feed, readers
from app.core.audit import Audited
from app.core.db import KithSession
from app.core.leads import Lead, leads
from app.core.orm import modified
from app.core.owners import Follows, Owned, declared


def note(session: KithSession, *_: object) -> None:
    """Note what the feed tells of all that is made, changed or removed."""
    fresh, removed = session.new, session.deleted
    changed = [row for row in session.dirty if modified(row)]
    for row in (*fresh, *changed, *removed):
        if isinstance(row, Audited):
            _tell(session, row, new=row in fresh, gone=row in removed)


def _tell(session: Session, row: Any, *, new: bool, gone: bool) -> None:
    model: Any = type(row)
    row_id = getattr(row, row.__audit_id__)
    if row.__audit__ not in feed.records() or row_id is None:
        return
    feed.note(session, row.__audit__, row_id)
    if feed.is_record(model):
        state = inspect(row)
        for lead in leads().get(model, ()):
            _lead(session, state, lead, new=new, gone=gone)
        if not new and (model, row_id) not in session.info.get(readers.GONE, ()):
            _lost(session, row, state, gone=gone)


def _lost(session: Session, row: Any, state: InstanceState[Any], *, gone: bool) -> None:
    """Note who saw a row before, where that may have ended."""
    scope, noun = declared(type(row)), row.__audit__
    hidden = gone or _moved(state, "deleted_at")
    if isinstance(scope, Owned):
        model: Any = type(row)
        names = feed.owners(model)
        before = next((was for name in names if (was := _before(state, name)) is not None), None)
        if hidden:
            for reader in readers.of(session, model, [row.id]):
                feed.note(session, noun, *reader)
        if any(_moved(state, name) for name in names):
            feed.note(session, noun, row.id, feed.OWNER, before)
    elif scope and (hidden or _moved(state, scope.via)):
        _left_parent(session, row, state, scope)


def _left_parent(session: Session, row: Any, state: InstanceState[Any], scope: Follows) -> None:
    parent_id = _before(state, scope.via)
    if parent_id is None and scope.otherwise:
        _left_parent(session, row, state, scope.otherwise)
    elif parent_id is not None:
        for _, kind, person in readers.of(session, scope.parent(), [parent_id]):
            feed.note(session, row.__audit__, row.id, kind, person)


def _lead(session: Session, state: InstanceState[Any], lead: Lead, *, new: bool, gone: bool) -> None:
    """Note the record that a row leads somebody to, or did before."""
    if not (new or gone or any(_moved(state, name) for name in lead.reads)):
        return
    noun = lead.target.__audit__
    before, reader = _before(state, lead.key), _before(state, lead.person)
    if not new and before is not None and reader is not None:
        feed.note(session, noun, before, feed.NAMED, reader)
    after, person = state.dict.get(lead.key), state.dict.get(lead.person)
    if not gone and after is not None and person is not None:
        feed.note(session, noun, after, feed.NAMED)


def _moved(state: InstanceState[Any], name: str) -> bool:
    return name in state.attrs and state.attrs[name].history.has_changes()


def _before(state: InstanceState[Any], name: str) -> Any:
    """Return a value as it was before the flush."""
    history = state.attrs[name].history
    found = history.deleted or (() if history.added else history.unchanged)
    return found[0] if found else None
