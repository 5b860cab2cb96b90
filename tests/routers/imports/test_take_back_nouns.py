"""Taking a run back asks each noun what no table tells: stock, contacts, reports, values, costs. The runs are written as any importer writes them."""

import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select

from app.core import acts
from app.models.base.acts import Act
from app.models.base.changes import Change
from app.models.base.dict import DictItem
from app.models.base.notices import Notice
from app.models.care.losses import Loss
from app.models.care.services import Service, ServiceNote, ServiceRound
from app.models.customers.activities import Activity
from app.models.customers.customers import Customer
from app.models.goods.products import Product
from app.models.goods.storage import Storage, StorageChange
from app.models.imports.imports import Import, ImportedRow
from app.models.orders.orders import OrderLine
from app.models.orders.shipments import OrderShipment, ShipmentLine
from app.models.reports.periodic import PeriodicReport
from app.services.base import verify
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team, with_rights
from tests.routers.imports.take_back_rows import DAY
from tests.routers.imports.test_take_back import back, difference, everything, send
from tests.routers.imports.test_take_back_kept import ok

As = Callable[..., Client]
RUN = str(uuid4())
ALL = {"scoped": "all of them"}


@asynccontextmanager
async def a_run(make: Make, team: Team) -> AsyncIterator[Import]:
    """Let what is made inside be the act of a run, up to one commit."""
    act = await make.add(Act(kind="import", by=team.admin.id, at=make.ctx.now, count=0, state="done"))
    run = await make.add(Import(run=UUID(RUN), source=None, act_id=act.id, counts={}))
    acts.begin(make.session.sync_session, act.id)
    yield run


async def updated(make: Make, run: Import, noun: str, record_id: int) -> None:
    """Tell of a row whose record the log says nothing of."""
    row = {"import_id": run.id, "at": make.ctx.now, "noun": noun, "row": 3, "outcome": "updated"}
    await make.add(ImportedRow(**row, record_id=record_id))


def moved(make: Make, place: Storage, change: int) -> StorageChange:
    """Return a row of the ledger that says so many pieces came, a year ago, as the act tells."""
    at, act = make.ctx.now - dt.timedelta(days=365), acts.of(make.session.sync_session)
    return StorageChange(storage_id=place.id, change=change, reason="盘点", count_after=change, at=at, act_id=act)


async def test_a_place_goes_with_its_ledger_unless_pieces_were_moved_since(team: Team, as_: As, make: Make) -> None:
    product = await make.product(price=Decimal(1))
    before = await everything(make)
    async with a_run(make, team):
        first, other = (Storage(product_id=product.id, warehouse="main", bin=one, count=5, reserved=0) for one in "ab")
        make.session.add_all([first, other])
        await make.session.flush()
        make.session.add_all([moved(make, first, 5), moved(make, other, 5)])
        await make.session.commit()
    await ok(as_(await with_rights(make, team, all=("storage:write", "storage:read"))), "POST",
             f"/storage/{other.id}/changes", change=2, reason="补货")  # fmt: skip
    (kept,) = (await back(as_(team.admin), RUN))["kept"]
    assert (kept["noun"], kept["id"], kept["reason"]) == ("storage", other.id, "built_upon")
    after = await everything(make)
    assert len(after["storage"]) == len(before["storage"]) + 1
    assert list(await make.session.scalars(select(StorageChange.storage_id))) == [other.id, other.id]


async def test_pieces_that_a_run_counted_in_go_out_again_unless_they_are_promised(
    team: Team, as_: As, make: Make
) -> None:
    admin, product = as_(team.admin), await make.product("甲", price=Decimal(1))
    places = [await make.place(product, 5), await make.place(await make.product("乙", price=Decimal(1)), 5)]
    async with a_run(make, team) as run:
        make.session.add_all(moved(make, place, 5) for place in places)
        await make.session.commit()
    for place in places:
        await updated(make, run, "storage", place.id)
    order = await make.order(await make.customer(team.manager), (product, 2))
    await ok(as_(team.manager), "POST", f"/orders/{order.id}/confirm")
    (kept,) = (await back(admin, RUN))["kept"]
    assert (kept["id"], kept["fields"], kept["reason"], kept["row"]) == (places[0].id, ["count"], "built_upon", 3)
    counts = await make.session.execute(select(Storage.id, Storage.count).order_by(Storage.id))
    assert [tuple(row) for row in counts] == [(places[0].id, 5), (places[1].id, 0)]
    reasons = list(await make.session.scalars(select(StorageChange.told).order_by(StorageChange.id)))
    assert reasons[-1] == {"code": "import_taken_back", "facts": {}}


