"""Importing activities, each written by whom and when it was: the timeline and the team's figures count it on its day."""

from typing import Any

from app.core.ctx import Ctx
from app.models.activities import Activity
from app.models.chances import Chance
from app.models.customers import Customer
from app.models.linkmen import Linkman
from app.models.users import User
from app.schemas.activities import ActivityPatch, ActivityWrite
from app.schemas.imports import ImportBody
from app.services import activities as noun
from app.services import import_steps, imports
from app.services.import_lines import Line
from app.services.import_steps import then
from app.services.imports import Batch

REFERENCES: dict[str, tuple[str, Any]] = {
    "customer_external_id": ("customer_id", Customer),
    "linkman_external_id": ("linkman_id", Linkman),
    "chance_external_id": ("chance_id", Chance),
    "writer_external_id": ("created_by", User),
}
FIXED = ("customer_external_id", "writer_external_id")


async def activities(ctx: Ctx, body: ImportBody[Any]) -> Batch:
    """Import activities; customers, contacts and chances come before."""
    batch = await imports.start(ctx, Activity, body, REFERENCES)
    await import_steps.hold(batch, Customer, Chance)

    async def tell(line: Line) -> Activity:
        import_steps.moments(ctx, line, "at")
        import_steps.fixed(batch, line, *FIXED)
        facts = import_steps.said(line, "at", "kind")
        writer = facts.pop("created_by", getattr(line.row, "created_by", None))
        if line.row is None:
            with then(ctx, writer, facts.get("at") or ctx.now) as past:
                return await noun.add(past, ActivityWrite(**facts))
        row: Activity = line.row
        if changed := line.changes():
            with then(ctx, writer, ctx.now) as past:
                await noun.change(past, row, ActivityPatch(**changed))
        return row

    await import_steps.each(batch, tell)
    return batch
