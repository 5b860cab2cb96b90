"""Arrivals: what is expected, received into its place in parts or at once, or called off.

Locks are taken in this order: the arrival, its product (which keeps two receivers from making one place twice), its
places by id, as orders do. Under them nothing is received twice.
"""

import datetime as dt
from typing import Any

from sqlalchemy import Select, and_, case, not_, select

from app.core.audit import mark
from app.core.ctx import Ctx
from app.core.errors import Conflict, Invalid, NotFound
from app.core.finds import through
from app.core.listing import Listing, Sort
from app.core.nouns import Noun
from app.core.numbers import number
from app.core.paging import Paged
from app.core.prepared import ROW_ID, TODAY, run
from app.core.reference import Reference
from app.core.scope import get
from app.core.search import Match, contains, numbered
from app.core.sought import Sought
from app.core.steps import Step, Steps
from app.core.told import telling
from app.core.ways import By
from app.models.access.rbac import Permission as P
from app.models.access.users import User
from app.models.goods.arrivals import Arrival, numbers
from app.models.goods.products import Product
from app.models.goods.storage import Storage
from app.schemas.goods.arrivals import ArrivalPatch, ArrivalQuery, ArrivalWrite, CallOffBody, ReceiveBody
from app.services.base import dict as dictionary
from app.services.goods import products, reservations
from app.services.goods.storage import MOST

EXPECTED = frozenset({"expected"})
KEEPS = (By(P.storage_write),)
STEPS = Steps(
    {
        "update": Step(EXPECTED, None, KEEPS),
        "receive_part": Step(EXPECTED),
        "receive": Step(EXPECTED, "received", KEEPS),
        "cancel": Step(EXPECTED, "cancelled", KEEPS),
    }
)
"""A part is received by the same call as the rest, so nobody takes `receive_part` by its name."""
OVERDUE = and_(Arrival.status == "expected", Arrival.expected_on < TODAY)
LEFT = case((Arrival.status == "expected", Arrival.count - Arrival.received), else_=0)
ROW: tuple[Any, ...] = (
    Arrival.id, Arrival.version, Arrival.number, Reference("product", Product.id, Product.name),
    Product.code.label("product_code"), Product.unit, Arrival.warehouse, Arrival.bin, Arrival.count, Arrival.received,
    LEFT.label("left"), Arrival.expected_on, OVERDUE.label("overdue"), Arrival.supplier, Arrival.memo, Arrival.status,
    Arrival.created_at,
)  # fmt: skip


def _joins(_ctx: Ctx, statement: Select[Any]) -> Select[Any]:
    return statement.join(Product, Product.id == Arrival.product_id)


def _search(ctx: Ctx, sought: Sought) -> tuple[Match, ...]:
    if sought.prefix == "RK":
        return (numbered(Arrival.number, sought),)
    named = through(ctx, Arrival.product_id, Product, products.search(ctx, sought))
    return named, Match(None, contains(Arrival.supplier, sought).check)


listing = Listing(
    model=Arrival,
    query=ArrivalQuery,
    columns=ROW,
    joins=_joins,
    sorts={
        "expected_on": Sort(Arrival.expected_on, dt.date),
        "number": Sort(Arrival.number, str),
        "product": Sort(Product.name, str),
        "count": Sort(Arrival.count, int),
        "created_at": Sort(Arrival.created_at, dt.datetime),
    },
    filters={
        "status": Arrival.status.in_,
        "warehouse": Arrival.warehouse.__eq__,
        "product_id": Arrival.product_id.__eq__,
        "overdue": lambda late: OVERDUE if late else not_(OVERDUE),
    },
    search=_search,
    default="expected_on",
    steps=STEPS,
)
noun = Noun(listing)


async def page(ctx: Ctx, query: ArrivalQuery) -> Paged:
    """List arrivals."""
    return await listing.page(ctx, query)


def _detail(ctx: Ctx) -> Select[Any]:
    columns = (*ROW, Arrival.cancel_reason, Reference("created_by", User.id, User.name), Arrival.updated_at)
    statement = _joins(ctx, select(*columns).select_from(Arrival)).outerjoin(User, User.id == Arrival.created_by)
    return statement.where(Arrival.id == ROW_ID)


async def get_detail(ctx: Ctx, arrival_id: int) -> dict[str, Any]:
    """Return one arrival with `allowed_actions`; raise `NotFound`."""
    row = (await run(ctx, _detail, row_id=arrival_id)).one_or_none()
    if row is None:
        raise NotFound
    return row._asdict() | {"allowed_actions": listing.allowed(ctx, row._asdict())}


