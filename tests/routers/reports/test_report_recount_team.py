"""Goals and the team's activity: every number is computed again from the rows in plain Python."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.models.access.departments import Department
from app.models.access.users import User
from app.models.customers.activities import Activity
from app.models.customers.customers import Customer
from app.models.orders.orders import Order
from app.models.orders.payments import OrderPayment
from app.models.sales.chances import Chance
from app.models.sales.goals import Goal
from app.models.sales.plans import Plan
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.numbers import Row, Wanted, agree, broken_down, groups, percent
from tests.factories.questions import MARCH, Crew, Days, Question, build_crew, local, moment, questions, regions, stored
from tests.factories.team import Team

As = Callable[..., Client]
WINTER = Days(date(2026, 2, 1), date(2026, 3, 31), date(2025, 12, 1), date(2026, 1, 31))
GOALS = ("actual", "goal", "attainment")
METRICS = ("won_amount", "paid_amount", "new_customers")
MONTHS = [date(2026, month, 1) for month in (1, 2, 3, 4)]


def day(luck: random.Random) -> date:
    """Draw a day around March, often the first or the last of a month."""
    return luck.choice([*MONTHS, *(one - timedelta(days=1) for one in MONTHS), date(2026, 3, luck.randrange(1, 32))])


async def aims(make: Make, crew: Crew) -> None:
    """Set goals of some people and departments in some months; some are 0."""
    luck = random.Random(24)  # noqa: S311  test data
    team = crew.team
    people = [{"user_id": one.id} for one in (*crew.sellers, team.supervisor)]
    units = [{"department_id": one.id} for one in (team.company, team.east, team.west, crew.group)]
    for whose in people + units:
        for metric in METRICS:
            for month in MONTHS:
                if luck.random() < 0.6:
                    value = luck.choice([Decimal(0), Decimal(luck.randrange(1, 10**6)) / 100])
                    await make.add(Goal(**whose, month=month, metric=metric, value=value))


async def deeds(make: Make, crew: Crew) -> None:
    """Make customers, won and lost chances, and orders with payments; some of each lie in the bin."""
    luck = random.Random(25)  # noqa: S311  test data
    product = await make.product(price=Decimal(100))
    customers = []
    for _ in range(50):
        facts: dict[str, Any] = {
            "region": luck.choice(["east", "south", None]),
            "status": luck.choice(["normal", "lost"]),
        }
        facts |= {"created_at": moment(luck), "deleted_at": make.ctx.now if luck.random() < 0.1 else None}
        customers.append(await make.customer(luck.choice(crew.sellers), **facts))
    for _ in range(60):
        customer = luck.choice([None, *customers])
        await make.chance(
            crew.team.manager, luck.choice(crew.sellers), status=luck.choice(["succeeded", "succeeded", "failed"]),
            closed_on=day(luck), close_value=luck.choice([None, Decimal(luck.randrange(10**7)) / 100]),
            customer_id=customer and customer.id, deleted_at=make.ctx.now if luck.random() < 0.1 else None,
        )  # fmt: skip
    for _ in range(40):
        order = await make.order(
            luck.choice(customers), (product, 1000), owner_id=luck.choice(crew.sellers).id, date=day(luck),
            status=luck.choice(["confirmed", "completed"]), deleted_at=make.ctx.now if luck.random() < 0.1 else None,
        )  # fmt: skip
        for _ in range(luck.randrange(3)):
            paid = Decimal(luck.randrange(1, 10**6)) / 100
            await make.add(OrderPayment(order_id=order.id, date=day(luck), amount=paid))


Reached = dict[tuple[int, str], Decimal]
"""What a person reached in a month."""


async def actual(make: Make, question: Question) -> dict[str, Reached]:
    """Return by metric what each person reached in each month of the period."""
    region, now = await regions(make, Customer), question.days.now
    orders = {one.id: one for one in await stored(make, Order)}
    found: dict[str, list[tuple[Any, Any, Any, Any]]] = {
        "won_amount": [
            (one, one.assignee_id, one.closed_on, one.close_value or 0) for one in await stored(make, Chance)
            if one.status == "succeeded" and now(one.closed_on)
        ],
        "paid_amount": [
            (orders[one.order_id], orders[one.order_id].owner_id, one.date, one.amount)
            for one in await stored(make, OrderPayment) if now(one.date)
        ],
        "new_customers": [
            (one, one.manager_id, local(one.created_at), 1) for one in await stored(make, Customer)
            if now(local(one.created_at))
        ],
    }  # fmt: skip
    reached: dict[str, Reached] = {}
    for metric, rows in found.items():
        reached[metric] = {}
        for row, owner, when, value in rows:
            there = row.region if isinstance(row, Customer) else region(row.customer_id)
            if row.deleted_at is None and question.counts(owner, there):
                place = owner, f"{when:%Y-%m}"
                reached[metric][place] = reached[metric].get(place, Decimal(0)) + value
    return reached


def attained(reached: Reached, aims: Reached) -> list[Any]:
    """Return what was reached, what was aimed at, and the attainment, over the months that have a goal alone."""
    aim = sum(aims.values(), Decimal(0)) if aims else None
    return [
        sum(reached.values(), Decimal(0)),
        aim,
        percent(sum((reached.get(one, Decimal(0)) for one in aims), Decimal(0)), aim),
    ]


def part(found: Reached, place: int, *wanted: Any) -> Reached:
    return {key: value for key, value in found.items() if key[place] in wanted}


@dataclass
class Goals:
    """What the goals report must say to a question."""

    question: Question
    goals: list[Any]
    below: dict[int, set[int]]
    """Each department with those below it."""
    inside: dict[int, set[int]]
    """The people of each department and of those below it."""

    def aims(self, metric: str, whose: str) -> Reached:
        """Return the goals of the period by person or department and month; one of 0 is none."""
        return {
            (owner, f"{one.month:%Y-%m}"): one.value
            for one in self.goals
            if one.metric == metric
            and (owner := getattr(one, whose))
            and one.value
            and self.question.days.now(one.month)
        }

    def months(self) -> set[str]:
        days = self.question.days
        return {f"{day:%Y-%m}" for day in MONTHS if day.month in range(days.first.month, days.last.month + 1)}

    def units(self, crew: Crew) -> set[int]:
        """Return the departments that are asked about: with all below them, and none when it is about a person."""
        filters, tops = self.question.filters, [crew.team.company.id]
        if "manager_id" in filters:
            return set()
        tops += [crew.team.east.id] if self.question.who is crew.team.supervisor else []
        tops += [filters["department_id"]] if "department_id" in filters else []
        return set.intersection(*(self.below[one] for one in tops))

    def agrees(self, report: dict[str, Any], reached: dict[str, Reached], crew: Crew) -> None:
        numbers: dict[str, tuple[Any, None]] = {}
        tables = {}
        for metric, done in reached.items():
            owners = self.question.owners
            aims = {k: v for k, v in self.aims(metric, "user_id").items() if owners is None or k[0] in owners}
            everybody = {who for who, _ in (*aims, *done)}
            people = {str(who): Row(attained(part(done, 0, who), part(aims, 0, who))) for who in everybody}
            months = {month: Row(attained(part(done, 1, month), part(aims, 1, month))) for month in self.months()}
            total = attained(done, aims)
            theirs = self.aims(metric, "department_id")
            units = {}
            for unit in {unit for unit, _ in theirs} & self.units(crew):
                together = {
                    (unit, month): sum(part(part(done, 0, *self.inside[unit]), 1, month).values(), Decimal(0))
                    for month in {month for _, month in done}
                }
                units[str(unit)] = Row(attained(together, part(theirs, 0, unit)))
            tables[f"{metric}_people"] = Wanted(GOALS, people, total)
            tables[f"{metric}_departments"] = Wanted(GOALS, units, None)
            tables[f"{metric}_months"] = Wanted(GOALS, months, total, sorted(months))
            numbers |= {metric: (total[0], None), f"{metric}_attainment": (total[2], None)}
        agree(report, numbers, tables, (self.question.who.name, self.question.filters))


class TestGoals:
    async def test_every_number_equals_a_recount(self, make: Make, team: Team, as_: As) -> None:
        crew = await build_crew(make, team)
        await aims(make, crew)
        await deeds(make, crew)
        goals, people = await stored(make, Goal), await stored(make, User)
        leaves = {one.id: {one.id} for one in await stored(make, Department)}
        east = {team.east.id, crew.group.id}
        below = leaves | {team.east.id: east, team.company.id: {*east, team.company.id, team.west.id}}
        inside = {unit: {one.id for one in people if one.department_id in under} for unit, under in below.items()}
        for question in questions(crew, MARCH, WINTER):
            report = (await as_(question.who).get(f"/reports/goals?{question.asked()}")).json()
            Goals(question, goals, below, inside).agrees(report, await actual(make, question), crew)


async def work(make: Make, crew: Crew) -> None:
    """Make activities of every kind by people on each other's customers, and plan items of their chances."""
    luck = random.Random(26)  # noqa: S311  test data
    customers = [await make.customer(luck.choice(crew.sellers), region=region) for region in ("east", "south", None)]
    for _ in range(120):
        gone = make.ctx.now if luck.random() < 0.1 else None
        kind = luck.choice(["visit", "phone", "phone", "mail", "wechat"])
        writer = luck.choice([*crew.sellers, crew.team.supervisor])
        await make.activity(luck.choice(customers), writer, kind=kind, at=moment(luck), deleted_at=gone)
    for _ in range(20):
        customer = luck.choice([None, *customers])
        chance = await make.chance(
            luck.choice(crew.sellers), luck.choice([None, *crew.sellers]), customer_id=customer and customer.id,
            deleted_at=make.ctx.now if luck.random() < 0.1 else None,
        )  # fmt: skip
        for _ in range(luck.randrange(8)):
            await make.plan(chance, status=luck.choice(["open", "done", "done", "cancelled"]), date=day(luck))


