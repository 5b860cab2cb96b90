"""Who sees records, read from the tables while they are there: what the feed has to tell once they do not any more."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.core import feed
from app.core.arrays import one_of
from app.core.db import KithSession
from app.core.leads import leads
from app.core.owners import Follows, Owned, declared

GONE = "gone"
"""What is about to go, whose readers are noted: a flush that deletes it has nobody left to ask."""
Reader = tuple[int, str, int]
"""The id of a row, why it is seen, and by whom."""


def gone(session: Session, model: Any, ids: Iterable[int]) -> None:
    """Note records that are about to be deleted for good."""
    if not feed.is_record(model):
        return
    going = list(ids)
    session.info.setdefault(GONE, set()).update((model, row_id) for row_id in going)
    for row_id in going:
        feed.note(session, model.__audit__, row_id)
    for reader in of(session, model, going):
        feed.note(session, model.__audit__, *reader)


def of(session: Session, model: Any, ids: list[int]) -> Iterator[Reader]:
    """Yield who sees rows; nobody in particular sees what has no owner."""
    scope = declared(model)
    if isinstance(scope, Owned):
        yield from _owned(session, model, scope, ids)
        yield from _granted(session, model, ids)
    elif scope:
        yield from _following(session, model, scope, ids)


def _owned(session: Session, model: Any, scope: Owned, ids: list[int]) -> Iterator[Reader]:
    columns = [getattr(model, name) for name in (scope.owner, *scope.also)]
    rows = session.connection().execute(select(model.id, *columns).where(one_of(model.id, ids)))
    for row_id, owner, *others in rows.all():
        people = [(feed.OWNER, owner), *((feed.NAMED, other) for other in others)]
        yield from ((row_id, kind, person) for kind, person in people if person is not None)


def _granted(session: Session, model: Any, ids: list[int]) -> Iterator[Reader]:
    for lead in (one for granting in leads().values() for one in granting if one.target is model):
        key, person = getattr(lead.entity, lead.key), getattr(lead.entity, lead.person)
        statement = lead.granted(person).with_only_columns(key, person).where(one_of(key, ids))
        for row_id, reader in session.connection().execute(statement).all():
            yield row_id, feed.NAMED, reader


def _following(session: Session, model: Any, scope: Follows, ids: list[int]) -> Iterator[Reader]:
    via, below = getattr(model, scope.via), defaultdict(list)
    named = session.connection().execute(select(via, model.id).where(one_of(model.id, ids), via.is_not(None))).all()
    for parent_id, row_id in named:
        below[parent_id].append(row_id)
    for parent_id, kind, person in of(session, scope.parent(), list(below)) if below else ():
        yield from ((row_id, kind, person) for row_id in below[parent_id])
    alone = sorted(set(ids) - {row_id for _, row_id in named})
    if scope.otherwise and alone:
        yield from _following(session, model, scope.otherwise, alone)


@event.listens_for(KithSession, "after_commit")
@event.listens_for(KithSession, "after_rollback")
def _ended(session: Session) -> None:
    session.info.pop(GONE, None)
