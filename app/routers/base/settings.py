"""Settings of the installation."""

from typing import Annotated, Any

from fastapi import Header, Path, Query, Response

from app.core.ctx import Ctx
from app.core.texts import OPAQUE
from app.models.access.rbac import Permission as P
from app.routers.deps import Allow, Public
from app.routers.etags import IfMatch
from app.routers.route import NounRouter
from app.schemas.base.settings import (
    PublicSettings,
    SettingRead,
    SettingsFile,
    SettingsImport,
    SettingsTaken,
    SettingWrite,
)
from app.services.base import setting_files as files
from app.services.base import settings as service

router = NounRouter("/settings", "settings", "Settings of the installation")
Writer = Annotated[Ctx, Allow(P.settings_write)]
IMAGE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
LOGO: dict[int | str, Any] = {
    200: {"content": {"image/png": IMAGE, "image/jpeg": IMAGE, "image/webp": IMAGE}},
    304: {"description": "You have it."},
}
FOR_EVER = "public, max-age=31536000, immutable"
SettingName = Annotated[str, Path(max_length=60, pattern=r"^[a-z_.]+$")]


@router.get("", response_model=list[SettingRead])
async def list_settings(ctx: Writer) -> list[dict[str, Any]]:
    """Return every setting with its type, range and default, and who changed it when."""
    return await service.everything(ctx)


@router.get("/public", response_model=PublicSettings)
async def get_public_settings(ctx: Annotated[Ctx, Allow(P.settings_public)]) -> dict[str, Any]:
    """Return what everybody may know of the settings."""
    return await service.public(ctx)


@router.get("/logo", response_model=bytes, response_class=Response, responses=LOGO)
async def get_logo(
    ctx: Annotated[Ctx, Public],
    v: Annotated[str | None, OPAQUE, Query(max_length=40, description="The version that `company_logo` names.")] = None,
    if_none_match: Annotated[str | None, OPAQUE, Header(max_length=400)] = None,
) -> Response:
    """Return the company's logo; under its version it may be kept for good."""
    version, kind, content = await service.get_logo(ctx)
    headers = {"ETag": f'"{version}"', "Cache-Control": FOR_EVER if v == version else "no-cache"}
    if if_none_match and headers["ETag"] in if_none_match:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=kind, headers=headers)


@router.get("/export", response_model=SettingsFile)
async def export_settings(ctx: Writer, response: Response) -> dict[str, Any]:
    """Return the settings as a file for another installation: no secrets are among them, nor is the logo."""
    response.headers["Content-Disposition"] = f'attachment; filename="kith-settings-{ctx.today}.json"'
    return await files.export(ctx)


@router.post("/import", response_model=SettingsTaken)
async def import_settings(ctx: Writer, body: SettingsImport) -> dict[str, Any]:
    """Take over an exported file: all of it, or nothing when one value is wrong (422 at /settings/<name>)."""
    return await files.take(ctx, body)


@router.get("/{name:dotted}", response_model=SettingRead)
async def get_setting(ctx: Writer, name: SettingName) -> dict[str, Any]:
    """Return one setting."""
    return await service.get_detail(ctx, name)


@router.put("/{name:dotted}", response_model=SettingRead)
async def update_setting(ctx: Writer, name: SettingName, version: IfMatch, body: SettingWrite) -> dict[str, Any]:
    """Change one setting; its version is 0 until it was first stored."""
    return await service.update(ctx, name, version, body)
