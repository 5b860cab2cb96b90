"""The rows of the benchmark data, as the text that COPY reads. Row k is always the same but for ids and dates."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from app.demo.company import words
from app.demo.company.calendar import stream
from app.models.customers.customer_norms import norm

FORMS = (
    words.FORM,
    ("股份有限公司", "gufenyouxiangongsi", "gfyxgs"),
    ("集团有限公司", "jituanyouxiangongsi", "jtyxgs"),
    ("实业有限公司", "shiyeyouxiangongsi", "syyxgs"),
)
PARTS: tuple[tuple[tuple[str, ...], ...], ...] = (words.PLACES, words.FIRST, words.SECOND, words.TRADES, FORMS)
ALL = math.prod(len(part) for part in PARTS)
STRIDE = 700_001
"""A prime that walks through all combinations of the parts before any comes again."""
AT_MOST = 1_000_000
LATIN = math.prod(map(len, (words.LATIN_FIRST, words.LATIN_SECOND, words.LATIN_TRADES, words.LATIN_FORMS)))
POOL = 4096
NUMBERS = 10_000_000
STATES = ("unassigned",) * 6 + ("assigned",) * 18 + ("succeeded",) * 42 + ("failed",) * 34
LEVELS = ("regular", "focus", "major", "partner", "strategic")
SOURCES = ("referral", "exhibition", "website", "phone", "existing", "advertising", "presales")
IMPORTANCE = ("high", "mid", "mid", "low")
CUSTOMER = (
    "cust_id", "cust_no", "cust_name", "cust_norm", "cust_pinyin", "cust_initials", "cust_region", "cust_industry", "cust_source",
    "cust_level", "cust_employees", "cust_turnover", "cust_tel", "cust_tel_norm", "cust_manager_id", "cust_status",
    "cust_last_activity_at", "created_at", "updated_at", "created_by", "cust_last_order_date", "cust_opened_on",
)  # fmt: skip
LINKMAN = (
    "lkm_id", "lkm_cust_id", "lkm_name", "lkm_mobile", "lkm_mobile_norm", "lkm_is_primary", "lkm_status", "created_at", "updated_at",
    "created_by", "lkm_manager_id",
)  # fmt: skip
CHANCE = (
    "chc_id", "chc_no", "chc_source", "chc_importance", "chc_cust_name", "chc_cust_id", "chc_title", "chc_rate",
    "chc_rate_is_manual", "chc_amount", "chc_stage_id", "chc_create_id", "chc_create_date", "chc_due_id", "chc_due_date",
    "chc_first_due_on", "chc_status", "chc_closed_on", "chc_closed_at", "chc_close_value", "created_at", "updated_at",
    "created_by",
)  # fmt: skip


@dataclass(frozen=True)
class Team:
    """Who the rows belong to, and the stages (id, probability) that chances stand in."""

    managers: list[int]
    old: list[int]
    stages: list[tuple[int, int]]


@dataclass(frozen=True)
class Firsts:
    """The first of each block of ids, and of numbers with their prefixes."""

    customer: int
    linkman: int
    chance: int
    number: int
    customer_prefix: str
    chance_prefix: str


class Rows:
    """Composes rows: the first `old` of them belong to the old department, `step` apart in time."""

    columns = (CUSTOMER, LINKMAN, CHANCE)

    def __init__(self, team: Team, begin: datetime, step: timedelta, old: int) -> None:
        self.team, self.begin, self.step, self.old = team, begin, step, old
        rng = stream(0, "bulk")
        self.amounts = [f"{min(max(rng.lognormvariate(11.6, 1.05), 10_000), 3_000_000):.2f}" for _ in range(POOL)]
        self.people = [rng.choice(words.SURNAMES) + "".join(rng.sample(words.GIVEN, 2)) for _ in range(POOL)]
        self.states = rng.choices(STATES, k=POOL)
        self.picks = [rng.randrange(1 << 20) for _ in range(POOL)]

    def moment(self, k: int) -> datetime:
        """Return when customer k came."""
        return self.begin + self.step * k

    def pick(self, k: int) -> int:
        """Return the number that the choices for customer k go by."""
        return self.picks[(k * 31 + k // POOL) % POOL]

    def owner(self, k: int) -> int:
        """Return whom customer k belongs to."""
        team = self.team
        return team.old[k % len(team.old)] if k < self.old else team.managers[self.pick(k) % len(team.managers)]

    def seller(self, k: int) -> int:
        """Return who works on customer k's chance, and sells to it: the customer's own manager."""
        return self.owner(k)

    @staticmethod
    def name(k: int) -> tuple[str, str, str, str, str]:
        """Return the k-th name with its keys, region and industry."""
        chosen: list[tuple[str, ...]] = []
        rest = k * STRIDE % ALL
        for part in PARTS:
            rest, digit = divmod(rest, len(part))
            chosen.append(part[digit])
        names, pinyin, initials = ("".join(word[n] for word in chosen) for n in range(3))
        return names, pinyin, initials, chosen[0][3], chosen[3][3]

    def texts(
        self, start: int, size: int, firsts: Firsts, last: Callable[[int], str] = lambda _k: "\\N"
    ) -> tuple[bytes, ...]:
        """Return the text of rows `start` to `start + size` for each table; ids count on from the firsts.

        `last` tells the date of a customer's last order, as COPY reads it.
        """
        customers, linkmen, chances = [], [], []
        for k in range(start, start + size):
            row_id, no = firsts.customer + k, f"{(firsts.number + k) % NUMBERS:07d}"
            name, pinyin, initials, region, industry = self.name(k)
            pick, owner, moment = self.pick(k), self.owner(k), self.moment(k)
            at, day = str(moment), moment.date()
            amount = self.amounts[(k * 17 + k // POOL) % POOL]
            customers.append(
                f"{row_id}\t{firsts.customer_prefix}{no}\t{name}\t{norm(name)}\t{pinyin}\t{initials}\t{region}\t{industry}\t{SOURCES[pick % 7]}\t"
                f"{LEVELS[pick % 5]}\t{pick % 3000}\t{pick}0000\t010-5550{pick % 10_000:04d}\t+86105550{pick % 10_000:04d}\t{owner}\tnormal\t"
                f"{at}\t{at}\t{at}\t{owner}\t{last(k)}\t{day}\n"
            )
            linkmen.append(
                f"{firsts.linkman + k}\t{row_id}\t{self.people[(k + pick) % POOL]}\t199{k * 7919 % 100_000_000:08d}\t+86199{k * 7919 % 100_000_000:08d}\tt\tactive\t"
                f"{at}\t{at}\t{owner}\t{owner}\n"
            )
            status = self.states[(k * 13 + k // POOL) % POOL]
            stage, rate = self.team.stages[0 if status == "unassigned" else pick % len(self.team.stages)]
            seller = self.seller(k)
            due = "\\N\t\\N\t\\N" if status == "unassigned" else f"{seller}\t{at}\t{day}"
            value = amount if status == "succeeded" else "\\N"
            end = (
                "\\N\t\\N\t\\N"
                if status in {"unassigned", "assigned"}
                else f"{day + timedelta(pick % 90)}\t{at}\t{value}"
            )
            product = words.PRODUCTS[pick % len(words.PRODUCTS)][0]
            chances.append(
                f"{firsts.chance + k}\t{firsts.chance_prefix}{no}\t{SOURCES[pick % 7]}\t{IMPORTANCE[pick % 4]}\t{name}\t{row_id}\t"
                f"{product}{words.DEMANDS[pick % 8]}\t{rate}\tf\t{amount}\t{stage}\t{seller}\t{at}\t{due}\t{status}\t{end}\t"
                f"{at}\t{at}\t{seller}\n"
            )
        return tuple("".join(rows).encode() for rows in (customers, linkmen, chances))


class ApartRows(Rows):
    """Rows as other companies bring them: Latin names, and who sells to a customer is seldom its manager."""

    def seller(self, k: int) -> int:
        """Return anybody of the team: every third is somebody else's for each person."""
        team = self.team
        return (
            team.old[k * 7 % len(team.old)]
            if k < self.old
            else team.managers[self.pick(k * 7 + 3) % len(team.managers)]
        )

    @staticmethod
    def name(k: int) -> tuple[str, str, str, str, str]:
        """Return a name of four Latin words; its keys are the name in small letters, as `core.pinyin` makes them."""
        rest, chosen = k * STRIDE % LATIN, []
        for part in (words.LATIN_FIRST, words.LATIN_SECOND, words.LATIN_TRADES, words.LATIN_FORMS):
            rest, digit = divmod(rest, len(part))
            chosen.append(part[digit])
        place, trade = words.PLACES[k % len(words.PLACES)], words.TRADES[k % len(words.TRADES)]
        name = " ".join(chosen)
        return name, name.lower(), name.lower(), place[3], trade[3]


class MixedRows(ApartRows):
    """The same with every second name in Chinese, so that each kind of text finds something."""

    @staticmethod
    def name(k: int) -> tuple[str, str, str, str, str]:
        """Return a Latin or a Chinese name with its keys, region and industry."""
        return ApartRows.name(k) if k % 2 else Rows.name(k)


Names = Literal["", "latin", "mixed"]
"""How names are made where chances and orders are not the customer's manager's; empty: Chinese, and his."""
ROWS: dict[Names, type[Rows]] = {"": Rows, "latin": ApartRows, "mixed": MixedRows}
