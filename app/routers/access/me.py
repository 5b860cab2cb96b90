"""The person who is signed in."""

from typing import Annotated, Any

from app.core.ctx import Ctx
from app.routers.deps import Allow
from app.routers.etags import IfMatch
from app.routers.route import NounRouter
from app.schemas.access.me import MePatch, MeRead
from app.services.access import me as service

router = NounRouter("/me", "me", "The person signed in")

Me = Annotated[Ctx, Allow()]


@router.get("", response_model=MeRead)
async def get_me(ctx: Me) -> dict[str, Any]:
    """Return who you are, your rights and the company's settings."""
    return await service.get_detail(ctx)


@router.patch("", response_model=MeRead)
async def update_me(ctx: Me, version: IfMatch, body: MePatch) -> dict[str, Any]:
    """Change your own contact data or language."""
    return await service.update(ctx, version, body)
