"""Contribution: whatever period is asked for, the answer is what plain Python adds up from the orders."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from app.models.orders.orders import Order
from app.models.orders.payments import OrderPayment
from app.services.base import verify
from app.services.orders import amounts as order_amounts
from app.services.reports.orders import cover
from app.services.reports.period import Period
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.numbers import figures, number, same, table
from tests.factories.team import Team

As = Callable[..., Client]
DAY = date.fromisoformat
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("days", "spans", "rest"),
    [
        (("2026-03-01", "2026-03-31"), [(1, "2026-03-01")], []),
        (("2026-04-01", "2026-06-30"), [(3, "2026-04-01")], []),
        (("2025-01-01", "2026-02-28"), [(12, "2025-01-01"), (1, "2026-01-01"), (1, "2026-02-01")], []),
        (("2026-02-01", "2026-06-30"), [(1, "2026-02-01"), (1, "2026-03-01"), (3, "2026-04-01")], []),
        (("2026-03-10", "2026-03-19"), [], [("2026-03-10", "2026-03-19")]),
        (
            ("2026-02-10", "2026-04-05"),
            [(1, "2026-03-01")],
            [("2026-02-10", "2026-02-28"), ("2026-04-01", "2026-04-05")],
        ),
        # What reaches today has no end: nothing is dated after it.
        (("2026-01-01", "2026-11-22"), [(12, "2026-01-01")], []),
        (("2026-01-01", "2026-11-21"), [(3, "2026-01-01"), (3, "2026-04-01"), (3, "2026-07-01"), (1, "2026-10-01")],
         [("2026-11-01", "2026-11-21")]),
    ],
)  # fmt: skip
def test_a_period_is_taken_apart(days: Any, spans: Any, rest: Any) -> None:
    found = cover(Period(*map(DAY, days)), TODAY)
    assert [(months, str(first)) for months, first in found.spans] == spans
    assert [(str(part.first), str(part.last)) for part in found.rest] == rest


async def trade(make: Make, team: Team) -> list[Order]:
    """Make orders of three people with six customers over 14 months, with every state and kind of payment."""
    luck = random.Random(11)  # noqa: S311  test data
    people = [team.manager, team.colleague, team.stranger]
    regions = ["east", None, "east", "west", None, "west"]
    customers = [await make.customer(people[n % 3], region=region) for n, region in enumerate(regions)]
    product = await make.product(price=Decimal("0.01"))
    made = []
    for _ in range(80):
        status = luck.choice(["draft", "confirmed", "completed", "completed", "cancelled"])
        owner = luck.choice(people)
        counts = status in {"confirmed", "completed"}
        count = luck.choice([0, *[luck.randrange(1, 10**7)] * 4])
        order = await make.order(
            luck.choice(customers), *([(product, count)] if count else []), status=status,
            date=make.today - timedelta(days=luck.randrange(430)), owner_id=owner.id if counts else None,
        )  # fmt: skip
        if counts and count and luck.random() < 0.6:
            part = Decimal(luck.randrange(1, count + 1)) / 100
            make.session.add(OrderPayment(order_id=order.id, date=make.today, amount=part))
            await order_amounts.recount(make.ctx, order)
            await make.session.commit()
        made.append(order)
    return made


def wanted(orders: list[Order], first: date, last: date) -> dict[str, list[Any]]:
    """Add up in plain Python: by customer total, share, cumulative share, orders, average, paid, unpaid."""
    rows: dict[int, list[Any]] = {}
    for order in orders:
        if order.status in {"confirmed", "completed"} and first <= order.date <= last:
            row = rows.setdefault(order.customer_id, [Decimal(0), 0, Decimal(0)])
            row[0], row[1], row[2] = row[0] + order.total, row[1] + 1, row[2] + order.paid
    whole = sum((row[0] for row in rows.values()), Decimal(0))
    found, reached = {}, Decimal(0)
    for customer_id, (total, count, paid) in sorted(rows.items(), key=lambda row: (-row[1][0], row[0])):
        if total:
            reached += total
            found[str(customer_id)] = [
                total, 100 * total / whole, 100 * reached / whole, count, total / count, paid, total - paid,
            ]  # fmt: skip
    return found


def periods(today: date) -> list[tuple[date, date]]:
    month = today.replace(day=1)
    last_month = (month - timedelta(days=1)).replace(day=1)
    return [
        (last_month, month - timedelta(days=1)),
        (date(today.year, 1, 1), today),
        (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
        (today - timedelta(days=200), today - timedelta(days=20)),
        (date(today.year - 1, 10, 1), month - timedelta(days=1)),
    ]


class TestContribution:
    async def test_ranking_shares_and_trend_equal_a_recount(self, make: Make, team: Team, as_: As) -> None:
        orders = await trade(make, team)
        for first, last in periods(make.today):
            report = (await as_(team.executive).get(f"/reports/contribution?date_from={first}&date_to={last}")).json()
            right, found = wanted(orders, first, last), table(report, "customers")
            assert list(found) == list(right), (first, last)
            for key, values in right.items():
                assert all(same(f, w) for f, w in zip(found[key][:7], values, strict=True)), (first, last, key)
            rows = [o for o in orders if o.status in {"confirmed", "completed"} and first <= o.date <= last]
            shown = figures(report)
            assert Decimal(shown["total"]) == sum((o.total for o in rows), Decimal(0))
            assert int(shown["orders"]) == len(rows)
            assert int(shown["customers"]) == len(right)
            assert Decimal(shown["unpaid"]) == sum((o.total - o.paid for o in rows), Decimal(0))
            before = Period(first, last).before(make.today)
            earlier = {one["key"]: one["previous"] for one in report["figures"]}
            assert int(earlier["customers"]) == len(wanted(orders, before.first, before.last)), (first, last)
            months = table(report, "months")
            for month, values in months.items():
                inside = [o for o in rows if f"{o.date:%Y-%m}" == month]
                assert Decimal(values[0]) == sum((o.total for o in inside), Decimal(0)), month
                assert int(values[1]) == len(inside)
            assert len(months) == len({f"{first + timedelta(days=n):%Y-%m}" for n in range((last - first).days + 1)})

    async def test_kept_sums_say_what_a_count_says(self, make: Make, team: Team, as_: As) -> None:
        orders = await trade(make, team)
        assert await verify.sums(make.ctx) == []
        person = as_(team.executive)
        before = make.today.replace(day=1) - timedelta(days=1)
        whole = f"/reports/contribution?date_from={before.replace(day=1)}&date_to={before}"
        assert (await person.get(whole)).json()["kept"] is True
        broken = f"/reports/contribution?date_from={before.replace(day=2)}&date_to={before}"
        assert (await person.get(broken)).json()["kept"] is False
        luck = random.Random(5)  # noqa: S311  test data
        for order in luck.sample(orders, 30):
            order.date -= timedelta(days=luck.randrange(100))
            order.owner_id = luck.choice([team.manager.id, team.colleague.id])
            order.status, order.delivery_state = luck.choice([("confirmed", "none"), ("completed", "shipped")])
            await make.session.commit()
        assert await verify.sums(make.ctx) == []
        found = (await make.session.scalars(select(Order), execution_options={"scoped": "the test"})).all()
        right = wanted(list(found), before.replace(day=1), before)
        assert list(table((await person.get(whole)).json(), "customers")) == list(right)

    async def test_scope_and_filters(self, make: Make, team: Team, as_: As) -> None:
        orders = await trade(make, team)
        first, last = make.today.replace(month=1, day=1), make.today
        days = f"date_from={first}&date_to={last}"
        mine = {team.manager.id, team.colleague.id}
        report = (await as_(team.supervisor).get(f"/reports/contribution?{days}")).json()
        right = wanted([o for o in orders if o.owner_id in mine], first, last)
        assert {k: v[0] for k, v in table(report, "customers").items()} == {k: str(v[0]) for k, v in right.items()}
        before = Period(first, last).before(make.today)
        earlier = {one["key"]: one["previous"] for one in report["figures"]}
        theirs = [o for o in orders if o.owner_id in mine]
        assert int(earlier["customers"]) == len(wanted(theirs, before.first, before.last))
        # Customers of another team that bought from this one count, without their names.
        names = {row["name"] for row in report["tables"][0]["rows"]}
        assert None in names
        one = (await as_(team.executive).get(f"/reports/contribution?{days}&manager_id={team.manager.id}")).json()
        right = wanted([o for o in orders if o.owner_id == team.manager.id], first, last)
        assert list(table(one, "customers")) == list(right)
        east = (await as_(team.executive).get(f"/reports/contribution?{days}&region=east")).json()
        ids = {o.customer_id for o in orders}
        there = min(ids), sorted(ids)[2]
        right = wanted([o for o in orders if o.customer_id in there], first, last)
        assert list(table(east, "customers")) == list(right)
        inside = [o for o in orders if o.customer_id in there and o.status in {"confirmed", "completed"}]
        inside = [o for o in inside if first <= o.date <= last]
        shown = figures(east)
        assert [int(shown["customers"]), int(shown["orders"])] == [len(right), len(inside)]
        assert Decimal(shown["paid"]) == sum((o.paid for o in inside), Decimal(0))
        for month, values in table(east, "months").items():
            of_month = [o for o in inside if f"{o.date:%Y-%m}" == month]
            assert [Decimal(values[0]), int(values[1])] == [sum((o.total for o in of_month), Decimal(0)), len(of_month)]
        assert same(sum(Decimal(v[1]) for v in table(east, "customers").values()), 100)
        assert (await as_(team.manager).get("/reports/contribution")).status_code == 403

    async def test_who_bought_twice_in_the_period_before_counts_once(self, make: Make, team: Team, as_: As) -> None:
        customer, product = await make.customer(team.manager), await make.product(price=Decimal(5))
        for day, owner in (("2026-01-05", team.manager), ("2026-02-05", team.manager), ("2026-02-06", team.colleague)):
            facts = {"status": "completed", "owner_id": owner.id, "date": DAY(day)}
            await make.order(customer, (product, 1), **facts)
        # Two spans of everybody; one span of two people.
        for person, days in (
            (team.executive, "date_from=2026-03-01&date_to=2026-04-30"),
            (team.supervisor, "date_from=2026-03-01&date_to=2026-03-31"),
        ):
            report = (await as_(person).get(f"/reports/contribution?{days}")).json()
            assert {one["key"]: one["previous"] for one in report["figures"]}["customers"] == "1", days

    async def test_zeros_potential_and_the_period_before(self, make: Make, team: Team, as_: As) -> None:
        product = await make.product(price=Decimal(50))
        buyer, idle = await make.customer(team.manager), await make.customer(team.manager)
        facts: dict[str, Any] = {"status": "completed", "owner_id": team.manager.id}
        for day, count in (("2026-03-31", 3), ("2026-02-01", 1)):
            await make.order(buyer, (product, count), date=DAY(day), **facts)
        await make.chance(team.manager, team.manager, customer_id=idle.id, amount=Decimal(200), rate=25)
        person = as_(team.executive)
        path = "/reports/contribution?date_from=2026-03-01&date_to=2026-03-31"
        report = (await person.get(path)).json()
        assert list(table(report, "customers")) == [str(buyer.id)]
        (row,) = report["tables"][0]["rows"]
        assert [row["values"][0], row["previous"][0]] == ["150.00", "50.00"]
        assert {one["key"]: one["previous"] for one in report["figures"]}["total"] == "50.00"
        zeros = (await person.get(f"{path}&with_zeros=true")).json()["tables"][0]
        assert [one["id"] for one in zeros["rows"]] == [buyer.id, idle.id]
        assert same(zeros["rows"][1]["values"][7], 50)
        assert zeros["rows"][1]["values"][4] is None
        assert [number(one) for one in zeros["rows"][1]["previous"]] == [0, 0, None, 0, None, 0, 0, None]
        assert zeros["cut"] is False

    async def test_nothing_sold_is_zero_and_a_ratio_of_it_a_dash(self, team: Team, as_: As) -> None:
        report = (await as_(team.executive).get("/reports/contribution")).json()
        assert figures(report) == {
            "total": "0", "customers": "0", "orders": "0", "average": None, "paid": "0", "unpaid": "0",
        }  # fmt: skip
