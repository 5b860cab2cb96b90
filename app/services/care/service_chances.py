"""An inquiry becomes a chance in one click, and the two know of each other."""

from typing import Any, cast

from sqlalchemy import select

from app.core.ctx import Ctx
from app.core.scope import get, unscoped
from app.models.care.services import Service
from app.models.customers.customers import Customer
from app.models.customers.linkmen import Linkman
from app.schemas.sales.chances import ChanceWrite, Importance
from app.services.base import dict as dictionary
from app.services.care import service_actions as actions
from app.services.goods import products
from app.services.sales import chances

SOURCE = "presales"
TITLE_LENGTH = 200


async def make(ctx: Ctx, service_id: int, version: int | None) -> dict[str, Any]:
    """Record a chance from an inquiry: its customer, contact, product and request; source 售前咨询.

    Raises `Conflict` (409) when it has become one already (`chance_id`), or is no inquiry.
    """
    service = await actions.locked(ctx, service_id, "chance", version)
    customer = await get(ctx, Customer, service.customer_id)
    made = await chances.create(ctx, await _facts(ctx, service, customer))
    service.chance_id = made["id"]
    actions.STEPS.fire(service, "chance")
    await ctx.session.flush()
    return await chances.get_detail(ctx, made["id"])


async def _facts(ctx: Ctx, service: Service, customer: Customer) -> ChanceWrite:
    """Return what the chance will say; a product or source that is disabled by now is left out."""
    linkman = None
    if service.linkman_id:
        statement = select(Linkman).where(Linkman.id == service.linkman_id, Linkman.deleted_at.is_(None))
        linkman = (await ctx.session.scalars(unscoped(statement, "of a service that was checked"))).one_or_none()
    sold = service.product_id is not None and await products.sold(ctx, service.product_id)
    return ChanceWrite.model_construct(
        title=service.title[:TITLE_LENGTH],
        customer_id=customer.id,
        customer_name=customer.name,
        importance=cast("Importance", service.priority),
        source=SOURCE if ("source", SOURCE) in await dictionary.usable(ctx, {"source"}) else None,
        linkman=linkman.name if linkman else None,
        tel=(linkman.mobile or linkman.tel) if linkman else None,
        description=service.request,
        product_id=service.product_id if sold else None,
    )
