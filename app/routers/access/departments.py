"""The department tree."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Query

from app.core.ctx import Ctx
from app.core.rows import Row
from app.models.access.rbac import Permission as P
from app.routers.deps import Allow, Id
from app.routers.etags import IfMatch
from app.routers.route import NounRouter
from app.schemas.access.departments import DepartmentPatch, DepartmentRow, DepartmentWrite
from app.schemas.base.external import ExternalQuery
from app.services.access import departments as service

router = NounRouter("/departments", "departments", "Departments")

Reader = Annotated[Ctx, Allow(P.departments_read)]
Writer = Annotated[Ctx, Allow(P.departments_write)]


@router.get("", response_model=list[DepartmentRow])
async def list_departments(ctx: Reader, query: Annotated[ExternalQuery, Query()]) -> Sequence[Row]:
    """Return all departments, or the one that another system calls so; the tree is in `parent`."""
    return await service.everything(ctx, query)


@router.post("", response_model=DepartmentRow, status_code=201)
async def create_department(ctx: Writer, body: DepartmentWrite) -> Row:
    """Create a department."""
    return await service.create(ctx, body)


@router.get("/{department_id}", response_model=DepartmentRow)
async def get_department(ctx: Reader, department_id: Id) -> Row:
    """Return one department."""
    return await service.get_detail(ctx, department_id)


@router.patch("/{department_id}", response_model=DepartmentRow)
async def update_department(ctx: Writer, department_id: Id, version: IfMatch, body: DepartmentPatch) -> Row:
    """Rename or move a department, or give it another leader."""
    return await service.update(ctx, department_id, version, body)


@router.delete("/{department_id}", status_code=204)
async def delete_department(ctx: Writer, department_id: Id, version: IfMatch) -> None:
    """Delete an empty department."""
    await service.delete(ctx, department_id, version)
