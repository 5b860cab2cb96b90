"""The recycle bin."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from app.core.ctx import Ctx
from app.core.paging import Page
from app.routers.deps import Allow
from app.routers.route import KithRoute
from app.schemas.recycle_bin import BinQuery, BinRow
from app.services import recycle_bin as service

router = APIRouter(prefix="/recycle-bin", tags=["recycle-bin"], route_class=KithRoute)


@router.get("", response_model=Page[BinRow])
async def list_recycle_bin(ctx: Annotated[Ctx, Allow()], query: Annotated[BinQuery, Query()]) -> Any:
    """List what you deleted, and what others deleted where you may restore it."""
    return await service.page(ctx, query)