async def test_a_value_of_the_dictionary_goes_unless_something_carries_it(team: Team, as_: As, make: Make) -> None:
    async with a_run(make, team):
        values = [
            DictItem(type="region", item=one, value=one, sort=1, enabled=True, is_editable=True) for one in ("q1", "q2")
        ]
        make.session.add_all(values)
        await make.session.commit()
    await make.customer(team.manager, region="q2")
    (kept,) = (await back(as_(team.admin), RUN))["kept"]
    assert (kept["noun"], kept["id"], kept["reason"]) == ("dict", values[1].id, "built_upon")
    there = select(DictItem.item).where(DictItem.item.in_(("q1", "q2")))
    assert list(await make.session.scalars(there)) == ["q2"]


async def test_the_last_contact_is_the_one_before(team: Team, as_: As, make: Make) -> None:
    customer = await make.customer(team.manager)
    days = [make.ctx.now - dt.timedelta(days=one) for one in (9, 1)]
    await make.activity(customer, team.manager, at=days[0])
    async with a_run(make, team):
        await make.activity(customer, team.manager, at=days[1])
    customer.last_activity_at = days[1]
    await make.session.commit()
    assert (await back(as_(team.admin), RUN))["kept"] == []
    left = select(Activity.at).execution_options(**ALL)
    assert list(await make.session.scalars(left)) == [days[0]]
    last = select(Customer.last_activity_at).where(Customer.id == customer.id).execution_options(**ALL)
    assert await make.session.scalar(last) == days[0]


async def services(make: Make, team: Team) -> list[Service]:
    """Import two services, each dealt with once and with a note."""
    customer = await make.customer(team.manager)
    async with a_run(make, team):
        facts = {"type": "request", "request": "x", "priority": "mid", "status": "dealt", "opened_at": make.ctx.now,
                 "creator_id": team.manager.id, "assignee_id": team.manager.id, "customer_id": customer.id}  # fmt: skip
        found = [Service(**facts, title=one, number=f"FW{one}") for one in ("a", "b")]
        make.session.add_all(found)
        await make.session.flush()
        for one in found:
            make.session.add(
                ServiceRound(service_id=one.id, n=1, deal="d", dealt_by=team.manager.id, dealt_at=make.ctx.now)
            )
            make.session.add(ServiceNote(service_id=one.id, text="n", by=team.manager.id, at=make.ctx.now))
        await make.session.commit()
    return found


async def test_a_service_goes_with_its_rounds_unless_somebody_noted_something(team: Team, as_: As, make: Make) -> None:
    found = await services(make, team)
    later = make.ctx.now + dt.timedelta(hours=1)
    await make.add(ServiceNote(service_id=found[1].id, text="later", by=team.manager.id, at=later))
    (kept,) = (await back(as_(team.admin), RUN))["kept"]
    assert (kept["id"], kept["number"], kept["reason"]) == (found[1].id, "FWb", "built_upon")
    left = select(func.count(ServiceRound.id)).execution_options(**ALL)
    assert await make.session.scalar(left) == 1


async def test_a_part_that_was_written_over_is_undone_by_hand(team: Team, as_: As, make: Make) -> None:
    service = await make.service(await make.customer(team.manager), team.manager, status="dealt")
    facts = {"service_id": service.id, "n": 1, "dealt_by": team.manager.id, "dealt_at": make.ctx.now}
    written = await make.add(ServiceRound(deal="d", **facts))
    async with a_run(make, team):
        written.result, written.satisfaction, service.title = "good", 5, "run"
        await make.session.commit()
    (kept,) = (await back(as_(team.admin), RUN))["kept"]
    assert (kept["id"], kept["fields"], kept["reason"]) == (service.id, [], "by_hand")
    assert await make.session.scalar(select(Service.title).execution_options(**ALL)) == "run"


