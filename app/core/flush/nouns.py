"""Which nouns a flush changes."""

from app.core import touched
from app.core.db import KithSession
from app.core.orm import modified


def note(session: KithSession, *_: object) -> None:
    """Note the nouns of all that is made, changed or removed."""
    changed = (row for row in session.dirty if modified(row))
    for model in {type(row) for row in (*session.new, *changed, *session.deleted)}:
        touched.note_table(session, model.__tablename__)
