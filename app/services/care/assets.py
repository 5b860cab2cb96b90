"""Assets: what customers have of ours, each piece by itself, in the hands of the customer's manager.

A shipment brings those of tracked products by itself, and takes them back when it is removed.
"""

import calendar
import datetime as dt
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Select, and_, func, literal_column, not_, select

from app.core.ctx import Ctx
from app.core.errors import Invalid, NotFound
from app.core.finds import through
from app.core.listing import Listing, Sort
from app.core.nouns import Noun
from app.core.numbers import number
from app.core.orm import changes
from app.core.paging import Paged, PageQuery
from app.core.prepared import ROW_ID, TODAY, run
from app.core.reference import Reference
from app.core.scope import get, get_binned, scoped, visible
from app.core.search import Match, contains, numbered, opens
from app.core.sought import Sought
from app.core.steps import Step, Steps
from app.core.ways import By, reach
from app.models.access.rbac import Permission as P
from app.models.access.users import User
from app.models.care.assets import Asset, numbers
from app.models.customers.customers import Customer
from app.models.goods.products import Product
from app.models.orders.orders import Order
from app.models.orders.shipments import OrderShipment
from app.schemas.care.assets import AssetPatch, AssetQuery, AssetWrite
from app.services.base import audit
from app.services.customers import customers
from app.services.goods import products

PREFIX = "SB"


class Holding(NamedTuple):
    """What decides who may do what with an asset."""

    manager_id: int | None


KEEPS = Step(None, None, (By(P.assets_write, reach("manager_id")),))
STEPS = Steps({"update": KEEPS, "delete": KEEPS})


def _day(expression: str) -> ColumnElement[dt.date]:
    """Return a day that is never null, by the very expression that its index is built on."""
    return literal_column(expression, Date)


COVERED = and_(Asset.warranty_until.is_not(None), Asset.warranty_until >= TODAY)
ROW: tuple[Any, ...] = (
    Asset.id, Asset.version, Asset.number, Reference("customer", Customer.id, Customer.name),
    Reference("product", Product.id, Product.name), Asset.serial_number, Asset.delivered_on, Asset.warranty_until,
    COVERED.label("under_warranty"), Asset.place, Asset.created_at, Asset.external_id, Asset.manager_id,
)  # fmt: skip


def _joins(_ctx: Ctx, statement: Select[Any]) -> Select[Any]:
    joined = statement.join(Customer, Customer.id == Asset.customer_id)
    return joined.join(Product, Product.id == Asset.product_id)


def _search(ctx: Ctx, sought: Sought) -> tuple[Match, ...]:
    """Find by number, by how the serial number begins, or by a part of the product's or the customer's name."""
    if sought.prefix == PREFIX:
        return (numbered(Asset.number, sought),)
    return (
        opens(func.lower(Asset.serial_number), sought),
        through(ctx, Asset.product_id, Product, [contains(Product.name, sought)]),
        through(ctx, Asset.customer_id, Customer, [customers.named(sought)], scoped=False),
    )


listing = Listing(
    model=Asset,
    query=AssetQuery,
    columns=ROW,
    joins=_joins,
    sorts={
        "created_at": Sort(Asset.created_at, dt.datetime),
        "delivered_on": Sort(_day("coalesce(ast_delivered_on, '1900-01-01'::date)"), dt.date),
        "warranty_until": Sort(_day("coalesce(ast_warranty_until, '9998-12-31'::date)"), dt.date),
    },
    filters={
        "customer_id": Asset.customer_id.__eq__,
        "product_id": Asset.product_id.__eq__,
        "under_warranty": lambda wanted: COVERED if wanted else not_(func.coalesce(COVERED, False)),
        "external_id": Asset.external_id.__eq__,
    },
    search=_search,
    steps=STEPS,
    holding=lambda row: Holding(row["manager_id"]),
)
noun = Noun(listing, restore=P.assets_write, particular=("order",))


async def page(ctx: Ctx, query: AssetQuery) -> Paged:
    """List the assets of the customers in scope."""
    return await listing.page(ctx, query)


