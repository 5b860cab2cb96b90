"""A repeated POST is answered, not done twice: the key is claimed and its answer kept in one transaction."""

import json
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.dialects.postgresql import insert

from app.core.ctx import Ctx
from app.core.errors import Conflict, Invalid
from app.models.base.idempotency import IdempotentAnswer as Row


@dataclass(frozen=True)
class Kept:
    """An answer as it was given the first time."""

    status: int
    headers: dict[str, str]
    body: str


@dataclass(frozen=True)
class Claim:
    """A key in use by this request."""

    actor_id: int
    method: str
    path: str
    key: str

    @property
    def row(self) -> tuple[ColumnElement[bool], ...]:
        """Return the clauses that find its row."""
        return Row.actor_id == self.actor_id, Row.method == self.method, Row.path == self.path, Row.key == self.key


async def claim(ctx: Ctx, mine: Claim, body_hash: str) -> Kept | None:
    """Claim the key, or return the answer that was given under it.

    A twin in flight holds the row: the insert waits for it (at most the lock timeout).

    Raises:
        Invalid: the key was used for another body.
        Conflict: the first request is still being answered.
    """
    values = {"actor_id": mine.actor_id, "method": mine.method, "path": mine.path, "key": mine.key}
    statement = insert(Row).values(**values, body_hash=body_hash, created_at=ctx.now).on_conflict_do_nothing()
    if (await ctx.session.execute(statement.returning(Row.key))).one_or_none():
        return None
    found = (await ctx.session.scalars(select(Row).where(*mine.row))).one_or_none()
    if found is None or found.status is None:
        raise Conflict("The first request with this key is still being answered; try again.")
    if found.body_hash != body_hash:
        raise Invalid("", "idempotency_key_reused", "This Idempotency-Key was used with another body.")
    return Kept(found.status, json.loads(found.headers or "{}"), found.body or "")


async def keep(ctx: Ctx, mine: Claim, answer: Kept) -> None:
    """Store the answer with the work it tells of."""
    statement = update(Row).where(*mine.row)
    await ctx.session.execute(
        statement.values(status=answer.status, headers=json.dumps(answer.headers), body=answer.body)
    )
