"""Looks each night for customers that stopped buying."""

from app.core.ctx import Ctx
from app.core.jobs import enqueue
from app.jobs.registry import Payload, registry
from app.services import loss_detection


@registry.scheduled("losses.nightly", "30 18 * * *")
async def nightly(ctx: Ctx, _payload: Payload) -> None:
    """Every night (02:30 in Shanghai): start a run."""
    await loss_detection.ask(ctx)


@registry.job(loss_detection.JOB)
async def detect(ctx: Ctx, payload: Payload) -> None:
    """Do one batch; what is left is the next job, so that no transaction holds many customers for long."""
    after = await loss_detection.detect(ctx, int(str(payload.get("after", 0))))
    if after is not None:
        await enqueue(ctx, loss_detection.JOB, {"after": after})
