"""Composes the customer reports of a month that has ended."""

from app.core.ctx import Ctx
from app.jobs.registry import Payload, registry
from app.services.reports import periodic_drafts


@registry.scheduled("periodic.drafts", "0 22 * * *")
async def drafts(ctx: Ctx, _payload: Payload) -> None:
    """Every night (06:00 in Shanghai): in the first days of a month, the drafts of the last one."""
    await periodic_drafts.compose(ctx)
