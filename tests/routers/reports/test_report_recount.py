"""Time to close, win rate, reasons and composition: every number is computed again from the rows in plain Python."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import Any

import time_machine

from app.models.customers.customers import Customer
from app.models.sales.chances import Chance
from app.models.sales.competitors import Competitor
from tests.conftest import Client
from tests.factories.make import SHANGHAI, Make
from tests.factories.numbers import Row, Wanted, agree, broken_down, figures, percent, same
from tests.factories.questions import MARCH, Crew, Question, build_crew, local, moment, questions, regions, stored
from tests.factories.team import Team

As = Callable[..., Client]
TIMES = ("count", "mean", "median", "p90")
RATES = ("won", "lost", "rate", "won_value", "lost_amount", "rate_by_value")
REASONS = ("count", "amount", "share")
PARTS = ("level", "region", "industry", "size", "credit", "satisfaction")


async def ended(make: Make, crew: Crew) -> None:
    """Make chances of four people, won, lost and open, with every kind of gap; some lie in the bin."""
    luck = random.Random(21)  # noqa: S311  test data
    customers = [
        await make.customer(luck.choice(crew.sellers), region=region) for region in ("east", "east", "south", None)
    ]
    stages = [(await make.stage(place)).id for place in (0, 2, 4)]
    rivals = [(await make.competitor(code=code)).id for code in ("north", "south")]
    for _ in range(150):
        owner, customer = luck.choice(crew.sellers), luck.choice([None, *customers])
        closed = MARCH.first + timedelta(days=luck.choice([-29, -28, -1, 0, 8, 9, 18, 19, 30, 31, luck.randrange(31)]))
        status = luck.choice(["succeeded", "succeeded", "failed", "assigned"])
        facts: dict[str, Any] = {
            "status": status,
            "customer_id": customer and customer.id,
            "closed_on": None if status == "assigned" else closed,
            "source": luck.choice(["website", "exhibition", None]),
            "close_reason": None if status == "assigned" else luck.choice(["price", "unstated", "rival", None]),
            "competitor_id": None if status == "assigned" else luck.choice([*rivals, None]),
            "stage_id": luck.choice(stages),
            "amount": luck.choice([None, Decimal(luck.randrange(10**7)) / 100]),
            "close_value": luck.choice([None, Decimal(luck.randrange(10**8)) / 100]) if status == "succeeded" else None,
            "first_assigned_on": luck.choice([None, *[closed - timedelta(days=luck.randrange(90))] * 4]),
            "deleted_at": make.ctx.now if luck.random() < 0.1 else None,
        }
        await make.chance(luck.choice(crew.sellers), owner, **facts)


async def closed(make: Make, question: Question) -> tuple[list[Any], list[Any]]:
    """Return the ended chances that a question is about: of its period and of the one before."""
    region = await regions(make, Customer)
    counted = [
        one for one in await stored(make, Chance)
        if one.deleted_at is None and one.status in ("succeeded", "failed")
        and question.counts(one.assignee_id, region(one.customer_id))
    ]  # fmt: skip
    return tuple(
        [one for one in counted if inside(one.closed_on)] for inside in (question.days.now, question.days.before)
    )


def times(rows: list[Any], _whole: list[Any]) -> list[Any]:
    """Return number, mean, median and 90th percentile (between the two neighbours) of the days to close."""
    days = sorted((one.closed_on - one.first_assigned_on).days for one in rows)
    if not days:
        return [0, None, None, None]
    place = Decimal("0.9") * (len(days) - 1)
    low = int(place)
    high = min(low + 1, len(days) - 1)
    return [
        len(days),
        Decimal(sum(days)) / len(days),
        median(days),
        days[low] + (place - low) * (days[high] - days[low]),
    ]


class TestTimeToClose:
    async def test_every_number_equals_a_recount(self, make: Make, team: Team, as_: As) -> None:
        crew = await build_crew(make, team)
        await ended(make, crew)
        for question in questions(crew):
            now, before = [
                [one for one in rows if one.status == "succeeded" and one.first_assigned_on]
                for rows in await closed(make, question)
            ]
            total = times(now, now)
            tables = {
                "assignees": Wanted(TIMES, broken_down(now, before, lambda one: one.assignee_id, times), total),
                "sources": Wanted(TIMES, broken_down(now, before, lambda one: one.source, times), total),
            }
            numbers = {
                name: (value, earlier, len(now))
                for name, value, earlier in zip(TIMES, total, times(before, before), strict=True)
            }
            report = (await as_(question.who).get(f"/reports/time-to-close?{question.asked()}")).json()
            agree(report, numbers, tables, question.filters)

    async def test_the_days_are_those_of_the_company(self, make: Make, team: Team, as_: As) -> None:
        """Assigned half an hour after midnight, won half an hour before: elsewhere these are other days."""
        began = datetime(2026, 3, 6, 0, 30, tzinfo=SHANGHAI)
        with time_machine.travel(began, tick=False):
            chance = await make.chance(team.manager, opened_at=began)
            path, body = f"/chances/{chance.id}", {"assignee_id": team.manager.id}
            assert (await as_(team.supervisor).post(f"{path}/assign", json=body)).status_code == 200
        with time_machine.travel(datetime(2026, 3, 31, 23, 30, tzinfo=SHANGHAI), tick=False):
            done = await as_(team.manager).post(f"{path}/succeed", json={"close_value": "1", "create_customer": True})
            assert done.json()["closed_on"] == "2026-03-31"
        report = (
            await as_(team.executive).get("/reports/time-to-close?date_from=2026-03-01&date_to=2026-03-31")
        ).json()
        assert same(figures(report)["mean"], 25)


def worth(one: Any) -> Decimal:
    return (one.close_value if one.status == "succeeded" else one.amount) or Decimal(0)


def reason(rows: list[Any], whole: list[Any]) -> list[Any]:
    return [len(rows), sum(map(worth, rows), Decimal(0)), percent(len(rows), len(whole))]


def rates(rows: list[Any], _whole: list[Any]) -> list[Any]:
    won, lost = [[one for one in rows if one.status == state] for state in ("succeeded", "failed")]
    value, amount = [sum(map(worth, part), Decimal(0)) for part in (won, lost)]
    return [len(won), len(lost), percent(len(won), len(rows)), value, amount, percent(value, value + amount)]


class TestWinRate:
    async def test_every_number_equals_a_recount(self, make: Make, team: Team, as_: As) -> None:
        crew = await build_crew(make, team)
        await ended(make, crew)
        for question in questions(crew):
            now, before = await closed(make, question)
            total, earlier = rates(now, now), rates(before, before)
            tables = {
                name: Wanted(RATES, broken_down(now, before, lambda one, key=key: getattr(one, key), rates), total)
                for name, key in (("assignees", "assignee_id"), ("sources", "source"))
            }
            numbers = {name: (total[n], earlier[n], len(now)) for n, name in enumerate(RATES)}
            report = (await as_(question.who).get(f"/reports/win-rate?{question.asked()}")).json()
            agree(report, numbers, tables, question.filters)


class TestReasons:
    async def test_every_number_equals_a_recount(self, make: Make, team: Team, as_: As) -> None:
        crew = await build_crew(make, team)
        await ended(make, crew)
        way = [str((await make.stage(place)).id) for place in range(5)]
        for question in questions(crew):
            rows = await closed(make, question)
            numbers, tables = {}, {}
            for state in ("succeeded", "failed"):
                now, before = [[one for one in part if one.status == state] for part in rows]
                total, earlier = reason(now, now), reason(before, before)
                parts = broken_down(now, before, lambda one: one.close_reason, reason)
                tables[state] = Wanted(REASONS, parts, total)
                numbers |= {f"{state}_{name}": (total[n], earlier[n]) for n, name in enumerate(("count", "amount"))}
            codes = {one.id: one.code for one in await stored(make, Competitor)} | {None: None}
            for name, key in (
                ("competitors", lambda one, codes=codes: codes[one.competitor_id]),
                ("assignees", lambda one: one.assignee_id),
                ("closing_stages", lambda one: one.stage_id),
            ):
                parts = broken_down(*rows, key, rates)
                tables[name] = Wanted(RATES, parts, rates(rows[0], []), way if name == "closing_stages" else None)
            report = (await as_(question.who).get(f"/reports/reasons?{question.asked()}")).json()
            agree(report, numbers, tables, question.filters)


async def base(make: Make, crew: Crew, order: dict[str, list[str]]) -> None:
    """Make customers of four people with gaps in every attribute; one level is none of the dictionary's."""
    luck = random.Random(22)  # noqa: S311  test data
    words: dict[str, list[Any]] = {part: [*order[part][:3], None] for part in PARTS}
    words |= {"level": [*words["level"], "outdated"], "credit": [1, 3, 5, None], "satisfaction": [2, 4, None]}
    words |= {"status": ["normal", "warning", "lost"], "deleted_at": [make.ctx.now, *[None] * 9]}
    for _ in range(120):
        facts = {name: luck.choice(values) for name, values in words.items()}
        await make.customer(luck.choice(crew.sellers), created_at=moment(luck), **facts)


