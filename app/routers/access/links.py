"""One-time links, looked at before they are used."""

from typing import Annotated, Any

from app.core.ctx import Ctx
from app.routers.access.cookies import checked
from app.routers.deps import Public
from app.routers.route import NounRouter
from app.schemas.access.links import LinkQuestion, LinkStateRead
from app.services.access import links as service

router = NounRouter("/auth", "auth")


@router.post("/link/state", response_model=LinkStateRead, openapi_extra={"x-holds-secret": True}, dependencies=checked)
async def get_link_state(ctx: Annotated[Ctx, Public], body: LinkQuestion) -> dict[str, Any]:
    """Tell whether a one-time link lets somebody in, and if not why; it is not spent by this."""
    state, language = await service.state(ctx, body.token, first=body.first)
    return {"state": state, "language": language}
