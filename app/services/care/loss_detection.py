"""Who stopped buying (domain section 5: Churn): the search that the worker runs each night, and on demand.

A run goes through the customers in batches, each its own transaction; run twice, it changes nothing more.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true

from app.core.arrays import arrays, insert_rows, one_of
from app.core.audit import log_all
from app.core.bulk import change
from app.core.ctx import Ctx
from app.core.happened import tell_of
from app.core.ids import draw
from app.core.jobs import enqueue
from app.core.scope import unscoped
from app.models.care.losses import OPEN, Loss
from app.models.care.services import OPEN as OPEN_SERVICES
from app.models.care.services import Service
from app.models.customers.customers import Customer
from app.models.orders.orders import COUNTED, Order
from app.services.care import loss_actions as actions
from app.services.care import loss_rules as rules

JOB = "losses.detect"
BATCH = 1000
"""Customers a transaction: their rows are locked for well under a second."""
LANES = 3
"""At once; of 100,000 customers, one lane took 13 s on two cores, two 10 s, three 8 s, four hardly less."""
TENTH = Decimal("0.1")
WHY = "the search goes over all customers"


class Warned(NamedTuple):
    """An entry that was just made: its id, the name and the manager of its customer."""

    id: int
    name: str
    manager_id: int | None


class Rhythm(NamedTuple):
    """How a customer bought: number of orders, days between the first and the last."""

    orders: int
    days: int


async def ask(ctx: Ctx) -> dict[str, bool]:
    """Queue a run; while one waits, a second is not added."""
    await enqueue(ctx, JOB, only_once_as=JOB)
    return {"queued": True}


class Lane(NamedTuple):
    """The customers beyond an id, up to another one (None: to the last)."""

    after: int = 0
    upto: int | None = None


async def lanes(ctx: Ctx) -> list[Lane]:
    """Return the customers in parts that are gone through side by side: some compute while others write."""
    ends = select(func.coalesce(func.min(Customer.id) - 1, 0), func.coalesce(func.max(Customer.id), 0))
    first, last = (await ctx.session.execute(unscoped(ends, WHY))).one()
    marks = [first + (last - first) * n // LANES for n in range(1, LANES)]
    return [Lane(*ends) for ends in zip([0, *marks], [*marks, None], strict=True)]


async def detect(ctx: Ctx, after: int = 0, batch: int = BATCH, upto: int | None = None) -> int | None:
    """Warn of customers beyond `after` whom one of the rules hits; return where to go on, None at the end.

    Reviews whose day has passed without an order become warnings again in the first batch of a run.
    """
    if not after:
        await _expire(ctx)
    limit = await rules.limits(ctx)
    found = await _silent(ctx, Lane(after, upto), limit, batch)
    if found:
        await warn(ctx, found, limit)
    return found[-1].id if len(found) == batch else None


async def _silent(ctx: Ctx, lane: Lane, limit: rules.Limits, batch: int) -> list[Any]:
    """Return and lock customers in order of their ids; who is being changed right now waits for the next run."""
    since = func.coalesce(Customer.last_order_date, rules.made_on(ctx))
    hits = rules.hits(ctx, limit)
    # Looked up for each, because the open ones of a large company do not fit into memory.
    still = exists().where(Loss.customer_id == Customer.id, Loss.customer_id > lane.after, Loss.status.in_(OPEN))
    statement = (
        select(
            Customer.id, Customer.name, Customer.manager_id, Customer.manager_id.label("owner_id"), Customer.last_order_date, since.label("since"),
            Customer.level, Customer.satisfaction,
            func.coalesce(Customer.last_activity_at, Customer.created_at).label("last_contact"),
            *(clause.label(f"{rule}_hits") for rule, clause in hits.items()),
        )
        .where(
            Customer.id > lane.after,
            *([] if lane.upto is None else [Customer.id <= lane.upto]),
            Customer.deleted_at.is_(None),
            Customer.status == "normal",
            or_(*hits.values()),
            ~still,
        )
        .order_by(Customer.id)
        .limit(batch)
        .with_for_update(key_share=True, skip_locked=True, of=Customer)
    )  # fmt: skip
    return list((await ctx.session.execute(unscoped(statement, WHY))).all())


async def warn(ctx: Ctx, found: Sequence[Any], limit: rules.Limits) -> dict[int, int]:
    """Make an entry for each of these customers, as `_silent` reads them, and return customer -> entry.

    `manager_id` had the customer then, `owner_id` has it now.
    """
    ids = [row.id for row in found]
    rhythms, complaints = await _rhythms(ctx, ids), await _complaints(ctx, ids)
    losses = dict(zip(ids, await draw(ctx, Loss, len(ids)), strict=True))
    rows = [
        {
            "id": losses[row.id],
            "customer_id": row.id,
            "manager_id": row.manager_id,
            "owner_id": row.owner_id,
            "last_order_date": row.last_order_date,
            "found_at": ctx.now,
            "found_reason": _reason(ctx, row, limit, rhythms.get(row.id), complaints.get(row.id, 0)),
            "status": "warning",
            "created_at": ctx.now,
            "updated_at": (ctx.teller or ctx).now,
        }
        for row in found
    ]
    await ctx.session.execute(insert_rows(Loss, *rows[0]), arrays(rows))
    await change(ctx, Customer, and_(one_of(Customer.id, ids), Customer.status == "normal"), "warn", status="warning")
    await log_all(ctx, "create", "losses", {row["id"]: {"found_reason": [None, row["found_reason"]]} for row in rows})
    await tell_of(ctx, "losses", "warn", [Warned(losses[row.id], row.name, row.manager_id) for row in found])
    return losses


def _reason(ctx: Ctx, row: Any, limit: rules.Limits, rhythm: Rhythm | None, complaints: int) -> dict[str, Any]:
    """Explain a warning: the rules, the silence in days, what is usual for this customer, how many times that is."""
    days, contact = (ctx.today - row.since).days, row.last_contact and row.last_contact.astimezone(ctx.timezone).date()
    usual = Decimal(rhythm.days) / (rhythm.orders - 1) if rhythm and rhythm.orders > 1 and rhythm.days else None
    return {
        "rules": [rule for rule in rules.RULES if getattr(row, f"{rule}_hits")],
        "days": days,
        "threshold_days": limit.of(row.level),
        "usual_interval_days": None if usual is None else str(usual.quantize(TENTH)),
        "times_usual": None if usual is None else str((days / usual).quantize(TENTH)),
        "orders": rhythm.orders if rhythm else 0,
        "open_complaints": complaints,
        "contact_days": contact and (ctx.today - contact).days,
        "contact_threshold_days": limit.contact or None,
        "satisfaction": row.satisfaction,
        "satisfaction_threshold": limit.satisfaction or None,
    }


async def _rhythms(ctx: Ctx, ids: list[int]) -> dict[int, Rhythm]:
    span: Any = func.max(Order.date) - func.min(Order.date)
    statement = (
        select(Order.customer_id, func.count(), span)
        .where(one_of(Order.customer_id, ids), Order.status.in_(COUNTED), Order.deleted_at.is_(None))
        .where(Order.date <= ctx.today)
        .group_by(Order.customer_id)
    )
    rows = await ctx.session.execute(unscoped(statement, WHY))
    return {customer_id: Rhythm(count, days) for customer_id, count, days in rows}


async def _complaints(ctx: Ctx, ids: list[int]) -> dict[int, int]:
    still: list[ColumnElement[bool]] = [Service.status.in_(OPEN_SERVICES)]
    if ctx.teller:
        still = [Service.opened_at <= ctx.now, func.coalesce(Service.closed_at > ctx.now, true())]
    statement = (
        select(Service.customer_id, func.count())
        .where(one_of(Service.customer_id, ids), Service.type == "complaint", *still)
        .where(Service.deleted_at.is_(None))
        .group_by(Service.customer_id)
    )
    rows = await ctx.session.execute(unscoped(statement, WHY))
    return {row[0]: row[1] for row in rows}


async def _expire(ctx: Ctx) -> None:
    """Turn delays whose review date has passed into warnings again, and tell who acts on them."""
    statement = select(Loss).where(Loss.status == "delayed", Loss.review_date < ctx.today).order_by(Loss.id)
    due = (await ctx.session.scalars(unscoped(statement.with_for_update(skip_locked=True), WHY))).all()
    if not due:
        return
    for loss in due:
        actions.STEPS.fire(loss, "expire")
    await ctx.session.flush()
