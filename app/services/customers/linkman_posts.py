"""The posts of one person at several customers, as a column of a contact's row."""

from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, func, literal, or_, select
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by
from sqlalchemy.orm import aliased

from app.core.ctx import Ctx
from app.core.scope import visible
from app.models.customers.customers import Customer
from app.models.customers.linkmen import Linkman

Post, PostCustomer = aliased(Linkman), aliased(Customer)


def column(ctx: Ctx) -> ColumnElement[Any]:
    """Return the column of the same person's posts at other customers, those in scope, the present ones first."""
    customer = func.jsonb_build_object("id", PostCustomer.id, "name", PostCustomer.name)
    facts = {
        "id": Post.id, "customer": customer, "position": Post.position, "status": Post.status, "left_at": Post.left_at,
    }  # fmt: skip
    order = (Post.status, Post.left_at.desc(), Post.id.desc())
    told = aggregate_order_by(func.jsonb_build_object(*chain.from_iterable(facts.items())), *order)
    first = func.coalesce(Linkman.origin_id, Linkman.id)
    found = (
        select(func.jsonb_agg(told, type_=JSONB))
        .join(PostCustomer, PostCustomer.id == Post.customer_id)
        .where(or_(Post.id == first, Post.origin_id == first), Post.id != Linkman.id, visible(ctx, Post))
        .correlate(Linkman)
    )
    return func.coalesce(found.scalar_subquery(), literal([], JSONB)).label("posts")
