"""Churn: warnings, measures, losses."""

from typing import Annotated, Any

from fastapi import Query

from app.core.ctx import Ctx
from app.core.paging import Page, Paged
from app.models.access.rbac import Permission as P
from app.routers.base import feeds
from app.routers.deps import Allow, Id
from app.routers.etags import IfMatch, MayMatch
from app.routers.route import NounRouter
from app.schemas.base.audit import HistoryQuery, LogRow
from app.schemas.base.external import ExternalAlone
from app.schemas.care.losses import (
    ConfirmBody,
    DelayBody,
    LossQuery,
    LossRead,
    LossRow,
    LossSums,
    Queued,
    RevokeBody,
)  # fmt: skip
from app.services.base import audit
from app.services.care import loss_detection
from app.services.care import loss_steps as steps
from app.services.care import losses as service

router = NounRouter("/losses", "losses", "Churn: warnings and what became of them")
Reader = Annotated[Ctx, Allow(P.losses_read)]


@router.get("", response_model=Page[LossRow])
async def list_losses(ctx: Reader, query: Annotated[LossQuery, Query()]) -> Paged:
    """List the churn entries of the customers in your data scope, newest first."""
    return await service.page(ctx, query)


feeds.offer(router, P.losses_read, service.listing)


@router.get("/summary", response_model=LossSums)
async def summarise_losses(ctx: Reader) -> dict[str, Any]:
    """Count churn by account manager: open warnings, delays, overdue reviews; lost and recovered in 30 days."""
    return await service.sums(ctx)


@router.post("/detect", response_model=Queued, status_code=202)
async def detect_losses(ctx: Annotated[Ctx, Allow(P.losses_detect)]) -> dict[str, bool]:
    """Queue the search for customers that stopped buying; it also runs every night."""
    return await loss_detection.ask(ctx)


@router.get("/{loss_id}", response_model=LossRead)
async def get_loss(ctx: Reader, loss_id: Id) -> dict[str, Any]:
    """Return a churn entry with its measures and what you may do."""
    return await service.get_detail(ctx, loss_id)


@router.patch("/{loss_id}", response_model=LossRead)
async def identify_loss(ctx: Reader, loss_id: Id, version: IfMatch, body: ExternalAlone) -> dict[str, Any]:
    """Say what another system calls a churn entry, in every state; it needs imports:write. All else of it are steps."""
    return await service.identify(ctx, loss_id, version, body)


@router.post("/{loss_id}/delay", response_model=LossRead)
async def delay_loss(
    ctx: Annotated[Ctx, Allow(P.losses_delay)], loss_id: Id, version: MayMatch, body: DelayBody
) -> dict[str, Any]:
    """Write down a measure to keep the customer, and the day to look again."""
    return await steps.delay(ctx, loss_id, version, body)


@router.post("/{loss_id}/confirm", response_model=LossRead)
async def confirm_loss(
    ctx: Annotated[Ctx, Allow(P.losses_confirm)], loss_id: Id, version: MayMatch, body: ConfirmBody
) -> dict[str, Any]:
    """Confirm that the customer is lost, with the reason."""
    return await steps.confirm(ctx, loss_id, version, body)


@router.post("/{loss_id}/revoke", response_model=LossRead)
async def revoke_loss(
    ctx: Annotated[Ctx, Allow(P.losses_revoke)], loss_id: Id, version: MayMatch, body: RevokeBody
) -> dict[str, Any]:
    """Take a confirmed loss back: it is a warning again."""
    return await steps.revoke(ctx, loss_id, version, body)


@router.get("/{loss_id}/history", response_model=Page[LogRow])
async def list_loss_history(ctx: Reader, loss_id: Id, query: Annotated[HistoryQuery, Query()]) -> Paged:
    """Return who changed what, newest first."""
    await service.get_detail(ctx, loss_id)
    return await audit.history(ctx, "losses", loss_id, query)
