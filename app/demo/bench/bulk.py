"""Benchmark data: up to a million customers with a contact and a chance each, by COPY, in one transaction.

Asked for, they come with orders (so many lines each) and services. Secondary indexes and foreign keys are taken off and
built again at the end, which is why nobody else can use these tables meanwhile. Names are composed from parts whose pinyin is known.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Cast, Text, cast, func, insert, select, true

from app.core.audit import log
from app.core.ctx import Ctx
from app.core.errors import Invalid
from app.core.ids import draw
from app.core.lookalikes import skeleton
from app.core.pinyin import keys
from app.core.scope import unscoped
from app.demo.bench import bulk_services as demo_bulk_services
from app.demo.bench import order_sums as demo_order_sums
from app.demo.bench.indexes import put_on, take_off
from app.demo.bench.order_rows import OrderFirsts, OrderRows
from app.demo.bench.rows import AT_MOST, NUMBERS, ROWS, Firsts, Names, Rows, Team
from app.demo.company import words
from app.demo.company.team import stages
from app.models.access.departments import Department
from app.models.access.rbac import Role
from app.models.access.users import User, UserRole
from app.models.customers.customers import Customer
from app.models.customers.customers import numbers as customer_numbers
from app.models.customers.linkmen import Linkman
from app.models.goods.products import Product
from app.models.orders.orders import Order, OrderLine
from app.models.orders.orders import numbers as order_numbers
from app.models.orders.payments import OrderPayment
from app.models.sales.chances import Chance, ChanceSum
from app.models.sales.chances import numbers as chance_numbers
from app.services.base import changes
from app.services.sales import chance_recounts

CHUNK = 20_000
REGIONS, DEPARTMENTS, MANAGERS = 3, 10, 10
"""300 managers in 30 departments of 3 regions; the department of the old rows comes on top."""
OLD = "旧档部"
OLD_SHARE = 31
"""One row in so many is of the old department, and they are the oldest of all."""
YEARS = timedelta(days=1096)
LOCALLY = {"statement_timeout": "0", "maintenance_work_mem": "512MB", "max_parallel_maintenance_workers": "2"}
"""Settings of this one transaction: it takes minutes, and its indexes want room."""
MODELS: tuple[Any, ...] = (Customer, Linkman, Chance)
ORDERS: tuple[Any, ...] = (Order, OrderLine, OrderPayment)
MOST_LINES = 25
"""Order lines a customer: more would need more than seven digits of order numbers."""


@dataclass(frozen=True)
class Pace:
    """How many customers (each with a contact and a chance) in how many seconds."""

    customers: int
    copying: float
    indexing: float
    lines: int = 0

    @property
    def rate(self) -> float:
        """Return customers a second while copying."""
        return self.customers / self.copying


async def customers(
    ctx: Ctx,
    count: int,
    tell: Callable[[int], None] = lambda _done: None,
    *,
    order_lines: int = 0,
    services: int = 0,
    apart: Names = "",
) -> Pace:
    """Add the customers, each with so many order lines, and services in all; `tell` hears how many customers are in.

    `apart`: with Latin names, or every second one so, and chances and orders that are others' than the customer's manager's.

    Raises `Invalid` for a count that cannot be.
    """
    if not 1 <= count <= AT_MOST:
        raise Invalid("/customers", "out_of_range", f"Ask for 1 to {AT_MOST:,} customers.")
    if not 0 <= order_lines <= MOST_LINES:
        raise Invalid("/order_lines", "out_of_range", f"Ask for 0 to {MOST_LINES} order lines a customer.")
    if not 0 <= services <= AT_MOST:
        raise Invalid("/services", "out_of_range", f"Ask for 0 to {AT_MOST:,} services.")
    for name, value in LOCALLY.items():
        await ctx.session.execute(select(func.set_config(name, value, true())))
    team = await _team(ctx)
    made = ROWS[apart](team, ctx.now - YEARS, YEARS / count, count // OLD_SHARE)
    began = time.perf_counter()
    sold = OrderRows(made, ctx.today, order_lines, await _products(ctx)) if order_lines else None
    models = (*MODELS, *ORDERS) if sold else MODELS
    parts = await take_off(ctx, models)
    await _copy(ctx, made, sold, count, tell)
    copied = time.perf_counter()
    await put_on(ctx, parts, models)
    await _count(ctx)
    if sold:
        await demo_order_sums.write(ctx)
    if services:
        await demo_bulk_services.add(ctx, services)
    await changes.begin_anew(ctx)
    log(ctx, "fill", "benchmark", None, {"customers": [None, count]})
    return Pace(count, copied - began, time.perf_counter() - copied, count * order_lines)


async def _copy(ctx: Ctx, made: Rows, sold: OrderRows | None, count: int, tell: Callable[[int], None]) -> None:
    """Compose a chunk in a thread while the one before is copied."""
    raw = await (await ctx.session.connection()).get_raw_connection()
    driver: Any = raw.driver_connection
    firsts = await _firsts(ctx, count)
    orders = await _order_firsts(ctx, count, sold) if sold else None
    tables = [*zip(MODELS, made.columns, strict=True), *(zip(ORDERS, sold.columns, strict=True) if sold else ())]

    def compose(start: int, size: int) -> tuple[bytes, ...]:
        if sold is None or orders is None:
            return made.texts(start, size, firsts)
        return made.texts(start, size, firsts, sold.last) + sold.texts(start, size, orders, firsts.customer)

    chunks = [(start, min(CHUNK, count - start)) for start in range(0, count, CHUNK)]
    coming = [asyncio.create_task(asyncio.to_thread(compose, *chunks[0]))]
    for place, (start, size) in enumerate(chunks):
        texts = await coming.pop()
        if place + 1 < len(chunks):
            coming.append(asyncio.create_task(asyncio.to_thread(compose, *chunks[place + 1])))
        for (model, columns), text in zip(tables, texts, strict=True):
            await driver.copy_to_table(model.__tablename__, source=_once(text), columns=columns, format="text")
        tell(start + size)


async def _firsts(ctx: Ctx, count: int) -> Firsts:
    """Reserve a block of every sequence; the tables are locked, so nobody draws from them meanwhile."""
    customer, linkman, chance = [await _block(ctx, _ids(model), count) for model in MODELS]
    chance_number = await _block(ctx, cast(chance_numbers.name, Text), count)
    number = max(chance_number, await _block(ctx, cast(customer_numbers.name, Text), count))
    day = f"{ctx.today:%Y%m%d}"
    return Firsts(customer, linkman, chance, number, f"KH{day}", f"JH{day}")


async def _order_firsts(ctx: Ctx, count: int, sold: OrderRows) -> OrderFirsts:
    orders = count * sold.orders
    sizes = (orders, count * sold.lines, orders)
    order, line, payment = [await _block(ctx, _ids(model), size) for model, size in zip(ORDERS, sizes, strict=True)]
    number = await _block(ctx, cast(order_numbers.name, Text), orders)
    return OrderFirsts(order, line, payment, number, f"DD{ctx.today:%Y%m%d}")


def _ids(model: Any) -> Any:
    """Return the identity sequence of a table."""
    return func.pg_get_serial_sequence(model.__tablename__, model.__table__.primary_key.columns[0].name)


async def _block(ctx: Ctx, sequence: Any, count: int) -> int:
    first = int(await ctx.session.scalar(select(func.nextval(sequence))) or 0)
    last = min(first + count, NUMBERS - 1) if isinstance(sequence, Cast) else first + count
    await ctx.session.execute(select(func.setval(sequence, last)))
    return first


async def _once(text: bytes) -> Any:
    yield text


async def _count(ctx: Ctx) -> None:
    """Write the kept sums anew, as the chances give them."""
    table: Any = ChanceSum.__table__
    await ctx.session.execute(table.delete())
    counted = unscoped(chance_recounts.counted(), "sums are kept of every row")
    await ctx.session.execute(insert(table).from_select([column.name for column in table.columns], counted))


async def _products(ctx: Ctx) -> list[tuple[int, str, int]]:
    """Make the products that the orders are about; none of them is kept in stock."""
    ids = await draw(ctx, Product, len(words.PRODUCTS))
    rows = [
        {"id": row_id, "name": name, "code": f"B{row_id}", "unit": unit, "price": price}
        | dict(zip(("pinyin", "initials"), keys(name), strict=True))
        for row_id, (name, _, unit, price) in zip(ids, words.PRODUCTS, strict=True)
    ]
    await ctx.session.execute(insert(Product), rows)
    return [(row_id, unit, price) for row_id, (_, _, unit, price) in zip(ids, words.PRODUCTS, strict=True)]


async def _team(ctx: Ctx) -> Team:
    """Make the departments, their supervisors and managers."""
    total = REGIONS * DEPARTMENTS
    ids = await draw(ctx, Department, 2 + REGIONS + total)
    root, old, regions, leaves = ids[0], ids[1], ids[2 : 2 + REGIONS], ids[2 + REGIONS :]
    rows: list[dict[str, Any]] = [
        {"id": root, "name": "基准公司", "parent_id": None},
        {"id": old, "name": OLD, "parent_id": root},
    ]
    rows += [{"id": row_id, "name": f"大区{n + 1}", "parent_id": root} for n, row_id in enumerate(regions)]
    rows += [
        {"id": row_id, "name": f"部门{n + 1}", "parent_id": regions[n % REGIONS]} for n, row_id in enumerate(leaves)
    ]
    await ctx.session.execute(insert(Department).execution_options(render_nulls=True), rows)
    places = [place for place in (*leaves, old) for _ in range(MANAGERS)] + [*leaves, old, *regions, root]
    people = await draw(ctx, User, len(places))
    supervisors = len(places) - (total + 1) * MANAGERS
    await ctx.session.execute(
        insert(User),
        [
            {
                "id": row_id,
                "user_name": f"bench{row_id}",
                "skeleton": skeleton(f"bench{row_id}"),
                "name": f"基准{row_id}",
                "flag": "active",
                "department_id": place,
            }
            for row_id, place in zip(people, places, strict=True)
        ],
    )
    roles = {row.code: row.id for row in await ctx.session.execute(select(Role.code, Role.id))}
    managers = people[:-supervisors]
    given = [{"user_id": row_id, "role_id": roles["manager"]} for row_id in managers]
    given += [{"user_id": row_id, "role_id": roles["supervisor"]} for row_id in people[-supervisors:]]
    await ctx.session.execute(insert(UserRole), given)
    return Team(managers[:-MANAGERS], managers[-MANAGERS:], await stages(ctx))
