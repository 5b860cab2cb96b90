"""What a transaction writes last: its late rows (the log among them) and what it adds to the kept sums, in one statement.

Sums are written as late as possible, because others wait for their rows; the late rows go with them, because each
statement costs a request more than the rows in it.
"""

from functools import cache
from typing import Any

from sqlalchemy import Insert, Table, event
from sqlalchemy.orm import ORMExecuteState, Session

from app.core import late, sums
from app.core.arrays import arrays, insert_arrays
from app.core.db import Base, KithSession


@event.listens_for(KithSession, "before_commit")
def settle(session: Session) -> None:
    """Write all of it, before the commit, or before something in the same transaction reads the sums."""
    session.flush()
    if session.in_nested_transaction():
        return  # the release of a savepoint is no end
    rows = late.taken(session)
    for table, added in sums.taken(session).items():
        session.connection().execute(_last(table, *_shapes(rows)), arrays(added) | _all(rows))
        rows = {}
    _write(session, rows)


@event.listens_for(KithSession, "do_orm_execute")
def _read_own(state: ORMExecuteState) -> None:
    """Write what was noted before somebody reads or changes its table in the transaction that made it."""
    session: Any = state.session
    # The first entity alone, because asking for all of them costs every other select half a millisecond.
    if session.info.get("late") and state.bind_mapper and late.waiting(session, state.bind_mapper.class_.__tablename__):
        _write(session, late.taken(session))


def write_noted(session: Session) -> None:
    """Flush, and write the late rows at once: for what changes their table past the mappers."""
    session.flush()
    _write(session, late.taken(session))


def write_sums(session: Session) -> None:
    """Flush, and add to the sums at once: for what deletes rows that sums are told apart by, as customers by their region."""
    session.flush()
    for table, added in sums.taken(session).items():
        session.connection().execute(sums.adding(table), arrays(added))


@event.listens_for(KithSession, "after_rollback")
def _forget(session: Session) -> None:
    late.taken(session)
    sums.taken(session)


Shape = tuple[str, tuple[str, ...]]
"""A table and the columns that its rows give."""


def _shapes(rows: dict[str, late.Rows]) -> list[Shape]:
    return [(table, tuple(found[0])) for table, found in rows.items()]


def _all(rows: dict[str, late.Rows]) -> dict[str, list[Any]]:
    """Return the parameters of the rows of several tables, whose columns differ by their prefixes."""
    return {name: values for found in rows.values() for name, values in arrays(found).items()}


@cache
def _inserting(table: str, columns: tuple[str, ...]) -> Insert:
    found = Base.metadata.tables[table].columns
    return insert_arrays([found[name] for name in columns])


@cache
def _last(table: Table, *shapes: Shape) -> Insert:
    """Return the statement that adds to sums and writes late rows besides."""
    return sums.adding(table).add_cte(*(_inserting(*shape).cte(f"late_{shape[0]}") for shape in shapes))


def _write(session: Session, rows: dict[str, late.Rows]) -> None:
    shapes = _shapes(rows)
    if shapes:
        session.connection().execute(_first(*shapes), _all(rows))


@cache
def _first(shape: Shape, *others: Shape) -> Insert:
    """Return the statement that writes late rows alone."""
    found = _inserting(*shape)
    return found.add_cte(*(_inserting(*other).cte(f"late_{other[0]}") for other in others)) if others else found
