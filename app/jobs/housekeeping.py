"""What keeps the tables small and the log ready for the next months."""

from app.core.ctx import Ctx
from app.jobs.registry import Payload, registry
from app.services import housekeeping, report_exports


@registry.scheduled("housekeeping.purge", "17 * * * *")
async def purge(ctx: Ctx, _payload: Payload) -> None:
    """Every hour: answers kept for repeated requests, refresh tokens, links and files past their time."""
    await housekeeping.purge(ctx)
    await report_exports.purge(ctx)


@registry.scheduled("housekeeping.partitions", "5 2 * * *", owner=True)
async def partitions(ctx: Ctx, _payload: Payload) -> None:
    """Every night: the log's partitions for the coming months."""
    await housekeeping.extend_log(ctx)
