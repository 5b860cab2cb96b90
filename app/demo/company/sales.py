"""The demo company's chances with their stage histories, plan items and activities: three years up to today."""

import math
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from app.demo.company import words
from app.demo.company.calendar import ASSIGNING, CLOSING, MOVING, OPENING, TALKING, Calendar, likely, stream
from app.demo.company.customers import EMPTY, SOURCES, Company, Row, person, prospect

STATES = {"succeeded": 630, "failed": 510, "assigned": 270, "unassigned": 90}
"""42, 34, 18 and 6 % of 1,500."""
WITH_SUPERVISOR = 7
"""Open chances that each supervisor works on; the managers share the rest."""
SMALLEST, BIGGEST = 10_000, 3_000_000
WIN_REASONS = ("price", "product", "service", "relationship", "brand", "unstated")
FAIL_REASONS = ("price", "competitor", "budget", "no_demand", "no_contact", "mismatch", "unstated")


@dataclass
class Team:
    """Who sells: managers (their supervisor by id), the one who left, the stages and products there are, who keeps them, and against whom."""

    managers: list[int]
    gone: int
    supervisor_of: dict[int, int]
    stages: list[tuple[int, int]]
    products: list[tuple[int, str]]
    keeper: int
    competitors: list[int] = field(default_factory=list)

    @property
    def supervisors(self) -> list[int]:
        """Return the supervisors, each once."""
        return sorted(set(self.supervisor_of.values()))


@dataclass
class Sales:
    """What was sold and done, as rows by table."""

    chances: list[Row] = field(default_factory=list)
    stays: list[Row] = field(default_factory=list)
    plans: list[Row] = field(default_factory=list)
    activities: list[Row] = field(default_factory=list)


