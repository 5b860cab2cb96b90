"""Churn entries: list, detail, and the team's view. The steps stand in `loss_steps`, the search in `loss_detection`."""

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, not_, or_, select
from sqlalchemy.orm import aliased

from app.core.ctx import Ctx
from app.core.errors import NotFound
from app.core.finds import through
from app.core.listing import Listing, Sort
from app.core.nouns import Noun
from app.core.paging import Paged
from app.core.prepared import ROW_ID, TODAY, given, run
from app.core.reference import Reference
from app.core.scope import check_version, get, scoped, unscoped
from app.core.search import Match, contains
from app.core.sought import Sought
from app.core.spans import on_days
from app.models.access.users import User
from app.models.care.losses import OPEN, Loss, LossMeasure
from app.models.customers.customers import Customer
from app.schemas.base.external import ExternalAlone
from app.schemas.care.losses import LossQuery
from app.services.care import loss_actions as actions

Manager, Finder, By = aliased(User), aliased(User), aliased(User)
NEVER = dt.date(9999, 12, 31)
LONG_AGO = dt.date(1970, 1, 1)
LATELY = dt.timedelta(days=30)
OVERDUE = and_(Loss.status == "delayed", Loss.review_date < TODAY)
ROW: tuple[Any, ...] = (
    Loss.id, Loss.version, Reference("customer", Customer.id, Customer.name),
    Reference("manager", Manager.id, Manager.name), Loss.last_order_date, Loss.found_at, Loss.found_reason,
    Loss.review_date, Loss.lost_date, Loss.reason, Loss.closed_at, Loss.returned_at, Loss.status, Loss.external_id,
)  # fmt: skip


def _joins(_ctx: Ctx, statement: Select[Any]) -> Select[Any]:
    return statement.join(Customer, Customer.id == Loss.customer_id).outerjoin(Manager, Manager.id == Loss.owner_id)


def _search(ctx: Ctx, sought: Sought) -> tuple[Match, ...]:
    return (through(ctx, Loss.customer_id, Customer, [contains(Customer.search, sought)], scoped=False),)


listing = Listing(
    model=Loss,
    query=LossQuery,
    columns=ROW,
    joins=_joins,
    sorts={
        "found_at": Sort(Loss.found_at, dt.datetime),
        "last_order_date": Sort(func.coalesce(Loss.last_order_date, literal(LONG_AGO)), dt.date),
        "review_date": Sort(func.coalesce(Loss.review_date, literal(NEVER)), dt.date),
        "lost_date": Sort(func.coalesce(Loss.lost_date, literal(NEVER)), dt.date),
    },
    filters={
        "status": Loss.status.in_,
        "manager_id": Loss.owner_id.__eq__,
        "customer_id": Loss.customer_id.__eq__,
        "reason": Loss.reason.__eq__,
        "external_id": Loss.external_id.__eq__,
    },
    search=_search,
    default="-found_at",
    steps=actions.STEPS,
    holding=actions.of_row,
)
noun = Noun(listing, viewed=True, counted=True, particular=("found_manager", "found_reason", "measures"))


async def page(ctx: Ctx, query: LossQuery) -> Paged:
    """List churn entries of the customers in scope."""
    more: list[ColumnElement[bool]] = []
    if query.review_overdue is not None:
        more.append(OVERDUE if query.review_overdue else not_(OVERDUE))
    found = on_days(ctx, Loss.found_at, query.found_from, query.found_to)
    return await listing.page(ctx, query, *more, *found)


def _detail(ctx: Ctx) -> Select[Any]:
    statement = _joins(
        ctx,
        select(
            *ROW, Loss.note, Reference("found_manager", Finder.id, Finder.name)
        ).select_from(Loss),
    ).outerjoin(Finder, Finder.id == Loss.manager_id)  # fmt: skip
    return scoped(ctx, statement.where(Loss.id == ROW_ID), Loss)


async def get_detail(ctx: Ctx, loss_id: int) -> dict[str, Any]:
    """Return one entry with its measures and `allowed_actions`; raise `NotFound`."""
    row = (await run(ctx, _detail, row_id=loss_id)).one_or_none()
    if row is None:
        raise NotFound
    measures = (
        select(
            LossMeasure.id, LossMeasure.date, LossMeasure.text, LossMeasure.review_date, Reference("by", By.id, By.name)
        )
        .join(By, By.id == LossMeasure.by)
        .where(LossMeasure.loss_id == loss_id)
        .order_by(LossMeasure.id)
    )
    return {
        **row._asdict(),
        "measures": (await ctx.session.execute(unscoped(measures, "of the entry that was just read"))).all(),
        "allowed_actions": listing.allowed(ctx, row._asdict()),
    }


async def identify(ctx: Ctx, loss_id: int, version: int, body: ExternalAlone) -> dict[str, Any]:
    """Give an entry its id in another system, in every state; raise `Forbidden` for who may not import, `StaleVersion`."""
    loss = await get(ctx, Loss, loss_id, lock=True)
    check_version(loss, version)
    loss.external_id = body.external_id
    await ctx.session.flush()
    return await get_detail(ctx, loss_id)


async def sums(ctx: Ctx) -> dict[str, Any]:
    """Count by the customers' present managers: what is open, and what ended in the last 30 days."""
    ended = Loss.closed_at >= ctx.now - LATELY
    counts = [
        func.count().filter(where).label(name)
        for name, where in (
            ("warning", Loss.status == "warning"),
            ("delayed", Loss.status == "delayed"),
            ("review_overdue", OVERDUE),
            ("lost", and_(Loss.status == "lost", ended)),
            ("recovered", and_(Loss.status == "recovered", ended)),
        )
    ]
    statement = (
        select(Reference("manager", Manager.id, Manager.name), *counts)
        .select_from(Loss)
        .outerjoin(Manager, Manager.id == Loss.owner_id)
        .where(or_(Loss.status.in_(OPEN), ended))
        .group_by(Manager.id, Manager.name)
        .order_by((counts[0] + counts[1]).desc(), Manager.id)
    )
    return {"as_of": ctx.now, "rows": (await ctx.session.execute(scoped(ctx, statement, Loss), given(ctx))).all()}
