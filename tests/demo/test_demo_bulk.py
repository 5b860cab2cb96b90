"""Benchmark data: everything hangs together, and one department has nothing but the oldest rows."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from app.core.creditcode import ALPHABET
from app.core.db import connect_args, json_text
from app.core.errors import Invalid
from app.core.pinyin import keys
from app.demo.bench import bulk as demo_bulk
from app.demo.bench.rows import AT_MOST, Rows
from app.demo.company import words as demo_words
from app.models.access.departments import Department
from app.models.access.users import User
from app.models.care.services import Service, ServiceRound
from app.models.customers.customers import Customer
from app.models.customers.linkmen import Linkman
from app.models.orders.orders import Order, OrderLine
from app.models.sales.chances import Chance
from app.services.base import verify
from tests.conftest import Addresses
from tests.factories.make import Make

COUNT = 3_100


@pytest_asyncio.fixture(loop_scope="session")
async def connection(postgres: Addresses) -> AsyncIterator[AsyncConnection]:
    """Open the outer transaction as who owns the tables: it takes their indexes off."""
    address, arguments = connect_args(postgres.owner)
    engine = create_async_engine(address, connect_args=arguments, json_serializer=json_text)
    async with engine.connect() as connection:
        outer = await connection.begin()
        yield connection
        await outer.rollback()
    await engine.dispose()


async def test_customers_contacts_and_chances_hang_together(make: Make) -> None:
    heard: list[int] = []
    indexes = text("select count(*) from pg_indexes where schemaname = 'public'")
    before = await make.session.scalar(indexes)
    pace = await demo_bulk.customers(make.ctx, COUNT, heard.append)
    await make.session.commit()
    assert (heard[-1], pace.customers) == (COUNT, COUNT)
    assert await make.session.scalar(indexes) == before
    for model in (Customer, Linkman, Chance):
        counted = select(func.count()).select_from(model).execution_options(scoped="the test")
        assert await make.session.scalar(counted) == COUNT
    names = select(func.count(Customer.name.distinct())).execution_options(scoped="the test")
    assert await make.session.scalar(names) == COUNT
    assert await verify.sums(make.ctx) == []


async def test_one_department_has_only_the_oldest_rows(make: Make) -> None:
    await demo_bulk.customers(make.ctx, COUNT)
    of = select(User.id).join(Department, Department.id == User.department_id).where(Department.name == demo_bulk.OLD)
    newest = select(func.max(Chance.created_at)).where(Chance.assignee_id.in_(of))
    oldest = select(func.min(Chance.created_at)).where(Chance.owner_id.not_in(of))
    there = {"scoped": "the test"}
    assert await make.session.scalar(newest, execution_options=there) < await make.session.scalar(
        oldest, execution_options=there
    )


async def test_it_may_be_added_to_what_is_there(make: Make) -> None:
    await demo_bulk.customers(make.ctx, 100)
    await demo_bulk.customers(make.ctx, 100)
    counted = select(func.count()).select_from(Customer).execution_options(scoped="the test")
    assert await make.session.scalar(counted) == 200


@pytest.mark.parametrize("count", [0, AT_MOST + 1])
async def test_a_count_has_its_limits(count: int, make: Make) -> None:
    with pytest.raises(Invalid):
        await demo_bulk.customers(make.ctx, count)


def test_search_keys_are_those_of_pypinyin() -> None:
    for k in range(0, 20_000, 997):
        name, pinyin, initials, *_ = Rows.name(k)
        assert (pinyin, initials) == keys(name), name


def test_places_have_codes_that_credit_codes_can_carry() -> None:
    assert all(set(place[4]) <= set(ALPHABET) for place in demo_words.PLACES)


async def test_orders_come_when_they_are_asked_for(make: Make) -> None:
    there = {"scoped": "the test"}
    indexes = text("select count(*) from pg_indexes where schemaname = 'public'")
    before = await make.session.scalar(indexes)
    await demo_bulk.customers(make.ctx, 100)
    assert await make.session.scalar(select(func.count()).select_from(Order), execution_options=there) == 0
    pace = await demo_bulk.customers(make.ctx, 500, order_lines=12)
    await make.session.commit()
    assert await make.session.scalar(indexes) == before
    counted = {
        model: await make.session.scalar(select(func.count()).select_from(model), execution_options=there)
        for model in (Order, OrderLine)
    }
    assert counted == {Order: 1500, OrderLine: 6000}
    assert pace.lines == 6000
    paying = select(Order.payment_state, func.count()).where(Order.status == "completed").group_by(Order.payment_state)
    assert {state for state, _ in await make.session.execute(paying, execution_options=there)} == {"paid", "unpaid"}
    newest = (
        select(func.max(Order.date))
        .where(Order.customer_id == Customer.id, Order.status.in_(("confirmed", "completed")))
        .scalar_subquery()
    )
    wrong = select(func.count()).where(Customer.last_order_date.is_distinct_from(newest))
    assert await make.session.scalar(wrong, execution_options=there) == 0
    assert await verify.sums(make.ctx) == []


@pytest.mark.parametrize(("customers", "services"), [(200, 60), (60, 200)])
async def test_services_come_in_every_state_over_all_customers(customers: int, services: int, make: Make) -> None:
    there = {"scoped": "the test"}
    indexes = text("select count(*) from pg_indexes where schemaname = 'public'")
    before = await make.session.scalar(indexes)
    await demo_bulk.customers(make.ctx, customers, services=services)
    await make.session.commit()
    assert await make.session.scalar(indexes) == before
    states = select(Service.status, func.count()).group_by(Service.status)
    found = dict((await make.session.execute(states, execution_options=there)).all())
    assert sum(found.values()) == services
    assert found.keys() == {"created", "assigned", "dealt", "archived", "void"}
    whose = select(func.count(Service.customer_id.distinct()))
    assert await make.session.scalar(whose, execution_options=there) == min(customers, services)
    rounds = select(func.count()).select_from(ServiceRound)
    assert await make.session.scalar(rounds, execution_options=there) == found["dealt"] + found["archived"]
    future = select(func.count()).where(Service.opened_at > make.ctx.now)
    assert await make.session.scalar(future, execution_options=there) == 0
