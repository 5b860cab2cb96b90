"""What a transaction writes last: its rows in the log and what it adds to the kept sums, in one statement.

Sums are written as late as possible, because others wait for their rows; the log goes with them, because each
statement costs a request more than the rows in it.
"""

from functools import cache
from typing import Any

from sqlalchemy import Insert, Table, event
from sqlalchemy.orm import ORMExecuteState

from app.core import audit, sums
from app.core.arrays import arrays
from app.core.db import KithSession


@event.listens_for(KithSession, "before_commit")
def _close(session: KithSession) -> None:
    session.flush()
    logged = arrays(audit.taken(session))
    for table, rows in sums.taken(session).items():
        session.connection().execute(_last(table) if logged else sums.adding(table), arrays(rows) | logged)
        logged = {}
    _write(session, logged)


@event.listens_for(KithSession, "do_orm_execute")
def _read_own_log(state: ORMExecuteState) -> None:
    """Write what was noted before somebody reads the log in the transaction that made it."""
    session: Any = state.session
    # The first entity alone, because asking for all of them costs every other select half a millisecond.
    if session.info.get("log") and state.bind_mapper and state.bind_mapper.class_.__tablename__ == "sys_log":
        _write(session, arrays(audit.taken(session)))


@event.listens_for(KithSession, "after_rollback")
def _forget(session: KithSession) -> None:
    audit.taken(session)
    sums.taken(session)


@cache
def _last(table: Table) -> Insert:
    """Return the statement that adds to sums and writes log rows besides."""
    return sums.adding(table).add_cte(audit.writing().cte("logged"))


def _write(session: KithSession, logged: dict[str, list[Any]]) -> None:
    if logged:
        session.connection().execute(audit.writing(), logged)