def _detail(ctx: Ctx) -> Select[Any]:
    order = Reference("order", Order.id, Order.number.label("name"))
    columns = (*ROW, order, Asset.memo, Reference("created_by", User.id, User.name), Asset.updated_at)
    statement = _joins(ctx, select(*columns).select_from(Asset)).outerjoin(User, User.id == Asset.created_by)
    statement = statement.outerjoin(OrderShipment, OrderShipment.id == Asset.shipment_id)
    statement = statement.outerjoin(Order, and_(Order.id == OrderShipment.order_id, visible(ctx, Order)))
    return scoped(ctx, statement.where(Asset.id == ROW_ID), Asset)


async def get_detail(ctx: Ctx, asset_id: int) -> dict[str, Any]:
    """Return one asset with `allowed_actions`; raise `NotFound`."""
    row = (await run(ctx, _detail, row_id=asset_id)).one_or_none()
    if row is None:
        raise NotFound
    return row._asdict() | {"allowed_actions": listing.allowed(ctx, row._asdict())}


async def history(ctx: Ctx, asset_id: int, query: PageQuery) -> Paged:
    """Return who changed what, newest first."""
    await get_detail(ctx, asset_id)
    return await audit.history(ctx, "assets", asset_id, query)


async def create(ctx: Ctx, body: AssetWrite) -> dict[str, Any]:
    """Write down what a customer has; raise `Invalid` for a customer or a product that is not there, and for a warranty before the delivery."""
    await get(ctx, Customer, body.customer_id, right=P.assets_write, lock=True, pointer="/customer_id")
    await products.usable(ctx, body.product_id, "/product_id")
    facts = body.model_dump()
    if "warranty_until" not in body.model_fields_set:
        facts["warranty_until"] = warranty(await _months(ctx, body.product_id), body.delivered_on)
    _check(facts["delivered_on"], facts["warranty_until"])
    asset = Asset(**facts, number=number(ctx, PREFIX, numbers))
    ctx.session.add(asset)
    await ctx.session.flush()
    return await get_detail(ctx, asset.id)


async def update(ctx: Ctx, asset_id: int, version: int, body: AssetPatch) -> dict[str, Any]:
    """Change an asset; a delivery that was not known before gives it the product's warranty, unless the body says another."""
    asset = await _locked(ctx, asset_id, "update", version)
    facts = body.model_dump(exclude_unset=True)
    if facts.get("delivered_on") and asset.warranty_until is None and "warranty_until" not in facts:
        facts["warranty_until"] = warranty(await _months(ctx, asset.product_id), facts["delivered_on"])
    new = changes(asset, facts)
    _check(facts.get("delivered_on", asset.delivered_on), facts.get("warranty_until", asset.warranty_until))
    for name, value in new.items():
        setattr(asset, name, value)
    await ctx.session.flush()
    return await get_detail(ctx, asset_id)


noun.told_by(create, update)


async def delete(ctx: Ctx, asset_id: int, version: int) -> None:
    """Move an asset to the recycle bin."""
    asset = await _locked(ctx, asset_id, "delete", version)
    asset.deleted_at, asset.deleted_by = ctx.now, ctx.actor.id
    await ctx.session.flush()


async def restore(ctx: Ctx, asset_id: int) -> dict[str, Any]:
    """Bring an asset back from the recycle bin."""
    asset = await get_binned(ctx, Asset, asset_id, right=P.assets_write)
    asset.deleted_at = asset.deleted_by = None
    await ctx.session.flush()
    return await get_detail(ctx, asset_id)


async def _locked(ctx: Ctx, asset_id: int, step: str, version: int) -> Asset:
    asset = await get(ctx, Asset, asset_id, lock=True)
    STEPS.check(ctx, step, Holding(asset.manager_id), asset, version)
    return asset


async def _months(ctx: Ctx, product_id: int) -> int | None:
    """Return how long pieces of a product are under warranty."""
    return await ctx.session.scalar(select(Product.warranty_months).where(Product.id == product_id))


def warranty(months: int | None, delivered_on: dt.date | None) -> dt.date | None:
    """Return the last day of a warranty: the same day so many months later, the month's last where it has none."""
    if months is None or delivered_on is None:
        return None
    years, month = divmod(delivered_on.month - 1 + months, 12)
    year = delivered_on.year + years
    return dt.date(year, month + 1, min(delivered_on.day, calendar.monthrange(year, month + 1)[1]))


def _check(delivered_on: dt.date | None, warranty_until: dt.date | None) -> None:
    if delivered_on and warranty_until and warranty_until < delivered_on:
        raise Invalid("/warranty_until", "before_delivery", "The warranty cannot end before the delivery.")
