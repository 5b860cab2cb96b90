"""What a transaction has noted for its end goes back to a savepoint with the rows: late rows, sums, touched nouns.

Any `session.begin_nested()` does so; what was noted in one that is released stays noted.
"""

from typing import Any, NamedTuple

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from app.core import late, sums, touched
from app.core.db import KithSession

OPEN = "savepoints"


class Noted(NamedTuple):
    """What was noted before a savepoint."""

    late: dict[str, tuple[late.Rows, int]]
    sums: sums.Pending
    touched: set[str]


@event.listens_for(KithSession, "after_transaction_create")
def _begun(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        noted = Noted(late.so_far(session), sums.set_apart(session), {*touched.of(session)})
        _open(session).append(noted)


@event.listens_for(KithSession, "after_commit")
def _released(session: Session) -> None:
    if session.in_nested_transaction():
        sums.put_together(session, _open(session).pop().sums)


@event.listens_for(KithSession, "after_soft_rollback")
def _rolled_back(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        noted = _open(session).pop()
        late.back_to(session, noted.late)
        sums.back_to(session, noted.sums)
        touched.back_to(session, noted.touched)


def _open(session: Session) -> list[Any]:
    found: list[Any] = session.info.setdefault(OPEN, [])
    return found
