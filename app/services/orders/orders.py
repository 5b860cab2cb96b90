"""Orders: list, detail, create, edit, delete.

Its lines stand in `orders/lines`, its steps in `orders/steps`, its payments in `orders/payments`, its shipments in
`orders/shipments`; `orders/parts` reads all of them.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Date, Select, and_, literal_column, not_, select
from sqlalchemy.orm import aliased

from app.core import external
from app.core.ctx import Ctx
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.core.finds import through
from app.core.listing import Listing, Sort
from app.core.nouns import Noun
from app.core.numbers import number
from app.core.owners import covers
from app.core.paging import Paged
from app.core.prepared import ROW_ID, TODAY, run
from app.core.reference import Reference
from app.core.rows import Row
from app.core.scope import get_binned, scoped, seen, unscoped, visible
from app.core.search import Match, contains, numbered
from app.core.sought import Sought
from app.models.access.rbac import Permission as P
from app.models.access.users import User
from app.models.customers.customers import Customer
from app.models.orders.orders import DUE, OWED, Order, OrderLine, numbers
from app.models.sales.chances import Chance
from app.schemas.orders.orders import OrderPatch, OrderQuery, OrderWrite
from app.services.access import people
from app.services.customers import customers
from app.services.orders import actions
from app.services.orders import amounts as order_amounts
from app.services.orders import parts as order_parts

Owner, Creator = aliased(User), aliased(User)
UNPAID = (Order.total - Order.paid).label("unpaid")
DUE_BY: ColumnElement[dt.date] = literal_column(DUE, Date)
OVERDUE = and_(DUE_BY < TODAY, literal_column(f"({OWED})", Boolean))
ROW: tuple[Any, ...] = (
    Order.id, Order.version, Order.number, Reference("customer", Customer.id, Customer.name),
    Reference("owner", Owner.id, Owner.name), Order.date, Order.status, Order.total, Order.paid, UNPAID,
    Order.payment_state, Order.delivery_state, Order.due_date, OVERDUE.label("overdue"), Order.contract_no,
    Order.confirmed_at, Order.created_at, Order.external_id, actions.UNLINED,
)  # fmt: skip
DETAIL: tuple[Any, ...] = (
    Order.owner_id.is_not(None).label("owner_is_set"), Reference("chance", Chance.id, Chance.title.label("name")),
    Order.address, Order.memo, Order.completed_at, Order.cancelled_at, Order.cancel_reason,
    Reference("created_by", Creator.id, Creator.name), Order.updated_at,
)  # fmt: skip
BUYER = unscoped(
    select(Customer.id, Customer.manager_id, Customer.address, Customer.payment_days, Customer.deleted_at).where(
        Customer.id == ROW_ID
    ),
    order_amounts.CHECKED,
)
AFTER_CONFIRMATION = {"address", "memo", "due_date", "contract_no", "external_id"}


def _joins(ctx: Ctx, statement: Select[Any]) -> Select[Any]:
    return statement.outerjoin(Owner, Owner.id == Order.holder_id).outerjoin(
        Customer, and_(Customer.id == Order.customer_id, visible(ctx, Customer))
    )


def _search(ctx: Ctx, sought: Sought) -> tuple[Match, ...]:
    """Find by number, by a part of the contract's (a text with a digit), or by a customer that the caller sees.

    The latter by a part of its name, or its initials or pinyin.
    """
    contracts = (contains(Order.contract_no, sought),) if sought.digit and not sought.short else ()
    if sought.prefix == "DD":
        return numbered(Order.number, sought), *contracts
    return through(ctx, Order.customer_id, Customer, [customers.named(sought)]), *contracts


listing = Listing(
    model=Order,
    query=OrderQuery,
    columns=ROW,
    joins=_joins,
    sorts={
        "date": Sort(Order.date, dt.date),
        "total": Sort(Order.total, Decimal),
        "number": Sort(Order.number, str),
        "due_date": Sort(DUE_BY, dt.date),
        "created_at": Sort(Order.created_at, dt.datetime),
    },
    filters={
        "status": Order.status.in_,
        "payment_state": Order.payment_state.in_,
        "delivery_state": Order.delivery_state.in_,
        "overdue": lambda wanted: OVERDUE if wanted else not_(OVERDUE),
        "customer_id": Order.customer_id.__eq__,
        "owner_id": Order.holder_id.__eq__,
        "product_id": lambda product: Order.id.in_(select(OrderLine.order_id).where(OrderLine.product_id == product)),
        "chance_id": Order.chance_id.__eq__,
        "from_date": Order.date.__ge__,
        "to_date": Order.date.__le__,
        "min_total": Order.total.__ge__,
        "max_total": Order.total.__le__,
        "external_id": Order.external_id.__eq__,
    },
    search=_search,
    default="-date",
    steps=actions.STEPS,
    holding=actions.of_row,
)
noun = Noun(
    listing,
    restore=P.orders_write,
    viewed=True,
    counted=True,
    particular=("lines", "owner_is_set", "payments", "shipments", "tax"),
)


async def page(ctx: Ctx, query: OrderQuery) -> Paged:
    """List orders in scope, with their lines if these are asked for."""
    found = await listing.page(ctx, query)
    if query.include:
        lines = await order_parts.lines_of(ctx, [row["id"] for row in found["items"]])
        found["items"] = [row | {"lines": lines.get(row["id"], [])} for row in found["items"]]
    return found


def _detail(ctx: Ctx) -> Select[Any]:
    statement = (
        _joins(ctx, select(*ROW, *DETAIL).select_from(Order))
        .outerjoin(Chance, and_(Chance.id == Order.chance_id, visible(ctx, Chance)))
        .outerjoin(Creator, Creator.id == Order.created_by)
    )
    return scoped(ctx, statement.where(Order.id == ROW_ID), Order)


async def get_detail(ctx: Ctx, order_id: int) -> dict[str, Any]:
    """Return one order with lines, payments, shipments and `allowed_actions`; raise `NotFound`."""
    row = (await run(ctx, _detail, row_id=order_id)).one_or_none()
    if row is None:
        raise NotFound
    parts = await order_parts.of(ctx, row)
    return {**row._asdict(), **parts, "allowed_actions": listing.allowed(ctx, row._asdict())}


async def create(ctx: Ctx, body: OrderWrite) -> dict[str, Any]:
    """Create a draft; the address is the customer's unless one is given.

    Raises `Invalid` at the field for a customer, chance, owner or product that cannot be chosen, for a
    date in the future, and for one that payment is due before; `Forbidden` when the customer is not the caller's to sell to.
    """
    customer = await _customer(ctx, body.customer_id)
    facts = body.model_dump(exclude={"lines"})
    facts["date"] = facts["date"] or ctx.today
    if "address" not in body.model_fields_set:
        facts["address"] = customer.address
    await _check(ctx, facts, customer)
    _check_due(facts["date"], facts["due_date"], "/due_date")
    lines = await order_amounts.priced(ctx, body.lines, "/lines/{}")
    order = Order(
        **facts, number=number(ctx, "DD", numbers), holder_id=body.owner_id or customer.manager_id, status="draft",
        total=Decimal(0), paid=Decimal(0), delivery_state="none",
    )  # fmt: skip
    ctx.session.add(order)
    await ctx.session.flush()
    ctx.session.add_all(OrderLine(order_id=order.id, **line) for line in lines)
    total = sum((line["amount"] for line in lines), Decimal(0))
    await order_amounts.add_up(ctx, order, total, order.paid)
    return await get_detail(ctx, order.id)


async def update(ctx: Ctx, order_id: int, version: int, body: OrderPatch) -> dict[str, Any]:
    """Change facts of a draft; of a confirmed order what confirmation does not fix.

    Raises `IllegalTransition` when it is completed or cancelled, unless its external id is all that is said, `Conflict` (`fixed`) for what confirmation fixed.
    """
    order = await actions.locked(ctx, order_id, external.step(body.model_fields_set), version)
    facts = body.model_dump(exclude_unset=True)
    changed = {name for name, value in facts.items() if value != getattr(order, name)}
    if order.status != "draft" and (fixed := sorted(changed - AFTER_CONFIRMATION)):
        raise Conflict(f"Fixed since confirmation: {', '.join(fixed)}.", code="fixed", what=fixed)
    for name in ("customer_id", "date"):
        if name in facts and facts[name] is None:
            raise Invalid(f"/{name}", "required", "This cannot be empty.")
    if order.status == "draft":
        await _redraft(ctx, order, facts)
    pointer = "/due_date" if "due_date" in facts else "/date"
    if changed & {"date", "due_date"}:
        _check_due(facts.get("date", order.date), facts.get("due_date", order.due_date), pointer)
    for name, value in facts.items():
        setattr(order, name, value)
    await ctx.session.flush()
    return await get_detail(ctx, order_id)


async def _redraft(ctx: Ctx, order: Order, facts: dict[str, Any]) -> None:
    """Check the new facts of a draft, and say who holds it now."""
    chosen = facts.get("customer_id")
    if chosen and chosen != order.customer_id:
        customer, former = await _customer(ctx, chosen), await buyer(ctx, order)
        facts.setdefault("chance_id", None)
        if facts.get("address", order.address) == order.address == former.address:
            facts["address"] = customer.address  # copied from the customer, not written by hand
    else:
        customer = await buyer(ctx, order)
    new = {name: value for name, value in facts.items() if value != getattr(order, name)}
    await _check(ctx, new, customer)
    order.holder_id = facts.get("owner_id", order.owner_id) or customer.manager_id


async def _check(ctx: Ctx, facts: dict[str, Any], customer: Any) -> None:
    """Resolve the ids of a body; a chance is one of the order's customer."""
    if facts.get("date") and facts["date"] > ctx.today:
        raise Invalid("/date", "in_future", "An order cannot be dated in the future.")
    if facts.get("owner_id") and facts["owner_id"] != ctx.actor.id:
        await people.assignable(ctx, facts["owner_id"], "/owner_id", within=P.orders_write)
    if facts.get("chance_id"):
        chance = await seen(ctx, Chance, facts["chance_id"], Chance.customer_id, pointer="/chance_id")
        if chance.customer_id != customer.id:
            raise Invalid("/chance_id", "other_customer", "This chance is of another customer.")