async def create(ctx: Ctx, body: ArrivalWrite) -> dict[str, Any]:
    """Write down what is to come; raise `Invalid` for a product that is not sold and an unknown warehouse."""
    await _check(ctx, body.model_dump())
    arrival = Arrival(**body.model_dump(), number=number(ctx, "RK", numbers), status="expected", received=0)
    ctx.session.add(arrival)
    await ctx.session.flush()
    return await get_detail(ctx, arrival.id)


async def update(ctx: Ctx, arrival_id: int, version: int, body: ArrivalPatch) -> dict[str, Any]:
    """Change what is expected.

    Raises `IllegalTransition` when it no longer is, `Conflict` (`fixed`) for another product once some of it came,
    `Invalid` for a count that leaves nothing to come.
    """
    arrival = await _locked(ctx, arrival_id, "update", version)
    facts = body.model_dump(exclude_unset=True)
    for name in ("product_id", "warehouse", "bin", "count", "expected_on"):
        if name in facts and facts[name] is None:
            raise Invalid(f"/{name}", "required", "This cannot be empty.")
    new = {name: value for name, value in facts.items() if value != getattr(arrival, name)}
    if "product_id" in new and arrival.received:
        raise Conflict("Some of it has come: the product is fixed.", code="fixed")
    if new.get("count", arrival.count) <= arrival.received:
        message = f"{arrival.received} have come already; cancel what will not come any more."
        raise Invalid("/count", "too_few", message)
    await _check(ctx, new)
    for name, value in new.items():
        setattr(arrival, name, value)
    await ctx.session.flush()
    return await get_detail(ctx, arrival_id)


async def _check(ctx: Ctx, facts: dict[str, Any]) -> None:
    if "product_id" in facts:
        await products.usable(ctx, facts["product_id"], "/product_id")
    await dictionary.check_facts(ctx, Arrival, facts)


async def _locked(ctx: Ctx, arrival_id: int, step: str, version: int | None) -> Arrival:
    arrival = await get(ctx, Arrival, arrival_id, lock=True)
    STEPS.check(ctx, step, arrival, arrival, version)
    return arrival


async def receive(ctx: Ctx, arrival_id: int, version: int | None, body: ReceiveBody) -> dict[str, Any]:
    """Move what has come into its place, with a row in the ledger; the place is made if there is none.

    Raises `IllegalTransition` when nothing is expected, `Invalid` for more than is left or than the place can hold.
    """
    arrival = await _locked(ctx, arrival_id, "receive", version)
    left = arrival.count - arrival.received
    count = left if body.count is None else body.count
    if count > left:
        raise Invalid("/count", "too_many", f"Only {left} are still to come.", left=left)
    place = await _place(ctx, arrival)
    if place.count + count > MOST:
        raise Invalid("/count", "out_of_range", f"There are {place.count} pieces: the place cannot hold as many more.")
    why = reservations.Why(body.reason or arrival.number, telling("arrival", number=arrival.number))
    reservations.move(ctx, place, count, why, arrival_id=arrival.id)
    arrival.received += count
    STEPS.fire(arrival, "receive" if count == left else "receive_part")
    await ctx.session.flush()
    return await get_detail(ctx, arrival_id)


async def _place(ctx: Ctx, arrival: Arrival) -> Storage:
    """Return the place of an arrival, locked; a new one is empty."""
    await ctx.session.execute(
        select(Product.id).where(Product.id == arrival.product_id).with_for_update(key_share=True)
    )
    for place in (await reservations.lock(ctx, [arrival.product_id]))[arrival.product_id]:
        if (place.warehouse, place.bin) == (arrival.warehouse, arrival.bin):
            return place
    place = Storage(
        product_id=arrival.product_id, warehouse=arrival.warehouse, bin=arrival.bin, count=0, reserved=0
    )  # fmt: skip
    ctx.session.add(place)
    await ctx.session.flush()
    return place


async def cancel(ctx: Ctx, arrival_id: int, version: int | None, body: CallOffBody) -> dict[str, Any]:
    """Call off what is still to come, with a reason; what came stays in stock."""
    arrival = await _locked(ctx, arrival_id, "cancel", version)
    arrival.cancel_reason = body.reason
    STEPS.fire(arrival, "cancel")
    mark(arrival, "cancel", reason=body.reason)
    await ctx.session.flush()
    return await get_detail(ctx, arrival_id)
