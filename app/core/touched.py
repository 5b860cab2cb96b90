"""Which nouns a transaction has changed: the answer to a write names them, so that whoever keeps answers knows what is stale.

Flushes, statements over a mapped class and rows of the log all tell: what a COPY or a helper writes past the mappers is
told by its row in the log.
"""

from functools import cache
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

from app.core.db import Base, KithSession


def noun_of(model: Any) -> str | None:
    """Return the noun that rows of a class belong to: what the log calls it, else what the class says itself."""
    named: str | None = getattr(model, "__audit__", None) or getattr(model, "__noun__", None)
    return named


@cache
def nouns_of_tables() -> dict[str, str]:
    """Return table -> noun, of all tables whose rows belong to one."""
    mappers = ((str(mapper.local_table), noun_of(mapper.class_)) for mapper in Base.registry.mappers)
    return {table: noun for table, noun in mappers if noun}


def note_table(session: Session, table: str) -> None:
    """Remember that this transaction writes rows of a table."""
    if noun := nouns_of_tables().get(table):
        note(session, noun)


def note(session: Session, *nouns: str) -> None:
    """Remember nouns that this transaction changes."""
    session.info.setdefault("touched", set()).update(nouns)


def of(session: Session) -> list[str]:
    """Return the nouns changed so far, by name."""
    return sorted(session.info.get("touched", ()))


def back_to(session: Session, before: set[str]) -> None:
    """Forget the nouns that only what was undone has changed."""
    session.info["touched"] = before


@event.listens_for(KithSession, "do_orm_execute")
def _executed(state: ORMExecuteState) -> None:
    if state.statement.is_dml:
        note_table(state.session, str(getattr(state.statement, "table", "")))


@event.listens_for(KithSession, "after_commit")
@event.listens_for(KithSession, "after_rollback")
def _ended(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop("touched", None)
