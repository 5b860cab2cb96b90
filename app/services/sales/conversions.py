"""A won chance becomes a customer: with its contact and a first activity, in the transaction of the win."""

from sqlalchemy import select

from app.core.ctx import Ctx
from app.core.errors import Forbidden
from app.core.scope import get, unscoped
from app.core.told import telling
from app.core.touch import touch
from app.models.access.rbac import Permission as P
from app.models.customers.activities import Activity
from app.models.customers.customers import Customer
from app.models.customers.linkmen import Linkman
from app.models.sales.chances import Chance
from app.services.customers import twins
from app.services.customers.customers import build


async def get_linked(ctx: Ctx, customer_id: int) -> Customer:
    """Return a customer that a chance is linked to; 422 at /customer_id when out of sight."""
    return await get(ctx, Customer, customer_id, pointer="/customer_id")


async def has_made(ctx: Ctx, chance: Chance) -> bool:
    """Tell whether the chance is linked to a customer that it made itself: won again after reopening, it keeps that one."""
    made = select(Customer.id).where(Customer.id == chance.customer_id, Customer.origin_chance_id == chance.id)
    made = made.where(Customer.deleted_at.is_(None))
    return await ctx.session.scalar(unscoped(made, "the chance's own customer")) is not None


async def create_from_chance(ctx: Ctx, chance: Chance, *, confirm: bool) -> int:
    """Make the customer of a won chance: manager = assignee, the named person as primary contact, a first activity.

    Without a contact's name the phone goes to the customer itself.
    """
    if P.customers_create not in ctx.actor.rights:
        raise Forbidden(right=P.customers_create)
    await twins.check(ctx, twins.Known(chance.customer_name), confirmed=confirm)
    facts = {
        "name": chance.customer_name,
        "source": chance.source,
        "origin_chance_id": chance.id,
        "tel": None if chance.linkman else chance.tel,
    }
    customer = build(ctx, facts, chance.assignee_id)
    ctx.session.add(customer)
    await ctx.session.flush()
    linkman = None
    if chance.linkman:
        phone = {"mobile" if (chance.tel or "").strip().startswith("1") else "tel": chance.tel}
        linkman = Linkman(customer_id=customer.id, name=chance.linkman, is_primary=True, status="active", **phone)
        ctx.session.add(linkman)
        await ctx.session.flush()
    ctx.session.add(
        Activity(
            customer_id=customer.id, linkman_id=linkman.id if linkman else None, chance_id=chance.id, kind="phone",
            purpose="follow_up", at=ctx.now, title=chance.number, description=chance.title,
            told=telling("chance_won", number=chance.number),
        )
    )  # fmt: skip
    await touch(ctx, Customer, customer.id, last_activity_at=ctx.now)
    await touch(ctx, Chance, chance.id, last_activity_at=ctx.now, next_at=None)
    return customer.id
