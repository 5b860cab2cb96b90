"""What the rows of an order import say of lines and payments, and what the orders have already."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.models.customers import Customer
from app.models.orders import OrderLine, OrderPayment
from app.models.products import Product
from app.services import dict as dictionary
from app.services import import_keys, order_amounts
from app.services.import_keys import ACROSS, Key, key_of
from app.services.import_lines import Line
from app.services.imports import Batch

LINE = ("product_id", "count", "unit", "price", "discount", "tax_rate")
PAYMENT = ("date", "amount", "method", "memo")


class Parts:
    """What the rows of a batch say of lines and payments, and what is there already; by place in the batch."""

    def __init__(self, batch: Batch) -> None:
        self.batch, self.ctx = batch, batch.ctx
        self.lines: dict[int, list[dict[str, Any]]] = {}
        self.payments: dict[int, list[dict[str, Any]]] = {}
        self.present: dict[type[Any], dict[int | None, list[Any]]] = {OrderLine: {}, OrderPayment: {}}
        self.products: dict[Key, Any] = {}
        self.managers: dict[int, int | None] = {}
        self.payment_days: dict[int, int | None] = {}
        self.methods: set[tuple[str, str]] = set()

    async def look_up(self) -> None:
        """Read what the rows refer to and what is there, a statement for each table."""
        given = [line.given for line in self.batch.sound]
        named = {key_of(item.product_external_id) for row in given for item in row.lines or ()}
        columns = (Product.external_id, Product.id, Product.code, Product.unit, Product.price, Product.tax_rate)
        self.products = await import_keys.found(self.ctx, Product, named, *columns)
        ids = {known.id for (model, _), known in self.batch.known.items() if model is Customer}
        drafts = {line.row.customer_id for line in self.batch.sound if line.row and line.row.status == "draft"}
        people = select(Customer.id, Customer.manager_id, Customer.payment_days).where(Customer.deleted_at.is_(None))
        locked = people.where(Customer.id.in_(ids)).order_by(Customer.id).with_for_update(key_share=True)
        rows = list(await self.ctx.session.execute(locked, execution_options=ACROSS))
        if drafts - ids:  # only read, as confirming does: their places of stock are locked before they are
            read = people.where(Customer.id.in_(drafts - ids))
            rows += await self.ctx.session.execute(read, execution_options=ACROSS)
        self.managers = {row.id: row.manager_id for row in rows}
        self.payment_days = {row.id: row.payment_days for row in rows}
        old = [line.row.id for line in self.batch.sound if line.row]
        for model, kept in self.present.items() if old else ():
            there = select(model).where(model.order_id.in_(old)).order_by(model.id)
            for part in await self.ctx.session.scalars(there, execution_options=ACROSS):
                kept.setdefault(part.order_id, []).append(part)
        self.methods = await dictionary.usable(self.ctx, {"payment_method"})

    def now(self, line: Line, model: type[Any]) -> list[Any]:
        """Return the lines, or payments, that the order of a row has already."""
        return self.present[model].get(line.row.id, []) if line.row else []

    def items(self, line: Line) -> list[dict[str, Any]]:
        """Return the lines of a row with price, unit and tax rate (given, else the present line's, else the product's)."""
        found = []
        for n, item in enumerate(line.given.lines):
            key = key_of(item.product_external_id)
            product = self.products.get(key)
            facts = item.model_dump(exclude={"product_external_id"})
            if product is None:
                line.refuse(f"lines/{n}/product_external_id", "not_found", f"There is no “{key[1]}” here (yet).")
                continue
            like = next((old for old in self.now(line, OrderLine)[n : n + 1] if old.product_id == product.id), product)
            price = like.price if facts["price"] is None else facts["price"]
            if price is None:
                line.refuse(f"lines/{n}/price", "required", "This product has no price: say what it costs.")
                continue
            cost = order_amounts.amount(facts["count"], price, facts["discount"])
            unit = facts["unit"] or like.unit
            if "tax_rate" not in item.model_fields_set:
                facts["tax_rate"] = like.tax_rate
            found.append(facts | {"product_id": product.id, "unit": unit, "price": price, "amount": cost})
        return found

    def paying(self, line: Line) -> list[dict[str, Any]]:
        """Return the payments of a row."""
        for n, payment in enumerate(line.given.payments):
            if payment.date > self.ctx.today:
                line.refuse(f"payments/{n}/date", "in_future", "This lies in the future.")
            if payment.method and ("payment_method", payment.method) not in self.methods:
                message = f"“{payment.method}” is not a value of payment_method."
                line.refuse(f"payments/{n}/method", "not_in_dictionary", message)
        return [payment.model_dump() for payment in line.given.payments]


def same(found: Sequence[Any], given: Sequence[dict[str, Any]], names: Sequence[str]) -> bool:
    """Tell whether records say what a row says, in the row's order."""
    return [tuple(getattr(row, name) for name in names) for row in found] == [
        tuple(facts[name] for name in names) for facts in given
    ]
