"""What a backup says of the database that is in it: told when it is made, and counted again when it is restored."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import column, func, select, table
from sqlalchemy.ext.asyncio import AsyncConnection

from app.core.db import Base
from app.models.orders.totals import OrderTotal

CATALOG = table("pg_class", *(column(name) for name in ("relname", "relnamespace", "relkind", "relispartition")))
NAMESPACES = table("pg_namespace", column("oid"), column("nspname"))
REVISION = table("alembic_version", column("version_num"))
Rows = dict[str, int]
Sums = dict[str, dict[str, str]]


async def tables(connection: AsyncConnection) -> list[str]:
    """Return the names of all tables of the schema; a partition counts with its whole."""
    c = CATALOG.c
    found = select(c.relname).join(NAMESPACES, NAMESPACES.c.oid == c.relnamespace)
    found = found.where(NAMESPACES.c.nspname == "public", c.relkind.in_(("r", "p")), c.relispartition.is_(False))
    return list(await connection.scalars(found.order_by(c.relname)))


async def rows(connection: AsyncConnection, names: Iterable[str]) -> Rows:
    """Count the rows of tables."""
    return {name: int(await connection.scalar(select(func.count()).select_from(table(name))) or 0) for name in names}


def kept() -> dict[str, list[str]]:
    """Return the tables of kept sums with the columns of their sums, as the models say."""
    sums = [mapper.class_.__sums__.table() for mapper in Base.registry.mappers if hasattr(mapper.class_, "__sums__")]
    keeping: list[Any] = [*sums, OrderTotal.__table__]
    return {
        one.name: [c.name for c in one.columns if not c.primary_key] for one in sorted(keeping, key=lambda t: t.name)
    }


async def sums(connection: AsyncConnection, names: Mapping[str, Iterable[str]]) -> Sums:
    """Add up the columns of tables of kept sums; exact, as text."""
    found: Sums = {}
    for name, columns in names.items():
        added: list[Any] = [func.coalesce(func.sum(column(one)), 0).label(one) for one in columns]
        row = (await connection.execute(select(*added).select_from(table(name)))).mappings().one()
        found[name] = {one: str(value) for one, value in row.items()}
    return found


async def revision(connection: AsyncConnection) -> str:
    """Return which migration the database is at."""
    return str(await connection.scalar(select(REVISION.c.version_num)))


async def major(connection: AsyncConnection) -> int:
    """Return the major version of the server."""
    number = await connection.scalar(select(func.current_setting("server_version_num")))
    return int(number or 0) // 10_000
