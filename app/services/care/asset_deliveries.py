"""What shipments do to assets: they bring those of tracked products, and take away with them what nobody touched."""

from collections.abc import Mapping

from sqlalchemy import select

from app.core.ctx import Ctx
from app.core.errors import Conflict, Invalid
from app.core.numbers import numbers as draw_numbers
from app.core.scope import unscoped
from app.models.care.assets import Asset, numbers
from app.models.goods.products import Product
from app.models.orders.shipments import OrderShipment
from app.services.care.assets import PREFIX, warranty

MOST = 1000
"""Of pieces that one shipment brings as assets: a product of which more leave at once is not tracked by the piece."""
WHY = "assets of a shipment whose order was checked"


async def bring(ctx: Ctx, shipment: OrderShipment, customer_id: int, goods: Mapping[int, int]) -> None:
    """Write down an asset for each piece of the tracked products among `goods` (product -> pieces).

    Raises `Invalid` (`too_many`) for more than a thousand.
    """
    tracked = select(Product.id, Product.warranty_months).where(Product.id.in_(goods), Product.is_tracked)
    months = {row.id: row.warranty_months for row in await ctx.session.execute(tracked.order_by(Product.id))}
    pieces = [product for product in months for _ in range(goods[product])]
    if len(pieces) > MOST:
        raise Invalid("/lines", "too_many", f"A shipment brings at most {MOST} pieces of tracked products.", most=MOST)
    if not pieces:
        return
    drawn = await draw_numbers(ctx, PREFIX, numbers, len(pieces))
    ctx.session.add_all(
        Asset(
            number=number, customer_id=customer_id, product_id=product, delivered_on=shipment.date,
            warranty_until=warranty(months[product], shipment.date), shipment_id=shipment.id,
        )
        for number, product in zip(drawn, pieces, strict=True)
    )  # fmt: skip
    await ctx.session.flush()


async def take_back(ctx: Ctx, shipment_id: int) -> None:
    """Remove what a shipment brought; raise `Conflict` (`assets_changed`) where somebody worked on one of them since."""
    brought = select(Asset).where(Asset.shipment_id == shipment_id).order_by(Asset.id).with_for_update()
    assets = (await ctx.session.scalars(unscoped(brought, WHY))).all()
    changed = [asset.number for asset in assets if asset.version > 1 and asset.deleted_at is None]
    if changed:
        message = f"{len(changed)} of the assets that this shipment brought were changed since; delete them first."
        raise Conflict(message, code="assets_changed", assets=changed[:20])
    for asset in assets:
        if asset.deleted_at is None:
            await ctx.session.delete(asset)
        else:
            asset.shipment_id = None  # it lies in the bin, and no longer knows what brought it
    await ctx.session.flush()
