"""`make bench REACHES=1`: what each kind of question costs under each reach, asked one after the other.

Every order of every list, searches by kind of text, filters, the board and the sums, each as somebody who reaches everything,
a department, a department of old rows, and their own. What it is for: at a million rows no answer may wait for more than
`SLOW_MS`; those that do are marked, with the blocks that their statements touched.
"""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Iterator
from time import perf_counter
from typing import Any, NamedTuple
from urllib.parse import urlencode

import asyncpg
import httpx

from scripts.bench import bare, lists
from scripts.bench.cases import Ask, MakeCase
from scripts.bench.installation import Server
from scripts.bench.searches import word

REACHES = ("all", "department", "old department", "own")
ROUNDS, WARM_UP = 9, 2
SLOW_MS = 20.0
HEAD = (
    f"\n{'request':44}"
    + "".join(f"{reach:>24}" for reach in REACHES)
    + "\n"
    + " " * 44
    + f"{'p50 ms   blocks':>24}" * 4
)


class Question(NamedTuple):
    """What is asked, and of which address."""

    name: str
    path: str


async def measure(server: Server, make: MakeCase, only: str) -> None:
    """Print a line for each question: median milliseconds and 8 KB blocks under each reach; `!` above `SLOW_MS`."""
    look = await asyncpg.connect(server.dsn, ssl=False)
    found = [one for one in await questions(look) if any(part in one.name for part in only.split("|"))]
    slow: list[str] = []
    print(HEAD)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.port}/api/v1", timeout=30) as client:
        for question in found:
            line = f"{question.name:44}"
            for reach in REACHES:
                took = await median(client, f"{make('', reach).token}", question.path)
                read = await blocks(look, server, make, reach, question) if took < math.inf else 0
                mark = "!" if took > SLOW_MS else " "
                line += f"{took:13.1f}{mark}{read:10,}"
                slow += [f"{question.name}, {reach}: {took:.1f} ms, {read:,} blocks"] if took > SLOW_MS else []
            print(line, flush=True)
    await look.close()
    print(f"\n{len(slow)} of {len(found) * len(REACHES)} above {SLOW_MS:.0f} ms", *slow, sep="\n  ")


async def median(client: httpx.AsyncClient, token: str, path: str) -> float:
    """Return the median milliseconds of some answers, after those that warm the way; a refusal for lack of time counts as endless."""
    times = []
    for _ in range(WARM_UP + ROUNDS):
        begun = perf_counter()
        answer = await client.get(path, headers={"Authorization": f"Bearer {token}"})
        if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
            answer.raise_for_status()
        times.append((perf_counter() - begun) * 1e3 if answer.is_success else math.inf)
    return statistics.median(times[WARM_UP:])


async def blocks(look: asyncpg.Connection, server: Server, make: MakeCase, reach: str, question: Question) -> int:
    """Return how many blocks the statements of a question touch, planned for its values."""
    total = 0
    for statements in await bare.heard(server, make(question.name, reach, Ask(question.path))):
        for sql, values in statements:
            if sql.lstrip().upper().startswith(("SELECT", "WITH ")):
                plan = json.loads(await look.fetchval(f"explain (analyze, buffers, format json) {sql}", *values))
                total += plan[0]["Plan"]["Shared Hit Blocks"] + plan[0]["Plan"]["Shared Read Blocks"]
    return total


async def questions(look: asyncpg.Connection) -> list[Question]:
    """Return every order of every list, what is searched by kind of text, and what else a sales day asks."""
    return [*orders(), *searches(await texts(look)), *days(await choices(look))]


def orders() -> Iterator[Question]:
    """Yield every order of every list, both ways."""
    for noun, listing in lists.owned().items():
        for sort in sorted(listing.sorts):
            yield Question(f"{noun} by {sort}", f"/{noun}?limit=20&sort={sort}")
            yield Question(f"{noun} by -{sort}", f"/{noun}?limit=20&sort=-{sort}")


async def texts(look: asyncpg.Connection) -> dict[str, Any]:
    """Return a Latin and a Chinese customer's names with their keys, and a contact's name and telephone."""
    name = "select cust_name from cst_customer where cust_name {} '[a-zA-Z]' order by cust_id offset 99 limit 1"
    chinese = (
        "select cust_name as name, cust_pinyin as pinyin, cust_initials as initials from cst_customer "
        "where cust_name !~ '[a-zA-Z]' order by cust_id offset 99 limit 1"
    )
    contact = "select lkm_name as name, lkm_mobile as mobile from cst_linkman order by lkm_id offset 99 limit 1"
    return {
        "latin": await look.fetchval(name.format("~")),
        "chinese": await look.fetchrow(chinese),
        "contact": await look.fetchrow(contact),
    }


def searches(known: dict[str, Any]) -> Iterator[Question]:
    """Yield a search for each kind of text."""

    def asked(kind: str, noun: str, text: str) -> Question:
        return Question(f"{noun}: {kind}", f"/{noun}?{urlencode({'limit': 20, 'q': text})}")

    contact = known["contact"]
    for noun in ("customers", "chances", "orders"):
        if latin := known["latin"]:
            first, second = latin.split()[0], word(latin)
            kinds = {
                "one letter": latin[0],
                "two letters": latin[:2],
                "a word": second,
                "two words": f"{first} {second}",
            }
            yield from (asked(kind, noun, text) for kind, text in kinds.items())
        if chinese := known["chinese"]:
            characters = chinese["name"]
            kinds = {
                "one character": characters[0],
                "two characters": characters[2:4],
                "a common ending": characters[-2:],
            }
            if noun == "customers":
                kinds |= {"initials": chinese["initials"][:4], "two initials": chinese["initials"][:2]}
                kinds |= {"pinyin": chinese["pinyin"][:9]}
            yield from (asked(kind, noun, text) for kind, text in kinds.items())
    yield asked("a whole name", "linkmen", contact["name"])
    yield asked("two characters", "linkmen", contact["name"][:2])
    yield asked("one character", "linkmen", contact["name"][:1])
    yield asked("the last 8 digits", "linkmen", contact["mobile"][-8:])
    yield asked("the last 4 digits", "linkmen", contact["mobile"][-4:])


async def choices(look: asyncpg.Connection) -> list[str]:
    """Return filters of customers by what one of them has."""
    chosen = "select cust_level as level, cust_region as region, cust_industry as industry from cst_customer order by cust_id offset 99 limit 1"
    return [urlencode({name: value}) for name, value in (await look.fetchrow(chosen)).items() if value]


def days(own: list[str]) -> Iterator[Question]:
    """Yield filters, the board, sums, and what every page asks."""
    for noun, given in (
        *(("customers", one) for one in own), ("customers", "status=lost"),
        ("chances", "status=assigned"), ("chances", "status=succeeded"), ("chances", "source=phone"), ("orders", "status=completed"),
        ("orders", "overdue=true"), ("orders", "payment_state=partial"), ("services", "status=assigned"), ("losses", "status=warning"),
    ):  # fmt: skip
        yield Question(f"{noun}: {given}", f"/{noun}?limit=20&{given}")
    yield Question("board", "/chances/board")
    yield Question("pipeline sums", "/chances/summary?group_by=stage&status=assigned")
    yield Question("me", "/me")
