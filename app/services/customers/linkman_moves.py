"""Contacts that go to another customer, or work for several: each post is a contact of its own, tied by `origin_id`.

What was said with a person stays with the customer it was said at. A post names the first one of the same person, so
that there is no chain to walk and no circle to close.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select

from app.core.audit import log, mark
from app.core.ctx import Ctx
from app.core.errors import Invalid
from app.core.guarded import sees
from app.core.owners import covers
from app.core.scope import get, seen, unscoped
from app.models.access.rbac import Permission as P
from app.models.customers.customers import Customer
from app.models.customers.linkmen import PERSONAL, Linkman
from app.schemas.customers.linkmen import LinkmanMove
from app.services.customers import linkman_actions, linkmen

TAKEN_ALONG = ("name", "sex", "tel", "mobile", "email", "wechat")
"""What stays true of a person at another company; position, superior, role in decisions and memo do not."""
SKEW = timedelta(minutes=5)


async def move(ctx: Ctx, linkman_id: int, version: int | None, body: LinkmanMove) -> dict[str, Any]:
    """Make the contact's post at another customer, and mark the old one as left unless they keep it.

    Personal facts go along where linkmen:personal reaches both customers. Raises `Invalid` at /customer_id for a
    customer out of scope, the same one, or one where the person works already; at /keeps for who has left; at /left_at
    for a moment to come, or with `keeps`. `Forbidden` unless linkmen:write reaches both customers.
    """
    old = await linkman_actions.locked(ctx, linkman_id, "move", version)
    await seen(ctx, Customer, body.customer_id, pointer="/customer_id")
    if body.customer_id == old.customer_id:
        raise Invalid("/customer_id", "same_customer", "The contact belongs to this customer already.")
    target = await get(ctx, Customer, body.customer_id, right=P.linkmen_write, lock=True)
    await _check(ctx, old, body)
    names = list(TAKEN_ALONG)
    if await sees(ctx, Linkman, old.id) and covers(ctx, target.manager_id, P.linkmen_personal):
        names += PERSONAL
    facts = {name: getattr(old, name) for name in names}
    ties = {"customer_id": target.id, "position": body.position, "origin_id": old.origin_id or old.id}
    if body.keeps or (old.status == "left" and not body.left_at):
        # Nothing changes in the old post, but its history tells of it.
        log(ctx, "move", "linkmen", old.id, {"keeps": [None, True]} if body.keeps else {})
    else:
        mark(old, "move")
        old.left_at = body.left_at or ctx.now
        old.status, old.is_primary = "left", False
    new = await linkmen.add(ctx, facts | ties)
    return await linkmen.get_detail(ctx, new.id)


async def _check(ctx: Ctx, old: Linkman, body: LinkmanMove) -> None:
    if body.left_at and body.keeps:
        raise Invalid("/left_at", "keeps", "Who works for both has not left.")
    if body.left_at and body.left_at > ctx.now + SKEW:
        raise Invalid("/left_at", "in_future", "Mark it when the contact has left.")
    if body.keeps and old.status == "left":
        raise Invalid("/keeps", "left", "This contact has left; they cannot work for both.")
    first = old.origin_id or old.id
    there = select(Linkman.id).where(
        or_(Linkman.id == first, Linkman.origin_id == first),
        Linkman.customer_id == body.customer_id,
        Linkman.status == "active",
        Linkman.deleted_at.is_(None),
    )
    if await ctx.session.scalar(unscoped(there.limit(1), "contacts of a customer that was checked")) is not None:
        raise Invalid("/customer_id", "works_there", "This person is a contact of that customer already.")
