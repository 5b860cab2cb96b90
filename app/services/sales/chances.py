"""Sales chances: list, create, edit, delete, and what the caller may do next.

The steps of the life cycle stand in `chance_steps`, the sums in `chance_summary`.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, literal_column, select
from sqlalchemy.orm import aliased

from app.core import external
from app.core.answers import Made, ref, surely
from app.core.ctx import Ctx
from app.core.errors import Conflict, NotFound
from app.core.listing import Listing, Sort
from app.core.nouns import Noun
from app.core.paging import Paged
from app.core.prepared import ROW_ID, run
from app.core.reference import Reference
from app.core.scope import get_binned, scoped, unscoped, visible
from app.core.search import Match, contains, numbered
from app.core.sought import Sought
from app.models.access.rbac import Permission as P
from app.models.access.users import User
from app.models.care.services import Service
from app.models.customers.customers import Customer
from app.models.goods.products import Product
from app.models.sales.chances import CLOSE, Chance
from app.models.sales.competitors import Competitor
from app.models.sales.processes import Stage
from app.schemas.sales.chances import ChancePatch, ChanceQuery, ChanceWrite
from app.services.access import people
from app.services.sales import chance_actions as actions
from app.services.sales import chance_facts, processes

STALE_AFTER = timedelta(days=14)
NEVER, LONG_AGO, FAR_AWAY = date(9999, 12, 31), datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)

Assignee, Creator, Proposed = aliased(User), aliased(User), aliased(User)
ROW: tuple[Any, ...] = (
    Chance.id, Chance.version, Chance.number, Chance.title, Chance.customer_name,
    Reference("customer", Customer.id, Customer.name), Chance.importance, Chance.source,
    Reference("stage", Stage.id, Stage.name), Chance.rate, Chance.rate_is_manual, Chance.amount,
    Chance.expected_close_date, Reference("assignee", Assignee.id, Assignee.name),
    Reference("creator", Creator.id, Creator.name), Reference("proposed", Proposed.id, Proposed.name), Chance.status,
    Chance.closed_on, Chance.closed_at, Chance.close_value, Chance.last_activity_at, Chance.next_at, Chance.opened_at,
    Chance.created_at, Chance.external_id,
)  # fmt: skip
DETAIL: tuple[Any, ...] = (
    Chance.linkman, Chance.tel, Chance.description, Reference("product", Product.id, Product.name), Chance.assigned_at,
    Reference("service", Service.id, Service.title.label("name")), Chance.first_assigned_on, Chance.close_reason,
    Competitor.code.label("competitor"), Reference("competitor_ref", Competitor.id, Competitor.name, Competitor.name_en),
    Chance.close_note, Chance.updated_at,
)  # fmt: skip
MADE = Made((*ROW, *DETAIL))


def _joins(ctx: Ctx, statement: Select[Any]) -> Select[Any]:
    return (
        statement.join(Stage, Stage.id == Chance.stage_id)
        .join(Creator, Creator.id == Chance.creator_id)
        .outerjoin(Assignee, Assignee.id == Chance.assignee_id)
        .outerjoin(Proposed, Proposed.id == Chance.proposed_id)
        .outerjoin(Customer, and_(Customer.id == Chance.customer_id, visible(ctx, Customer)))
    )


def _search(_ctx: Ctx, sought: Sought) -> tuple[Match, ...]:
    """Find by number, or by a part of title or customer."""
    if sought.prefix == "JH":
        return (numbered(Chance.number, sought),)
    return (contains(Chance.search, sought),)


listing = Listing(
    model=Chance,
    query=ChanceQuery,
    columns=ROW,
    joins=_joins,
    sorts={
        "created_at": Sort(Chance.created_at, datetime),
        "opened_at": Sort(Chance.opened_at, datetime),
        "title": Sort(Chance.title, str),
        "customer_name": Sort(Chance.customer_name, str),
        "stage": Sort(Chance.stage_id, int),
        "rate": Sort(Chance.rate, int),
        "status": Sort(Chance.status, str),
        "amount": Sort(literal_column("coalesce(chc_amount, -1)", Chance.amount.type), Decimal),
        # The driver writes the last of days as infinity, so that a cursor compares with it.
        "expected_close_date": Sort(
            literal_column(CLOSE, Chance.expected_close_date.type),
            date,
        ),
        "last_activity_at": Sort(func.coalesce(Chance.last_activity_at, literal(LONG_AGO)), datetime),
        "next_at": Sort(func.coalesce(Chance.next_at, literal(FAR_AWAY)), datetime),
        "closed_on": Sort(func.coalesce(Chance.closed_on, literal(NEVER)), date),
    },
    filters={
        "status": Chance.status.in_,
        "stage_id": Chance.stage_id.__eq__,
        "assignee_id": Chance.assignee_id.__eq__,
        "creator_id": Chance.creator_id.__eq__,
        "customer_id": Chance.customer_id.__eq__,
        "source": Chance.source.__eq__,
        "importance": Chance.importance.__eq__,
        "min_amount": Chance.amount.__ge__,
        "max_amount": Chance.amount.__le__,
        "close_from": Chance.expected_close_date.__ge__,
        "close_to": Chance.expected_close_date.__le__,
        "without_close_date": lambda without: Chance.expected_close_date.is_(None).is_(without),
        "external_id": Chance.external_id.__eq__,
    },
    search=_search,
    steps=actions.STEPS,
    holding=actions.of_row,
)
noun = Noun(listing, restore=P.customers_restore, viewed=True, counted=True, particular=("service", "competitor_ref"))


def tab(ctx: Ctx, name: str) -> ColumnElement[bool]:
    """Return the clause of a ready-made view (domain section 8)."""
    month_end = (ctx.today.replace(day=1) + timedelta(days=32)).replace(day=1)
    assigned = Chance.status == "assigned"
    return {
        "mine": and_(assigned, Chance.assignee_id == ctx.actor.id),
        "created": Chance.creator_id == ctx.actor.id,
        "unassigned": Chance.status == "unassigned",
        "due": and_(assigned, Chance.expected_close_date < month_end),
        "stale": and_(assigned, func.coalesce(Chance.last_activity_at, Chance.assigned_at) < ctx.now - STALE_AFTER),
        "succeeded": Chance.status == "succeeded",
        "failed": Chance.status == "failed",
    }[name]


async def page(ctx: Ctx, query: ChanceQuery) -> Paged:
    """List chances in scope."""
    return await listing.page(ctx, query, *([tab(ctx, query.tab)] if query.tab else []))


def _detail(ctx: Ctx) -> Select[Any]:
    statement = _joins(ctx, select(*ROW, *DETAIL).select_from(Chance))
    statement = statement.outerjoin(Product, Product.id == Chance.product_id)
    statement = statement.outerjoin(Competitor, Competitor.id == Chance.competitor_id)
    statement = statement.outerjoin(Service, and_(Service.chance_id == Chance.id, visible(ctx, Service)))
    return scoped(ctx, statement.where(Chance.id == ROW_ID), Chance)


async def get_detail(ctx: Ctx, chance_id: int) -> dict[str, Any]:
    """Return one chance with `allowed_actions`; raise `NotFound`."""
    row = (await run(ctx, _detail, row_id=chance_id)).one_or_none()
    if row is None:
        raise NotFound
    return row._asdict() | {"allowed_actions": listing.allowed(ctx, row._asdict())}


async def create(ctx: Ctx, body: ChanceWrite) -> dict[str, Any]:
    """Create an unassigned chance in the first stage of a process, by default the default one.

    Raises `Invalid` at the field for a customer out of sight, an unknown product, source or person.
    """
    stage = await processes.first(ctx, body.process_id)
    chance = await chance_facts.build(ctx, stage, body.model_dump(exclude={"proposed_id", "process_id"}))
    if body.proposed_id:
        chance.proposed_id = await people.assignable(ctx, body.proposed_id, "/proposed_id")
    ctx.session.add(chance)
    await ctx.session.flush()
    processes.start(ctx, chance.id, stage.id)
    return await _made(ctx, chance, stage.name)


async def _made(ctx: Ctx, chance: Chance, stage: str) -> dict[str, Any]:
    """Return a new chance, from what is known where it names nothing but a customer, which was seen."""
    if chance.product_id or chance.proposed_id or ctx.teller or not surely(ctx, chance):
        return await get_detail(ctx, chance.id)
    named = dict.fromkeys(("assignee", "proposed", "product", "service", "competitor_ref")) | {
        "stage": ref(chance.stage_id, stage),
        "creator": ref(ctx.actor.id, ctx.actor.name),
        "customer": ref(chance.customer_id, chance.customer_name),
    }
    facts = MADE.of(chance, named)
    return facts | {"allowed_actions": listing.allowed(ctx, facts)}


async def update(ctx: Ctx, chance_id: int, version: int, body: ChancePatch) -> dict[str, Any]:
    """Change facts of an open chance, its external id also of a closed one; raise `IllegalTransition`, `StaleVersion`.

    Another stage is a move with all that a move asks for; the facts that come with it count.
    """
    chance = await actions.locked(ctx, chance_id, external.step(body.model_fields_set), version)
    await chance_facts.change(ctx, chance, body.model_dump(exclude_unset=True))
    return await get_detail(ctx, chance_id)


async def delete(ctx: Ctx, chance_id: int, version: int) -> None:
    """Move an unassigned chance of one's own creation to the recycle bin."""
    chance = await actions.locked(ctx, chance_id, "delete", version)
    chance.deleted_at, chance.deleted_by = ctx.now, ctx.actor.id
    await ctx.session.flush()


async def restore(ctx: Ctx, chance_id: int) -> dict[str, Any]:
    """Bring a chance back from the recycle bin; raise `NotFound` when it is not there for the caller.

    Raises `Conflict` (409, `customer_deleted`) while its customer is in the bin: they come back together.
    """
    chance = await get_binned(ctx, Chance, chance_id, right=P.customers_restore)
    gone = select(Customer.id).where(Customer.id == chance.customer_id, Customer.deleted_at.is_not(None))
    if await ctx.session.scalar(unscoped(gone, "only whether it lies in the bin")):
        raise Conflict("Its customer lies in the recycle bin; restore that first.", code="customer_deleted")
    chance.deleted_at = chance.deleted_by = None
    await ctx.session.flush()
    return await get_detail(ctx, chance_id)
