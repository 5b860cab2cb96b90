"""What people look for in lists: a word of a name, and its first character, by noun and reach."""

from __future__ import annotations

from urllib.parse import quote

import asyncpg

from scripts.bench.cases import Ask, Case, MakeCase
from scripts.bench.installation import Server

NAMED = {
    "customers": ("cust_search", "cst_customer"),
    "linkmen": ("lkm_name", "cst_linkman"),
    "chances": ("chc_search", "sal_chance"),
    "orders": ("cust_search", "cst_customer"),
}
"""Where the names stand that a noun is found by."""
REACHES = ("department", "own")
"""Besides all: of customers."""


async def build(server: Server, make: MakeCase) -> list[Case]:
    """Return the cases of each noun."""
    connection = await asyncpg.connect(server.dsn, ssl=False)
    found: list[Case] = []
    for noun, (column, table) in NAMED.items():
        name = await connection.fetchval(f"select {column} from {table} order by 1 offset 50100 limit 1")  # noqa: S608  ours
        name = name or await connection.fetchval(f"select max({column}) from {table}")  # noqa: S608
        asked = {"part of a name": word(name), "one letter of a name": name[0]}
        for who in ("all", *(REACHES if noun == "customers" else ())):
            found += [
                make(f"{noun}, {what}, {who}", who, Ask(f"/{noun}?limit=20&q={quote(text)}"))
                for what, text in asked.items()
            ]
    await connection.close()
    return found


def word(name: str) -> str:
    """Return the second word of a Latin name, the second two characters of another."""
    return name.split()[1] if name.isascii() else name[1:3]
