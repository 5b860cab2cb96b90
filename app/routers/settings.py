"""Settings of the installation."""

from typing import Annotated, Any

from fastapi import APIRouter, Path

from app.core.ctx import Ctx
from app.models.rbac import Permission as P
from app.routers.deps import Allow
from app.routers.etags import IfMatch
from app.routers.route import KithRoute
from app.schemas.settings import PublicSettings, SettingRead, SettingWrite
from app.services import settings as service

router = APIRouter(prefix="/settings", tags=["settings"], route_class=KithRoute)
Writer = Annotated[Ctx, Allow(P.settings_write)]
SettingName = Annotated[str, Path(max_length=60, pattern=r"^[a-z_.]+$")]


@router.get("", response_model=list[SettingRead])
async def list_settings(ctx: Writer) -> Any:
    """Return every setting with its type, range and default, and who changed it when."""
    return await service.everything(ctx)


@router.get("/public", response_model=PublicSettings)
async def get_public_settings(ctx: Annotated[Ctx, Allow(P.settings_public)]) -> Any:
    """Return what everybody may know of the settings."""
    return await service.public(ctx)


@router.get("/{name}", response_model=SettingRead)
async def get_setting(ctx: Writer, name: SettingName) -> Any:
    """Return one setting."""
    return await service.get_detail(ctx, name)


@router.put("/{name}", response_model=SettingRead)
async def update_setting(ctx: Writer, name: SettingName, version: IfMatch, body: SettingWrite) -> Any:
    """Change one setting; its version is 0 until it was first stored."""
    return await service.update(ctx, name, version, body)
