"""Batches from other systems, by external ids: a result for each row, safe to send again."""

from typing import Annotated, Any

from app.core.ctx import Ctx
from app.models.rbac import Permission as P
from app.routers.deps import Allow
from app.routers.route import NounRouter
from app.schemas.import_rows import (
    ChanceImport,
    CustomerImport,
    DepartmentImport,
    LinkmanImport,
    OrderImport,
    ProductImport,
    UserImport,
)  # fmt: skip
from app.schemas.imports import ImportBody, ImportRead
from app.services import import_chances as chances_service
from app.services import import_orders as orders_service
from app.services import import_people as people_service
from app.services import import_sales as sales_service

router = NounRouter("/imports", "imports")

Importer = Annotated[Ctx, Allow(P.imports_write)]


@router.post("/departments", response_model=ImportRead)
async def import_departments(ctx: Importer, body: ImportBody[DepartmentImport]) -> Any:
    """Import departments."""
    return await people_service.departments(ctx, body)


@router.post("/users", response_model=ImportRead)
async def import_users(ctx: Importer, body: ImportBody[UserImport]) -> Any:
    """Import people; they get no password."""
    return await people_service.users(ctx, body)


@router.post("/products", response_model=ImportRead)
async def import_products(ctx: Importer, body: ImportBody[ProductImport]) -> Any:
    """Import products."""
    return await sales_service.products(ctx, body)


@router.post("/customers", response_model=ImportRead)
async def import_customers(ctx: Importer, body: ImportBody[CustomerImport]) -> Any:
    """Import customers."""
    return await sales_service.customers(ctx, body)


@router.post("/linkmen", response_model=ImportRead)
async def import_linkmen(ctx: Importer, body: ImportBody[LinkmanImport]) -> Any:
    """Import contacts."""
    return await sales_service.linkmen(ctx, body)


@router.post("/chances", response_model=ImportRead)
async def import_chances(ctx: Importer, body: ImportBody[ChanceImport]) -> Any:
    """Import chances in whatever state they are, with owners and dates."""
    return await chances_service.chances(ctx, body)


@router.post("/orders", response_model=ImportRead)
async def import_orders(ctx: Importer, body: ImportBody[OrderImport]) -> Any:
    """Import orders with lines and payments, up to completed."""
    return await orders_service.orders(ctx, body)
