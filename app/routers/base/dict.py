"""The data dictionary."""

from typing import Annotated, Any

from app.core.ctx import Ctx
from app.models.access.rbac import Permission as P
from app.models.base.dict import DictItem
from app.routers.deps import Allow, Id
from app.routers.etags import IfMatch
from app.routers.route import NounRouter
from app.schemas.base.dict import (
    DictItemPatch,
    DictItemRead,
    DictItemWrite,
    DictMergeBody,
    DictMergeRead,
    DictOrder,
    DictTypeRead,
    DictUseRead,
)
from app.services.base import dict as service
from app.services.base import dict_uses

router = NounRouter("/dict", "dict", "Data dictionary")
Reader = Annotated[Ctx, Allow(P.dict_read)]
Writer = Annotated[Ctx, Allow(P.dict_write)]


@router.get("", response_model=list[DictTypeRead])
async def list_dict(ctx: Reader) -> list[dict[str, Any]]:
    """Return every type with its values."""
    return await service.types(ctx)


@router.post("", response_model=DictItemRead, status_code=201)
async def create_dict_item(ctx: Writer, body: DictItemWrite) -> DictItem:
    """Add a value to a type."""
    return await service.create(ctx, body)


@router.post("/reorder", response_model=list[DictTypeRead])
async def reorder_dict(ctx: Writer, body: DictOrder) -> list[dict[str, Any]]:
    """Put the values of a type into another order; the answer is that type."""
    return await service.reorder(ctx, body)


@router.get("/{item_id}", response_model=DictItemRead)
async def get_dict_item(ctx: Reader, item_id: Id) -> DictItem:
    """Return one value."""
    return await service.get_item(ctx, item_id)


@router.patch("/{item_id}", response_model=DictItemRead)
async def update_dict_item(ctx: Writer, item_id: Id, version: IfMatch, body: DictItemPatch) -> DictItem:
    """Change the labels or the place of a value, enable or disable it."""
    return await service.update(ctx, item_id, version, body)


@router.delete("/{item_id}", status_code=204)
async def delete_dict_item(ctx: Writer, item_id: Id, version: IfMatch) -> None:
    """Delete a value that nothing uses."""
    await dict_uses.delete(ctx, item_id, version)


@router.get("/{item_id}/uses", response_model=list[DictUseRead])
async def list_dict_item_uses(ctx: Writer, item_id: Id) -> list[dict[str, Any]]:
    """Return where a value is used, and how often."""
    return await dict_uses.uses(ctx, item_id)


@router.post("/{item_id}/merge", response_model=DictMergeRead)
async def merge_dict_item(ctx: Writer, item_id: Id, body: DictMergeBody) -> dict[str, Any]:
    """Move every use of a value to another one, and disable it."""
    return await dict_uses.merge(ctx, item_id, body)
