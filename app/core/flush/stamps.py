"""Who made a row and when, and when it last changed."""

from app.core import past
from app.core.db import KithSession
from app.core.orm import Stamped, modified


def stamp(session: KithSession, *_: object) -> None:
    """Write the moment of the unit of work, never the clock of whoever flushes; what is told of the past was made then."""
    ctx = session.info.get("ctx")
    if ctx is None:
        return
    maker = past.of(session) or ctx
    for row in session.new:
        if isinstance(row, Stamped):
            row.created_at = row.created_at or maker.now
            row.updated_at = row.updated_at or ctx.now
            row.created_by = row.created_by or maker.actor.id or None
    for row in session.dirty:
        if isinstance(row, Stamped) and modified(row):
            row.updated_at = ctx.now
