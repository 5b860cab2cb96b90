"""Files of reports that are too large to wait for."""

from app.core.ctx import Ctx
from app.jobs.registry import Payload, registry
from app.services.reports import exports as report_exports


@registry.job(report_exports.JOB)
async def export(ctx: Ctx, payload: Payload) -> None:
    """Write a queued file."""
    await report_exports.run(ctx, int(str(payload["id"])))
