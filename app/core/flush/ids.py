"""Who may give a record its id in another system: asked at the flush, whatever way it came."""

from sqlalchemy import inspect

from app.core.db import KithSession
from app.core.errors import FieldError, Forbidden
from app.core.external import NAME, RIGHT


def guard(session: KithSession, *_: object) -> None:
    """Raise `Forbidden` (403, at `/external_id`) where a person without the right gives, changes or takes such an id."""
    ctx = session.info.get("ctx")
    if ctx is None or not ctx.actor.id or ctx.actor.can(RIGHT):
        return  # the system's own work asks nobody
    if any(_given(row) for row in (*session.new, *session.dirty)):
        words = "Ids of other systems are set by who may import."
        errors: list[FieldError] = [{"pointer": f"/{NAME}", "code": "forbidden", "message": words}]
        raise Forbidden(words, right=RIGHT, errors=errors)


def _given(row: object) -> bool:
    state = inspect(row)
    if NAME not in state.mapper.column_attrs:
        return False
    history = state.attrs[NAME].history
    return any(value is not None for value in (*history.added, *history.deleted))
