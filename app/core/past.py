"""Work that tells of the past (imports): the record says who and when of then, the log who tells it, and now.

Nobody is asked whether they may do what they did elsewhere (`steps`), and nobody is told of it (`notices`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.core.ctx import Actor, Ctx

PAST = "past"


@contextmanager
def past(ctx: Ctx, actor: Actor, at: datetime) -> Iterator[Ctx]:
    """Return the context of somebody at a moment of the past; the rows that are flushed in it were made by them, then."""
    info = ctx.session.info
    before = info.get(PAST)
    info[PAST] = then = replace(ctx, actor=actor, now=at, teller=ctx.teller or ctx)
    try:
        yield then
    finally:
        info[PAST] = before


def of(session: Session) -> Ctx | None:
    """Return the past that the session tells of now."""
    found: Ctx | None = session.info.get(PAST)
    return found
