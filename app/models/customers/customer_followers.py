"""What repeats a customer's manager elsewhere, so that a list by owner reads one index; `crm verify` compares."""

from collections import defaultdict
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core.arrays import one_of
from app.core.db import Base
from app.core.moves import after, before
from app.models.customers.customers import Customer
from app.models.customers.linkmen import Linkman


class Follower(NamedTuple):
    """A table, its column of the customer, and the one that repeats the manager `unless` another one is set."""

    table: str
    customer: str
    manager: str
    unless: str | None = None


FOLLOWERS = (
    Follower("cst_service", "svr_cust_id", "svr_manager_id"),
    Follower("cst_lost", "lst_cust_id", "lst_owner_id"),
    Follower("orders", "odr_cust_id", "odr_holder_id", unless="odr_owner_id"),
    Follower("cst_linkman", "lkm_cust_id", "lkm_manager_id"),
)


@before(Linkman, "customer_id")
def _begin(session: Session, rows: list[Linkman]) -> None:
    """Let new contacts, and those of another customer now, repeat its manager.

    The customers are held against a new manager until the transaction ends, who would not find contacts that are not there yet.
    """
    theirs = select(Customer.id, Customer.manager_id).where(one_of(Customer.id, {row.customer_id for row in rows}))
    held = theirs.order_by(Customer.id).with_for_update(read=True, key_share=True)
    managers = dict(session.connection().execute(held).all())
    for row in rows:
        row.manager_id = managers.get(row.customer_id)


@after(Customer, "manager_id")
def _tell_followers(session: Session, rows: list[Customer]) -> None:
    """Let what repeats a customer's manager follow to the new one: a statement a table, however many customers moved."""
    moved: dict[int | None, list[int]] = defaultdict(list)
    for row in rows:
        moved[row.manager_id].append(row.id)
    for manager, customers in moved.items():
        for follower in FOLLOWERS:
            table = Base.metadata.tables[follower.table]
            theirs = update(table).where(one_of(table.c[follower.customer], sorted(customers)))
            if follower.unless:
                theirs = theirs.where(table.c[follower.unless].is_(None))
            session.connection().execute(theirs.values({follower.manager: manager}))
