"""By which rules a customer is warned of (domain section 5: Churn): no order, no contact, not satisfied.

The last two are off until an administrator sets them. What ended an entry counts for them like a contact, so that
an unchanged cause does not warn again the night after.
"""

import datetime as dt
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, false, func, literal

from app.core.ctx import Ctx
from app.models.care.losses import Loss
from app.models.customers.customers import Customer
from app.services.base import settings as installation

RULES = ("order", "contact", "satisfaction")


class Limits(NamedTuple):
    """The settings that are in force: days without an order (by level where given), without contact, satisfaction."""

    days: int
    by_level: dict[str, int]
    contact: int
    satisfaction: int

    def of(self, level: str | None) -> int:
        """Return the days without an order after which a customer of a level is warned of."""
        return self.by_level.get(level or "", self.days)


async def limits(ctx: Ctx) -> Limits:
    """Return the limits that are in force; 0 is off."""
    stored = await installation.values(ctx.session)
    names = ("lost.days", "lost.days_by_level", "lost.contact_days", "lost.satisfaction")
    return Limits(*(stored[name] for name in names))


def made_on(ctx: Ctx) -> ColumnElement[dt.date]:
    """Return the local day on which a customer was made: who never ordered is silent since then."""
    return func.date(func.timezone(str(ctx.timezone), Customer.created_at))


def hits(ctx: Ctx, limit: Limits) -> dict[str, ColumnElement[bool]]:
    """Return rule -> the clause of the customers whom it warns of.

    In each the comparison of columns comes first: earlier entries are looked up for those alone who pass it.
    """
    found: dict[str, ColumnElement[bool]] = {rule: false() for rule in RULES}
    days = _by_level(limit, lambda days: ctx.today - dt.timedelta(days=days))
    found["order"] = func.coalesce(Customer.last_order_date, made_on(ctx)) < days
    if limit.contact:
        since = _begins(ctx, limit.contact)
        last = func.coalesce(Customer.last_activity_at, Customer.created_at)
        found["contact"] = and_(last < since, ~_ended(since))
    if limit.satisfaction:
        from_then = _by_level(limit, lambda days: _begins(ctx, days))
        told = Loss.found_reason["rules"].contains(["satisfaction"])
        before = Loss.found_reason["satisfaction"].as_integer() <= Customer.satisfaction
        found["satisfaction"] = and_(Customer.satisfaction <= limit.satisfaction, ~_ended(from_then, told, before))
    return found


def _by_level(limit: Limits, value: Any) -> ColumnElement[Any]:
    """Return what `value` gives for the days of each customer's level."""
    others = literal(value(limit.days))
    own = {level: literal(value(days)) for level, days in sorted(limit.by_level.items())}
    return case(own, value=Customer.level, else_=others) if own else others


def _begins(ctx: Ctx, days: int) -> dt.datetime:
    """Return the moment at which the local day so many days ago began: what lies before is older than that."""
    return dt.datetime.combine(ctx.today - dt.timedelta(days=days), dt.time.min, ctx.timezone)


def _ended(since: Any, *clauses: ColumnElement[bool]) -> ColumnElement[bool]:
    """Tell whether an entry of the customer was recovered, or its lost customer returned, no earlier than `since`."""
    end = func.greatest(Loss.closed_at, Loss.returned_at)
    return exists().where(Loss.customer_id == Customer.id, end >= since, *clauses)
