"""What the log-in page shows of the installation."""

from typing import Any

from app import VERSION
from app.core.ctx import Ctx
from app.services.access import demo_door, setup
from app.services.base import settings


async def state(ctx: Ctx, offer: demo_door.Offer) -> dict[str, Any]:
    """Return version, name, whether an administrator is missing, and the people of the demo company to be."""
    company = await settings.values(ctx.session)
    people = await demo_door.people(ctx, offer)
    return {
        "version": VERSION,
        "company_name": company["company.name"],
        "company_logo": company["company.logo"],
        "language": company["company.language"],
        "needs_setup": await setup.needs_setup(ctx),
        "demo": bool(people),
        "people": people,
    }
