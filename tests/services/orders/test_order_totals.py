"""What regions ordered is kept with each order, and follows a customer that moves to another region."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from app.core.settings import ROOT
from app.models.customers.customers import Customer
from app.models.orders.orders import Order, OrderLine
from app.models.orders.payments import OrderPayment
from app.models.orders.sums import EVERYBODY
from app.models.orders.totals import OrderTotal
from app.services.base import verify
from app.services.orders import amounts as order_amounts
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
Totals = dict[str, tuple[int, int, Decimal, Decimal]]


async def of_the_year(make: Make, owner: int = EVERYBODY) -> Totals:
    """Return region -> customers, orders, total, paid of this year, what is empty left out."""
    rows = await make.session.execute(
        select(OrderTotal).where(
            OrderTotal.months == 12, OrderTotal.first == date(make.today.year, 1, 1), OrderTotal.owner_id == owner
        ),
        execution_options={"populate_existing": True},
    )
    found: Totals = {}
    for row in rows.scalars():
        before = found.get(row.region, (0, 0, Decimal(0), Decimal(0)))
        found[row.region] = (
            before[0] + row.customers, before[1] + row.orders, before[2] + row.total, before[3] + row.paid,
        )  # fmt: skip
    return {region: sums for region, sums in found.items() if any(sums)}


async def bought(make: Make, team: Team, region: str | None, *pieces: int) -> tuple[Customer, list[Order]]:
    customer = await make.customer(team.manager, region=region)
    product = await make.product(price=Decimal(10))
    orders = [
        await make.order(customer, *([(product, count)] if count else []), status="confirmed", owner_id=team.manager.id)
        for count in pieces
    ]
    await make.session.commit()
    return customer, orders


async def test_a_customer_counts_once_however_often_it_orders(make: Make, team: Team) -> None:
    await bought(make, team, "east", 1, 2)
    await bought(make, team, "east", 4)
    await bought(make, team, None, 0)
    wanted = {"east": (2, 3, Decimal(70), Decimal(0)), "": (0, 1, Decimal(0), Decimal(0))}
    assert await of_the_year(make) == wanted
    assert await of_the_year(make, team.manager.id) == wanted


async def test_what_is_cancelled_counts_no_more_and_what_is_paid_does(make: Make, team: Team) -> None:
    _, (first, second) = await bought(make, team, "east", 1, 2)
    first.status = "cancelled"
    make.session.add(OrderPayment(order_id=second.id, date=make.today, amount=Decimal(5)))
    await order_amounts.recount(make.ctx, second)
    await make.session.commit()
    assert await of_the_year(make) == {"east": (1, 1, Decimal(20), Decimal(5))}
    second.status = "cancelled"
    await make.session.commit()
    assert await of_the_year(make) == {}
    assert await verify.sums(make.ctx) == []


@pytest.mark.parametrize("region", ["north", None])
async def test_orders_move_with_their_customer_to_another_region(
    make: Make, team: Team, as_: As, region: str | None
) -> None:
    customer, _ = await bought(make, team, "east", 1, 2)
    await bought(make, team, "north", 4)
    answer = await as_(team.manager).patch(
        f"/customers/{customer.id}", json={"region": region}, headers={"If-Match": '"1"'}
    )
    assert answer.status_code == 200, answer.text
    moved, stayed = (1, 2, Decimal(30), Decimal(0)), (1, 1, Decimal(40), Decimal(0))
    together = (2, 3, Decimal(70), Decimal(0))
    assert await of_the_year(make) == ({"north": together} if region else {"": moved, "north": stayed})
    assert await verify.sums(make.ctx) == []


async def test_a_merged_region_hands_its_orders_over(make: Make, team: Team, as_: As) -> None:
    await bought(make, team, "east", 1, 2)
    await bought(make, team, "north", 4)
    admin = as_(team.admin)
    regions = next(kind for kind in (await admin.get("/dict")).json() if kind["type"] == "region")
    ids = {item["item"]: item["id"] for item in regions["items"]}
    answer = await admin.post(f"/dict/{ids['east']}/merge", json={"into_id": ids["north"]})
    assert answer.status_code == 200, answer.text
    assert await of_the_year(make) == {"north": (2, 3, Decimal(70), Decimal(0))}
    assert await verify.sums(make.ctx) == []


async def test_a_region_changed_in_the_same_transaction_as_an_order(make: Make, team: Team) -> None:
    customer, (order, _) = await bought(make, team, "east", 1, 2)
    make.session.add(OrderLine(order_id=order.id, product_id=(await make.product()).id, count=1, price=Decimal(7),
                               discount=Decimal(0), amount=Decimal(7)))  # fmt: skip
    await order_amounts.recount(make.ctx, order)
    customer.region = "north"
    await make.session.commit()
    assert await of_the_year(make) == {"north": (1, 2, Decimal(37), Decimal(0))}
    assert await verify.sums(make.ctx) == []


async def test_a_wrong_total_is_found(make: Make, team: Team) -> None:
    await bought(make, team, "east", 1)
    await make.session.execute(
        update(OrderTotal).where(OrderTotal.months == 1).values(customers=OrderTotal.customers + 1)
    )
    found = await verify.sums(make.ctx)
    assert len(found) == 2
    assert all(line.startswith("orders_total (ort_months 1, ") for line in found)


def test_a_merged_region_is_followed_wherever_there_are_tables() -> None:
    """What follows a merge stands beside the tables, so that no process merges without it."""
    said = "import app.models; from app.core.items import follows; print([one.__name__ for one in follows('region')])"
    told = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True, cwd=ROOT)
    assert told.stdout.strip() == "['merge_region']"