def counted(rows: list[Any], whole: list[Any]) -> list[Any]:
    return [len(rows), percent(len(rows), len(whole))]


class TestComposition:
    async def order(self, person: Client) -> dict[str, list[str]]:
        """Return the rows' order: the dictionary's, ratings from the best, then what is not given, then the rest."""
        kinds = {one["type"]: sorted(one["items"], key=lambda item: item["sort"])
                 for one in (await person.get("/dict")).json()}  # fmt: skip
        order = {part: [one["item"] for one in kinds.get(part, [])] or list("54321") for part in PARTS}
        return {part: [*keys, "none", "outdated"] for part, keys in order.items()}

    async def test_every_number_equals_a_recount(self, make: Make, team: Team, as_: As) -> None:
        crew = await build_crew(make, team)
        order = await self.order(as_(team.executive))
        await base(make, crew, order)
        everyone = [one for one in await stored(make, Customer) if one.deleted_at is None]
        assert len({one.level for one in everyone}) == 5
        for question in questions(crew):
            for lost in (False, True):
                mine = [
                    one for one in everyone
                    if question.counts(one.manager_id, one.region) and (lost or one.status != "lost")
                ]  # fmt: skip
                days, more = question.days, {"with_lost": True} if lost else {}
                now, before = [
                    [one for one in mine if inside(local(one.created_at))] for inside in (days.now, days.before)
                ]
                report = (await as_(question.who).get(f"/reports/composition?{question.asked(**more)}")).json()
                self.agrees(report, now, before, order, question.filters)
                report = (await as_(question.who).get("/reports/composition", params=question.filters | more)).json()
                self.agrees(report, mine, None, order, question.filters)

    @staticmethod
    def agrees(
        report: dict[str, Any], now: list[Any], before: list[Any] | None, order: dict[str, list[str]], why: object
    ) -> None:
        numbers = {"customers": (len(now), None if before is None else len(before))}
        tables = {}
        for part in PARTS:
            rows: dict[str, Row] = broken_down(now, before, lambda one, part=part: getattr(one, part), counted)
            tables[part] = Wanted(("count", "share"), rows, counted(now, now), order[part])
        agree(report, numbers, tables, why)
