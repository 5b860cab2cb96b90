"""Housekeeping: what nobody asks for and everybody needs. Each part may run twice and changes nothing then."""

from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.core.ctx import Ctx
from app.models.access.auth import LoginAttempt, LoginCounter, OneTimeLink, RefreshToken
from app.models.base.audit import LogEntry
from app.models.base.changes import Change
from app.models.base.idempotency import IdempotentAnswer
from app.models.imports.imports import ROWS_KEPT, ImportedRow
from app.services.base.changes import KEPT

REPLAY = timedelta(hours=24)
"""How long a repeated POST is answered from store."""
REMEMBER = timedelta(days=30)
"""How long ended sessions and failed log-ins are kept: long enough to see what happened."""
MONTHS_AHEAD = 3


async def purge(ctx: Ctx) -> None:
    """Delete stored answers, changes that were told, rows of imports, sessions, links and failed log-ins that have outlived their use."""
    old: list[tuple[InstrumentedAttribute[datetime], timedelta]] = [
        (IdempotentAnswer.created_at, REPLAY),
        (RefreshToken.expires_at, REMEMBER),
        (OneTimeLink.expires_at, REMEMBER),
        (LoginAttempt.at, REMEMBER),
        (LoginCounter.since, REPLAY),
        (Change.at, KEPT + timedelta(days=1)),
        (ImportedRow.at, ROWS_KEPT),
    ]
    for column, age in old:
        await ctx.session.execute(delete(column.class_).where(column < ctx.now - age))


async def extend_log(ctx: Ctx) -> None:
    """Make the partitions of `sys_log` for the coming months; this month's rows stay where they are.

    Asks for the log's owner, and leaves nobody else a right on them: rows come and go through the log alone.
    """
    connection = await ctx.session.connection()
    month = _next(ctx.now.date())
    for _ in range(MONTHS_AHEAD):
        following = _next(month)
        name = f"{LogEntry.__tablename__}_{month:%Y_%m}"
        await connection.exec_driver_sql(
            f"create table if not exists {name} partition of sys_log for values from ('{month}') to ('{following}')"
        )
        month = following
    await ctx.session.execute(select(func.crm_log_guard()))


def _next(day: date) -> date:
    """Return the first day of the month after `day`."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
