"""Looks each night for customers that stopped buying."""

from app.core.ctx import Ctx
from app.core.jobs import enqueue
from app.jobs.registry import Payload, registry
from app.services.care import loss_detection


@registry.scheduled("losses.nightly", "30 18 * * *")
async def nightly(ctx: Ctx, _payload: Payload) -> None:
    """Every night (02:30 in Shanghai): start a run."""
    await loss_detection.ask(ctx)


@registry.job(loss_detection.JOB)
async def detect(ctx: Ctx, payload: Payload) -> None:
    """Begin a run in lanes, or do one batch of a lane; what is left is the next job: no transaction holds many customers."""
    if "after" not in payload:
        for lane in await loss_detection.lanes(ctx):
            await enqueue(ctx, loss_detection.JOB, dict(lane._asdict()))
        return
    upto = payload.get("upto")
    lane = loss_detection.Lane(int(str(payload["after"])), None if upto is None else int(str(upto)))
    after = await loss_detection.detect(ctx, lane.after, upto=lane.upto)
    if after is not None:
        await enqueue(ctx, loss_detection.JOB, dict(lane._replace(after=after)._asdict()))
