"""Importing products and their categories, customers and contacts."""

from typing import Any

from sqlalchemy import select

from app.core.ctx import Ctx
from app.core.guarded import everywhere
from app.core.items import uses_of
from app.core.numbers import numbers as draw_numbers
from app.core.pinyin import keys
from app.models.access.users import User
from app.models.customers.customer_norms import norm
from app.models.customers.customers import Customer, numbers
from app.models.customers.linkmen import Linkman
from app.models.goods.products import Product, ProductCategory
from app.schemas.imports.imports import ImportBody
from app.services.customers import twins
from app.services.goods import product_categories as categories
from app.services.imports import imports
from app.services.imports.imports import Batch
from app.services.imports.keys import ACROSS
from app.services.imports.lines import Line


async def product_categories(ctx: Ctx, body: ImportBody[Any]) -> Batch:
    """Import product categories; a parent comes before what hangs below it. None closes a circle, as on screen."""
    await categories.held(ctx)
    batch = await imports.start(ctx, ProductCategory, body, {"parent_external_id": ("parent_id", ProductCategory)})
    for line in batch.sound:
        batch.read(line)
        batch.introduce(line)
    await imports.check_circles(batch, "parent_id", "parent_external_id")
    await imports.write(batch)
    return batch


async def products(ctx: Ctx, body: ImportBody[Any]) -> Batch:
    """Import products; a row with a cost is refused to who does not see costs."""
    batch = await imports.start(ctx, Product, body, {"category_external_id": ("category_id", ProductCategory)})
    for line in batch.sound:
        if line.has("cost") and not everywhere(ctx, Product):
            line.refuse("cost", "forbidden", "Costs of products are not yours to see or change.")
            continue
        batch.read(line)
    imports.free(batch, "code", await _taken(ctx, batch, Product.code, "code"))
    await imports.write(batch)
    return batch


async def customers(ctx: Ctx, body: ImportBody[Any]) -> Batch:
    """Import customers; a parent comes before its daughters."""
    batch = await _customers(ctx, body)
    await twins.hold(ctx, (line.facts["name"] for line in batch.sound if line.row is None))
    if await imports.overtaken(batch):
        batch = await _customers(ctx, body)
    if body.on_twin == "refuse":
        await _refuse_twins(ctx, batch)
    await imports.check_items(batch, {use.attribute: use.takes.type for use in uses_of(Customer)})
    await imports.check_circles(batch, "parent_id", "parent_external_id")
    imports.free(batch, "credit_code", await _taken(ctx, batch, Customer.credit_code, "credit_code"))
    fresh = [line for line in batch.sound if line.row is None]
    for line, number in zip(fresh, await draw_numbers(ctx, "KH", numbers, len(fresh)), strict=True):
        line.facts["number"] = number
    await imports.write(batch, status="normal")
    return batch


async def _customers(ctx: Ctx, body: ImportBody[Any]) -> Batch:
    references = {"manager_external_id": ("manager_id", User), "parent_external_id": ("parent_id", Customer)}
    batch = await imports.start(ctx, Customer, body, references)
    for line in batch.sound:
        batch.read(line)
        if line.now("manager_id") is None and not line.errors:
            line.refuse("manager_external_id", "required", "Name the account manager.")
        if line.facts.get("opened_on") is None:
            line.facts["opened_on"] = line.row.opened_on if line.row else ctx.today
        if line.row is None or line.now("name") != line.row.name:
            line.facts["pinyin"], line.facts["initials"] = keys(line.facts["name"])
        batch.introduce(line)
    return batch


async def _refuse_twins(ctx: Ctx, batch: Batch) -> None:
    """Refuse new rows whose name, or nearly this one, is here or in an earlier row."""
    fresh = [(line, norm(line.facts["name"])) for line in batch.sound if line.row is None]
    taken, earlier = await twins.among(ctx, {form for _, form in fresh}), twins.Earlier()
    for line, form in fresh:
        if earlier.meets(form) or form in taken:
            line.refuse(
                "name", "twin", "A customer of this name, or nearly this one, is here already, or in an earlier row."
            )


async def linkmen(ctx: Ctx, body: ImportBody[Any]) -> Batch:
    """Import contacts; a superior comes before who reports to them."""
    references = {"customer_external_id": ("customer_id", Customer), "superior_external_id": ("superior_id", Linkman)}
    batch = await imports.start(ctx, Linkman, body, references)
    for line in batch.sound:
        batch.read(line)
        _check_place(batch, line)
        batch.introduce(line, line.now("customer_id"))
    await imports.check_circles(batch, "superior_id", "superior_external_id")
    imports.settle(batch)
    await _primaries(ctx, batch)
    await imports.write(batch)
    return batch


async def _taken(ctx: Ctx, batch: Batch, column: Any, name: str) -> dict[str, int]:
    """Return which records have the values of a unique field already."""
    values = {line.facts[name] for line in batch.sound if line.facts.get(name)}
    if not values:
        return {}
    alive = [batch.model.deleted_at.is_(None)] if hasattr(batch.model, "deleted_at") else []
    statement = select(column, batch.model.id).where(column.in_(values), *alive)
    rows = await ctx.session.execute(statement, execution_options=ACROSS)
    return {row[0]: row[1] for row in rows}


def _check_place(batch: Batch, line: Line) -> None:
    """Check customer and superior: a contact stays with its customer, and so does whom it reports to."""
    customer_id = line.now("customer_id")
    if line.errors:
        return
    if customer_id is None:
        line.refuse("customer_external_id", "required", "Name the customer.")
    elif line.row and line.row.customer_id != customer_id:
        line.refuse("customer_external_id", "fixed", "A contact stays with its customer.")
    superior = batch.find(line, "superior_external_id", Linkman)
    if superior and superior.above != customer_id:
        line.refuse("superior_external_id", "other_customer", "The superior works for another customer.")
    status = line.now("status")
    if status == "left" and line.facts.get("is_primary"):
        line.refuse("is_primary", "left", "Who left the company cannot be the primary contact.")
    if status != getattr(line.row, "status", "active"):
        line.facts["left_at"] = batch.ctx.now if status == "left" else None


async def _primaries(ctx: Ctx, batch: Batch) -> None:
    """Give each customer one primary contact: who is named, else who was, else the first active one."""
    lines = batch.sound
    statement = select(Linkman).where(
        Linkman.customer_id.in_({line.now("customer_id") for line in lines}),
        Linkman.is_primary.is_(True),
        Linkman.deleted_at.is_(None),
    )
    present = {row.customer_id: row for row in await ctx.session.scalars(statement, execution_options=ACROSS)}
    named: dict[int, int | None] = {}
    for line in lines:
        if line.facts.get("is_primary") and named.setdefault(line.now("customer_id"), line.id) != line.id:
            line.refuse("is_primary", "taken", "An earlier row is this customer's primary contact.")
    for line in batch.sound:
        if line.facts.get("is_primary") is None:
            customer_id = line.now("customer_id")
            keeps = line.row.is_primary if line.row else customer_id not in present
            line.facts["is_primary"] = (
                keeps and line.now("status") == "active" and named.setdefault(customer_id, line.id) == line.id
            )
    for customer_id, primary_id in named.items():
        if customer_id in present and present[customer_id].id != primary_id:
            present[customer_id].is_primary = False
    await ctx.session.flush()
