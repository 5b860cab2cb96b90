"""What repeats another record's owner takes it over from there, and follows to the next one."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import inspect, select, update

from app.core.arrays import one_of
from app.core.db import KithSession
from app.core.repeated import Repeated, everywhere


def begin(session: KithSession, *_: object) -> None:
    """Let rows that are new, or name another one now, repeat its owner; what a service said itself stays."""
    written = [*session.new, *session.dirty]
    for one in everywhere():
        rows = [row for row in _moved(written, one.model, one.via) if not _has_moved(row, one.attribute)]
        rows = [row for row in rows if not (one.unless and getattr(row, one.unless) is not None)]
        if rows:
            _take_over(session, one, rows)


def _take_over(session: KithSession, one: Repeated, rows: list[Any]) -> None:
    """Read whose they are. What is named is held against a new owner until the end, who would not find rows that are not there yet."""
    ids = {getattr(row, one.via) for row in rows} - {None}
    theirs = select(one.source.id, getattr(one.source, one.owner)).where(one_of(one.source.id, ids))
    held = theirs.order_by(one.source.id).with_for_update(read=True, key_share=True)
    owners: dict[int, int | None] = {row[0]: row[1] for row in session.connection().execute(held)}
    for row in rows:
        setattr(row, one.attribute, owners.get(getattr(row, one.via)))


def follow(session: KithSession, *_: object) -> None:
    """Tell a new owner to what repeats it: a statement a table, however many records moved."""
    changed = list(session.dirty)
    for one in everywhere():
        moved: dict[int | None, list[int]] = defaultdict(list)
        for row in _moved(changed, one.source, one.owner):
            moved[getattr(row, one.owner)].append(row.id)
        for owner, ids in moved.items():
            _tell(session, one, owner, sorted(ids))


def _tell(session: KithSession, one: Repeated, owner: int | None, ids: list[int]) -> None:
    column = getattr(one.model, one.attribute).property.columns[0]
    theirs = update(column.table).where(one_of(getattr(one.model, one.via), ids), *one.open())
    session.connection().execute(theirs.values({column: owner}))


def _moved(rows: Iterable[Any], model: Any, attribute: str) -> list[Any]:
    return [row for row in rows if isinstance(row, model) and _has_moved(row, attribute)]


def _has_moved(row: Any, attribute: str) -> bool:
    return bool(inspect(row).attrs[attribute].history.has_changes())
