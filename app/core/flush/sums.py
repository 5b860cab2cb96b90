"""What the rows that are written add to the kept sums."""

from app.core import sums
from app.core.db import KithSession


def note(session: KithSession, *_: object) -> None:
    """Note, of each record that its model counts, what it adds to the sums and what it no longer does."""
    new, deleted = session.new, session.deleted
    for row in (*new, *session.dirty, *deleted):
        kept: sums.KeptSum | None = getattr(row, "__sums__", None)
        if kept is None:
            continue
        changes = []
        if row not in new:
            changes.append((-1, kept.parts({name: sums.before(row, name) for name in kept.reads})))
        if row not in deleted:
            changes.append((1, kept.parts({name: getattr(row, name) for name in kept.reads})))
        for sign, parts in changes:
            sums.note(session, kept, sign, parts)
