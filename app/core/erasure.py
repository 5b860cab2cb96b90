"""Emptying values in the log, for good: the one change of a log that is otherwise only added to.

The database's functions `crm_log_erase` and `crm_log_purge` do it with the rights of the log's owner; the application
has none of them.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import BigInteger, Text, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from app.core import touched
from app.core.closing import write_noted
from app.core.ctx import Ctx


async def erase(ctx: Ctx, entity: str, entity_id: int, fields: Collection[str] | None = None) -> int:
    """Put `[null, null]` in the place of these fields' values (of all of them where none are named) in a record's log.

    What the transaction has changed so far is emptied too. The names of the fields stay, and a row `erase` says who
    did it and when. Returns how many rows of the log were changed.
    """
    await ctx.session.run_sync(write_noted)
    names: Any = literal(None if fields is None else list(fields), ARRAY(Text))
    call = func.crm_log_erase(
        literal(entity, Text), literal(entity_id, BigInteger), names, *_caller(ctx), type_=BigInteger
    )
    return int(await ctx.session.scalar(select(call)) or 0)


async def purge(ctx: Ctx, gone: Sequence[tuple[str, int]], entity: str, entity_id: int, changes: dict[str, Any]) -> int:
    """Put `[null, null]` in the place of all values in the log of records that go, (entity, id); leave one row `purge`.

    The row is of the record that was asked for, with `changes`, and says who and when. What the transaction has changed
    so far is emptied too. Returns how many rows of the log were changed.
    """
    await ctx.session.run_sync(write_noted)
    touched.note(ctx.session.sync_session, entity)
    named = literal([one for one, _ in gone], ARRAY(Text)), literal([row_id for _, row_id in gone], ARRAY(BigInteger))
    record = literal(entity, Text), literal(entity_id, BigInteger), literal(changes, JSONB)
    call = func.crm_log_purge(*record, *named, *_caller(ctx), type_=BigInteger)
    return int(await ctx.session.scalar(select(call)) or 0)


def _caller(ctx: Ctx) -> Iterator[Any]:
    for value, kind in ((ctx.actor.id, BigInteger), (ctx.ip, Text), (ctx.request_id, Text)):
        yield literal(value or None, kind)
