"""Importing activities, each written by whom and when it was: the timeline and the team's figures count it on its day."""

from typing import Any

from app.core.ctx import Ctx
from app.models.access.users import User
from app.models.customers.activities import Activity
from app.models.customers.customers import Customer
from app.models.customers.linkmen import Linkman
from app.models.sales.chances import Chance
from app.schemas.customers.activities import ActivityPatch, ActivityWrite
from app.schemas.imports.imports import ImportBody
from app.services.customers import activities as noun
from app.services.imports import imports
from app.services.imports import steps as import_steps
from app.services.imports.imports import Batch
from app.services.imports.lines import Line
from app.services.imports.steps import then

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
