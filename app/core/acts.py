"""Which act a transaction is part of: the log names it on every row, so that it can be told apart and taken back as one."""

from sqlalchemy import event
from sqlalchemy.orm import Session

from app.core.db import KithSession

ACT = "act"


def begin(session: Session, act_id: int) -> None:
    """Let all that the transaction writes from now on be part of an act."""
    session.info[ACT] = act_id


def of(session: Session) -> int | None:
    """Return the act that the transaction is part of."""
    found: int | None = session.info.get(ACT)
    return found


@event.listens_for(KithSession, "after_commit")
@event.listens_for(KithSession, "after_rollback")
def _ended(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(ACT, None)
