"""`crm verify` finds a kept sum that is wrong, and nothing where all is well."""

from collections.abc import Callable
from decimal import Decimal

from sqlalchemy import update

from app.models.chances import ChanceSum
from app.models.order_shipments import ShipmentLine
from app.models.orders import Order
from app.models.storage import Reservation
from app.services import verify
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team


async def test_right_sums_are_right_and_a_wrong_one_is_found(make: Make, team: Team) -> None:
    await make.chance(team.manager, title="CRM")
    assert await verify.sums(make.ctx) == []
    await make.session.execute(update(ChanceSum).values(count=ChanceSum.count + 1))
    found = await verify.sums(make.ctx)
    assert len(found) >= 1
    assert found[0].startswith("sal_chance_sum")


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
