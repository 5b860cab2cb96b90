"""Customers: list, create, edit, the recycle bin, and the customer that a won chance makes."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, literal_column, select
from sqlalchemy.orm import aliased

from app.core import bulk
from app.core.ctx import Ctx
from app.core.errors import Invalid, NotFound
from app.core.guarded import hidden, masked, sees, shown
from app.core.listing import Listing, Sort
from app.core.nouns import Noun
from app.core.numbers import number
from app.core.orm import changes
from app.core.owners import covers
from app.core.paging import Paged, PageQuery
from app.core.pinyin import keys
from app.core.prepared import ROW_ID, run
from app.core.reference import Reference
from app.core.scope import scoped, seen, visible
from app.core.search import Match, contains, ends, keyed, numbered, together
from app.core.sought import Sought
from app.models.access.rbac import Permission as P
from app.models.access.users import User
from app.models.customers.customer_norms import norm
from app.models.customers.customers import Customer, numbers
from app.models.sales.chances import Chance
from app.schemas.customers.customers import CustomerPatch, CustomerQuery, CustomerWrite
from app.services.access import people
from app.services.base import audit
from app.services.base import dict as dictionary
from app.services.customers import customer_actions as actions
from app.services.customers import customer_fields, twins

Manager, Parent, Origin = aliased(User), aliased(Customer), aliased(Chance)
ROW: tuple[Any, ...] = (
    Customer.id, Customer.version, Customer.number, Customer.name, Customer.short_name, Customer.level, Customer.region,
    Customer.industry, Customer.size, Customer.employees, Reference("manager", Manager.id, Manager.name), Customer.status,
    Customer.satisfaction, Customer.credit, Customer.tel, Customer.turnover, Customer.opened_on, Customer.last_order_date,
    Customer.last_activity_at, Customer.next_at, Customer.created_at, Customer.external_id,
)  # fmt: skip
DETAIL: tuple[Any, ...] = (
    Customer.source, Customer.founded_year, Customer.address, Customer.zip, Customer.fax, Customer.website,
    Customer.email, Customer.credit_code, Customer.licence_no, Customer.legal_representative,
    Customer.registered_capital, Customer.bank, Customer.bank_account, Customer.local_tax_no,
    Customer.national_tax_no, Customer.credit_limit, Customer.payment_days, Customer.memo, Customer.updated_at, Customer.tel_normal,
    Reference("parent", Parent.id, Parent.name), Reference("origin_chance", Origin.id, Origin.title.label("name")),
)  # fmt: skip


def _search(_ctx: Ctx, sought: Sought) -> tuple[Match, ...]:
    """Find by number, by a telephone, or as `named`."""
    if sought.prefix == "KH":
        return (numbered(Customer.number, sought),)
    if sought.tails:
        return (together(contains(Customer.search, sought), ends(Customer.tel_normal, sought)),)
    return (named(sought),)


def named(sought: Sought) -> Match:
    """Find by a part of the name, or by initials or pinyin (Latin letters)."""
    keys = (Customer.initials, Customer.pinyin) if sought.latin else ()
    return together(contains(Customer.search, sought), *(keyed(column, sought) for column in keys))


def _sort(expression: str, kind: Any, like: Any) -> Sort:
    """Sort by the very expression that an index is built on."""
    return Sort(literal_column(expression, like.type), kind)


listing = Listing(
    model=Customer,
    query=CustomerQuery,
    columns=ROW,
    joins=lambda _ctx, statement: statement.outerjoin(Manager, Manager.id == Customer.manager_id),
    sorts={
        "created_at": Sort(Customer.created_at, datetime),
        "name": Sort(Customer.pinyin, str),
        "number": Sort(Customer.number, str),
        "turnover": _sort("coalesce(cust_turnover, -1)", Decimal, Customer.turnover),
        "last_activity_at": _sort(
            "coalesce(cust_last_activity_at, '1970-01-01 00:00:00+00'::timestamptz)", datetime, Customer.created_at
        ),
        "last_order_date": _sort("coalesce(cust_last_order_date, '1970-01-01'::date)", date, Customer.last_order_date),
        "next_at": _sort(
            "coalesce(cust_next_at, '9999-12-31 00:00:00+00'::timestamptz)", datetime, Customer.created_at
        ),
        "employees": _sort("coalesce(cust_employees, -1)", int, Customer.id),
    },
    filters={
        "status": Customer.status.in_,
        "level": Customer.level.__eq__,
        "region": Customer.region.__eq__,
        "industry": Customer.industry.__eq__,
        "size": Customer.size.__eq__,
        "source": Customer.source.__eq__,
        "manager_id": Customer.manager_id.__eq__,
        "parent_id": Customer.parent_id.__eq__,
        "external_id": Customer.external_id.__eq__,
    },
    search=_search,
    guarded=True,
    steps=actions.STEPS,
    holding=actions.of_row,
)
noun = Noun(listing, restore=P.customers_restore, viewed=True, counted=True)


async def page(ctx: Ctx, query: CustomerQuery) -> Paged:
    """List customers in scope."""
    return await listing.page(ctx, query)


def _detail(ctx: Ctx) -> Select[Any]:
    statement: Select[Any] = (
        select(*ROW, *DETAIL, shown(ctx, Customer))
        .select_from(Customer)
        .outerjoin(Manager, Manager.id == Customer.manager_id)
        .outerjoin(Parent, and_(Parent.id == Customer.parent_id, visible(ctx, Parent)))
        .outerjoin(Origin, and_(Origin.id == Customer.origin_chance_id, visible(ctx, Origin)))
    )
    return scoped(ctx, statement.where(Customer.id == ROW_ID), Customer)


async def get_detail(ctx: Ctx, customer_id: int) -> dict[str, Any]:
    """Return one customer with `allowed_actions`, the financial facts only for who may see them; raise `NotFound`."""
    row = (await run(ctx, _detail, row_id=customer_id)).one_or_none()
    if row is None:
        raise NotFound
    return masked(Customer, row._asdict()) | {"allowed_actions": listing.allowed(ctx, row._asdict())}


async def history(ctx: Ctx, customer_id: int, query: PageQuery) -> Paged:
    """Return who changed what, newest first; who may not see the financial facts does not see them here either."""
    found = await get_detail(ctx, customer_id)
    return await audit.history(ctx, "customers", customer_id, query, hidden(Customer, found))


async def create(ctx: Ctx, body: CustomerWrite) -> dict[str, Any]:
    """Create a customer; likely twins without `confirm_new` are 409 `duplicate-customer`.

    Raises `Invalid` at the field for unknown and missing values, and for a manager outside the caller's scope.
    """
    facts = body.model_dump(exclude={"confirm_new", "manager_id"})
    manager_id = body.manager_id or ctx.actor.id
    if manager_id != ctx.actor.id:
        await people.assignable(ctx, manager_id, "/manager_id", within=P.customers_create)
    await customer_fields.check_new(ctx, body, sees_finance=covers(ctx, manager_id, P.customers_finance))
    await _check(ctx, facts)
    await twins.check(ctx, twins.Known(body.name, body.credit_code, body.tel), confirmed=body.confirm_new)
    customer = build(ctx, facts, manager_id)
    ctx.session.add(customer)
    await ctx.session.flush()
    return await get_detail(ctx, customer.id)


def build(ctx: Ctx, facts: dict[str, Any], manager_id: int | None) -> Customer:
    """Return a new customer with its number and its search keys, not yet added."""
    pinyin, initials = keys(facts["name"])
    return Customer(
        **facts,
        number=number(ctx, "KH", numbers),
        pinyin=pinyin,
        initials=initials,
        manager_id=manager_id,
        status="normal",
        opened_on=ctx.today,
    )


async def update(ctx: Ctx, customer_id: int, version: int, body: CustomerPatch) -> dict[str, Any]:
    """Change facts; a new name with likely twins is 409 `duplicate-customer` without `confirm_new`.

    Raises `StaleVersion` when somebody was faster, `Forbidden` when it is not yours to change.
    """
    customer = await actions.locked(ctx, customer_id, "update", version)
    facts = body.model_dump(exclude_unset=True, exclude={"confirm_new"})
    await customer_fields.check_change(ctx, facts, sees_finance=await sees(ctx, Customer, customer_id))
    if "name" in facts and not facts["name"]:
        raise Invalid("/name", "required", "This cannot be empty.")
    await _check(ctx, changes(customer, facts), customer_id)
    renamed = facts.get("name", customer.name) != customer.name
    if "name" in facts and norm(facts["name"]) != customer.norm:
        await twins.check(ctx, twins.Known(facts["name"]), confirmed=body.confirm_new, itself=customer_id)
    for name, value in facts.items():
        setattr(customer, name, value)
    if renamed:
        customer.pinyin, customer.initials = keys(customer.name)
    await ctx.session.flush()
    if renamed:
        theirs = and_(Chance.customer_id == customer_id, Chance.customer_name != customer.name)
        await bulk.change(ctx, Chance, theirs, "update", customer_name=customer.name)
    return await get_detail(ctx, customer_id)


async def _check(ctx: Ctx, facts: dict[str, Any], customer_id: int | None = None) -> None:
    await dictionary.check_facts(ctx, Customer, facts)
    parent_id = facts.get("parent_id")
    if parent_id is None:
        return
    await seen(ctx, Customer, parent_id, pointer="/parent_id")
    if customer_id is not None:
        line = (Customer.id.label("id"), Customer.parent_id.label("up"))
        above = select(*line).where(Customer.id == parent_id).cte(recursive=True)
        above = above.union(select(*line).where(Customer.id == above.c.up))
        circle = select(above.c.id).where(above.c.id == customer_id)
        if await ctx.session.scalar(circle.execution_options(scoped="only whether it would close a circle")):
            raise Invalid("/parent_id", "circle", "The parent cannot be the customer itself or one below it.")
