"""Reads customers' names again after the rule of their normal form has changed."""

from app.core.ctx import Ctx
from app.core.jobs import enqueue
from app.jobs.registry import Payload, registry
from app.services.customers import customer_norms


@registry.scheduled("customers.norms_hourly", "41 * * * *")
async def hourly(ctx: Ctx, _payload: Payload) -> None:
    """Every hour: start where the rule that the names were read by is not the present one."""
    if await customer_norms.stale(ctx):
        await enqueue(ctx, customer_norms.JOB, only_once_as=customer_norms.JOB)


@registry.job(customer_norms.JOB)
async def read_again(ctx: Ctx, _payload: Payload) -> None:
    """Read one range; what is left is the next job, so that no transaction holds many customers."""
    if await customer_norms.read_again(ctx):
        await enqueue(ctx, customer_norms.JOB)
