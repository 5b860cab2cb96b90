"""Products."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from app.core.ctx import Ctx
from app.core.paging import Page
from app.models.rbac import Permission as P
from app.routers.deps import Allow, Id
from app.routers.route import KithRoute
from app.schemas.products import ProductQuery, ProductRead, ProductRow
from app.services import products as service

router = APIRouter(prefix="/products", tags=["products"], route_class=KithRoute)

Reader = Annotated[Ctx, Allow(P.products_read)]


@router.get("", response_model=Page[ProductRow])
async def list_products(ctx: Reader, query: Annotated[ProductQuery, Query()]) -> Any:
    """List products."""
    return await service.page(ctx, query)


@router.get("/{product_id}", response_model=ProductRead)
async def get_product(ctx: Reader, product_id: Id) -> Any:
    """Return one product."""
    return await service.get_detail(ctx, product_id)