def executed(rows: list[Any], _whole: list[Any]) -> list[Any]:
    done = sum(plan.status == "done" for _, plan in rows)
    return [len(rows), done, percent(done, len(rows))]


class TestActivity:
    async def test_every_number_equals_a_recount(self, make: Make, team: Team, as_: As) -> None:
        crew = await build_crew(make, team)
        await work(make, crew)
        region = await regions(make, Customer)
        chances = {one.id: one for one in await stored(make, Chance) if one.deleted_at is None}
        for question in questions(crew):
            written = [
                one for one in await stored(make, Activity)
                if one.deleted_at is None and question.counts(one.created_by, region(one.customer_id))
            ]  # fmt: skip
            planned = [
                (chances[plan.chance_id], plan) for plan in await stored(make, Plan)
                if plan.status != "cancelled" and plan.chance_id in chances
            ]  # fmt: skip
            due = [
                (chance, plan) for chance, plan in planned
                if question.counts(chance.assignee_id or chance.creator_id, region(chance.customer_id))
            ]  # fmt: skip
            report = (await as_(question.who).get(f"/reports/activity?{question.asked()}")).json()
            self.agrees(report, question, written, due)

    @staticmethod
    def agrees(report: dict[str, Any], question: Question, written: list[Any], due: list[Any]) -> None:
        halves = question.days.now, question.days.before
        now, before = [[one for one in written if inside(local(one.at))] for inside in halves]
        items, items_before = [[one for one in due if inside(one[1].date)] for inside in halves]
        kinds = sorted(groups(now, lambda one: one.kind))

        def kinds_of(rows: list[Any], _whole: list[Any]) -> list[int]:
            return [len(rows), *(sum(one.kind == kind for one in rows) for kind in kinds)]

        whole, earlier = executed(items, items), executed(items_before, items_before)
        writers = broken_down(now, before, lambda one: one.created_by, kinds_of)
        plans = broken_down(items, items_before, lambda one: one[0].assignee_id or one[0].creator_id, executed)
        tables = {
            "writers": Wanted(("count", *kinds), writers, kinds_of(now, now)),
            "plans": Wanted(("due", "done", "rate"), plans, whole),
        }
        numbers: dict[str, Any] = {"activities": (len(now), len(before))}
        numbers |= {name: (whole[n], earlier[n]) for n, name in enumerate(("due", "done", "rate"))}
        agree(report, numbers, tables, question.filters)
