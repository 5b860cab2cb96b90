"""Emptying values in the log, for good: the one change of a log that is otherwise only added to.

The database's function `crm_log_erase` does it with the rights of the log's owner; the application has none of them.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import BigInteger, Text, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from app.core.closing import write_noted
from app.core.ctx import Ctx


async def erase(ctx: Ctx, entity: str, entity_id: int, fields: Collection[str] | None = None) -> int:
    """Put `[null, null]` in the place of these fields' values (of all of them where none are named) in a record's log.

    What the transaction has changed so far is emptied too. The names of the fields stay, and a row `erase` says who
    did it and when. Returns how many rows of the log were changed.
    """
    await ctx.session.run_sync(write_noted)
    names: Any = literal(None if fields is None else list(fields), ARRAY(Text))
    caller = (
        literal(value or None, kind)
        for value, kind in ((ctx.actor.id, BigInteger), (ctx.ip, Text), (ctx.request_id, Text))
    )
    call = func.crm_log_erase(literal(entity, Text), literal(entity_id, BigInteger), names, *caller, type_=BigInteger)
    return int(await ctx.session.scalar(select(call)) or 0)
