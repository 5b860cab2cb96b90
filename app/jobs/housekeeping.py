"""What keeps the tables small and the log ready for the next months."""

from app.core.ctx import Ctx
from app.jobs.registry import Payload, registry
from app.services.base import health_values, housekeeping
from app.services.reports import exports as report_exports


@registry.scheduled("housekeeping.purge", "17 * * * *")
async def purge(ctx: Ctx, _payload: Payload) -> None:
    """Every hour: answers kept for repeated requests, refresh tokens, links and files past their time."""
    await housekeeping.purge(ctx)
    await report_exports.purge(ctx)


@registry.scheduled("housekeeping.partitions", "5 2 * * *", owner=True)
async def partitions(ctx: Ctx, _payload: Payload) -> None:
    """Every night: the log's partitions for the coming months."""
    await housekeeping.extend_log(ctx)


@registry.scheduled("housekeeping.values", "35 18 * * *")
async def values(ctx: Ctx, _payload: Payload) -> None:
    """Every night (02:35 in Shanghai): how many days of 1970 the health page tells of."""
    await health_values.note(ctx)
