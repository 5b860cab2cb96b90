"""How work leaves a request: enqueued in the request's own transaction, done later by the worker.

At least once: a handler may be called twice with the same payload and must not mind.
"""

from datetime import timedelta
from functools import cache

from pydantic import JsonValue
from pydantic_core import to_json

from app.core.ctx import Ctx


@cache
def _insert() -> str:
    # Imported late: pgqueuer brings its own command line along, which no request needs.
    from pgqueuer.adapters.persistence.qb import QueryQueueBuilder  # noqa: PLC0415

    return QueryQueueBuilder().build_enqueue_query(on_conflict="skip")


async def enqueue(
    ctx: Ctx,
    name: str,
    payload: dict[str, JsonValue] | None = None,
    *,
    delay: timedelta = timedelta(0),
    only_once_as: str | None = None,
) -> None:
    """Queue the job `name`; a rollback of the request takes it back.

    With `only_once_as` nothing is added while a job of that key waits or runs.
    """
    message = {"payload": payload or {}, "actor_id": ctx.actor.id, "request_id": ctx.request_id}
    # On SQLAlchemy's connection, never on the driver's: that one may not be inside the transaction yet.
    connection = await ctx.session.connection()
    row = ([0], [name], [to_json(message)], [delay], [only_once_as], [None])
    await connection.exec_driver_sql(_insert(), row)
