"""Contacts: one primary per customer, who reports to whom without circles, leavers marked, personal facts kept apart."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import aliased

from app.core import erasure
from app.core.ctx import Ctx
from app.core.errors import Invalid, NotFound
from app.core.guarded import hidden, masked, refuse, shown
from app.core.listing import Listing, Sort
from app.core.nouns import Noun
from app.core.owners import covers
from app.core.paging import Paged, PageQuery
from app.core.prepared import ROW_ID, run
from app.core.reference import Reference
from app.core.scope import get, get_binned, scoped, seen, unscoped
from app.core.search import Match, contains, ends, together
from app.core.sought import Sought
from app.models.access.rbac import Permission as P
from app.models.customers.customers import Customer
from app.models.customers.linkmen import PERSONAL, Linkman
from app.schemas.customers.linkmen import LinkmanPatch, LinkmanQuery, LinkmanWrite
from app.services.base import audit
from app.services.customers import linkman_actions as actions
from app.services.customers import linkman_posts

Superior = aliased(Linkman)
ROW: tuple[Any, ...] = (
    Linkman.id, Linkman.version, Linkman.name, Reference("customer", Customer.id, Customer.name), Linkman.position,
    Linkman.decision_role, Reference("superior", Superior.id, Superior.name), Linkman.tel, Linkman.mobile, Linkman.email,
    Linkman.is_primary, Linkman.status, Linkman.created_at, Linkman.external_id, Customer.manager_id,
    Linkman.tel_normal, Linkman.mobile_normal,
)  # fmt: skip
DETAIL: tuple[Any, ...] = (
    Linkman.sex, Linkman.wechat, *(getattr(Linkman, name) for name in PERSONAL), Linkman.left_at, Linkman.memo,
)  # fmt: skip


def _joins(ctx: Ctx, statement: Select[Any]) -> Select[Any]:
    joined = statement.join(Customer, Customer.id == Linkman.customer_id)
    return joined.outerjoin(
        Superior, and_(Superior.id == Linkman.superior_id, Superior.deleted_at.is_(None))
    ).add_columns(linkman_posts.column(ctx))


def _search(_ctx: Ctx, sought: Sought) -> tuple[Match, ...]:
    """Find by the tail of a phone number, or by a part of the name."""
    if sought.tails:
        return (together(*(ends(number, sought) for number in (Linkman.mobile_normal, Linkman.tel_normal))),)
    return (contains(Linkman.name, sought),)


listing = Listing(
    model=Linkman,
    query=LinkmanQuery,
    columns=ROW,
    joins=_joins,
    sorts={"created_at": Sort(Linkman.created_at, datetime), "name": Sort(Linkman.name, str)},
    filters={
        "customer_id": Linkman.customer_id.__eq__,
        "status": Linkman.status.__eq__,
        "is_primary": Linkman.is_primary.is_,
        "external_id": Linkman.external_id.__eq__,
    },
    search=_search,
    steps=actions.STEPS,
    holding=actions.of_row,
)
noun = Noun(listing, restore=P.linkmen_write, viewed=True, particular=("posts",))


async def page(ctx: Ctx, query: LinkmanQuery) -> Paged:
    """List contacts of the customers in scope."""
    return await listing.page(ctx, query)


def _detail(ctx: Ctx) -> Select[Any]:
    columns = select(*ROW, *DETAIL, shown(ctx, Linkman)).select_from(Linkman)
    return scoped(ctx, _joins(ctx, columns).where(Linkman.id == ROW_ID), Linkman)


async def get_detail(ctx: Ctx, linkman_id: int) -> dict[str, Any]:
    """Return one contact, the personal facts only within the reach of linkmen:personal; raise `NotFound`."""
    row = (await run(ctx, _detail, row_id=linkman_id)).one_or_none()
    if row is None:
        raise NotFound
    found = masked(Linkman, row._asdict())
    known = bool(row.personal and await _known(ctx, linkman_id, found))
    held = actions.of_row(row._asdict(), known=known)
    return found | {"allowed_actions": actions.STEPS.allowed(ctx, held)}


async def history(ctx: Ctx, linkman_id: int, query: PageQuery) -> Paged:
    """Return who changed what, newest first; who may not see the personal facts does not see them here either."""
    found = await get_detail(ctx, linkman_id)
    return await audit.history(ctx, "linkmen", linkman_id, query, hidden(Linkman, found))


async def create(ctx: Ctx, body: LinkmanWrite) -> dict[str, Any]:
    """Add a contact to a customer that linkmen:write reaches."""
    await seen(ctx, Customer, body.customer_id, pointer="/customer_id")
    await get(ctx, Customer, body.customer_id, right=P.linkmen_write, lock=True)
    if Linkman.__guarded__.among(body.model_dump(exclude_none=True)):
        await _check_personal(ctx, body.customer_id)
    await _check_superior(ctx, body.superior_id, body.customer_id, None)
    linkman = await add(ctx, body.model_dump(exclude={"is_primary"}), primary=body.is_primary)
    return await get_detail(ctx, linkman.id)


async def add(ctx: Ctx, facts: Mapping[str, Any], *, primary: bool | None = None) -> Linkman:
    """Store a contact of a customer that was checked and is locked; its first one is the primary contact."""
    first = not await _primary(ctx, facts["customer_id"])
    if first if primary is None else primary:
        await _step_down(ctx, facts["customer_id"])
        primary = True
    linkman = Linkman(**facts, is_primary=bool(primary), status="active")
    ctx.session.add(linkman)
    await ctx.session.flush()
    return linkman


async def update(ctx: Ctx, linkman_id: int, version: int, body: LinkmanPatch) -> dict[str, Any]:
    """Change a contact; a person who left is no primary contact any more."""
    linkman = await actions.locked(ctx, linkman_id, "update", version)
    facts = body.model_dump(exclude_unset=True)
    if Linkman.__guarded__.among(facts):
        await _check_personal(ctx, linkman.customer_id)
    for name in ("name", "status", "is_primary"):
        if name in facts and facts[name] is None:
            raise Invalid(f"/{name}", "required", "This cannot be empty.")
    if facts.get("superior_id"):
        await _check_superior(ctx, facts["superior_id"], linkman.customer_id, linkman_id)
    if facts.get("is_primary") and (facts.get("status") or linkman.status) == "left":
        raise Invalid("/is_primary", "left", "Who left the company cannot be the primary contact.")
    if facts.get("is_primary") and not linkman.is_primary:
        await _step_down(ctx, linkman.customer_id)
    moved = "status" in facts and facts["status"] != linkman.status
    for name, value in facts.items():
        setattr(linkman, name, value)
    if moved:
        linkman.left_at = ctx.now if linkman.status == "left" else None
        linkman.is_primary = linkman.is_primary and linkman.status == "active"
    await ctx.session.flush()
    return await get_detail(ctx, linkman_id)


async def delete(ctx: Ctx, linkman_id: int, version: int) -> None:
    """Move a contact to the recycle bin; who reported to them reports to nobody until they come back."""
    linkman = await actions.locked(ctx, linkman_id, "delete", version)
    linkman.deleted_at, linkman.deleted_by = ctx.now, ctx.actor.id
    await ctx.session.flush()


async def restore(ctx: Ctx, linkman_id: int) -> dict[str, Any]:
    """Bring a contact back from the recycle bin, with who reports to them; the primary contact only if nobody else became it."""
    linkman = await get_binned(ctx, Linkman, linkman_id, right=P.linkmen_write)
    if linkman.is_primary and await _primary(ctx, linkman.customer_id):
        linkman.is_primary = False
    linkman.deleted_at = linkman.deleted_by = None
    await ctx.session.flush()
    return await get_detail(ctx, linkman_id)


async def erase(ctx: Ctx, linkman_id: int, version: int | None) -> dict[str, Any]:
    """Clear the personal facts and what the log remembers of them, for good; only the names of the fields stay.

    Raises `Forbidden` unless both linkmen:write and linkmen:personal reach the contact.
    """
    linkman = await actions.locked(ctx, linkman_id, "erase", version)
    present = {name: getattr(linkman, name) for name in PERSONAL}
    if await _known(ctx, linkman_id, present):
        for name in PERSONAL:
            setattr(linkman, name, None)
        # After the change, so that what it writes into the log is emptied with the rest.
        await erasure.erase(ctx, "linkmen", linkman_id, PERSONAL)
    return await get_detail(ctx, linkman_id)


async def _check_personal(ctx: Ctx, customer_id: int) -> None:
    """Raise `Forbidden` unless linkmen:personal reaches the contacts of a customer."""
    manager = select(Customer.manager_id).where(Customer.id == customer_id)
    manager_id = await ctx.session.scalar(unscoped(manager, "of a contact that was found"))
    if not covers(ctx, manager_id, P.linkmen_personal):
        raise refuse(Linkman, "The personal facts of this contact are not yours to see or change.")


async def _known(ctx: Ctx, linkman_id: int, facts: Mapping[str, Any]) -> list[str]:
    """Return which personal facts are there to be erased, in the contact or in its log."""
    if all(facts[name] is not None for name in PERSONAL):
        return list(PERSONAL)
    logged = await audit.remembered(ctx, "linkmen", linkman_id, PERSONAL)
    return [name for name in PERSONAL if facts[name] is not None or name in logged]


async def _primary(ctx: Ctx, customer_id: int) -> Linkman | None:
    statement = select(Linkman).where(
        Linkman.customer_id == customer_id, Linkman.is_primary.is_(True), Linkman.deleted_at.is_(None)
    )
    return (
        await ctx.session.scalars(statement.execution_options(scoped="of a customer that was checked"))
    ).one_or_none()


async def _step_down(ctx: Ctx, customer_id: int) -> None:
    """Let the present primary contact step down, before the unique index sees two."""
    present = await _primary(ctx, customer_id)
    if present:
        present.is_primary = False
        await ctx.session.flush()


async def _check_superior(ctx: Ctx, superior_id: int | None, customer_id: int, linkman_id: int | None) -> None:
    """Raise `Invalid` unless the superior works at the same customer and does not report to the contact."""
    if superior_id is None:
        return
    superior = await get(ctx, Linkman, superior_id, pointer="/superior_id")
    if superior.customer_id != customer_id:
        raise Invalid("/superior_id", "other_customer", "The superior works for another customer.")
    seen = {linkman_id}
    step: Linkman | None = superior
    while step is not None:
        if step.id in seen:
            raise Invalid("/superior_id", "circle", "This would make a circle of who reports to whom.")
        seen.add(step.id)
        step = (
            await ctx.session.get(Linkman, step.superior_id, execution_options={"scoped": "the chain above"})
            if step.superior_id
            else None
        )
