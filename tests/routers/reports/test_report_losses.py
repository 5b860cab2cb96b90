"""The loss analysis: each number is recomputed from the rows in plain Python on random data."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.models.care.losses import Loss
from app.models.customers.customers import Customer
from app.models.orders.orders import Order
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.numbers import figures, same, table
from tests.factories.team import Team

As = Callable[..., Client]
ZONE = ZoneInfo("Asia/Shanghai")
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
MARCH = f"date_from={FIRST}&date_to={LAST}"
Story = list[tuple[Customer, Loss | None, list[Order]]]


def local(moment: datetime | None) -> date | None:
    return moment.astimezone(ZONE).date() if moment else None


async def stories(make: Make, team: Team) -> Story:
    """Make customers of three people with an entry in every state, and orders around their last one."""
    luck = random.Random(9)  # noqa: S311  test data
    product = await make.product(price=Decimal("7.77"))
    made: Story = []
    for _ in range(45):
        person = luck.choice([team.manager, team.colleague, team.stranger])
        began = datetime(2026, 1, 20, tzinfo=UTC) + timedelta(hours=luck.randrange(24 * 50))
        facts = {"level": luck.choice(["major", None]), "region": luck.choice(["east", None]), "created_at": began}
        customer = await make.customer(person, **facts)
        last = FIRST - timedelta(days=luck.randrange(200, 300))
        orders = [
            await make.order(
                customer, (product, luck.randrange(1, 9)), date=last - timedelta(days=days),
                status=luck.choice(["completed", "cancelled"]), owner_id=person.id,
            )
            for days in (0, luck.choice([200, 364, 365, 366]))
        ]  # fmt: skip
        status = luck.choice(["lost", "lost", "recovered", "warning", "delayed", None])
        if status is None:
            made.append((customer, None, orders))
            continue
        day = FIRST + timedelta(days=luck.randrange(-28, 40))
        end = datetime.combine(day, time(12), UTC)
        entry: dict[str, Any] = {"status": status, "last_order_date": last}
        if status == "lost":
            back = luck.choice([None, end + timedelta(days=luck.randrange(1, 20))])
            entry |= {"lost_date": day, "reason": luck.choice(["price", "rival", None]), "returned_at": back}
        entry |= {"closed_at": end} if status in {"lost", "recovered"} else {"review_date": luck.choice([None, FIRST])}
        made.append((customer, await make.loss(customer, **entry), orders))
    return made


def value(loss: Loss, orders: list[Order]) -> Decimal:
    since = loss.last_order_date - timedelta(days=365)
    return sum(
        (o.total for o in orders if o.status == "completed" and since < o.date <= loss.last_order_date), Decimal(0)
    )


def wanted(made: Story) -> dict[str, Any]:
    start = datetime.combine(FIRST, time(), ZONE)
    entries = [(customer, loss, orders) for customer, loss, orders in made if loss]
    lost = [one for one in entries if one[1].status == "lost" and FIRST <= one[1].lost_date <= LAST]
    there = [
        customer for customer, loss, _ in made
        if customer.created_at < start
        and not (loss and loss.status == "lost" and loss.lost_date < FIRST
                 and (loss.returned_at is None or loss.returned_at >= start))
    ]  # fmt: skip
    inside = [loss for _, loss, _ in entries if loss.closed_at and FIRST <= local(loss.closed_at) <= LAST]
    saved, gone = (sum(loss.status == status for loss in inside) for status in ("recovered", "lost"))
    returned = [loss for _, loss, _ in entries if loss.returned_at and FIRST <= local(loss.returned_at) <= LAST]
    return {
        "lost_customers": len(lost),
        "loss_rate": Decimal(100) * len(lost) / len(there),
        "recovery_rate": Decimal(100) * saved / (saved + gone),
        "value_lost": sum((value(loss, orders) for _, loss, orders in lost), Decimal(0)),
        "warned": sum(loss.status == "warning" for _, loss, _ in entries),
        "delayed": sum(loss.status == "delayed" for _, loss, _ in entries),
        "review_overdue": sum(bool(loss.review_date) for _, loss, _ in entries),
        "recovered": saved,
        "returned": len(returned),
    }


class TestLoss:
    @pytest.mark.parametrize("who", ["executive", "supervisor"])
    async def test_figures_equal_a_recount(self, who: str, make: Make, team: Team, as_: As) -> None:
        made = await stories(make, team)
        if who == "supervisor":
            made = [one for one in made if one[0].manager_id in {team.manager.id, team.colleague.id}]
        shown = figures((await as_(getattr(team, who)).get(f"/reports/loss?{MARCH}")).json())
        right = wanted(made)
        assert shown.keys() == right.keys()
        for key, number in right.items():
            assert same(shown[key], number), key

    async def test_tables_equal_a_recount(self, make: Make, team: Team, as_: As) -> None:
        made = await stories(make, team)
        lost = [
            (customer, loss, orders)
            for customer, loss, orders in made
            if loss and loss.status == "lost" and FIRST <= loss.lost_date <= LAST
        ]
        report = (await as_(team.executive).get(f"/reports/loss?{MARCH}")).json()
        for key, of in (
            ("loss_reasons", lambda _c, e: e.reason), ("managers", lambda _c, e: e.manager_id),
            ("months", lambda _c, e: f"{e.lost_date:%Y-%m}"), ("level", lambda c, _e: c.level),
            ("region", lambda c, _e: c.region),
        ):  # fmt: skip
            groups: dict[str, list[Any]] = {}
            for customer, loss, orders in lost:
                part = groups.setdefault(str(of(customer, loss) or "none"), [0, Decimal(0)])
                part[0], part[1] = part[0] + 1, part[1] + value(loss, orders)
            found = table(report, key)
            assert {name: [int(row[0]), Decimal(row[2])] for name, row in found.items()} == groups, key
            assert same(sum(Decimal(row[1]) for row in found.values()), 100)

    async def test_nobody_lost_is_zero_and_a_ratio_of_it_a_dash(self, team: Team, as_: As) -> None:
        shown = figures((await as_(team.executive).get(f"/reports/loss?{MARCH}")).json())
        assert [shown[key] for key in ("lost_customers", "loss_rate", "recovery_rate")] == ["0", None, None]

    async def test_a_manager_has_no_reports(self, team: Team, as_: As) -> None:
        assert (await as_(team.manager).get("/reports/loss")).status_code == 403
