"""The demo company's customers and their contacts: invented names, valid check characters, gaps as in life."""

import random
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.core.creditcode import ALPHABET, check_character
from app.core.pinyin import keys
from app.demo.company import words
from app.demo.company.calendar import likely, stream

Row = dict[str, Any]
CUSTOMERS, TWINS, LONG, GROUPS, DAUGHTERS = 400, 12, 5, 3, 4
LONG_NAME = 40
EMPTY = 0.3
SIZES = (("micro", 3, 19), ("small", 20, 99), ("medium", 100, 499), ("large", 500, 1999), ("giant", 2000, 30000))
LEVELS = ("regular", "focus", "major", "partner", "strategic")
SOURCES = ("referral", "exhibition", "website", "phone", "existing", "advertising", "presales")


@dataclass
class Company:
    """A customer to be: its row, its contacts, how much it buys."""

    row: Row
    weight: float
    manager: int
    linkmen: list[Row] = field(default_factory=list)


def companies(seed: int, ids: list[int], linkman_ids: list[int], managers: list[int], year: int) -> list[Company]:
    """Return the customers, dealt to the managers from the biggest to the smallest."""
    rng = stream(seed, "customers")
    made = []
    for rank, (name, place, trade) in enumerate(_names(rng)):
        row = _row(rng, ids[rank], name, place, trade, year)
        weight = 1 / (rank + 4) ** 0.8
        made.append(Company(row, weight, managers[rank % len(managers)]))
    _group(made)
    made[GROUPS:] = rng.sample(made[GROUPS:], len(made) - GROUPS)
    contacts = iter(linkman_ids)
    for company in made:
        company.linkmen = _contacts(rng, company.row["id"], contacts)
    return made


def prospect(rng: random.Random) -> str:
    """Return the name of a company that is no customer yet."""
    place, first, second, trade = (rng.choice(part) for part in (words.PLACES, words.FIRST, words.SECOND, words.TRADES))
    return place[0] + first[0] + second[0] + trade[0] + words.FORM[0]


def _names(rng: random.Random) -> list[tuple[str, Any, Any]]:
    """Return (name, place, trade): plain ones, twins at the end, some as long as names get."""
    seen: set[str] = set()
    found: list[tuple[str, Any, Any]] = []
    while len(found) < CUSTOMERS - TWINS:
        place, trade = rng.choice(words.PLACES), rng.choice(words.TRADES)
        stem = place[0] + rng.choice(words.FIRST)[0] + rng.choice(words.SECOND)[0]
        if stem in seen:
            continue
        seen.add(stem)
        if LONG <= len(found) < 2 * LONG:
            room = LONG_NAME - len(stem) - len(words.FORM[0])
            found.append((stem + (words.LONG_TRADE * 2)[:room] + words.FORM[0], place, trade))
        else:
            found.append((stem + trade[0] + words.FORM[0], place, trade))
    for twin in range(TWINS):
        name, place, trade = found[40 + twin * 7]
        found.append((name.removesuffix(words.FORM[0]) + words.TWIN_FORMS[twin % 4], place, trade))
    return found


def _group(made: list[Company]) -> None:
    """Make the biggest companies groups with daughters that the same manager looks after."""
    for parent in made[:GROUPS]:
        parent.row["name"] = parent.row["name"].replace(words.FORM[0], "集团" + words.FORM[0])
        parent.row["pinyin"], parent.row["initials"] = keys(parent.row["name"])
        for daughter in [company for company in made[100:] if company.manager == parent.manager][:DAUGHTERS]:
            daughter.row["parent_id"] = parent.row["id"]


