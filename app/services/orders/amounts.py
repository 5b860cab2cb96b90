"""What lines cost and what an order adds up to: the one place where `total` and `paid` are written."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
from typing import Any

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm.attributes import flag_modified

from app.core.arrays import among
from app.core.ctx import Ctx
from app.core.errors import Invalid
from app.core.money import rounded
from app.core.prepared import ROW_ID
from app.core.scope import unscoped
from app.models.goods.products import Product
from app.models.orders.orders import Order, OrderLine
from app.models.orders.payments import OrderPayment
from app.schemas.orders.lines import LineWrite
from app.services.goods.products import SOLD

LIMIT = Decimal(10) ** 16
"""What the money columns hold: 18 digits, 2 of them after the point."""
NOTHING = Decimal("0.00")
DIGITS = 60
CHECKED = "the order was checked"
PRICES = select(Product.id, Product.unit, Product.price, Product.tax_rate, SOLD.label("sold")).where(among(Product.id))
LINES = unscoped(select(OrderLine).where(OrderLine.order_id == ROW_ID).order_by(OrderLine.id), CHECKED)
LINES = LINES.execution_options(populate_existing=True)


def _all_of(amount: Any, order_id: Any) -> ScalarSelect[Any]:
    return select(func.coalesce(func.sum(amount), 0)).where(order_id == ROW_ID).scalar_subquery()


SUMS = select(_all_of(OrderLine.amount, OrderLine.order_id), _all_of(OrderPayment.amount, OrderPayment.order_id))
SUMS = unscoped(SUMS, CHECKED)


def amount(count: int, price: Decimal, discount: Decimal) -> Decimal:
    """Return count x price x (1 - discount), rounded half up to the currency's digits."""
    with localcontext(prec=DIGITS):
        return rounded(count * price * (1 - discount))


def tax(amount: Decimal, rate: Decimal | None) -> Decimal | None:
    """Return the tax that an amount contains: amount x rate / (1 + rate), rounded half up to the digits; None without a rate."""
    if rate is None:
        return None
    with localcontext(prec=DIGITS):
        return rounded(amount * rate / (1 + rate))


async def priced(
    ctx: Ctx, bodies: Sequence[LineWrite], pointer: str, keep: frozenset[int] = frozenset()
) -> list[dict[str, Any]]:
    """Return the facts of lines, unit, price and tax rate prefilled from the product.

    `pointer` has a place for the number of the line; products in `keep` may be disabled.
    Raises `Invalid` at the field for a product that is not sold, or has no price where none is given.
    """
    wanted = sorted({body.product_id for body in bodies})
    known = {row.id: row for row in await ctx.session.execute(PRICES, {"ids": wanted})} if wanted else {}
    found = []
    for place, body in enumerate(bodies):
        product = known.get(body.product_id)
        if product is None or not (product.sold or product.id in keep):
            message = "There is no such product, or it is disabled."
            raise Invalid(f"{pointer.format(place)}/product_id", "not_found", message)
        facts = body.model_dump(exclude={"id"})
        if "tax_rate" not in body.model_fields_set:
            facts["tax_rate"] = product.tax_rate
        found.append(costed(facts, product.unit, product.price, pointer.format(place)))
    return found


def costed(facts: Mapping[str, Any], unit: str | None, price: Decimal | None, pointer: str) -> dict[str, Any]:
    """Return the facts of a line with unit, price (given, else the product's) and amount."""
    price = price if facts["price"] is None else facts["price"]
    if price is None:
        raise Invalid(f"{pointer}/price", "required", "This product has no price: say what it costs.")
    cost = amount(facts["count"], price, facts["discount"])
    if cost >= LIMIT:
        raise Invalid(f"{pointer}/count", "too_large", "This amount is larger than any that can be kept.")
    return {**facts, "unit": facts["unit"] or unit, "price": price, "amount": cost}


async def recount(ctx: Ctx, order: Order) -> None:
    """Add up the lines and payments of an order whose row is locked, after flushing them.

    The order gets a new version even where its sums stay: who replaces all lines under an older one is refused.
    Raises `Invalid` when the total is too large.
    """
    await ctx.session.flush()
    total, paid = (await ctx.session.execute(SUMS, {"row_id": order.id})).one()
    await add_up(ctx, order, total, paid)


async def add_up(ctx: Ctx, order: Order, total: Decimal, paid: Decimal) -> None:
    """Write the sums of an order whose lines and payments are known, as `recount`, and flush."""
    if total >= LIMIT:
        raise Invalid("/lines", "too_large", "This total is larger than any that can be kept.")
    keep(order, total, paid)
    flag_modified(order, "updated_at")
    await ctx.session.flush()


def keep(order: Order, total: Decimal, paid: Decimal) -> None:
    """Write the sums of an order; whoever keeps summaries of orders listens to these two."""
    order.total, order.paid = total, paid


async def lines_of(ctx: Ctx, order_id: int) -> list[OrderLine]:
    """Return the lines of an order that was checked and locked."""
    return list(await ctx.session.scalars(LINES, {"row_id": order_id}))
