"""Competitors: who else sells to our customers; found by name in both languages, pinyin, initials and code.

Records name one by its code. Its products are written one by one (`competitor_products`).
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from app.core.ctx import Ctx
from app.core.errors import Invalid, NotFound
from app.core.listing import Listing, Sort
from app.core.nouns import Noun
from app.core.numbers import number
from app.core.orm import changes
from app.core.paging import Paged, PageQuery
from app.core.prepared import ROW_ID, run
from app.core.reference import Reference
from app.core.scope import get_binned, scoped
from app.core.search import Match, contains, keyed, opens, together
from app.core.sought import Sought
from app.models.access.rbac import Permission as P
from app.models.access.users import User
from app.models.sales.competitors import Competitor, numbers
from app.schemas.sales.competitors import CompetitorPatch, CompetitorQuery, CompetitorWrite
from app.services.base import audit
from app.services.sales import competitor_actions as actions
from app.services.sales import competitor_products as products

ROW: tuple[Any, ...] = (
    Competitor.id, Competitor.version, Competitor.code, Competitor.name, Competitor.name_en, Competitor.website,
    Competitor.enabled, products.COUNT.label("product_count"), Competitor.created_at, Competitor.updated_at,
    Competitor.external_id, actions.USED.label("used"),
)  # fmt: skip
DETAIL: tuple[Any, ...] = (Competitor.strategy, Competitor.memo, Reference("updated_by", User.id, User.name))


def _search(_ctx: Ctx, sought: Sought) -> tuple[Match, ...]:
    keys = (Competitor.initials, Competitor.pinyin) if sought.latin else ()
    names = (contains(column, sought) for column in (Competitor.name, Competitor.name_en))
    by_key = (keyed(column, sought) for column in keys)
    return (together(*names, opens(func.lower(Competitor.code), sought), *by_key),)


listing = Listing(
    model=Competitor,
    query=CompetitorQuery,
    columns=ROW,
    sorts={
        "name": Sort(Competitor.pinyin, str),
        "created_at": Sort(Competitor.created_at, datetime),
        "updated_at": Sort(Competitor.updated_at, datetime),
    },
    filters={"enabled": Competitor.enabled.is_, "external_id": Competitor.external_id.__eq__},
    search=_search,
    default="name",
    steps=actions.STEPS,
    holding=actions.of_row,
)
noun = Noun(listing, restore=P.competitors_write, particular=("products",))


async def page(ctx: Ctx, query: CompetitorQuery) -> Paged:
    """List competitors."""
    return await listing.page(ctx, query)


def _detail(ctx: Ctx) -> Select[Any]:
    statement = select(*ROW, *DETAIL).select_from(Competitor).outerjoin(User, User.id == Competitor.updated_by)
    return scoped(ctx, statement.where(Competitor.id == ROW_ID), Competitor)


async def get_detail(ctx: Ctx, competitor_id: int) -> dict[str, Any]:
    """Return one competitor with its products and `allowed_actions`; raise `NotFound`."""
    row = (await run(ctx, _detail, row_id=competitor_id)).one_or_none()
    if row is None:
        raise NotFound
    found = row._asdict()
    return found | {
        "products": await products.of(ctx, competitor_id),
        "allowed_actions": listing.allowed(ctx, found),
    }


async def history(ctx: Ctx, competitor_id: int, query: PageQuery) -> Paged:
    """Return who changed what of a competitor and its products, newest first."""
    await get_detail(ctx, competitor_id)
    return await audit.history(ctx, noun.code, competitor_id, query)


async def create(ctx: Ctx, body: CompetitorWrite) -> dict[str, Any]:
    """Add a competitor, with a code of ours where none is given; a taken name or code is 409."""
    facts = body.model_dump(exclude={"code"})
    code = body.code or number(ctx, "JZ", numbers)
    competitor = Competitor(**facts, code=code, enabled=True, updated_by=ctx.actor.id)
    ctx.session.add(competitor)
    await ctx.session.flush()
    return await get_detail(ctx, competitor.id)


async def update(ctx: Ctx, competitor_id: int, version: int, body: CompetitorPatch) -> dict[str, Any]:
    """Change, enable or disable a competitor; the code that chances name is fixed (409)."""
    competitor = await actions.locked(ctx, competitor_id, "update", version)
    facts = changes(competitor, body.model_dump(exclude_unset=True))
    for name in ("name", "code", "enabled"):
        if name in facts and facts[name] is None:
            raise Invalid(f"/{name}", "required", "This cannot be empty.")
    if "code" in facts:
        await actions.keep_code(ctx, competitor_id)
    for name, value in facts.items():
        setattr(competitor, name, value)
    if facts:
        actions.change(ctx, competitor)
    await ctx.session.flush()
    return await get_detail(ctx, competitor_id)


noun.told_by(create, update)


async def delete(ctx: Ctx, competitor_id: int, version: int) -> None:
    """Move a competitor that no chance names to the recycle bin, with its products; any other is 409 (`in_use`)."""
    competitor = await actions.locked(ctx, competitor_id, "delete", version)
    competitor.deleted_at, competitor.deleted_by = ctx.now, ctx.actor.id
    await ctx.session.flush()


async def restore(ctx: Ctx, competitor_id: int) -> dict[str, Any]:
    """Bring a competitor back from the recycle bin; 409 where another one has its name meanwhile."""
    competitor = await get_binned(ctx, Competitor, competitor_id, right=P.competitors_write)
    competitor.deleted_at = competitor.deleted_by = None
    await ctx.session.flush()
    return await get_detail(ctx, competitor_id)
