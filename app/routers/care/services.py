"""Services to customers."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Query

from app.core.ctx import Ctx
from app.core.paging import Page, Paged
from app.core.rows import Row
from app.models.access.rbac import Permission as P
from app.routers.base import feeds
from app.routers.deps import Allow, Id
from app.routers.etags import IfMatch, MayMatch
from app.routers.route import NounRouter
from app.schemas.base.audit import HistoryQuery, LogRow
from app.schemas.care.service_steps import (
    DealBody,
    FeedbackBody,
    LoadRow,
    QueueCounts,
    ReturnBody,
    ServiceAssignBody,
    ServiceReturned,
    VisitBody,
    VoidBody,
)
from app.schemas.care.services import ServicePatch, ServiceQuery, ServiceRead, ServiceRow, ServiceWrite
from app.schemas.sales.chances import ChanceRead
from app.services.base import audit
from app.services.care import service_chances, service_queues
from app.services.care import service_steps as steps
from app.services.care import services as service

router = NounRouter("/services", "services", "Services to customers")
Reader = Annotated[Ctx, Allow(P.services_read)]
Creator = Annotated[Ctx, Allow(P.services_create)]
Assigner = Annotated[Ctx, Allow(P.services_assign)]
Dealer = Annotated[Ctx, Allow(P.services_deal)]
Hearer = Annotated[Ctx, Allow(P.services_feedback)]
Ender = Annotated[Ctx, Allow(P.services_void)]
Seller = Annotated[Ctx, Allow(P.services_read, P.chances_create)]


@router.get("", response_model=Page[ServiceRow])
async def list_services(ctx: Reader, query: Annotated[ServiceQuery, Query()]) -> Paged:
    """List the services in your data scope, a page at a time."""
    return await service.page(ctx, query)


feeds.offer(router, P.services_read, service.listing)


@router.post("", response_model=ServiceRead, status_code=201)
async def create_service(ctx: Creator, body: ServiceWrite) -> dict[str, Any]:
    """Record a service for one of your customers, or the follow-up of another service."""
    return await service.create(ctx, body)


@router.get("/queues", response_model=QueueCounts)
async def count_service_queues(ctx: Reader) -> Row:
    """Count the services that wait in each of your queues."""
    return await service_queues.counts(ctx)


@router.get("/loads", response_model=list[LoadRow])
async def list_service_loads(ctx: Assigner) -> Sequence[Row]:
    """Return whom you can assign to, with the services that each has open."""
    return await service_queues.loads(ctx)


@router.get("/{service_id}", response_model=ServiceRead)
async def get_service(ctx: Reader, service_id: Id) -> dict[str, Any]:
    """Return one service, where it stands and what you may do with it."""
    return await service.get_detail(ctx, service_id)


@router.patch("/{service_id}", response_model=ServiceRead)
async def update_service(ctx: Reader, service_id: Id, version: IfMatch, body: ServicePatch) -> dict[str, Any]:
    """Change facts of an open service that is yours to change."""
    return await service.update(ctx, service_id, version, body)


@router.post("/{service_id}/assign", response_model=ServiceRead)
async def assign_service(ctx: Assigner, service_id: Id, body: ServiceAssignBody, version: MayMatch) -> dict[str, Any]:
    """Assign a service to somebody who can deal with it, or reassign it."""
    return await steps.assign(ctx, service_id, version, body)


@router.post("/{service_id}/return", response_model=ServiceReturned)
async def return_service(ctx: Dealer, service_id: Id, body: ReturnBody, version: MayMatch) -> ServiceReturned:
    """Give a service that is assigned to you back, with a reason."""
    return await steps.give_back(ctx, service_id, version, body)


@router.post("/{service_id}/take-back", response_model=ServiceReturned)
async def take_back_service(ctx: Assigner, service_id: Id, body: ReturnBody, version: MayMatch) -> ServiceReturned:
    """Take an assigned service back, with a reason: it waits for somebody again."""
    return await steps.take_back(ctx, service_id, version, body)


@router.post("/{service_id}/deal", response_model=ServiceRead)
async def deal_with_service(ctx: Dealer, service_id: Id, body: DealBody, version: MayMatch) -> dict[str, Any]:
    """Write what you did."""
    return await steps.deal(ctx, service_id, version, body)


@router.post("/{service_id}/visit", response_model=ServiceRead)
async def visit_service(ctx: Hearer, service_id: Id, body: VisitBody, version: MayMatch) -> dict[str, Any]:
    """Write who called on the customer of a complaint when; without it a complaint is not archived."""
    return await steps.visit(ctx, service_id, version, body)


@router.post("/{service_id}/feedback", response_model=ServiceRead)
async def give_service_feedback(ctx: Hearer, service_id: Id, body: FeedbackBody, version: MayMatch) -> dict[str, Any]:
    """Write what the customer says: from three stars on the service is archived, below it is open again."""
    return await steps.feedback(ctx, service_id, version, body)


@router.post("/{service_id}/void", response_model=ServiceRead)
async def void_service(ctx: Ender, service_id: Id, body: VoidBody, version: MayMatch) -> dict[str, Any]:
    """End a service that needs no dealing with, with a reason."""
    return await steps.void(ctx, service_id, version, body)


@router.post("/{service_id}/chance", response_model=ChanceRead, status_code=201)
async def make_chance_of_service(ctx: Seller, service_id: Id, version: MayMatch) -> dict[str, Any]:
    """Record a chance from an inquiry; the two are linked both ways."""
    return await service_chances.make(ctx, service_id, version)


@router.get("/{service_id}/history", response_model=Page[LogRow])
async def list_service_history(ctx: Reader, service_id: Id, query: Annotated[HistoryQuery, Query()]) -> Paged:
    """Return who changed what of a service, newest first."""
    await service.get_detail(ctx, service_id)
    return await audit.history(ctx, "services", service_id, query)
