"""`crm verify` finds a kept sum that is wrong, and nothing where all is well."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from sqlalchemy import delete, insert, select, update

from app.core import recounts
from app.core.db import Base
from app.core.scope import unscoped
from app.models.customers.customers import Customer
from app.models.goods.arrivals import Arrival
from app.models.goods.storage import Reservation
from app.models.orders.orders import Order
from app.models.orders.shipments import ShipmentLine
from app.models.orders.sums import EVERYBODY, OrderSum
from app.models.orders.totals import OrderTotal
from app.models.sales.chances import ChanceSum
from app.services.base import verify
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team


async def test_right_sums_are_right_and_a_wrong_one_is_found(make: Make, team: Team) -> None:
    await make.chance(team.manager, title="CRM")
    assert await verify.sums(make.ctx) == []
    await make.session.execute(update(ChanceSum).values(count=ChanceSum.count + 1))
    found = await verify.sums(make.ctx)
    assert len(found) >= 1
    assert found[0].startswith("sal_chance_sum (chs_status")


async def test_wrong_totals_payments_and_reservations_are_found(make: Make, team: Team) -> None:
    product = await make.product(price=Decimal(5))
    order = await make.order(await make.customer(team.manager), (product, 2))
    place = await make.place(product, 5)
    assert await verify.sums(make.ctx) == []
    order.total, order.paid, place.reserved = Decimal(11), Decimal(3), 1
    await make.session.flush()
    assert await verify.sums(make.ctx) == [
        f"orders {order.number} total: kept 11.00, added up 10.00",
        f"orders {order.number} paid: kept 3.00, added up 0",
        f"storage {place.id} reserved: kept 1, held 0",
    ]


async def test_a_sum_that_is_wrong_gone_or_of_nothing_is_found_and_named(make: Make, team: Team) -> None:
    """Both tables of order sums, and those of chances: one row of each is changed, removed, and added."""
    product = await make.product(price=Decimal(5))
    customer = await make.customer(team.manager, region="华东")
    await make.order(customer, (product, 2), status="confirmed", date=date(2026, 5, 17), owner_id=team.manager.id)
    await make.chance(team.manager, title="CRM")
    assert await verify.sums(make.ctx) == []
    month = (OrderSum.months == 1, OrderSum.owner_id == EVERYBODY)
    quarter = (OrderTotal.months == 3, OrderTotal.owner_id == EVERYBODY)
    other = {"months": 1, "first": date(2019, 1, 1), "owner_id": 0, "orders": 1, "total": 7, "paid": 0}
    changes = {
        update(OrderSum)
        .where(*month)
        .values(total=11): "orders_sum (ors_months 1, ors_first 2026-05-01, ors_owner_id 0,"
        f" ors_cust_id {customer.id}): ors_total kept 11.00, counted 10.00",
        delete(OrderSum).where(*month): "orders_sum (ors_months 1, ors_first 2026-05-01, ors_owner_id 0,"
        f" ors_cust_id {customer.id}): ors_orders kept 0, counted 1; ors_total kept 0, counted 10.00",
        insert(OrderSum).values(**other, customer_id=customer.id): "orders_sum (ors_months 1, ors_first 2019-01-01,"
        f" ors_owner_id 0, ors_cust_id {customer.id}): ors_orders kept 1, counted 0; ors_total kept 7.00, counted 0",
        update(OrderTotal).where(*quarter).values(customers=2): "orders_total (ort_months 3, ort_first 2026-04-01,"
        " ort_owner_id 0, ort_region 华东): ort_customers kept 2, counted 1",
        insert(OrderTotal).values(**other, region="无", part=0, customers=0): "orders_total (ort_months 1,"
        " ort_first 2019-01-01, ort_owner_id 0, ort_region 无): ort_orders kept 1, counted 0; ort_total kept 7.00, counted 0",
        update(ChanceSum).values(unpriced=5): "sal_chance_sum (chs_status unassigned, chs_stage_id ",
    }
    for change, told in changes.items():
        nested = await make.session.begin_nested()
        await make.session.execute(change.execution_options(synchronize_session=False))
        found = await verify.sums(make.ctx)
        assert (len(found), found[0][: len(told)]) == (1, told)
        await nested.rollback()
    assert await verify.sums(make.ctx) == []


async def test_what_came_of_an_arrival_is_counted_again(make: Make, team: Team, as_: Callable[..., Client]) -> None:
    arrival = await make.arrival(await make.product(), 5)
    received = await as_(team.admin).post(f"/arrivals/{arrival.id}/receive", json={"count": 2})
    assert received.status_code == 200, received.text
    assert await verify.sums(make.ctx) == []
    await make.session.execute(update(Arrival).values(received=3))
    assert await verify.sums(make.ctx) == [f"storage_arrival {arrival.number} received: kept 3, came 2"]


async def test_pieces_cover_every_row_once(make: Make, team: Team) -> None:
    customers = [await make.customer(team.manager) for _ in range(5)]
    for size in (1, 2, 5, 6):
        cut = await recounts.ranges(make.ctx, Customer.id, size)
        assert len(cut) == -(-5 // size)
        found = [
            row
            for piece in cut
            for row in await make.session.scalars(
                unscoped(select(Customer.id).where(piece).order_by(Customer.id), "test")
            )
        ]
        assert found == [customer.id for customer in customers]


def test_every_kept_sum_has_a_recount() -> None:
    """A model that keeps sums needs a recount in SQL beside its `parts`: `@recount` of the table."""
    kept = {mapper.class_.__sums__.table() for mapper in Base.registry.mappers if hasattr(mapper.class_, "__sums__")}
    assert kept <= {model.__table__ for model in recounts.counted()}
    assert kept != set()


async def test_progress_is_told_to_its_end(make: Make) -> None:
    seen: list[tuple[int, int]] = []
    await verify.sums(make.ctx, lambda done, of: seen.append((done, of)))
    assert [done for done, _ in seen] == list(range(1, seen[0][1] + 1))


async def test_wrong_deliveries_and_pieces_are_found(make: Make, team: Team, as_: Callable[..., Client]) -> None:
    product = await make.product(price=Decimal(5))
    await make.place(product, 9)
    customer, manager = await make.customer(team.manager), as_(team.manager)
    orders = [await make.order(customer, (product, 3)) for _ in range(3)]
    lines = []
    for order in orders:
        whole = (await manager.post(f"/orders/{order.id}/confirm")).json()
        lines.append(whole["lines"][0]["id"])
        body = {"lines": [{"line_id": lines[-1], "count": 2}]}
        assert (await manager.post(f"/orders/{order.id}/shipments", json=body)).status_code == 201
    assert await verify.sums(make.ctx) == []
    for change in (
        update(Order).where(Order.id == orders[0].id).values(delivery_state="none"),
        update(ShipmentLine).where(ShipmentLine.line_id == lines[1]).values(count=4),
        update(Reservation).where(Reservation.line_id == lines[2]).values(count=2),
    ):
        await make.session.execute(change.execution_options(synchronize_session=False))
    found = await verify.sums(make.ctx)
    assert [line for line in found if line.startswith("orders")] == [
        f"orders {orders[0].number} delivery_state: kept none, counted partial",
        f"orders {orders[1].number} delivery_state: kept partial, counted shipped",
        f"orders_line {lines[1]} of 3: holds 1, took 2, shipped 4",
        f"orders_line {lines[2]} of 3: holds 2, took 2, shipped 2",
    ]


async def test_the_sums_stay_right_through_every_step(make: Make, team: Team, as_: Callable[..., Client]) -> None:
    manager, supervisor, admin = as_(team.manager), as_(team.supervisor), as_(team.admin)
    customer = await make.customer(team.manager)

    async def step(who: Client, chance_id: int, verb: str, **body: object) -> None:
        answer = await who.post(f"/chances/{chance_id}/{verb}", json=body)
        assert answer.status_code == 200, answer.text
        assert await verify.sums(make.ctx) == [], verb

    new = {"title": "服务器", "customer_id": customer.id, "amount": "99999.99", "rate": 33}
    first, second = [(await manager.post("/chances", json=new)).json()["id"] for _ in range(2)]
    await step(supervisor, first, "assign", assignee_id=team.colleague.id)
    await step(supervisor, first, "assign", assignee_id=team.manager.id, reason="请假")
    await step(supervisor, first, "take-back", reason="再看")
    await step(supervisor, first, "assign", assignee_id=team.manager.id)
    await step(manager, first, "move", stage_id=(await make.stage(2)).id)
    await step(manager, first, "succeed", close_value="88888.88")
    await step(supervisor, first, "reopen", reason="合同作废")
    await step(manager, first, "fail", reason="price")
    assert (await manager.delete(f"/chances/{second}", headers={"If-Match": '"1"'})).status_code == 204
    assert await verify.sums(make.ctx) == []
    assert (await supervisor.delete(f"/customers/{customer.id}", headers={"If-Match": '"1"'})).status_code == 204
    assert await verify.sums(make.ctx) == []
    assert (await supervisor.post(f"/customers/{customer.id}/restore")).status_code == 200
    assert await verify.sums(make.ctx) == []
    await step(manager, second, "restore")
    row = {"external_id": "X1", "title": "导入", "customer_name": "甲", "amount": "5", "status": "unassigned"}
    for change in ({}, {"amount": None}, {"rate": 80}):
        result = (await admin.post("/imports/chances", json={"rows": [row | change]})).json()["results"]
        assert result[0]["outcome"] in {"created", "updated"}, result
        assert await verify.sums(make.ctx) == []


async def test_a_manager_repeated_wrongly_is_found(make: Make, team: Team) -> None:
    customer = await make.customer(team.manager)
    loss, service = await make.loss(customer), await make.service(customer, team.manager)
    assert await verify.sums(make.ctx) == []
    loss.owner_id, service.manager_id = team.colleague.id, None
    await make.session.flush()
    kept, own = team.colleague.id, team.manager.id
    assert sorted(await verify.sums(make.ctx)) == [
        f"cst_lost {loss.id} lst_owner_id: kept {kept}, customer {own}",
        f"cst_service {service.id} svr_manager_id: kept None, customer {own}",
    ]
