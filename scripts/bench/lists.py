"""Every list: its first page by reach, and the page that stands 125,000 rows further on."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from app import services
from app.core.cursor import digest, encode
from app.core.db import Database
from app.core.listing import Listing
from app.core.nouns import known
from app.core.owners import declared
from scripts.bench.cases import Ask, Case, MakeCase
from scripts.bench.installation import Server

LIMIT, PAGE = 50, 2_500
RANK = LIMIT * PAGE
REACHES = ("all", "department", "own")


def owned() -> dict[str, Listing]:
    """Return the lists of what somebody owns: they differ by who asks."""
    services.load()
    return {code: noun.listing for code, noun in known().items() if declared(noun.model)}


async def build(server: Server, make: MakeCase) -> list[Case]:
    """Return the cases of each list that has rows."""
    database = Database(server.url)
    found: list[Case] = []
    for noun, listing in owned().items():
        rows = await _count(database, listing)
        if not rows:
            continue
        found += [make(f"{noun}, {who}", who, Ask(f"/{noun}?limit={LIMIT}")) for who in REACHES]
        rank = min(RANK, rows - LIMIT - 1)
        if rank > LIMIT:
            cursor = await _cursor(database, listing, rank)
            found.append(make(f"{noun}, rank {rank:,}", "all", Ask(f"/{noun}?limit={LIMIT}&cursor={cursor}")))
    found.append(make("customers, twenty rows", "all", Ask("/customers?limit=20")))
    for name in ("old department", "company by departments"):
        found += [make(f"{noun}, {name}", name, Ask(f"/{noun}?limit={LIMIT}")) for noun in ("customers", "losses")]
    await database.dispose()
    return found


def _alive(listing: Any) -> list[Any]:
    return [listing.model.deleted_at.is_(None)] if hasattr(listing.model, "deleted_at") else []


async def _count(database: Database, listing: Any) -> int:
    statement = select(func.count()).select_from(listing.model).where(*_alive(listing))
    async with database.read() as session:
        return int(await session.scalar(statement, execution_options={"scoped": "bench"}) or 0)


async def _cursor(database: Database, listing: Any, rank: int) -> str:
    """Make the cursor behind the row at this rank of the list's own order."""
    wanted: str = listing.default
    expression = listing.sorts[wanted.removeprefix("-")].expression
    order = [one.desc() if wanted.startswith("-") else one.asc() for one in (expression, listing.model.id)]
    statement = select(expression, listing.model.id).where(*_alive(listing)).order_by(*order).offset(rank).limit(1)
    async with database.read() as session:
        row = (await session.execute(statement, execution_options={"scoped": "bench"})).one()
    return encode(wanted, digest({}), row[0], row[1])
