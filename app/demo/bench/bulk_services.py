"""Services of the benchmark data: spread over the customers that are there, most of them archived."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Date, DateTime, Integer, Interval, Text, case, cast, func, insert, literal, select, type_coerce

from app.core.ctx import Ctx
from app.core.numbers import number
from app.core.scope import unscoped
from app.demo.bench.indexes import put_on, take_off
from app.demo.company.services import REQUESTS, TITLES
from app.models.care.services import Service, ServiceRound, numbers
from app.models.customers.customers import Customer

MODELS: tuple[Any, ...] = (Service, ServiceRound)
CREATED, ASSIGNED, DEALT, VOID = 4, 10, 13, 15
"""Of a hundred services 4 are created, 6 assigned, 3 dealt, 2 void, the others archived."""
PRIME = 7919
KINDS = ("request", "inquiry", "complaint", "suggestion")
LEVELS = ("mid", "high", "mid", "low")
WHY = "benchmark data go over all customers"
DAY, WEEK = timedelta(days=1), timedelta(days=7)


async def add(ctx: Ctx, count: int) -> None:
    """Add so many services with a round for each that was dealt with; more than customers means several each."""
    parts = await take_off(ctx, MODELS)
    await _services(ctx, count)
    await _rounds(ctx)
    await put_on(ctx, parts, MODELS)


def _chosen(ctx: Ctx, customers: int, count: int) -> Any:
    """Return who asks, when and as the how-manieth: evenly over the customers, then over each one's days."""
    nth = (func.row_number().over(order_by=Customer.id) - 1).label("nth")
    everyone = select(nth, Customer.id, Customer.manager_id, Customer.created_at).where(Customer.deleted_at.is_(None))
    one = everyone.subquery()
    turn = func.generate_series(0, -(-count // customers) - 1).table_valued("n", name="turn").render_derived()
    k = (one.c.nth + turn.c.n * customers).label("k")
    step = max(customers // count, 1)
    percent = func.mod(k // step * 37, 100)
    since = (
        type_coerce(literal(ctx.today, Date) - cast(one.c.created_at, Date), Integer) * func.mod(k * PRIME, 997) // 997
    )
    recent = literal(ctx.now, DateTime(timezone=True)) - _days(func.mod(k, 14))
    opened = case((percent < DEALT, recent), else_=one.c.created_at + _days(since))
    rows = select(k, percent.label("percent"), one.c.id, one.c.manager_id, opened.label("opened"))
    return rows.select_from(one).join(turn, literal(value=True)).where(func.mod(k, step) == 0).limit(count).subquery()


def _days(count: Any) -> Any:
    return type_coerce(func.make_interval(0, 0, 0, cast(count, Integer)), Interval)


def _one_of(values: tuple[str, ...], k: Any) -> Any:
    return case(dict(enumerate(values)), value=func.mod(k, len(values)))


async def _services(ctx: Ctx, count: int) -> None:
    counted = select(func.count()).select_from(Customer).where(Customer.deleted_at.is_(None))
    row = _chosen(ctx, int(await ctx.session.scalar(unscoped(counted, WHY)) or 1), count).c
    is_new = row.percent < CREATED
    status = case(
        (is_new, "created"), (row.percent < ASSIGNED, "assigned"), (row.percent < DEALT, "dealt"), (row.percent < VOID, "void"),
        else_="archived",
    )  # fmt: skip
    done = (row.percent >= ASSIGNED) & ((row.percent < DEALT) | (row.percent >= VOID))
    ended = row.percent >= DEALT
    kind = _one_of(KINDS, row.k)
    values = {
        "number": number(ctx, "FW", numbers), "type": kind, "title": _one_of(TITLES["request"], row.k),
        "customer_id": row.id, "status": status, "priority": _one_of(LEVELS, row.k), "deadline": row.opened + WEEK,
        "request": _one_of(REQUESTS, row.k), "creator_id": row.manager_id, "opened_at": row.opened,
        "assignee_id": case((is_new, None), else_=row.manager_id),
        "assigned_at": case((is_new, None), else_=row.opened), "first_assigned_at": case((is_new, None), else_=row.opened),
        "first_dealt_at": case((done, row.opened + DAY)),
        "satisfaction": case((row.percent >= VOID, 3 + func.mod(row.k, 3))),
        "visit_by": case((ended & (kind == "complaint"), row.manager_id)),
        "visit_at": case((ended & (kind == "complaint"), row.opened + DAY)),
        "closed_at": case((ended, row.opened + DAY)), "closed_by": case((ended, row.manager_id)),
        "manager_id": row.manager_id, "created_at": row.opened, "updated_at": row.opened, "created_by": row.manager_id,
    }  # fmt: skip
    await _insert(ctx, Service, values)


async def _rounds(ctx: Ctx) -> None:
    """Write one round for each service that has none: what was done, and its feedback once it is archived."""
    archived = Service.status == "archived"
    values = {
        "service_id": Service.id, "n": literal(1), "deal": cast(literal("已处理"), Text),
        "dealt_by": Service.assignee_id, "dealt_at": Service.first_dealt_at, "visit_by": Service.visit_by,
        "visit_at": Service.visit_at, "result": case((archived, "已确认")), "satisfaction": Service.satisfaction,
        "feedback_by": case((archived, Service.assignee_id)), "feedback_at": case((archived, Service.closed_at)),
    }  # fmt: skip
    known = select(ServiceRound.service_id).where(ServiceRound.service_id == Service.id).exists()
    await _insert(ctx, ServiceRound, values, Service.status.in_(("dealt", "archived")), ~known)


async def _insert(ctx: Ctx, model: Any, values: dict[str, Any], *where: Any) -> None:
    """Write rows without the mappers: nothing is audited one by one."""
    columns = [model.__mapper__.attrs[name].columns[0] for name in values]
    rows = select(*values.values()).where(*where)
    statement = insert(model.__table__).from_select([column.name for column in columns], rows, include_defaults=False)
    await ctx.session.execute(unscoped(statement, WHY))
