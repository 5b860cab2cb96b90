"""What the rows of an order import say of lines and payments, and what the orders have already."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app.models.customers.customers import Customer
from app.models.goods.products import Product
from app.models.orders.orders import OrderLine
from app.models.orders.payments import OrderPayment
from app.schemas.imports.imports import Wrong
from app.services.base import dict as dictionary
from app.services.imports import conflicts as import_conflicts
from app.services.imports import keys as import_keys
from app.services.imports.imports import Batch
from app.services.imports.keys import ACROSS, Key, key_of
from app.services.imports.lines import Line
from app.services.orders import amounts as order_amounts

LINE = ("product_id", "count", "unit", "price", "discount", "tax_rate")
PRICED = {"product_id", "count", "price", "discount"}
"""Attributes that lines alone have: who changed one of them changed lines."""


class Parts:
    """What the rows of a batch say of lines and payments, and what is there already; by place in the batch."""

    def __init__(self, batch: Batch, *, keeps: bool) -> None:
        self.keeps = keeps
        self.batch, self.ctx = batch, batch.ctx
        self.lines: dict[int, list[dict[str, Any]]] = {}
        self.payments: dict[int, list[dict[str, Any]]] = {}
        self.present: dict[type[Any], dict[int | None, list[Any]]] = {OrderLine: {}, OrderPayment: {}}
        self.products: dict[Key, Any] = {}
        self.managers: dict[int, int | None] = {}
        self.payment_days: dict[int, int | None] = {}
        self.methods: set[tuple[str, str]] = set()
        self.removed: dict[int, Counter[tuple[date, Decimal]]] = {}

    async def look_up(self) -> None:
        """Read what the rows refer to and what is there, a statement for each table."""
        given = [line.given for line in self.batch.sound]
        named = {key_of(item.product_external_id, Product) for row in given for item in row.lines or ()}
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
        if self.keeps:
            self.removed = await import_conflicts.removed_payments(self.ctx, old)
        self.methods = await dictionary.usable(self.ctx, {"payment_method"})

    def now(self, line: Line, model: type[Any]) -> list[Any]:
        """Return the lines, or payments, that the order of a row has already."""
        return self.present[model].get(line.row.id, []) if line.row else []

    def items(self, line: Line) -> None:
        """Read the lines of a row; those that a person changed since stay."""
        found = self._items(line)
        theirs = not line.theirs.isdisjoint(PRICED) or any(one.pointer == "status" for one in line.kept)
        if line.row and theirs:
            line.keep("lines", told=not same(self.now(line, OrderLine), found, LINE))
        else:
            self.lines[line.place] = found

    def _items(self, line: Line) -> list[dict[str, Any]]:
        """Return the lines of a row with price, unit and tax rate (given, else the present line's, else the product's)."""
        found = []
        for n, item in enumerate(line.given.lines):
            key = key_of(item.product_external_id, Product)
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

    def paying(self, line: Line) -> None:
        """Read the payments of a row: those that are new, by day and amount. None is ever taken back here."""
        there = Counter((one.date, one.amount) for one in self.now(line, OrderPayment))
        removed, fresh = self.removed.get(line.id or 0, Counter()), []
        for n, payment in enumerate(line.given.payments):
            same_one = payment.date, payment.amount
            if there[same_one]:
                there[same_one] -= 1
                continue
            if removed[same_one]:
                removed[same_one] -= 1
                line.keep(f"payments/{n}")
                continue
            fresh.append(payment)
            if payment.date > self.ctx.today:
                line.refuse(f"payments/{n}/date", "in_future", "This lies in the future.")
            if payment.method and ("payment_method", payment.method) not in self.methods:
                message = dictionary.unknown("payment_method", payment.method)
                line.refuse(f"payments/{n}/method", "not_in_dictionary", message)
        if line.row and line.row.status == "cancelled" and "status" in line.theirs:
            line.keep("payments", told=bool(fresh))
            return
        if stay := [{"date": str(day), "amount": str(amount)} for day, amount in sorted(there.elements())]:
            line.kept.append(Wrong("payments", "kept", "Payments that the row does not name stay.", stay))
            line.leave_out("payments")
        self.payments[line.place] = [payment.model_dump() for payment in fresh]


def same(found: Sequence[Any], given: Sequence[dict[str, Any]], names: Sequence[str]) -> bool:
    """Tell whether records say what a row says, in the row's order."""
    return [tuple(getattr(row, name) for name in names) for row in found] == [
        tuple(facts[name] for name in names) for facts in given
    ]
