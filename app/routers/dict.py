"""The data dictionary."""

from typing import Annotated, Any

from fastapi import APIRouter

from app.core.ctx import Ctx
from app.models.rbac import Permission as P
from app.routers.deps import Allow
from app.routers.route import KithRoute
from app.schemas.dict import DictItemRead, DictItemWrite, DictTypeRead
from app.services import dict as service

router = APIRouter(prefix="/dict", tags=["dict"], route_class=KithRoute)


@router.get("", response_model=list[DictTypeRead])
async def list_dict(ctx: Annotated[Ctx, Allow(P.dict_read)]) -> Any:
    """Return every type with its values."""
    return await service.types(ctx)


@router.post("", response_model=DictItemRead, status_code=201)
async def create_dict_item(ctx: Annotated[Ctx, Allow(P.dict_write)], body: DictItemWrite) -> Any:
    """Add a value to a type."""
    return await service.create(ctx, body)
