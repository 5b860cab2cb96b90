"""People in pickers."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Query

from app.core.ctx import Ctx
from app.core.paging import Page, Paged
from app.core.rows import Row
from app.models.access.rbac import Permission as P
from app.routers.deps import Allow
from app.routers.route import NounRouter
from app.schemas.access.people import LoadQuery, PersonLoad, PersonQuery, PersonRow
from app.services.access import people as service
from app.services.access import people_loads

router = NounRouter("/people", "people", "Names for pickers")


@router.get("", response_model=Page[PersonRow])
async def list_people(ctx: Annotated[Ctx, Allow(P.people_read)], query: Annotated[PersonQuery, Query()]) -> Paged:
    """List active people; `holding` asks for a right that they hold, `within` for your reach over them."""
    return await service.page(ctx, query)


@router.get("/loads", response_model=list[PersonLoad])
async def list_people_loads(
    ctx: Annotated[Ctx, Allow(P.people_read)], query: Annotated[LoadQuery, Query()]
) -> Sequence[Row]:
    """Return the open customers, chances and services of people whom a right of yours reaches."""
    return await people_loads.of(ctx, query)
