"""Batches from other systems, by external ids: a result for each row, safe to send again."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query

from app.core.ctx import Ctx
from app.core.paging import Page, Paged
from app.core.types import Body
from app.models.access.rbac import Permission as P
from app.routers.deps import Allow
from app.routers.route import NounRouter
from app.schemas.imports import past as told
from app.schemas.imports import rows
from app.schemas.imports.imports import ImportBody, ImportRead
from app.schemas.imports.runs import RunQuery, RunRead, TakeBackRead
from app.services.imports import (
    activities,
    chances,
    losses,
    orders,
    people,
    plain,
    plans,
    runs,
    sales,
    services,
    shipments,
    storage,
    take_backs,
)
from app.services.imports import dict as dictionary
from app.services.imports import imports as service

router = NounRouter("/imports", "imports", "Batches with external ids")

Importer = Annotated[Ctx, Allow(P.imports_write)]
DryRun = Annotated[bool, Query(description="Answer as the run would, and write nothing; what is new has no id then.")]

TakeBackDryRun = Annotated[bool, Query(description="Tell what the first request would do, and write nothing.")]


def _offer(noun: str, row: type[Body], importer: service.Importer, tells: str) -> None:
    """Add `POST /imports/<noun>`."""

    # The kind of row is told at run time: each noun has its own body in the contract, which no type checker follows.
    # The class of the rows is a value here, which the checker takes for no type.
    async def take(ctx: Importer, body: ImportBody[row], *, dry_run: DryRun = False) -> dict[str, Any]:  # type: ignore[valid-type]
        return await service.run(ctx, noun, importer, body, dry_run=dry_run)

    take.__doc__ = tells
    router.add_api_route(
        f"/{noun.replace('_', '-')}", take, methods=["POST"], name=f"import_{noun}", response_model=ImportRead
    )


_offer("departments", rows.DepartmentImport, people.departments, "Import departments.")
_offer("users", rows.UserImport, people.users, "Import people; they get no password.")
_offer("dict", rows.DictImport, dictionary.values, "Import values of the dictionary, by type and item.")
_offer(
    "product_categories",
    rows.CategoryImport,
    sales.product_categories,
    "Import product categories; parents come first.",
)
_offer("products", rows.ProductImport, sales.products, "Import products.")
_offer("customers", rows.CustomerImport, sales.customers, "Import customers.")
_offer("linkmen", rows.LinkmanImport, sales.linkmen, "Import contacts.")
_offer(
    "chances", rows.ChanceImport, chances.chances, "Import chances in whatever state they are, with owners and dates."
)
_offer("orders", rows.OrderImport, orders.orders, "Import orders with lines and payments, up to completed.")


_offer("plans", told.PlanImport, plans.plans, "Import plan items; with a result they are done.")
_offer("storage", told.StorageImport, storage.places, "Import what lies where, by product, warehouse and bin.")
_offer("shipments", told.ShipmentImport, shipments.shipments, "Import shipments of confirmed and completed orders.")
_offer(
    "services", told.ServiceImport, services.services, "Import services with their rounds, in whatever state they are."
)
_offer(
    "losses", told.LossImport, losses.losses, "Import churn entries with their measures, lost and recovered ones too."
)
_offer("activities", told.ActivityImport, activities.activities, "Import activities, with who and when.")
for noun, row, importer in plain.importers():
    _offer(noun, row, importer, f"Import {noun}, as they are written down by hand.")


@router.get("/runs", response_model=Page[RunRead])
async def list_import_runs(ctx: Importer, query: Annotated[RunQuery, Query()]) -> Paged:
    """List runs, newest first: from where, by whom, what each did, and until when it can be taken back."""
    return await runs.page(ctx, query)


@router.get("/runs/{run}", response_model=RunRead)
async def get_import_run(ctx: Importer, run: UUID) -> dict[str, Any]:
    """Return what a run did: how many rows of each noun ended how, and until when it can be taken back."""
    return await runs.get(ctx, run)


@router.post("/runs/{run}/take-back", response_model=TakeBackRead)
async def take_back_import(ctx: Importer, run: UUID, *, dry_run: TakeBackDryRun = False) -> dict[str, Any]:
    """Take a run back within 30 days: what it made goes for good, what it changed says again what it said before.

    Records that people changed or built upon since stay, and are named with the reason. A request takes back up to a
    thousand records; ask again until it is done. `?dry_run=true` tells of the first thousand and writes nothing.
    """
    return await take_backs.take_back(ctx, run, dry_run=dry_run)
