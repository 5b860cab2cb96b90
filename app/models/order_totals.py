"""What all customers together ordered by period, region and owner, kept with the sums of each (`orders_total`)."""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Numeric,
    Select,
    Text,
    bindparam,
    case,
    event,
    func,
    inspect,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, Insert, insert
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.unitofwork import UOWTransaction

from app.core.db import Base, KithSession
from app.models.customers import Customer
from app.models.order_sums import EVERYBODY, OrderSum

PARTS = 16
"""Rows among which the customers of all owners are shared out: who writes orders waits only for the same part."""
NO_REGION = ""


class OrderTotal(Base):
    """Customers (with a total above 0), orders, total and payments of `months` months from `first`.

    The region is the customer's present one. Customers of several owners are not counted twice only where
    `owner_id` is `EVERYBODY`.
    """

    __tablename__ = "orders_total"

    months: Mapped[int] = mapped_column("ort_months", primary_key=True, autoincrement=False)
    first: Mapped[date] = mapped_column("ort_first", primary_key=True)
    owner_id: Mapped[int] = mapped_column("ort_owner_id", primary_key=True, autoincrement=False)
    region: Mapped[str] = mapped_column("ort_region", Text, primary_key=True)
    part: Mapped[int] = mapped_column("ort_part", primary_key=True, autoincrement=False)
    customers: Mapped[int] = mapped_column("ort_customers")
    orders: Mapped[int] = mapped_column("ort_orders")
    total: Mapped[Decimal] = mapped_column("ort_total", Numeric(24, 2))
    paid: Mapped[Decimal] = mapped_column("ort_paid", Numeric(24, 2))


KEYS = ("ort_months", "ort_first", "ort_owner_id", "ort_region", "ort_part")
MEASURES = ("ort_customers", "ort_orders", "ort_total", "ort_paid")


def part_of(owner_id: Any, customer_id: Any) -> ColumnElement[int]:
    """Return the part that a customer counts in; an owner's customers need no shares."""
    return case((owner_id == EVERYBODY, customer_id % PARTS), else_=0)


def region_of(customer: Any) -> ColumnElement[str]:
    """Return the region as a key."""
    return func.coalesce(customer.region, NO_REGION)


def adding(rows: Select[Any]) -> Insert:
    """Return the statement that adds rows, in the order of `KEYS` and `MEASURES`, to the totals.

    The rows are written in the order of their keys, so that two transactions cannot deadlock on them.
    """
    table: Any = OrderTotal.__table__
    found = rows.subquery()
    keys = list(found.c)[: len(KEYS)]
    statement = insert(table).from_select([*KEYS, *MEASURES], select(*found.c).order_by(*keys))
    more = {name: table.c[name] + statement.excluded[name] for name in MEASURES}
    return statement.on_conflict_do_update(index_elements=KEYS, set_=more)


def following(sums: Insert) -> Insert:
    """Return the statement that adds to the sums of customers, and what they came to, to the totals.

    A customer counts from the moment when its sum rises above 0. Its region must not change meanwhile:
    whoever changes an order that counts holds the customer's row.
    """
    table: Any = OrderSum.__table__
    keys = [column.name for column in table.primary_key]
    now = sums.returning(*(table.c[name] for name in (*keys, "ors_total"))).cte("now")
    shown = [table.c[name] for name in (*keys, "ors_orders", "ors_total", "ors_paid")]
    unnested = (func.unnest(bindparam(one.name, type_=ARRAY(one.type))).label(one.name) for one in shown)
    added = select(*unnested).cte("added")
    owner, customer = now.c.ors_owner_id, now.c.ors_cust_id
    above = func.sum(
        case((now.c.ors_total > 0, 1), else_=0) - case((now.c.ors_total - added.c.ors_total > 0, 1), else_=0)
    )
    grouped = (now.c.ors_months, now.c.ors_first, owner, region_of(Customer), part_of(owner, customer))
    measures: tuple[Any, ...] = (
        above,
        func.sum(added.c.ors_orders),
        func.sum(added.c.ors_total),
        func.sum(added.c.ors_paid),
    )
    rows = select(*(one.label(name) for one, name in zip((*grouped, *measures), (*KEYS, *MEASURES), strict=True)))
    rows = rows.join_from(now, added, _same(now, added, keys)).join(Customer, Customer.id == customer)
    return adding(rows.group_by(*KEYS))


def _same(one: Any, other: Any, keys: list[str]) -> ColumnElement[bool]:
    first, *rest = (one.c[name] == other.c[name] for name in keys)
    found: ColumnElement[bool] = first
    for clause in rest:
        found = found & clause
    return found


@cache
def _moving() -> Insert:
    """Return the statement that takes a customer's sums out of the totals of a region and adds them to another's."""
    s, customer = OrderSum, bindparam("customer", type_=BigInteger)
    below: tuple[Any, ...] = (s.orders, s.total, s.paid)

    def side(region: str, sign: int) -> Select[Any]:
        above = case((s.total > 0, sign), else_=0)
        keys: tuple[Any, ...] = (
            s.months,
            s.first,
            s.owner_id,
            bindparam(region, type_=Text),
            part_of(s.owner_id, s.customer_id),
        )
        measures: tuple[Any, ...] = (above, *(sign * one for one in below))
        named = (one.label(name) for one, name in zip((*keys, *measures), (*KEYS, *MEASURES), strict=True))
        return select(*named).where(s.customer_id == customer, s.orders > 0)

    found = union_all(side("before", -1), side("after", 1)).subquery()
    return adding(select(*found.c))


@event.listens_for(KithSession, "after_flush")
def _follow_the_region(session: KithSession, _flush: UOWTransaction) -> None:
    for row in session.dirty:
        history = inspect(row).attrs.region.history if isinstance(row, Customer) else None
        if history and history.has_changes():
            before, after = (side[0] or NO_REGION if side else NO_REGION for side in (history.deleted, history.added))
            if before != after:
                session.connection().execute(_moving(), {"customer": row.id, "before": before, "after": after})


cast("Any", OrderSum.__table__).info["following"] = following