def _row(rng: random.Random, row_id: int, name: str, place: Any, trade: Any, year: int) -> Row:
    pinyin, initials = keys(name)
    size, low, high = rng.choices(SIZES, (10, 35, 35, 15, 5))[0]
    employees = rng.randint(low, high)
    optional = {
        "short_name": name[len(place[0]) : len(place[0]) + 2],
        "region": place[3],
        "industry": trade[3],
        "size": size,
        "employees": employees,
        "founded_year": rng.randint(1985, year - 2),
        "source": rng.choice(SOURCES),
        "level": rng.choices(LEVELS, (50, 25, 15, 7, 3))[0],
        "satisfaction": rng.choices(range(1, 6), (2, 6, 25, 42, 25))[0],
        "credit": rng.choices(range(1, 6), (2, 6, 30, 40, 22))[0],
        "address": f"{place[0]}市{rng.choice(words.STREETS)}{rng.randint(1, 399)}号",
        "zip": f"{rng.randint(100, 730)}000",
        "tel": f"0{rng.randint(10, 99)}-5550{rng.randint(1000, 9999)}",
        "fax": f"0{rng.randint(10, 99)}-5551{rng.randint(1000, 9999)}",
        "website": f"https://{initials[:12].replace(' ', '')}{row_id}.example.com",
        "email": f"info@c{row_id}.example.com",
        "credit_code": _credit_code(rng, place[4], row_id),
        "legal_representative": person(rng),
        "registered_capital": rng.choice((50, 100, 200, 500, 1000, 5000)) * 10_000,
        "turnover": employees * rng.randint(20, 90) * 10_000,
        "bank": f"{rng.choice(words.BANKS)}{place[0]}分行",
        "bank_account": f"6222{rng.randint(10**11, 10**12 - 1)}",
        "payment_days": rng.choice((0, 30, 45, 60, 90)),
    }
    given = {key: None if likely(rng, EMPTY) else value for key, value in optional.items()}
    return {"id": row_id, "name": name, "pinyin": pinyin, "initials": initials, "parent_id": None} | given


def _credit_code(rng: random.Random, area: str, row_id: int) -> str:
    """Return a code with a right check character; the id inside keeps codes apart."""
    body = f"91{area}MA" + "".join(rng.choice(ALPHABET) for _ in range(2)) + f"{row_id % 100_000:05d}"
    return body + check_character(body)


def person(rng: random.Random) -> str:
    """Return an invented person's name."""
    return rng.choice(words.SURNAMES) + "".join(rng.sample(words.GIVEN, rng.choice((1, 2, 2))))


ASKED_ABOUT = 1970
"""A day of this year may once have been a number."""


def _birthday(rng: random.Random) -> date:
    """Return a day of birth that `crm verify` does not ask about."""
    born = date(rng.randint(1965, 1999), rng.randint(1, 12), rng.randint(1, 28))
    return born.replace(year=born.year + 1) if born.year == ASKED_ABOUT else born


def _contacts(rng: random.Random, customer_id: int, ids: Any) -> list[Row]:
    """Return one to four contacts, the first the primary one; some report to it, few have left."""
    found: list[Row] = []
    for place in range(rng.choices((1, 2, 3, 4), (35, 35, 20, 10))[0]):
        row_id, name = next(ids), person(rng)
        optional = {
            "sex": rng.choice(("male", "female")),
            "position": rng.choice(words.POSITIONS),
            "tel": f"0{rng.randint(10, 99)}-5552{rng.randint(1000, 9999)}",
            "mobile": f"1380000{row_id % 10_000:04d}",
            "email": f"p{row_id}@example.com",
            "wechat": f"wx_demo_{row_id}",
            "birthday": _birthday(rng),
            "hobby": rng.choice(words.HOBBIES),
            "decision_role": rng.choice(words.DECISION_ROLES),
        }
        given = {key: None if likely(rng, EMPTY) else value for key, value in optional.items()}
        left = place > 0 and likely(rng, 0.06)
        superior = found[0]["id"] if place and likely(rng, 0.5) else None
        found.append(
            {"id": row_id, "customer_id": customer_id, "name": name, "superior_id": superior}
            | {"is_primary": place == 0, "status": "left" if left else "active"}
            | given
        )
    return found