def _check_due(date: dt.date, due_date: dt.date | None, pointer: str) -> None:
    """Raise `Invalid` where payment would be due before the order's date."""
    if due_date and due_date < date:
        raise Invalid(pointer, "due_before_order", "Payment cannot be due before the order's date.")


async def _customer(ctx: Ctx, customer_id: int) -> Row:
    """Return what an order asks of its new customer, held against being deleted or handed over meanwhile."""
    columns = (Customer.id, Customer.manager_id, Customer.address)
    customer = await seen(ctx, Customer, customer_id, *columns, pointer="/customer_id", hold=True)
    if not covers(ctx, customer.manager_id, P.orders_write):
        raise Forbidden("This customer is not yours to sell to.", right=P.orders_write)
    return customer


async def buyer(ctx: Ctx, order: Order) -> Row:
    """Return what its steps ask of the customer of an order that was checked, in or out of the caller's scope."""
    return (await ctx.session.execute(BUYER, {"row_id": order.customer_id})).one()


async def delete(ctx: Ctx, order_id: int, version: int) -> None:
    """Move a draft to the recycle bin."""
    order = await actions.locked(ctx, order_id, "delete", version)
    order.deleted_at, order.deleted_by = ctx.now, ctx.actor.id
    await ctx.session.flush()


async def restore(ctx: Ctx, order_id: int) -> dict[str, Any]:
    """Bring a draft back from the recycle bin.

    Raises `NotFound` when it is not there for the caller, `Conflict` (`customer_deleted`) while its customer
    is in the bin.
    """
    order = await get_binned(ctx, Order, order_id, right=P.orders_write)
    if (await buyer(ctx, order)).deleted_at:
        raise Conflict("Its customer lies in the recycle bin; restore that first.", code="customer_deleted")
    order.deleted_at = order.deleted_by = None
    await ctx.session.flush()
    return await get_detail(ctx, order_id)
