"""Products."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from app.core.ctx import Ctx
from app.core.paging import Page
from app.models.rbac import Permission as P
from app.routers.deps import Allow, Id
from app.routers.etags import IfMatch
from app.routers.route import KithRoute
from app.schemas.products import ProductPatch, ProductQuery, ProductRead, ProductRow, ProductWrite
from app.services import products as service

router = APIRouter(prefix="/products", tags=["products"], route_class=KithRoute)

Reader = Annotated[Ctx, Allow(P.products_read)]
Writer = Annotated[Ctx, Allow(P.products_write)]


@router.get("", response_model=Page[ProductRow])
async def list_products(ctx: Reader, query: Annotated[ProductQuery, Query()]) -> Any:
    """List products, a page at a time."""
    return await service.page(ctx, query)


@router.post("", response_model=ProductRead, status_code=201)
async def create_product(ctx: Writer, body: ProductWrite) -> Any:
    """Add a product."""
    return await service.create(ctx, body)


@router.get("/{product_id}", response_model=ProductRead)
async def get_product(ctx: Reader, product_id: Id) -> Any:
    """Return one product."""
    return await service.get_detail(ctx, product_id)


@router.patch("/{product_id}", response_model=ProductRead)
async def update_product(ctx: Writer, product_id: Id, version: IfMatch, body: ProductPatch) -> Any:
    """Change, enable or disable a product."""
    return await service.update(ctx, product_id, version, body)
