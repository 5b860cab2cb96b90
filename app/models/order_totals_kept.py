"""How the totals of orders are kept: with each sum of a customer, and when a customer moves to another region."""

from functools import cache
from typing import Any, cast

from sqlalchemy import BigInteger, ColumnElement, Select, Text, bindparam, case, event, func, inspect, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY, Insert, insert
from sqlalchemy.orm.unitofwork import UOWTransaction

from app.core.db import KithSession
from app.models.customers import Customer
from app.models.order_sums import OrderSum
from app.models.order_totals import KEYS, MEASURES, NO_REGION, OrderTotal, part_of, region_of


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
