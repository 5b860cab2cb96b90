"""People in pickers."""

from typing import Annotated, Any

from fastapi import Query

from app.core.ctx import Ctx
from app.core.paging import Page
from app.models.rbac import Permission as P
from app.routers.deps import Allow
from app.routers.route import NounRouter
from app.schemas.people import PersonQuery, PersonRow
from app.services import people as service

router = NounRouter("/people", "people")


@router.get("", response_model=Page[PersonRow])
async def list_people(ctx: Annotated[Ctx, Allow(P.people_read)], query: Annotated[PersonQuery, Query()]) -> Any:
    """List active people; `holding` asks for a right that they hold, `within` for your reach over them."""
    return await service.page(ctx, query)
