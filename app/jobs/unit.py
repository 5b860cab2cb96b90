"""One unit of work outside a request: a transaction, the company's clock, the system (or a person) as the actor."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from sqlalchemy.exc import IntegrityError

from app.core.constraints import broken
from app.core.ctx import NOBODY, Actor, Ctx, Reach
from app.core.db import Database
from app.core.money import DIGITS, digits_of
from app.core.settings import Settings
from app.models.access.rbac import Permission
from app.services.base import settings as company

OPERATOR = Actor(0, "operator", rights={Permission.rbac_write: Reach.ALL, Permission.users_write: Reach.ALL})
"""Whoever can run commands on the server, and so could change the database anyway."""


@asynccontextmanager
async def unit(database: Database, actor: Actor = NOBODY, request_id: str = "") -> AsyncIterator[Ctx]:
    """Open a transaction that commits when the block ends well."""
    async with database.write() as session, session.begin():
        in_force = await company.values(session)
        timezone = company.timezone(in_force)
        DIGITS.set(digits_of(in_force["company.currency"]))
        ctx = Ctx(session, actor, datetime.now(UTC), timezone, request_id)
        session.info["ctx"] = ctx
        yield ctx


@asynccontextmanager
async def single_unit(
    settings: Settings, request_id: str, actor: Actor = NOBODY, *, as_owner: bool = False
) -> AsyncIterator[Ctx]:
    """Open a unit on a database of its own, for a command that does one thing; a refused row is an `AppError`.

    `as_owner`: the command changes tables or indexes.
    """
    database = Database(settings.owner_url if as_owner else settings.database_url, pool_size=1)
    try:
        async with unit(database, actor, request_id) as ctx:
            yield ctx
    except IntegrityError as error:
        raise broken(error) from error
    finally:
        await database.dispose()
