"""How the totals of orders are kept: with each sum of a customer, and when a customer moves to another region."""

from functools import cache
from typing import Any, cast

from sqlalchemy import BigInteger, Select, Text, and_, bindparam, case, func, select, tuple_, union_all
from sqlalchemy.dialects.postgresql import ARRAY, Insert, insert
from sqlalchemy.orm import Session

from app.core import sums
from app.core.moves import after
from app.models.customers.customers import Customer
from app.models.orders.sums import OrderSum
from app.models.orders.totals import KEYS, MEASURES, NO_REGION, OrderTotal, named, part_of, region_of


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


def following(statement: Insert) -> Insert:
    """Return the statement that adds to the sums of customers, and what they came to, to the totals.

    A customer counts from the moment when its sum rises above 0. Its region must not change meanwhile:
    whoever changes an order that counts holds the customer's row.
    """
    table: Any = OrderSum.__table__
    keys = [column.name for column in table.primary_key]
    now = statement.returning(*(table.c[name] for name in (*keys, "ors_total"))).cte("now")
    shown = [table.c[name] for name in (*keys, "ors_orders", "ors_total", "ors_paid")]
    unnested = (func.unnest(bindparam(one.name, type_=ARRAY(one.type))).label(one.name) for one in shown)
    added = select(*unnested).cte("added")
    owner, customer = now.c.ors_owner_id, now.c.ors_cust_id
    above = func.sum(
        case((now.c.ors_total > 0, 1), else_=0) - case((now.c.ors_total - added.c.ors_total > 0, 1), else_=0)
    )
    grouped = (now.c.ors_months, now.c.ors_first, owner, region_of(Customer), part_of(owner, customer))
    measures = (func.sum(added.c[name]) for name in ("ors_orders", "ors_total", "ors_paid"))
    rows = select(*named(*grouped, above, *measures)).join_from(
        now, added, and_(*(now.c[k] == added.c[k] for k in keys))
    )
    return adding(rows.join(Customer, Customer.id == customer).group_by(*KEYS))


@cache
def _moving() -> Insert:
    """Return the statement that takes a customer's sums out of the totals of a region and adds them to another's."""
    s = OrderSum
    # Span by span, as the key of the sums begins with it: no index serves the customer alone.
    spans = tuple_(s.months, s.first).in_(select(OrderTotal.months, OrderTotal.first).distinct())
    whose = (s.customer_id == bindparam("customer", type_=BigInteger), s.orders > 0, spans)

    def side(region: str, sign: int) -> Select[Any]:
        keys = (s.months, s.first, s.owner_id, bindparam(region, type_=Text), part_of(s.owner_id, s.customer_id))
        measures = (case((s.total > 0, sign), else_=0), *(sign * one for one in (s.orders, s.total, s.paid)))
        return select(*named(*keys, *measures)).where(*whose)

    found = union_all(side("before", -1), side("after", 1)).subquery()
    return adding(select(*found.c))


@after(Customer, "region")
def _follow_the_region(session: Session, rows: list[Customer]) -> None:
    for row in rows:
        there, here = sums.before(row, "region") or NO_REGION, row.region or NO_REGION
        if there != here:
            session.connection().execute(_moving(), {"customer": row.id, "before": there, "after": here})


cast("Any", OrderSum.__table__).info["following"] = following
