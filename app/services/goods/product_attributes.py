"""Attributes of products: written as a whole list, kept row by row, so that the history tells what changed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.core.audit import mark
from app.core.ctx import Ctx
from app.core.errors import Invalid
from app.models.goods.products import Product, ProductAttribute
from app.schemas.goods.products import AttributeWrite

OFFERED = 50
"""Names, the most used first."""


async def of(ctx: Ctx, product_id: int) -> list[Any]:
    """Return name and value of a product's attributes, in their order."""
    columns = (ProductAttribute.name, ProductAttribute.value)
    statement = select(*columns).where(ProductAttribute.product_id == product_id)
    return list((await ctx.session.execute(statement.order_by(ProductAttribute.sort, ProductAttribute.id))).all())


async def names(ctx: Ctx, *where: ColumnElement[bool]) -> list[str]:
    """Return the names that attributes of these products already have, the most used first."""
    statement = select(ProductAttribute.name).join(Product, Product.id == ProductAttribute.product_id).where(*where)
    counted = statement.group_by(ProductAttribute.name).order_by(func.count().desc(), ProductAttribute.name)
    return list(await ctx.session.scalars(counted.limit(OFFERED)))


async def replace(ctx: Ctx, product_id: int, wanted: Sequence[AttributeWrite]) -> bool:
    """Make these the attributes of a product whose row is locked; tell whether that changed anything.

    Raises `Invalid` at the second of two that have one name.
    """
    for place, given in enumerate(wanted):
        if any(given.name == earlier.name for earlier in wanted[:place]):
            raise Invalid(f"/attributes/{place}/name", "repeated", "An attribute above has this name.")
    rows = await ctx.session.scalars(select(ProductAttribute).where(ProductAttribute.product_id == product_id))
    left = {row.name: row for row in rows}
    changed = False
    for place, given in enumerate(wanted):
        row = left.pop(given.name, None)
        if row is None:
            ctx.session.add(ProductAttribute(product_id=product_id, **given.model_dump(), sort=place))
            changed = True
        elif (row.value, row.sort) != (given.value, place):
            if row.value != given.value:
                mark(row, "change_attribute", name=row.name)
            row.value, row.sort = given.value, place
            changed = True
    for row in left.values():
        await ctx.session.delete(row)
    return changed or bool(left)