class Story:
    """Tells the chances one by one; each concern draws from a stream of its own."""

    def __init__(self, seed: int, calendar: Calendar, team: Team, companies: list[Company]) -> None:
        self.calendar, self.team, self.companies = calendar, team, companies
        self.money, self.days, self.facts = stream(seed, "money"), stream(seed, "days"), stream(seed, "facts")
        self.rivals = stream(seed, "rivals")
        self.sales = Sales()
        self.of: dict[int, list[Company]] = {}
        for company in companies:
            self.of.setdefault(company.manager, []).append(company)

    def tell(self, ids: list[int]) -> Sales:
        """Return everything that happened."""
        coming = iter(ids)
        for status in ("succeeded", "failed"):
            for _ in range(STATES[status]):
                self._closed(next(coming), status)
        for place, person_id in enumerate(self._workers()):
            self._assigned(next(coming), person_id, place)
        for place in range(STATES["unassigned"]):
            self._unassigned(next(coming), place)
        return self.sales

    def _workers(self) -> list[int]:
        """Return who works on each assigned chance."""
        people = [person_id for person_id in self.team.supervisors for _ in range(WITH_SUPERVISOR)]
        managers = self.team.managers
        return people + [managers[n % len(managers)] for n in range(STATES["assigned"] - len(people))]

    def _closed(self, row_id: int, status: str) -> None:
        rng, won = self.money, status == "succeeded"
        weights = [company.weight if won else company.weight**0.5 for company in self.companies]
        known = won or likely(rng, 0.6)
        company = rng.choices(self.companies, weights)[0]
        assignee = company.manager if known else rng.choice(self.team.managers)
        amount = self._amount()
        closed = self.calendar.pick(self.days)
        length = min(max(round(self.days.lognormvariate(math.log(38), 0.6)), 4), 170)
        chance = self._chance(row_id, company if known else None, assignee, amount, closed - timedelta(days=length))
        closed_at = self.calendar.at(self.days, closed, CLOSING)
        value = min(max(round(amount * rng.uniform(0.85, 1.05), -2), SMALLEST), BIGGEST)
        reason = self.facts.choice(WIN_REASONS if won else FAIL_REASONS)
        met = reason == "competitor" or likely(self.rivals, 0.4)
        chance |= {
            "status": status,
            "closed_on": closed,
            "closed_at": closed_at,
            "close_value": value if won else None,
            "close_reason": reason,
            "competitor_id": self.rivals.choice(self.team.competitors) if met else None,
            "expected_close_date": closed + timedelta(days=self.days.randint(-10, 20)),
            "updated_at": closed_at,
        }
        reached = 4 if won else self.facts.randint(0, 4)
        self._way(chance, reached, closed, closed_at)
        self._talk(chance, company if known else None, closed, self.facts.randint(1, 3))
        self._done(chance, closed, self.facts.randint(0, 3))
        if likely(self.facts, 0.15):
            self._plan(chance, closed, "cancelled")

    def _assigned(self, row_id: int, assignee: int, place: int) -> None:
        """Every fourth chance of a person is due, every next one stale: no tab is empty."""
        turn = (place // len(self.team.managers)) % 4 if assignee in self.team.managers else place % 4
        company = self._known(assignee, 0.6)
        age = self.days.randint(30, 110) if turn == 1 else self.days.randint(2, 90)
        chance = self._chance(row_id, company, assignee, self._amount(), self.calendar.today - timedelta(days=age))
        ahead = -self.days.randint(0, 9) if turn == 0 else self.days.randint(5, 90)
        expected = self.calendar.today + timedelta(days=ahead)
        chance |= {"status": "assigned", "expected_close_date": expected}
        last = self.calendar.back(self.calendar.today - timedelta(days=17)) if turn == 1 else self.calendar.last
        self._way(chance, self.facts.randint(0, 4), last, None)
        self._talk(chance, company, last, self.facts.randint(1, 4))
        self._done(chance, last, self.facts.randint(0, 2))

    def _unassigned(self, row_id: int, place: int) -> None:
        people = [*(m for m in self.team.managers if m != self.team.gone), *self.team.supervisors]
        creator = people[place % len(people)]
        opened = self.calendar.back(self.calendar.today - timedelta(days=self.days.randint(1, 25)))
        chance = self._chance(row_id, self._known(creator, 0.25), creator, self._amount(), opened)
        proposed = creator if creator in self.team.supervisor_of and place % 3 == 0 else None
        chance |= {
            "status": "unassigned", "creator_id": creator, "assignee_id": None, "assigned_at": None,
            "first_assigned_on": None, "proposed_id": proposed,
            "expected_close_date": self.calendar.ahead(self.days, 120) if place % 3 else None,
        }  # fmt: skip
        self._way(chance, 0, opened, None)

    def _known(self, person_id: int, share: float) -> Company | None:
        """Return one of the customers that a person (or, of a supervisor, the team) has; or none."""
        people = [m for m, s in self.team.supervisor_of.items() if person_id in {m, s}]
        choices = [company for manager in people for company in self.of[manager]]
        return self.facts.choice(choices) if likely(self.facts, share) else None

    def _amount(self) -> int:
        """Draw a lognormal amount between 1万 and 300万, in hundreds."""
        return int(min(max(self.money.lognormvariate(math.log(110_000), 1.05), SMALLEST), BIGGEST)) // 100 * 100

    def _chance(self, row_id: int, company: Company | None, assignee: int, amount: int, from_day: date) -> Row:
        rng, calendar = self.facts, self.calendar
        assigned = calendar.back(from_day)
        opened = calendar.back(assigned - timedelta(days=self.days.randint(0, 3)))
        opened_at = calendar.at(self.days, opened, OPENING)
        product = rng.choice(self.team.products)
        contact = (
            rng.choice(company.linkmen) if company else {"name": person(rng), "mobile": f"1380000{row_id % 10_000:04d}"}
        )
        optional = {
            "source": rng.choice(SOURCES), "linkman": contact["name"],
            "tel": contact.get("mobile") or f"1380000{row_id % 10_000:04d}",
            "description": rng.choice(words.DESCRIPTIONS), "product_id": product[0],
        }  # fmt: skip
        given = {name: None if likely(rng, EMPTY) else value for name, value in optional.items()}
        chance = {
            "id": row_id, "title": product[1] + rng.choice(words.DEMANDS), "amount": amount,
            "customer_id": company.row["id"] if company else None,
            "customer_name": company.row["name"] if company else prospect(rng),
            "importance": rng.choices(("high", "mid", "low"), (25, 50, 25))[0],
            "creator_id": assignee if likely(rng, 0.7) else self.team.supervisor_of.get(assignee, assignee),
            "opened_at": opened_at, "created_at": opened_at, "updated_at": opened_at, "proposed_id": None,
            "assignee_id": assignee, "assigned_at": calendar.at(self.days, assigned, ASSIGNING),
            "first_assigned_on": assigned, "closed_on": None, "closed_at": None, "close_value": None,
            "close_reason": None, "competitor_id": None, "last_activity_at": None, "next_at": None, "rate_is_manual": False,
        } | given  # fmt: skip
        chance["created_by"] = chance["creator_id"]
        self.sales.chances.append(chance)
        return chance

    def _way(self, chance: Row, reached: int, last: date, ends: datetime | None) -> None:
        """Walk through the stages; what is won or lost ends its last stay."""
        calendar, entered = self.calendar, chance["opened_at"]
        days = calendar.between(self.days, chance["first_assigned_on"] or last, last, reached)
        moments = [calendar.at(self.days, day, MOVING) for day in days]
        by = chance["assignee_id"] or chance["creator_id"]
        for place, left in enumerate([*moments, ends]):
            stage = self.team.stages[place]
            self.sales.stays.append(
                {"chance_id": chance["id"], "stage_id": stage[0], "entered_at": entered, "left_at": left}
                | {"entered_by": by if place else chance["creator_id"]}
            )
            chance["stage_id"], chance["rate"] = stage
            entered = left
        chance["updated_at"] = max([chance["updated_at"], *moments])

    def _talk(self, chance: Row, company: Company | None, last: date, count: int) -> None:
        """Log what was said to the customer; its newest entry tells when to go on."""
        if company is None:
            return
        rng = self.facts
        for day in self.calendar.between(self.days, chance["first_assigned_on"], last, count):
            at = self.calendar.at(self.days, day, TALKING)
            goes_on = likely(rng, 0.5)
            title, kind = rng.choice(tuple(words.TITLES.items()))
            self.sales.activities.append({
                "customer_id": company.row["id"], "chance_id": chance["id"],
                "linkman_id": None if likely(rng, EMPTY) else rng.choice(company.linkmen)["id"],
                "kind": kind, "purpose": rng.choice(("follow_up", "follow_up", "presales")), "at": at,
                "title": title, "told": None,
                "description": None if likely(rng, EMPTY) else rng.choice(words.RESULTS),
                "next_step": rng.choice(words.NEXT_STEPS) if goes_on else None,
                "next_at": at + timedelta(days=rng.randint(3, 14)) if goes_on else None,
                "created_by": chance["assignee_id"], "created_at": at, "updated_at": at,
            })  # fmt: skip
            chance["last_activity_at"], chance["next_at"] = at, self.sales.activities[-1]["next_at"]

    def _done(self, chance: Row, last: date, count: int) -> None:
        for day in self.calendar.between(self.days, chance["first_assigned_on"], last, count):
            self._plan(chance, day, "done")

    def _plan(self, chance: Row, day: date, status: str) -> None:
        rng, done = self.facts, status == "done"
        done_at = self.calendar.at(self.days, day, TALKING) if done else None
        todo, kind = rng.choice(tuple(words.TODOS.items()))
        self.sales.plans.append({
            "chance_id": chance["id"], "date": day, "todo": todo,
            "kind": None if likely(rng, EMPTY) else kind, "status": status,
            "result": rng.choice(words.RESULTS) if done else None, "done_at": done_at,
            "done_by": chance["assignee_id"] if done else None, "created_by": chance["assignee_id"],
            "created_at": chance["assigned_at"], "updated_at": done_at or chance["assigned_at"],
        })  # fmt: skip

    def plan_ahead(self) -> None:
        """Give each person 2–4 items that are overdue, 3–5 for today and some for the coming weeks."""
        rng, today = self.days, self.calendar.today
        mine: dict[int, list[Row]] = {}
        for chance in self.sales.chances:
            if chance["status"] == "assigned":
                mine.setdefault(chance["assignee_id"], []).append(chance)
        for chances in mine.values():
            late = [self.calendar.back(today - timedelta(days=rng.randint(1, 8))) for _ in range(rng.randint(2, 4))]
            coming = [self.calendar.ahead(rng, 21) for _ in range(rng.randint(6, 12))]
            days = [*late, *[today] * rng.randint(3, 5), *coming]
            for chance, day in zip(rng.choices(chances, k=len(days)), days, strict=True):
                self._plan(chance, day, "open")
