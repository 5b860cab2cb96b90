"""Sales processes."""

from typing import Annotated, Any

from app.core.ctx import Ctx
from app.models.access.rbac import Permission as P
from app.routers.deps import Allow, Id
from app.routers.etags import IfMatch
from app.routers.route import NounRouter
from app.schemas.sales.processes import ProcessPatch, ProcessRead, ProcessWrite, StagesWrite
from app.services.sales import process_edits as edits
from app.services.sales import processes as service

router = NounRouter("/processes", "processes", "Sales processes")
Reader = Annotated[Ctx, Allow(P.settings_public)]
Writer = Annotated[Ctx, Allow(P.processes_write)]


@router.get("", response_model=list[ProcessRead])
async def list_processes(ctx: Reader) -> list[dict[str, Any]]:
    """Return the sales processes with their stages: the default first, retired ones while chances are in them."""
    return await service.processes(ctx)


@router.post("", response_model=ProcessRead, status_code=201)
async def create_process(ctx: Writer, body: ProcessWrite) -> dict[str, Any]:
    """Add a process with its stages."""
    return await edits.create(ctx, body)


@router.get("/{process_id}", response_model=ProcessRead)
async def get_process(ctx: Reader, process_id: Id) -> dict[str, Any]:
    """Return one process, retired or not."""
    return await service.get_detail(ctx, process_id)


@router.patch("/{process_id}", response_model=ProcessRead)
async def update_process(ctx: Writer, process_id: Id, version: IfMatch, body: ProcessPatch) -> dict[str, Any]:
    """Rename a process, make it the default, enable or disable it."""
    return await edits.update(ctx, process_id, version, body)


@router.put("/{process_id}/stages", response_model=ProcessRead)
async def replace_process_stages(ctx: Writer, process_id: Id, version: IfMatch, body: StagesWrite) -> dict[str, Any]:
    """Replace the stages; where chances went through them a new revision is made and answered."""
    return await edits.replace_stages(ctx, process_id, version, body)
