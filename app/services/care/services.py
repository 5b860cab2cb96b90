"""Services to customers: list, create, edit, and what the caller may do next.

The steps of the life cycle stand in `service_steps`, the queues and loads in `service_queues`.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal_column, not_, select
from sqlalchemy.orm import aliased

from app.core import external
from app.core.ctx import Ctx
from app.core.errors import Invalid, NotFound
from app.core.finds import through
from app.core.listing import Listing, Sort
from app.core.nouns import Noun
from app.core.numbers import number
from app.core.orm import changes
from app.core.paging import Paged
from app.core.prepared import NOW, ROW_ID, run, written
from app.core.reference import Reference
from app.core.scope import get, scoped, seen, unscoped, visible
from app.core.search import Match, contains, numbered
from app.core.sought import Sought
from app.models.access.departments import Department
from app.models.access.rbac import Permission as P
from app.models.access.users import User
from app.models.care.services import DEADLINE, WORKED_ON, Service, ServiceRound, numbers
from app.models.customers.customers import Customer
from app.models.customers.linkmen import Linkman
from app.models.goods.products import Product
from app.models.sales.chances import Chance
from app.schemas.care.services import ServicePatch, ServiceQuery, ServiceWrite
from app.services.care import service_actions as actions
from app.services.care import service_facts

Assignee, Creator, Closer, Visitor = aliased(User), aliased(User), aliased(User), aliased(User)
Dealer, Hearer, Origin = aliased(User), aliased(User), aliased(Service)
ROW: tuple[Any, ...] = (
    Service.id, Service.version, Service.number, Service.type, Service.category, Service.channel, Service.title,
    Reference("customer", Customer.id, Customer.name), Reference("product", Product.id, Product.name), Service.status,
    Service.priority, Service.deadline, Reference("assignee", Assignee.id, Assignee.name), Service.assigned_at,
    Reference("creator", Creator.id, Creator.name), Service.opened_at, Service.reopen_count, Service.satisfaction,
    Service.closed_at, Service.created_at, Service.manager_id, Service.chance_id, actions.VISITED,
    Service.external_id,
)  # fmt: skip
DETAIL: tuple[Any, ...] = (
    Service.request, Reference("linkman", Linkman.id, Linkman.name),
    Reference("chance", Chance.id, Chance.title.label("name")), Origin.id.label("origin_id"),
    Origin.number.label("origin_number"), Origin.title.label("origin_title"), Origin.status.label("origin_status"),
    Service.severity, Reference("department", Department.id, Department.name), Service.cause, Service.measure,
    Reference("visit_by", Visitor.id, Visitor.name), Service.visit_at, Reference("closed_by", Closer.id, Closer.name),
    Service.void_reason, Service.updated_at,
)  # fmt: skip


CREATED, ASSIGNED = written("created"), written("assigned")


OVERDUE = and_(Service.status.in_((CREATED, ASSIGNED)), Service.deadline.is_not(None), Service.deadline < NOW)
"""What is past its deadline and not dealt with (domain section 6: Overdue)."""


def _joins(ctx: Ctx, statement: Select[Any]) -> Select[Any]:
    return (
        statement.join(Creator, Creator.id == Service.creator_id)
        .outerjoin(Assignee, Assignee.id == Service.assignee_id)
        .outerjoin(Product, Product.id == Service.product_id)
        .outerjoin(Customer, and_(Customer.id == Service.customer_id, visible(ctx, Customer)))
    )


def _search(ctx: Ctx, sought: Sought) -> tuple[Match, ...]:
    """Find by number, or by a part of the title or of the name of a customer in sight."""
    if sought.prefix == "FW":
        return (numbered(Service.number, sought),)
    theirs = through(ctx, Service.customer_id, Customer, [contains(Customer.search, sought)])
    return contains(Service.title, sought), theirs


RANK = {"high": 3, "mid": 2, "low": 1}
listing = Listing(
    model=Service,
    query=ServiceQuery,
    columns=(*ROW, OVERDUE.label("overdue")),
    joins=_joins,
    sorts={
        "created_at": Sort(Service.created_at, datetime),
        "opened_at": Sort(Service.opened_at, datetime),
        "number": Sort(Service.number, str),
        "title": Sort(Service.title, str),
        "status": Sort(Service.status, str),
        "priority": Sort(case(RANK, value=Service.priority, else_=0), int),
        "deadline": Sort(literal_column(DEADLINE, Service.created_at.type), datetime),
        "satisfaction": Sort(func.coalesce(Service.satisfaction, 0), int),
        "closed_at": Sort(func.coalesce(Service.closed_at, datetime(9999, 12, 31, tzinfo=UTC)), datetime),
    },
    filters={
        "status": Service.status.in_,
        "type": Service.type.__eq__,
        "category": Service.category.__eq__,
        "channel": Service.channel.__eq__,
        "priority": Service.priority.__eq__,
        "satisfaction": Service.satisfaction.__eq__,
        "assignee_id": Service.assignee_id.__eq__,
        "creator_id": Service.creator_id.__eq__,
        "customer_id": Service.customer_id.__eq__,
        "product_id": Service.product_id.__eq__,
        "external_id": Service.external_id.__eq__,
    },
    search=_search,
    steps=actions.STEPS,
    holding=actions.of_row,
)
noun = Noun(
    listing,
    viewed=True,
    counted=True,
    particular=("follow_ups", "next_step", "origin", "reopen_reason", "rounds", "steps"),
)


def queue(ctx: Ctx, name: str) -> ColumnElement[bool]:
    """Return the clause of a ready-made view."""
    return {
        "mine": and_(Service.assignee_id == ctx.actor.id, Service.status.in_(WORKED_ON)),
        "unassigned": Service.status == CREATED,
        "overdue": OVERDUE,
        "created": Service.creator_id == ctx.actor.id,
    }[name]


async def page(ctx: Ctx, query: ServiceQuery) -> Paged:
    """List services in scope."""
    more = [queue(ctx, query.queue)] if query.queue else []
    if query.overdue is not None:
        more.append(OVERDUE if query.overdue else not_(OVERDUE))
    if query.deadline_from:
        more.append(Service.deadline >= ctx.start_of(query.deadline_from))
    if query.deadline_to:
        more.append(Service.deadline < ctx.start_of(query.deadline_to + timedelta(days=1)))
    return await listing.page(ctx, query, *more)


def _detail(ctx: Ctx) -> Select[Any]:
    statement = (
        _joins(ctx, select(*ROW, OVERDUE.label("overdue"), *DETAIL).select_from(Service))
        .outerjoin(Linkman, and_(Linkman.id == Service.linkman_id, Linkman.customer_id == Customer.id))
        .outerjoin(Chance, and_(Chance.id == Service.chance_id, visible(ctx, Chance)))
        .outerjoin(Origin, and_(Origin.id == Service.origin_id, visible(ctx, Origin)))
        .outerjoin(Department, Department.id == Service.department_id)
        .outerjoin(Visitor, Visitor.id == Service.visit_by)
        .outerjoin(Closer, Closer.id == Service.closed_by)
    )
    return scoped(ctx, statement.where(Service.id == ROW_ID), Service)


async def get_detail(ctx: Ctx, service_id: int) -> dict[str, Any]:
    """Return one service with rounds, steps and `allowed_actions`; raise `NotFound`."""
    row = (await run(ctx, _detail, row_id=service_id)).one_or_none()
    if row is None:
        raise NotFound
    dealt = row.reopen_count or row.status not in NEVER_DEALT
    rounds = list((await ctx.session.execute(ROUNDS, {"row_id": service_id})).all()) if dealt else []
    low = [one for one in rounds if one.satisfaction is not None and one.satisfaction < actions.SATISFIED]
    held = actions.of_row(row._asdict())
    return {
        **row._asdict(),
        "origin": _related(row) if row.origin_id else None,
        "follow_ups": list((await run(ctx, _following, row_id=service_id)).all()),
        "rounds": rounds,
        "reopen_reason": low[-1].result if low and row.status in {"created", "assigned"} else None,
        "steps": actions.way(row, rounds),
        "next_step": actions.next_step(held),
        "allowed_actions": actions.STEPS.allowed(ctx, held),
    }


def _related(row: Any) -> dict[str, Any]:
    return {name: getattr(row, f"origin_{name}") for name in ("id", "number", "title", "status")}


NEVER_DEALT = frozenset({"created", "assigned", "void"})
"""Where a service has no rounds that never came back."""
ROUNDS: Any = (
    select(
        ServiceRound.n, ServiceRound.deal, Reference("dealt_by", Dealer.id, Dealer.name), ServiceRound.dealt_at,
        Reference("visit_by", Visitor.id, Visitor.name), ServiceRound.visit_at, ServiceRound.visit_note,
        ServiceRound.result, ServiceRound.satisfaction, Reference("feedback_by", Hearer.id, Hearer.name),
        ServiceRound.feedback_at,
    )
    .join(Dealer, Dealer.id == ServiceRound.dealt_by)
    .outerjoin(Visitor, Visitor.id == ServiceRound.visit_by)
    .outerjoin(Hearer, Hearer.id == ServiceRound.feedback_by)
    .where(ServiceRound.service_id == ROW_ID)
    .order_by(ServiceRound.n)
)  # fmt: skip
ROUNDS = unscoped(ROUNDS, "of a service that was checked")


def _following(ctx: Ctx) -> Select[int, str, str, str]:
    statement = select(Service.id, Service.number, Service.title, Service.status).order_by(Service.id)
    return scoped(ctx, statement.where(Service.origin_id == ROW_ID), Service)


async def create(ctx: Ctx, body: ServiceWrite) -> dict[str, Any]:
    """Create a service and return it, as `add`."""
    return await get_detail(ctx, (await add(ctx, body)).id)


async def add(ctx: Ctx, body: ServiceWrite) -> Service:
    """Create a service for a customer that services:create reaches; a follow-up takes over what its origin says.

    Raises `Invalid` at the field for ids out of sight, unknown values, and complaint facts on what is none.
    """
    facts = body.model_dump()
    if body.origin_id:
        origin = await get(ctx, Service, body.origin_id, pointer="/origin_id")
        if body.customer_id not in {None, origin.customer_id}:
            raise Invalid("/customer_id", "other_customer", "A follow-up is for the customer of its origin.")
        facts |= {name: getattr(origin, name) for name in service_facts.INHERITED if name not in body.model_fields_set}
    for name in ("customer_id", "type"):
        if not facts[name]:
            raise Invalid(f"/{name}", "required", "This cannot be empty.")
    await seen(ctx, Customer, facts["customer_id"], pointer="/customer_id")
    customer = await get(ctx, Customer, facts["customer_id"], right=P.services_create, lock=True)
    await service_facts.check(ctx, facts, facts["type"], customer.id, given=body.model_fields_set)
    service = Service(
        **facts,
        number=number(ctx, "FW", numbers),
        status="created",
        creator_id=ctx.actor.id,
        opened_at=ctx.now,
        manager_id=customer.manager_id,
        reopen_count=0,
    )
    ctx.session.add(service)
    await ctx.session.flush()
    return service


async def update(ctx: Ctx, service_id: int, version: int, body: ServicePatch) -> dict[str, Any]:
    """Change facts of an open service: its assignee's, its creator's before it is assigned, or a supervisor's.

    Of a closed one its external id alone.
    """
    await change(ctx, await actions.locked(ctx, service_id, external.step(body.model_fields_set), version), body)
    return await get_detail(ctx, service_id)


async def change(ctx: Ctx, service: Service, body: ServicePatch) -> None:
    """Change facts of a service that was checked.

    What stops being a complaint loses the facts of one; once it was dealt with its type stays.
    """
    facts = body.model_dump(exclude_unset=True)
    for name in ("type", "title", "request", "priority"):
        if name in facts and facts[name] is None:
            raise Invalid(f"/{name}", "required", "This cannot be empty.")
    kind = facts.get("type", service.type)
    if kind != service.type and service.first_dealt_at:
        raise Invalid("/type", "dealt", "Its type stays once it was dealt with.")
    changed = changes(service, facts)
    await service_facts.check(ctx, changed, kind, service.customer_id, given=body.model_fields_set)
    if kind != service.type and service.type == actions.COMPLAINT:
        facts |= dict.fromkeys(service_facts.COMPLAINT_ONLY)
    for name, value in facts.items():
        setattr(service, name, value)
    await ctx.session.flush()