async def test_what_people_were_told_of_it_goes_too(team: Team, as_: As, make: Make) -> None:
    async with a_run(make, team):
        customer = await make.customer(team.manager)
    notice = {"user_id": team.manager.id, "at": make.ctx.now, "kind": "customer_transferred", "title": "x"}
    await make.add(Notice(**notice, entity="customers", entity_id=customer.id))
    other = await make.add(Notice(**notice, entity="customers", entity_id=customer.id + 1))
    await back(as_(team.admin), RUN)
    assert list(await make.session.scalars(select(Notice.id))) == [other.id]


async def test_an_issued_report_keeps_the_customers_that_it_names(team: Team, as_: As, make: Make) -> None:
    async with a_run(make, team):
        customer = await make.customer(team.manager)
    data = [{"tables": [{"dimension": "customer", "rows": [{"id": customer.id, "name": "x"}]}]}]
    month = {"month": dt.date(2026, 1, 1), "department_id": team.east.id, "author_id": team.supervisor.id}
    later = make.ctx.now + dt.timedelta(hours=1)
    await make.add(PeriodicReport(number="KB1", status="issued", data=data, issued_at=later, **month))
    (kept,) = (await back(as_(team.admin), RUN))["kept"]
    assert (kept["id"], kept["reason"]) == (customer.id, "built_upon")


async def test_costs_go_back_by_who_sees_them(team: Team, as_: As, make: Make) -> None:
    product = await make.product(cost=Decimal(5), memo="old")
    async with a_run(make, team):
        product.cost, product.memo = Decimal(7), "run"
        await make.session.commit()
    importer = as_(await with_rights(make, team, all=("imports:write",)))
    (kept,) = (await back(importer, RUN))["kept"]
    assert (kept["fields"], kept["reason"]) == (["cost"], "forbidden")
    found = (await make.session.execute(select(Product.cost, Product.memo))).one()
    assert tuple(found) == (Decimal(7), "old")


async def test_churn_that_an_imported_order_ended_goes_on(team: Team, as_: As, make: Make) -> None:
    admin, _ = as_(team.admin), await make.product(price=Decimal(1), external_id="p1")
    customer = await make.customer(team.manager, external_id="c1", status="warning")
    await make.loss(customer)
    before = await everything(make)
    row = {"external_id": "o1", "customer_external_id": "c1", "date": str(make.today), "status": "completed"}
    await send(admin, "orders", row | {"lines": [{"product_external_id": "p1", "count": 1}]}, run=RUN)
    assert await make.session.scalar(select(Loss.status).execution_options(**ALL)) == "recovered"
    assert (await back(admin, RUN))["kept"] == []
    found = difference(before, await everything(make))
    assert found.keys() <= {"orders_sum", "orders_total", "sys_notice"}
    assert await verify.sums(make.ctx) == []
    assert DAY


async def test_who_mirrors_records_hears_that_they_are_gone(team: Team, as_: As, make: Make) -> None:
    async with a_run(make, team):
        customer = await make.customer(team.manager)
    await make.session.execute(delete(Change))
    await make.session.commit()
    await back(as_(team.admin), RUN)
    rows = await make.session.execute(select(Change.entity, Change.entity_id, Change.kind, Change.was))
    assert ("customers", customer.id, "owner", team.manager.id) in {tuple(row) for row in rows}


async def test_a_shipment_that_moved_no_stock_goes_with_its_lines(team: Team, as_: As, make: Make) -> None:
    product = await make.product(price=Decimal(1))
    customer = await make.customer(team.manager, last_order_date=make.today)
    order = await make.order(customer, (product, 2), status="confirmed", owner_id=team.manager.id)
    line = await make.session.scalar(select(OrderLine.id).execution_options(**ALL))
    before = await everything(make)
    async with a_run(make, team):
        shipment = OrderShipment(order_id=order.id, number="FH1", date=make.today)
        make.session.add(shipment)
        await make.session.flush()
        make.session.add(ShipmentLine(shipment_id=shipment.id, line_id=line, count=2))
        order.delivery_state = "shipped"
        await make.session.commit()
    assert (await back(as_(team.admin), RUN))["kept"] == []
    assert difference(before, await everything(make)) == {}
