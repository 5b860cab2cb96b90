"""Stock by place: list, new places, and changes of counts, each a row of the ledger."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import aliased

from app.core.ctx import Ctx
from app.core.errors import Conflict, Invalid, NotFound
from app.core.finds import through
from app.core.listing import Listing, Sort
from app.core.nouns import Noun
from app.core.paging import Paged
from app.core.reference import Reference
from app.core.rows import Row
from app.core.scope import get, visible
from app.core.search import Match
from app.core.sought import Sought
from app.core.steps import Status, Step, Steps
from app.core.told import Telling
from app.core.ways import By
from app.models.access.rbac import Permission as P
from app.models.access.users import User
from app.models.goods.arrivals import Arrival
from app.models.goods.products import Product
from app.models.goods.storage import Storage, StorageChange
from app.models.orders.orders import Order
from app.schemas.goods.storage import ChangeWrite, LedgerQuery, StorageQuery, StorageWrite
from app.services.base import dict as dictionary
from app.services.goods import incoming, products, reservations

MOST = 10**15
"""Pieces that a place can hold; sums of places still fit."""
Mover = aliased(User)
AVAILABLE = Storage.count - Storage.reserved
ROW: tuple[Any, ...] = (
    Storage.id, Storage.version, Reference("product", Product.id, Product.name), Product.code.label("product_code"),
    Product.unit, Storage.warehouse, Storage.bin, Storage.count, Storage.reserved, AVAILABLE.label("available"),
    *incoming.of(Storage.product_id, Arrival.warehouse == Storage.warehouse, Arrival.bin == Storage.bin),
    Storage.memo, Storage.created_at,
)  # fmt: skip


def _joins(_ctx: Ctx, statement: Select[Any]) -> Select[Any]:
    return statement.join(Product, Product.id == Storage.product_id)


def _search(ctx: Ctx, sought: Sought) -> tuple[Match, ...]:
    return (through(ctx, Storage.product_id, Product, products.search(ctx, sought)),)


STEPS = Steps({"change": Step(None, None, (By(P.storage_write),))})


listing = Listing(
    model=Storage,
    query=StorageQuery,
    columns=ROW,
    joins=_joins,
    sorts={
        "product": Sort(Product.name, str),
        "warehouse": Sort(Storage.warehouse, str),
        "bin": Sort(Storage.bin, str),
        "count": Sort(Storage.count, int),
        "reserved": Sort(Storage.reserved, int),
        "available": Sort(AVAILABLE, int),
        "created_at": Sort(Storage.created_at, datetime),
    },
    filters={
        "warehouse": Storage.warehouse.__eq__,
        "product_id": Storage.product_id.__eq__,
        "category_id": lambda category: Storage.product_id.in_(select(Product.id).where(products.within(category))),
    },
    search=_search,
    default="product",
    steps=STEPS,
)
noun = Noun(listing)
ledger = Listing(
    model=StorageChange,
    query=LedgerQuery,
    columns=(
        StorageChange.id, StorageChange.at, Reference("by", Mover.id, Mover.name), StorageChange.change,
        StorageChange.reason, StorageChange.told, StorageChange.count_after,
        Reference("order", Order.id, Order.number.label("name")),
        Reference("arrival", Arrival.id, Arrival.number.label("name")),
    ),
    joins=lambda ctx, statement: statement.outerjoin(Mover, Mover.id == StorageChange.by)
    .outerjoin(Order, and_(Order.id == StorageChange.order_id, visible(ctx, Order)))
    .outerjoin(Arrival, Arrival.id == StorageChange.arrival_id),
    sorts={"id": Sort(StorageChange.id, int)},
    default="-id",
)  # fmt: skip


async def page(ctx: Ctx, query: StorageQuery) -> Paged:
    """List places."""
    return await listing.page(ctx, query)


async def get_detail(ctx: Ctx, storage_id: int) -> dict[str, Any]:
    """Return one place; raise `NotFound`."""
    statement = _joins(ctx, select(*ROW, Storage.updated_at).select_from(Storage)).where(Storage.id == storage_id)
    row: Row | None = (await ctx.session.execute(statement)).one_or_none()
    if row is None:
        raise NotFound
    return row._asdict() | {"allowed_actions": listing.allowed(ctx, row._asdict())}


async def create(ctx: Ctx, body: StorageWrite) -> dict[str, Any]:
    """Make an empty place and return it, as `add`."""
    return await get_detail(ctx, (await add(ctx, body)).id)


async def add(ctx: Ctx, body: StorageWrite) -> Storage:
    """Make an empty place; one that the product has already is 409."""
    await products.usable(ctx, body.product_id, "/product_id")
    await dictionary.check(ctx, {"warehouse": ("warehouse", body.warehouse)})
    place = Storage(**body.model_dump(), count=0, reserved=0)
    ctx.session.add(place)
    await ctx.session.flush()
    return place


async def change(ctx: Ctx, storage_id: int, body: ChangeWrite) -> dict[str, Any]:
    """Change the count of a place and return it, as `recount`."""
    await recount(ctx, await get(ctx, Storage, storage_id, lock=True), body)
    return await get_detail(ctx, storage_id)


async def recount(ctx: Ctx, place: Storage, body: ChangeWrite, told: Telling | None = None) -> None:
    """Change the count of a locked place by a signed number of pieces, with a row in the ledger (`told`: what Kith says of it).

    Raises `Invalid` below zero or above what a place can hold, `Conflict` (`reserved`) below what confirmed
    orders hold.
    """
    STEPS.check(ctx, "change", Status(), place)
    after = place.count + body.change
    if not 0 <= after <= MOST:
        raise Invalid("/change", "out_of_range", f"There are {place.count} pieces: {after} is not possible.")
    if after < place.reserved:
        message = f"{place.reserved} of {place.count} pieces are reserved for confirmed orders: {after} is too few."
        raise Conflict(message, code="reserved", count=place.count, reserved=place.reserved)
    reservations.move(ctx, place, body.change, reservations.Why(body.reason, told))
    await ctx.session.flush()


async def changes(ctx: Ctx, storage_id: int, query: LedgerQuery) -> Paged:
    """Return the ledger of a place, newest first."""
    await get(ctx, Storage, storage_id)
    return await ledger.page(ctx, query, StorageChange.storage_id == storage_id)
